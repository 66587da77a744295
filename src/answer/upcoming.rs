//! The next change of a status by a law that is dated already, if the facts stay as they are.

use std::borrow::Cow;

use crate::engine::{Finding, Findings, Outcome, Status, glance};
use crate::kernel::Day;
use crate::language::ProgramId;
use crate::rulebook::Program;

use super::context::Context;
use super::reply;

impl<'b> Context<'b> {
    /// The first later day on which the program's status becomes another settled one, with the reason.
    pub(super) fn upcoming(
        &self,
        now: &Findings,
        changes: &[(ProgramId, Day, Status)],
    ) -> Vec<reply::Upcoming<'b>> {
        let change = changes.iter().find(|(id, ..)| *id == now.program);
        let Some((id, on, status)) = change.copied() else { return Vec::new() };
        let Some(program) = self.book.program(id) else { return Vec::new() };
        self.change(program, id, now, on, status).into_iter().collect()
    }

    fn change(
        &self,
        program: &'b Program,
        id: ProgramId,
        now: &Findings,
        on: Day,
        to: Status,
    ) -> Option<reply::Upcoming<'b>> {
        let then = glance(self.book, self.situation, on, id)?;
        let later = self.on_day(on);
        let decides = later.deciding(program, now, &then, to, self.day);
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
        to: Status,
        today: Day,
    ) -> Option<&'f Finding> {
        let before = |finding: &Finding| {
            let mut all = now.units.iter().flat_map(|unit| &unit.findings);
            all.find(|one| (one.requirement, one.person) == (finding.requirement, finding.person))
                .map(|one| one.outcome)
        };
        let tells = |finding: &&Finding| match to {
            Status::NotEligible => finding.outcome == Outcome::NotMet,
            Status::MayQualify => finding.outcome == Outcome::AgencyDecides,
            _ => finding.outcome == Outcome::Met,
        };
        let changed: Vec<&Finding> = then
            .units
            .iter()
            .flat_map(|unit| &unit.findings)
            .filter(tells)
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
