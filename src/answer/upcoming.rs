//! The next change of a status by a law that is dated already, if the facts stay as they are.

use std::borrow::Cow;

use crate::engine::{Finding, Findings, Outcome, Status, Turn, glance};
use crate::kernel::Day;
use crate::rulebook::Program;

use super::context::Context;
use super::reply;

impl<'b> Context<'b> {
    /// The first later day on which the program's status becomes another settled one, and before that the days on which
    /// it does for single people, each with the reason.
    pub(super) fn upcoming(&self, now: &Findings, turns: &[Turn]) -> Vec<reply::Upcoming<'b>> {
        let Some(program) = self.book.program(now.program) else { return Vec::new() };
        let own = turns.iter().filter(|turn| turn.program == now.program);
        own.filter_map(|turn| self.change(program, now, turn)).collect()
    }

    fn change(&self, program: &'b Program, now: &Findings, turn: &Turn) -> Option<reply::Upcoming<'b>> {
        let (on, to) = (turn.on, turn.to);
        let people: Vec<&str> = turn.people.iter().map(|person| self.label(*person)).collect();
        let then = glance(self.book, self.situation, on, turn.program)?;
        let later = self.on_day(on);
        let decides = later.deciding(program, now, &then, turn, self.day);
        let Some(finding) = decides else {
            let because = match to {
                Status::NotInForce => {
                    self.speaker.own("The program ends on that day.", "El programa termina ese día.")
                }
                _ if now.status == Status::NotInForce => {
                    self.speaker.own("The program begins on that day.", "El programa empieza ese día.")
                }
                _ => self.speaker.own("The law changes on that day.", "La ley cambia ese día."),
            };
            let because = Cow::Borrowed(because);
            return Some(reply::Upcoming {
                on,
                to: to.code(),
                people,
                because,
                citations: Vec::new(),
                untranslated: false,
            });
        };
        let test = later.tested(program, finding)?;
        let because = later.outcome(program, test);
        Some(reply::Upcoming {
            on,
            to: to.code(),
            people,
            because,
            citations: later.citations(test.version.cite.iter().chain(&test.requirement.cite)),
            untranslated: later.speaker.fell_back(),
        })
    }

    /// The finding that makes the difference: one whose law changes before one that only follows.
    fn deciding<'f>(
        &self,
        program: &'b Program,
        now: &Findings,
        then: &'f Findings,
        turn: &Turn,
        today: Day,
    ) -> Option<&'f Finding> {
        let before = |finding: &Finding| {
            let mut all = now.units.iter().flat_map(|unit| &unit.findings);
            all.find(|one| (one.requirement, one.person) == (finding.requirement, finding.person))
                .map(|one| one.outcome)
        };
        let theirs = |finding: &&Finding| {
            turn.people.is_empty() || finding.person.is_none_or(|person| turn.people.contains(&person))
        };
        let tells = |finding: &&Finding| match turn.to {
            Status::NotEligible => finding.outcome == Outcome::NotMet,
            Status::MayQualify => finding.outcome == Outcome::AgencyDecides,
            _ => finding.outcome == Outcome::Met,
        };
        let changed: Vec<&Finding> = then
            .units
            .iter()
            .flat_map(|unit| &unit.findings)
            .filter(|finding| theirs(finding) && tells(finding))
            .filter(|finding| before(finding) != Some(finding.outcome))
            .collect();
        let new_law = |finding: &&&Finding| {
            let state = self.situation.state;
            program.requirements.get(finding.requirement).is_some_and(|requirement| {
                let from = |day| requirement.on(day, state).map(|version| version.from);
                from(today) != from(self.day)
            })
        };
        changed.iter().find(new_law).or(changed.first()).copied()
    }
}
