//! The days on which law changes, what changes on them, and which programs that touches.

use std::collections::BTreeSet;

use crate::kernel::Day;
use crate::language::{DefinitionId, FigureId, ProgramId};

use super::book::{Program, RuleBook, SourceId, Version};
use super::law::governing;
use super::rests::{Ground, RestsOn};

/// Something that is law in another way from one day on.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The first day of the new law.
    pub on: Day,
    /// What changes.
    pub what: Changed,
    /// The state whose law it is; `None` for every state.
    pub state: Option<usize>,
    /// The day when it could be known, where that is said.
    pub known_from: Option<Day>,
    /// The law; where something ends, the law that ended.
    pub cite: Vec<SourceId>,
    /// Every program whose answer may change, in the order of their code list.
    pub programs: Vec<ProgramId>,
}

/// What changes. Versions are positions among those of the thing; `None` is no such law before, or after.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum Changed {
    ProgramBegins(ProgramId),
    ProgramEnds(ProgramId),
    /// A test, or what excuses from it (by position among all that do).
    Requirement {
        program: ProgramId,
        requirement: usize,
        before: Option<usize>,
        after: Option<usize>,
        excuses: Vec<usize>,
    },
    Definition {
        id: DefinitionId,
        before: Option<usize>,
        after: Option<usize>,
    },
    Figure {
        id: FigureId,
        before: Option<usize>,
        after: Option<usize>,
    },
}

/// A day on which another version governs.
struct Turn {
    on: Day,
    state: Option<usize>,
    before: Option<usize>,
    after: Option<usize>,
}

/// Where a list of versions turns after the first day covered; that day opens the record and is no change.
fn turns<T: PartialEq>(versions: &[Version<T>], covers: (Day, Day)) -> Vec<Turn> {
    let states: BTreeSet<Option<usize>> = versions.iter().map(|version| version.state).collect();
    let mut turns = Vec::new();
    for state in states {
        let own = versions.iter().filter(|version| version.state == state);
        let days: BTreeSet<Day> = own
            .flat_map(|version| [Some(version.from), version.until.and_then(|until| until.succ_opt())])
            .flatten()
            .filter(|day| covers.0 < *day && *day <= covers.1)
            .collect();
        for on in days {
            let before = on.pred_opt().and_then(|day| in_state(versions, day, state));
            let after = in_state(versions, on, state);
            let says = |position: Option<usize>| versions.get(position?).map(|version| &version.says);
            if says(before) != says(after) {
                turns.push(Turn { on, state, before, after });
            }
        }
    }
    turns
}

/// The version that governs in a state, or where no state has its own.
fn in_state<T>(versions: &[Version<T>], day: Day, state: Option<usize>) -> Option<usize> {
    let federal = |version: &Version<T>| {
        version.state.is_none() && version.from <= day && version.until.is_none_or(|until| day <= until)
    };
    match state {
        Some(state) => governing(versions, day, state),
        None => versions.iter().position(federal),
    }
}

/// The version that a turn brings, or else the one that it ends.
fn telling<'v, T>(versions: &'v [Version<T>], turn: &Turn) -> Option<&'v Version<T>> {
    turn.after.or(turn.before).and_then(|position| versions.get(position))
}

fn known_from<T>(versions: &[Version<T>], turn: &Turn) -> Option<Day> {
    turn.after.and_then(|position| versions.get(position)?.known_from)
}

/// The law of a turn: the version's own, or that behind all versions.
fn cited<T>(versions: &[Version<T>], turn: &Turn, shared: &[SourceId]) -> Vec<SourceId> {
    let own = telling(versions, turn).map_or(&[][..], |version| &version.cite);
    if own.is_empty() { shared.to_vec() } else { own.to_vec() }
}

/// Which programs rest on what.
struct Touched<'b> {
    book: &'b RuleBook,
    ground: &'b Ground,
}

impl Touched<'_> {
    /// The programs for which something holds that are in force before or after a turn, whichever has the law.
    fn programs(&self, turn: &Turn, touches: impl Fn(ProgramId, &RestsOn) -> bool) -> Vec<ProgramId> {
        let in_force = |program: &Program, day: Option<Day>| {
            day.is_some_and(|day| {
                let holds =
                    |life: &&(Day, Option<Day>)| life.0 <= day && life.1.is_none_or(|last| day <= last);
                program.in_force.iter().find(holds).is_some()
            })
        };
        let mut found: Vec<(usize, ProgramId)> = Vec::new();
        for (position, rests) in self.ground.programs.iter().enumerate() {
            let Ok(id) = u16::try_from(position).map(ProgramId) else { continue };
            let Some(program) = self.book.program(id) else { continue };
            let before = in_force(program, turn.on.pred_opt());
            let after = in_force(program, Some(turn.on));
            // What begins or ends with a program is told by its beginning or end.
            let own = match (turn.before, turn.after) {
                (None, _) => before,
                (_, None) => after,
                _ => before || after,
            };
            if own && touches(id, &rests.whole) {
                found.push((program.code, id));
            }
        }
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }
}

/// Every change after the first day covered, by day; of one day: programs, then tests, definitions and figures.
pub(super) fn changes(book: &RuleBook, ground: &Ground) -> Vec<Change> {
    let touched = Touched { book, ground };
    let mut changes = Vec::new();
    for (position, program) in book.programs.iter().enumerate() {
        let Ok(id) = u16::try_from(position).map(ProgramId) else { continue };
        lives(book, &touched, id, program, &mut changes);
        for place in 0..program.requirements.len() {
            requirement(book, &touched, (id, program), place, &mut changes);
        }
    }
    for (position, definition) in book.definitions.iter().enumerate() {
        let Ok(id) = u16::try_from(position).map(DefinitionId) else { continue };
        for turn in turns(&definition.versions, book.covers) {
            changes.push(Change {
                on: turn.on,
                what: Changed::Definition { id, before: turn.before, after: turn.after },
                state: turn.state,
                known_from: known_from(&definition.versions, &turn),
                cite: cited(&definition.versions, &turn, &definition.cite),
                programs: touched.programs(&turn, |_, rests| rests.definitions.contains(&id)),
            });
        }
    }
    for (position, figure) in book.figures.iter().enumerate() {
        let Ok(id) = u16::try_from(position).map(FigureId) else { continue };
        for turn in turns(&figure.versions, book.covers) {
            changes.push(Change {
                on: turn.on,
                what: Changed::Figure { id, before: turn.before, after: turn.after },
                state: turn.state,
                known_from: known_from(&figure.versions, &turn),
                cite: cited(&figure.versions, &turn, &[]),
                programs: touched.programs(&turn, |_, rests| rests.figures.contains(&id)),
            });
        }
    }
    changes.retain(|change| !change.programs.is_empty());
    changes.sort_by_cached_key(|change| (change.on, rank(book, &change.what), change.state));
    changes
}

/// Its place among the changes of a day: by kind, then by program or name.
fn rank<'b>(book: &'b RuleBook, what: &Changed) -> (u8, usize, usize, &'b str) {
    let code = |id: &ProgramId| book.program(*id).map_or(usize::MAX, |program| program.code);
    match what {
        Changed::ProgramBegins(id) => (0, code(id), 0, ""),
        Changed::ProgramEnds(id) => (1, code(id), 0, ""),
        Changed::Requirement { program, requirement, .. } => (2, code(program), *requirement, ""),
        Changed::Definition { id, .. } => (3, 0, 0, book.definition(*id).map_or("", |one| one.name.as_str())),
        Changed::Figure { id, .. } => (4, 0, 0, book.figure(*id).map_or("", |one| one.name.as_str())),
    }
}

/// The days on which a program begins and ends, with every program that asks for it.
fn lives(
    book: &RuleBook,
    touched: &Touched<'_>,
    id: ProgramId,
    program: &Program,
    changes: &mut Vec<Change>,
) {
    let covered = |day: &Day| book.covers.0 < *day && *day <= book.covers.1;
    let mut cite = Vec::new();
    for source in program.requirements.iter().flat_map(|one| &one.cite) {
        if !cite.contains(source) {
            cite.push(*source);
        }
    }
    let mut tell = |on: Option<Day>, what: Changed| {
        let Some(on) = on.filter(covered) else { return };
        let turn = Turn { on, state: None, before: Some(0), after: Some(0) };
        let programs = touched.programs(&turn, |other, rests| other == id || rests.programs.contains(&id));
        changes.push(Change { on, what, state: None, known_from: None, cite: cite.clone(), programs });
    };
    for (from, until) in &program.in_force {
        tell(Some(*from), Changed::ProgramBegins(id));
        tell(until.and_then(|until| until.succ_opt()), Changed::ProgramEnds(id));
    }
}

/// The changes of one requirement and of what excuses from it: one for each day and state.
fn requirement(
    book: &RuleBook,
    touched: &Touched<'_>,
    (id, program): (ProgramId, &Program),
    place: usize,
    changes: &mut Vec<Change>,
) {
    let Some(requirement) = program.requirements.get(place) else { return };
    let mut found: Vec<(Turn, Change)> = Vec::new();
    let versions = &requirement.versions;
    for turn in turns(versions, book.covers) {
        let what = Changed::Requirement {
            program: id,
            requirement: place,
            before: turn.before,
            after: turn.after,
            excuses: Vec::new(),
        };
        let cite = cited(versions, &turn, &requirement.cite);
        let (on, state) = (turn.on, turn.state.or(requirement.state));
        let known_from = known_from(versions, &turn);
        found.push((turn, Change { on, what, state, known_from, cite, programs: Vec::new() }));
    }
    for (excuse, exemption) in requirement.excuses().enumerate() {
        for turn in turns(&exemption.versions, book.covers) {
            let (on, state) = (turn.on, turn.state.or(requirement.state));
            let cite = cited(&exemption.versions, &turn, &requirement.cite);
            let same = found.iter_mut().find(|(_, change)| (change.on, change.state) == (on, state));
            if let Some((_, change)) = same {
                if let Changed::Requirement { excuses, .. } = &mut change.what {
                    excuses.push(excuse);
                }
                let new: Vec<_> = cite.into_iter().filter(|source| !change.cite.contains(source)).collect();
                change.cite.extend(new);
                continue;
            }
            // The test itself stays: the version that governs then is the one before and after.
            let stays = in_state(versions, on, state);
            let what = Changed::Requirement {
                program: id,
                requirement: place,
                before: stays,
                after: stays,
                excuses: vec![excuse],
            };
            let known_from = known_from(&exemption.versions, &turn);
            let turn = Turn { on, state, before: stays, after: stays };
            found.push((turn, Change { on, what, state, known_from, cite, programs: Vec::new() }));
        }
    }
    for (turn, mut change) in found {
        let shared = |other: ProgramId| {
            requirement.counts() && book.program(other).is_some_and(|other| other.unit == program.unit)
        };
        // What begins or ends with its own program is told by that.
        if !touched.programs(&turn, |other, _| other == id).is_empty() {
            change.programs = touched
                .programs(&turn, |other, rests| other == id || rests.programs.contains(&id) || shared(other));
        }
        changes.push(change);
    }
}
