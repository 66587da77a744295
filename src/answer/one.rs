//! One program's findings -> its answer.

use std::borrow::Cow;

use chrono::Datelike;

use crate::engine::{self, Findings, Outcome, Status, UnitFinding, WhyAmount};
use crate::kernel::Words;
use crate::language::ProgramId;
use crate::rulebook::{PersonRole, Program};

use super::context::{Ahead, Context};
use super::help::Told;
use super::reply::{self, Answer};

impl<'b> Context<'b> {
    /// The answer of one program. A unit's program answers at the top for the first applicant's unit; a
    /// person's program for all applicants together.
    pub(super) fn answer(&self, found: &Findings, ahead: &Ahead) -> Option<Answer<'b>> {
        let program = self.book.program(found.program)?;
        let all: Vec<&UnitFinding> = found.units.iter().collect();
        let several = program.unit.is_some() && all.len() > 1;
        let top: Vec<&UnitFinding> =
            if program.unit.is_some() { all.iter().take(1).copied().collect() } else { all.clone() };
        let receiving = self.receiving(program, &top);
        let told = Told { status: found.status, receiving: self.all_receive(program, found, &receiving) };
        // The amount of the best of several people, who are answered for one by one.
        let best = top.iter().find(|unit| unit.status == found.status).copied();
        let title = self.say(&program.title, program);
        let untranslated = self.speaker.fell_back();
        let steps = self.steps(program, &top, told);
        Some(Answer {
            program: &program.id,
            title,
            category: &program.category,
            kind: &program.kind,
            status: found.status.code(),
            period: self.period(program),
            actionable: reply::Actionable {
                now: told.apply(),
                first_step: steps.first().filter(|_| told.apply()).map(|step| step.title.clone()),
            },
            people: top.iter().flat_map(|unit| self.people(program, unit)).collect(),
            amount: best.and_then(|unit| self.amount(program, &any_of_theirs(unit, &top))),
            first_period: best.filter(|_| !told.receiving).and_then(first_period),
            units: if several {
                all.iter().map(|unit| self.unit(program, unit)).collect()
            } else {
                Vec::new()
            },
            covered_by: self.covered_by(found),
            provided_that: top.iter().flat_map(|unit| self.provided_that(program, unit)).collect(),
            findings: top.iter().flat_map(|unit| self.findings(program, unit)).collect(),
            missing: self.missing(top.iter().copied()),
            more_missing: 0,
            unsettled: top.iter().flat_map(|unit| self.unsettled(program, unit)).collect(),
            documents: self.documents(program, &top, told).into(),
            deadlines: self.deadlines(program, &top, told).into(),
            cautions: self.cautions(program, &top, told).into(),
            opened_by: self.opened_by(found.program, program, top.iter().copied(), ahead).into(),
            instead: self.instead(program, &top, found.status, ahead).into(),
            ways_out: top.iter().flat_map(|unit| self.ways_out(program, unit)).collect(),
            upcoming: self.upcoming(found, &ahead.turns).into(),
            ongoing: self.ongoing(program, &top, &receiving),
            if_refused: self.if_refused(program, &top, told),
            agencies: self.agencies(program, &top, told, &steps).into(),
            steps: steps.into(),
            untranslated,
        })
    }

    /// Those of the units, not outside, who receive the program now.
    fn receiving(&self, program: &Program, units: &[&UnitFinding]) -> Vec<usize> {
        let mut who: Vec<usize> = units
            .iter()
            .flat_map(|unit| &unit.people)
            .filter(|one| one.role != PersonRole::Outside && self.receipts.receives(one.person, program))
            .map(|one| one.person)
            .collect();
        who.sort_unstable();
        who.dedup();
        who
    }

    /// Whether nobody is left who could apply: a unit receives as a whole; a person's program is open
    /// to each applicant who does not receive it yet.
    fn all_receive(&self, program: &Program, found: &Findings, receiving: &[usize]) -> bool {
        if program.unit.is_some() {
            return !receiving.is_empty();
        }
        let could = |unit: &&UnitFinding| unit.status != Status::NotEligible;
        let mut people = found.units.iter().filter(could).flat_map(|unit| &unit.people).peekable();
        people.peek().is_some() && people.all(|one| receiving.contains(&one.person))
    }

    /// The month that is answered for; the year, where the program pays by the year.
    fn period(&self, program: &Program) -> String {
        let day = self.situation.as_of;
        match program.amount.as_ref().map(|rule| rule.per.as_str()) {
            Some("year") => format!("{:04}", day.year()),
            _ => format!("{:04}-{:02}", day.year(), day.month()),
        }
    }

    /// The better program that takes this one's place for everybody who applies.
    fn covered_by(&self, found: &Findings) -> Option<&'b str> {
        if found.status != Status::NotEligible {
            return None;
        }
        let id = found.units.iter().find_map(displaced_by)?;
        self.book.program(id).map(|program| program.id.as_str())
    }

    /// Everybody of a unit; where a program decides person by person, with what each gets.
    fn people(&self, program: &'b Program, unit: &UnitFinding) -> Vec<reply::Person<'b>> {
        let person = |one: &engine::PersonFinding| reply::Person {
            id: self.label(one.person),
            role: one.role.name(),
            status: (one.role != PersonRole::Outside).then(|| one.status.code()),
            amount: if program.unit.is_none() { self.amount(program, unit) } else { None },
            covered_by: displaced_by(unit)
                .and_then(|id| self.book.program(id))
                .map(|program| program.id.as_str()),
        };
        unit.people.iter().filter(|one| one.person < self.situation.people()).map(person).collect()
    }

    /// What a full period pays.
    fn amount(&self, program: &'b Program, unit: &UnitFinding) -> Option<reply::Amount<'b>> {
        let amount = unit.amount.as_ref().filter(|_| unit.status != Status::NotEligible)?;
        let because = match amount.why {
            WhyAmount::FigureNotOnFile => self.awaited(program),
            _ => Vec::new(),
        };
        // What an agency grants up to a sum may be less.
        let least = if amount.why == WhyAmount::UpTo { crate::kernel::Bound::ZERO } else { amount.range.low };
        Some(reply::Amount {
            low: super::speech::end(least),
            high: super::speech::end(amount.range.high),
            per: program.amount.as_ref().map_or("month", |rule| rule.per.as_str()),
            why: amount.why.code(),
            because,
        })
    }

    /// Why figures that the program's amount may rest on are not on file.
    fn awaited(&self, program: &'b Program) -> Vec<Cow<'b, str>> {
        let Some(law) = self.speaker.law else { return Vec::new() };
        let mut seen: Vec<&Words> = Vec::new();
        let mut because = Vec::new();
        for (position, figure) in self.book.figures.iter().enumerate() {
            let Ok(id) = u16::try_from(position).map(crate::language::FigureId) else { continue };
            let own = figure.name.split_once('.').is_some_and(|(module, _)| module == program.module);
            let awaited = law.figure(self.book, id).and_then(|version| version.says.awaited.as_ref());
            if let Some(words) = awaited.filter(|words| own && !seen.contains(words)) {
                seen.push(words);
                because.push(self.say(words, program));
            }
        }
        because
    }

    fn unit(&self, program: &'b Program, unit: &UnitFinding) -> reply::Unit<'b> {
        reply::Unit {
            people: self.people(program, unit),
            status: unit.status.code(),
            amount: self.amount(program, unit),
            first_period: first_period(unit),
            provided_that: self.provided_that(program, unit),
            findings: self.findings(program, unit),
            missing: self.missing([unit]),
        }
    }

    /// What may help instead, where somebody who applies gets nothing here; not what is closed too.
    fn instead(
        &self,
        program: &'b Program,
        units: &[&UnitFinding],
        status: Status,
        ahead: &Ahead,
    ) -> Vec<&'b str> {
        let refused = |one: &engine::PersonFinding| {
            self.situation.applies(one.person)
                && (one.role == PersonRole::Outside || one.status == Status::NotEligible)
        };
        let anybody =
            status == Status::NotEligible || units.iter().flat_map(|unit| &unit.people).any(refused);
        let closed =
            |id: &&String| self.book.program_named(id).is_some_and(|known| ahead.closed.contains(&known));
        let open = program.instead.iter().filter(|id| anybody && !closed(id));
        open.map(String::as_str).collect()
    }
}

/// The better program that takes this one's place, where nothing else keeps it closed.
fn displaced_by(unit: &UnitFinding) -> Option<ProgramId> {
    let mut failed = unit.findings.iter().filter(|finding| finding.outcome == Outcome::NotMet).peekable();
    let first = failed.peek()?.covered_by;
    failed.all(|finding| finding.covered_by.is_some()).then_some(first).flatten()
}

/// The first, prorated period, if its days are certain.
fn first_period(unit: &UnitFinding) -> Option<reply::FirstPeriod> {
    let first = unit.first_period.filter(|_| unit.status != Status::NotEligible)?;
    Some(reply::FirstPeriod {
        from: first.from.known()?,
        to: first.to.known()?,
        low: super::speech::end(first.range.low),
        high: super::speech::end(first.range.high),
    })
}

/// The best of several people, with an amount that holds for whichever of them it will be while that is open.
fn any_of_theirs<'u>(best: &'u UnitFinding, all: &[&UnitFinding]) -> Cow<'u, UnitFinding> {
    let Some(amount) = best.amount.as_ref().filter(|_| best.status == Status::NeedsInformation) else {
        return Cow::Borrowed(best);
    };
    let open = all.iter().filter(|unit| !unit.status.is_refusal()).filter_map(|unit| unit.amount.as_ref());
    let range = open.fold(amount.range, |range, other| range.join(other.range));
    if range == amount.range {
        return Cow::Borrowed(best);
    }
    let amount = engine::Amount { range, why: WhyAmount::FactsMissing };
    Cow::Owned(UnitFinding { amount: Some(amount), ..best.clone() })
}
