//! Programs in, findings out: a quick run, a careful one where something is open, and looking ahead.

use std::collections::BTreeSet;

use crate::kernel::Day;
use crate::language::ProgramId;
use crate::rulebook::{Law, RuleBook};
use crate::vocabulary::Situation;

use super::evaluate::Engine;
use super::findings::{Findings, Status, UnitFinding};
use super::marks::Open;
use super::memory::Memory;
use super::requirement::Gather;

/// How much is gathered beside the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// The results alone.
    Result,
    /// Reasons, words and missing facts.
    Summary,
    /// The arithmetic too.
    Full,
}

/// Answers programs for a situation under the law of `day`, in the order given.
///
/// A quick run finds what is settled. Only if something is open is it run again, tracking what each
/// open result rests on, and each absent fact is tried out before it is called missing.
#[must_use]
pub fn answer(
    book: &RuleBook,
    situation: &Situation,
    day: Day,
    programs: &[ProgramId],
    depth: Depth,
) -> Vec<Findings> {
    answer_and_keep(book, situation, day, programs, depth).0
}

/// A change of a status by a law that is dated already, if the facts stay as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// What changes.
    pub program: ProgramId,
    /// The first day on which it is so.
    pub on: Day,
    /// The status from then on, which the known facts settle.
    pub to: Status,
    /// For whom alone, where the program's own status stays what it is.
    pub people: Vec<usize>,
}

/// Answers programs on the day of application and looks ahead up to `until`: for each program, the first later day
/// on which a dated law makes its status another one that the known facts settle, and before that the days on which it
/// does so for single people who apply.
#[must_use]
pub fn answer_and_look_ahead(
    book: &RuleBook,
    situation: &Situation,
    programs: &[ProgramId],
    depth: Depth,
    until: Day,
) -> (Vec<Findings>, Vec<Turn>) {
    let (found, kept) = answer_and_keep(book, situation, situation.as_of, programs, depth);
    let now = found.iter().map(|one| Waiting::of(one, situation)).collect();
    let turns = kept.map(|kept| next_turns(book, situation, now, until, kept)).unwrap_or_default();
    (found, turns)
}

/// A program whose next change is looked for: its status so far, and that of each person who applies.
struct Waiting {
    program: ProgramId,
    status: Status,
    people: Vec<(usize, Status)>,
}

impl Waiting {
    fn of(found: &Findings, situation: &Situation) -> Self {
        let mut people: Vec<(usize, Status)> = Vec::new();
        for one in found.units.iter().flat_map(|unit| &unit.people) {
            if situation.applies(one.person) && !people.iter().any(|(known, _)| *known == one.person) {
                people.push((one.person, one.status));
            }
        }
        Self { program: found.program, status: found.status, people }
    }

    /// What is another settled status under the law of a later day; whether that is the program's own.
    fn turn(&mut self, then: &Findings, situation: &Situation, on: Day, turns: &mut Vec<Turn>) -> bool {
        let program = self.program;
        if then.status == Status::NeedsInformation || then.units.iter().any(|unit| unit.joined) {
            return false;
        }
        if then.status != self.status {
            turns.push(Turn { program, on, to: then.status, people: Vec::new() });
            return true;
        }
        let first = turns.len();
        for (person, to) in Self::of(then, situation).people {
            let known = self.people.iter_mut().find(|(known, _)| *known == person);
            let Some((_, before)) = known.filter(|(_, before)| *before != to) else { continue };
            if to == Status::NeedsInformation {
                continue;
            }
            *before = to;
            match turns.iter_mut().skip(first).find(|turn| turn.to == to) {
                Some(turn) => turn.people.push(person),
                None => turns.push(Turn { program, on, to, people: vec![person] }),
            }
        }
        false
    }
}

/// What a quick run left, and under which law.
struct Kept<'b> {
    law: &'b Law,
    memory: Memory<()>,
}

fn answer_and_keep<'b>(
    book: &'b RuleBook,
    situation: &Situation,
    day: Day,
    programs: &[ProgramId],
    depth: Depth,
) -> (Vec<Findings>, Option<Kept<'b>>) {
    let Some(law) = book.on(day, situation.state) else { return (Vec::new(), None) };
    let gather = Gather { words: depth >= Depth::Summary, trace: depth == Depth::Full };
    let wanted = with_needs(book, programs);
    let mut quick = Engine::<()>::new(book, law, day, situation);
    let mut found = quick.run_all(&wanted, gather);
    if let Some(mut again) = carefully(book, situation, day, &found, gather) {
        again.retain(|one| programs.contains(&one.program));
        if depth >= Depth::Summary {
            super::probe::find_missing(book, situation, day, &mut again);
        }
        for one in again {
            if let Some(place) = found.iter_mut().find(|known| known.program == one.program) {
                *place = one;
            }
        }
    }
    found.retain(|one| programs.contains(&one.program));
    let place = |one: &Findings| programs.iter().position(|id| *id == one.program);
    found.sort_by_key(place);
    (found, Some(Kept { law, memory: quick.memory }))
}

/// What is open of quick findings, run again and tracking what each open result rests on.
fn carefully(
    book: &RuleBook,
    situation: &Situation,
    day: Day,
    quick: &[Findings],
    gather: Gather,
) -> Option<Vec<Findings>> {
    let law = book.on(day, situation.state)?;
    let is_open = |one: &&Findings| one.units.iter().any(UnitFinding::is_open);
    let open: Vec<ProgramId> = quick.iter().filter(is_open).map(|one| one.program).collect();
    if open.is_empty() {
        return None;
    }
    let wanted = with_needs(book, &open);
    let mut careful = Engine::<Open>::new(book, law, day, situation);
    Some(careful.run_all(&wanted, gather))
}

/// The open findings of these programs before any fact is tried out, as [`answer`] comes to them.
pub(super) fn open_findings(
    book: &RuleBook,
    situation: &Situation,
    day: Day,
    programs: &[ProgramId],
) -> Vec<Findings> {
    let Some(law) = book.on(day, situation.state) else { return Vec::new() };
    let gather = Gather { words: true, trace: false };
    let mut quick = Engine::<()>::new(book, law, day, situation);
    let found = quick.run_all(&with_needs(book, programs), gather);
    let mut open = carefully(book, situation, day, &found, gather).unwrap_or_default();
    open.retain(|one| programs.contains(&one.program));
    open
}

/// For each program, what changes up to `until`, as [`answer_and_look_ahead`] tells it. What the law of one day leaves
/// the same is not computed again for the next.
fn next_turns(
    book: &RuleBook,
    situation: &Situation,
    mut waiting: Vec<Waiting>,
    until: Day,
    kept: Kept,
) -> Vec<Turn> {
    let later = |day: &Day| situation.as_of < *day && *day <= until;
    let boundaries = |id: ProgramId| book.program(id).map_or(&[][..], |program| &program.boundaries);
    let days: BTreeSet<Day> =
        waiting.iter().flat_map(|one| boundaries(one.program)).copied().filter(later).collect();
    let mut turns = Vec::new();
    let Kept { law: mut before, mut memory } = kept;
    for day in days {
        let turning: Vec<ProgramId> = waiting
            .iter()
            .map(|one| one.program)
            .filter(|id| boundaries(*id).binary_search(&day).is_ok())
            .collect();
        let Some(law) = book.on(day, situation.state).filter(|_| !turning.is_empty()) else { continue };
        memory.forget_law(book, before, law);
        before = law;
        let mut quick = Engine::<()>::resume(book, law, day, situation, memory);
        let found = quick.run_all(&with_needs(book, &turning), Gather::default());
        memory = quick.memory;
        waiting.retain_mut(|one| {
            let then = found.iter().find(|then| then.program == one.program);
            let then = then.filter(|_| turning.contains(&one.program));
            !then.is_some_and(|then| one.turn(then, situation, day, &mut turns))
        });
    }
    turns
}

/// Which of these programs are refused, with nobody who could have them, on the day of application: a quick run tells
/// that as surely as a careful one.
#[must_use]
pub fn refused(book: &RuleBook, situation: &Situation, programs: &[ProgramId]) -> Vec<ProgramId> {
    let Some(law) = book.on(situation.as_of, situation.state) else { return Vec::new() };
    let mut quick = Engine::<()>::new(book, law, situation.as_of, situation);
    let mut found = quick.run_all(&with_needs(book, programs), Gather::default());
    found.retain(|one| programs.contains(&one.program) && one.status.is_refusal());
    found.iter().map(|one| one.program).collect()
}

/// One program under the law of another day, with words and without what it rests on.
#[must_use]
pub fn glance(book: &RuleBook, situation: &Situation, day: Day, program: ProgramId) -> Option<Findings> {
    let law = book.on(day, situation.state)?;
    let mut quick = Engine::<()>::new(book, law, day, situation);
    let mut found = quick.run_all(&with_needs(book, &[program]), Gather { words: true, trace: false });
    let place = found.iter().position(|one| one.program == program)?;
    Some(found.swap_remove(place))
}

/// The programs and all that they ask `eligible_for`, in an order in which they can be answered.
pub(super) fn with_needs(book: &RuleBook, programs: &[ProgramId]) -> Vec<ProgramId> {
    let mut wanted = programs.to_vec();
    let mut at = 0;
    while let Some(id) = wanted.get(at).copied() {
        at += 1;
        for need in book.program(id).map_or(&[][..], |program| &program.needs) {
            if !wanted.contains(need) {
                wanted.push(*need);
            }
        }
    }
    book.order.iter().copied().filter(|id| wanted.contains(id)).collect()
}
