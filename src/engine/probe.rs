//! Before a fact is called missing it is tried out: at the ends of its range and at every threshold
//! that it meets. A fact no value of which changes anything is not asked for.

use crate::kernel::{Bound, Day, Range};
use crate::language::ProgramId;
use crate::rulebook::{PersonRole, RuleBook};
use crate::vocabulary::{FactRef, Role, Situation};

use super::evaluate::Engine;
use super::findings::{Findings, Outcome, Status};
use super::memory::Memory;
use super::requirement::Gather;
use super::telling::{Change, USUAL, changes};

/// The most programs that are run over to try facts out for one answer, for so many people: the more there are,
/// the longer each takes. A fact that could not be tried any more is asked for.
fn most_runs(people: usize) -> usize {
    240_000 / (people * people + 25)
}

/// What a result shows of itself; two runs that show the same did not differ.
#[derive(Debug, Clone, PartialEq)]
struct Face {
    status: Vec<Status>,
    people: Vec<(usize, PersonRole, Status)>,
    amounts: Vec<(Option<Range>, Option<Range>)>,
    outcomes: Vec<(usize, Option<usize>, Outcome)>,
}

fn face(findings: &Findings) -> Face {
    let mut face =
        Face { status: vec![findings.status], people: Vec::new(), amounts: Vec::new(), outcomes: Vec::new() };
    for unit in &findings.units {
        face.status.push(unit.status);
        face.people.extend(unit.people.iter().map(|person| (person.person, person.role, person.status)));
        let first = unit.first_period.as_ref().map(|first| first.range);
        face.amounts.push((unit.amount.as_ref().map(|amount| amount.range), first));
        face.outcomes.extend(unit.findings.iter().map(|one| (one.requirement, one.person, one.outcome)));
    }
    face
}

impl Face {
    /// Whether a result differs: a status, or also an amount.
    fn differs(&self, other: &Self) -> (bool, bool) {
        let status = self.status != other.status || self.people != other.people;
        (status || self.amounts != other.amounts, status)
    }

    /// How much it gives; only the order matters.
    fn worth(&self) -> Worth {
        let rank = |status: &Status| match status {
            Status::Eligible => 3,
            Status::MayQualify => 2,
            Status::NeedsInformation => 1,
            Status::NotEligible | Status::NotInForce => 0,
        };
        let of_all = self.status.iter().map(rank).sum::<usize>() * 8;
        let of_people = self.people.iter().map(|(_, _, status)| rank(status)).sum::<usize>();
        let met = self.outcomes.iter().filter(|(_, _, outcome)| *outcome == Outcome::Met).count();
        (
            of_all + of_people,
            met,
            self.amounts.iter().filter_map(|(amount, _)| amount.map(|range| range.high)).max(),
        )
    }
}

/// How much a program gives.
type Worth = (usize, usize, Option<Bound>);

/// An absent fact that may be missing, and what came of trying it out.
struct Candidate {
    at: FactRef,
    changes: Vec<Change>,
    /// The values that give most and least while all else is as it is.
    best: usize,
    worst: usize,
    /// For each program: whether some value changes a result, whether a status, and whether at least
    /// the outcome of a requirement.
    seen: Vec<Seen>,
}

/// Everything that a run needs.
struct Trial<'b> {
    book: &'b RuleBook,
    day: Day,
    programs: &'b [ProgramId],
    situation: Situation,
    /// What the run over the situation as it stands left: only what rests on a fact that is tried out is
    /// computed again.
    memory: Option<Memory<()>>,
    /// Programs that may still be run.
    left: usize,
}

/// Whether results differ, by program: any result, a status, the outcome of a requirement.
type Seen = (ProgramId, bool, bool, bool);

impl<'b> Trial<'b> {
    fn run(&mut self, programs: &[ProgramId]) -> Vec<(ProgramId, Face)> {
        let Some(law) = self.book.on(self.day, self.situation.state) else { return Vec::new() };
        let memory = self.memory.take().unwrap_or_else(|| Memory::new(self.book, &self.situation));
        let mut engine = Engine::resume(self.book, law, self.day, &self.situation, memory);
        let found = engine.run_all(programs, Gather::default());
        self.memory = Some(engine.memory);
        found.iter().map(|one| (one.program, face(one))).collect()
    }

    /// Runs everything over the situation as it stands now.
    fn settle_down(&mut self, programs: &[ProgramId]) {
        if let Some(memory) = &mut self.memory {
            memory.forget_all();
        }
        self.run(programs);
    }

    fn forget(&mut self, at: FactRef) {
        let everything = self.concerns_everything(at);
        let Some(memory) = &mut self.memory else { return };
        if everything {
            memory.forget_definitions();
        } else {
            memory.forget(self.book, at.list);
            memory.forget(self.book, at.fact);
        }
    }

    /// Who is listed, and who is what to whom.
    fn concerns_everything(&self, at: FactRef) -> bool {
        let role = self.book.vocabulary.fact(at.fact).and_then(|fact| fact.role);
        matches!(role, Some(Role::People | Role::Relationships))
    }

    /// The programs, and those that they ask `eligible_for` and that may change with the fact, in order.
    fn affected(&self, at: FactRef, programs: &[ProgramId]) -> Vec<ProgramId> {
        let everything = self.concerns_everything(at);
        let changes = |id: ProgramId| {
            let reach = &self.book.reach;
            everything || reach.reaches(at.list, id) || reach.reaches(at.fact, id)
        };
        let mut wanted = super::program::with_needs(self.book, programs);
        wanted.retain(|id| programs.contains(id) || changes(*id));
        wanted
    }

    fn with(&mut self, at: FactRef, change: &Change, programs: &[ProgramId]) -> Vec<(ProgramId, Face)> {
        self.left = self.left.saturating_sub(programs.len());
        let before = change.clone().apply(&mut self.situation, at, self.book);
        self.forget(at);
        let answered = self.memory.as_ref().map(|memory| memory.answers(programs));
        let faces = self.run(programs);
        before.apply(&mut self.situation, at, self.book);
        self.forget(at);
        if let (Some(memory), Some(answered)) = (&mut self.memory, answered) {
            memory.put_back(programs, answered);
        }
        faces
    }

    /// Runs the programs with the fact at each of its telling values.
    fn alone(&mut self, at: FactRef, found: &[Findings]) -> Candidate {
        let missing = |one: &&Findings| {
            one.units.iter().any(|unit| unit.missing.iter().any(|missing| missing.fact == at))
        };
        let seen: Vec<Seen> =
            found.iter().filter(missing).map(|one| (one.program, false, false, false)).collect();
        let changes = changes(self.book, &self.situation, at);
        let mut candidate = Candidate { at, changes, best: 0, worst: 0, seen };
        if self.left < candidate.changes.len() {
            candidate.seen.iter_mut().for_each(|(_, any, status, _)| (*any, *status) = (true, true));
            return candidate;
        }
        let mut seen = std::mem::take(&mut candidate.seen);
        let (best, worst) = self.compare(at, &candidate.changes, &mut seen);
        (candidate.best, candidate.worst, candidate.seen) = (best, worst, seen);
        candidate
    }

    /// Runs each change and notes which programs differ between any two; gives the changes that give most and
    /// least. A program whose status has differed is not run again.
    fn compare(&mut self, at: FactRef, changes: &[Change], seen: &mut [Seen]) -> (usize, usize) {
        let (mut best, mut worst) = (0, 0);
        let mut first: Vec<(ProgramId, Face)> = Vec::new();
        let mut extremes: [Vec<(ProgramId, Worth)>; 2] = Default::default();
        for (place, change) in changes.iter().enumerate() {
            let open: Vec<ProgramId> =
                seen.iter().filter(|(_, _, status, _)| !status).map(|(id, ..)| *id).collect();
            if open.is_empty() {
                break;
            }
            let wanted = self.affected(at, &open);
            let faces = self.with(at, change, &wanted);
            let worth: Vec<(ProgramId, Worth)> = faces.iter().map(|(id, face)| (*id, face.worth())).collect();
            if place == 0 {
                extremes = [worth.clone(), worth];
                first = faces;
                continue;
            }
            let [most, least] = &mut extremes;
            if outweighs(&worth, most) {
                (best, *most) = (place, worth);
            } else if outweighs(least, &worth) {
                (worst, *least) = (place, worth);
            }
            for (program, any, status, outcome) in seen.iter_mut() {
                let of = |faces: &[(ProgramId, Face)]| faces.iter().position(|(id, _)| id == program);
                let one = of(&first).and_then(|place| first.get(place));
                let two = of(&faces).and_then(|place| faces.get(place));
                let Some(((_, one), (_, two))) = one.zip(two) else { continue };
                let differs = one.differs(two);
                (*any, *status) = (*any || differs.0, *status || differs.1);
                *outcome |= one.outcomes != two.outcomes;
            }
        }
        (best, worst)
    }

    /// Looks whether facts that alone change no more than the outcome of a requirement change a result once the
    /// others are known: all as they give most, and in a few other ways, always the same; then those that decide
    /// with one as they give least, and what excuses left open.
    fn together(&mut self, candidates: &[Candidate], found: &[Findings]) -> Vec<(FactRef, ProgramId, bool)> {
        let mut witnesses = Vec::new();
        let mut open: Vec<(usize, Vec<Seen>)> = Vec::new();
        for (about, candidate) in candidates.iter().enumerate() {
            let unseen = |one: &&Seen| one.3 && !one.1;
            let seen: Vec<Seen> =
                candidate.seen.iter().filter(unseen).map(|one| (one.0, false, false, false)).collect();
            if !seen.is_empty() {
                open.push((about, seen));
            }
        }
        for context in 0..SHARED {
            if open.is_empty() {
                return witnesses;
            }
            let undo = self.fill(candidates, |number, other| shared_place(context, number, other));
            self.settle_down(self.programs);
            open.retain_mut(|(about, seen)| self.witness(candidates.get(*about), seen, &mut witnesses));
            self.undo(undo);
        }
        open.retain_mut(|(about, seen)| {
            let Some(candidate) = candidates.get(*about) else { return false };
            let beside = Beside::of(candidate.at, found, candidates);
            let ids: Vec<ProgramId> = seen.iter().map(|(id, ..)| *id).collect();
            let wanted = super::program::with_needs(self.book, &ids);
            for context in 0..beside.ways() {
                let undo = self.fill(candidates, |number, other| {
                    (other.at != candidate.at).then(|| beside.place(context, number, other)).flatten()
                });
                self.settle_down(&wanted);
                let goes_on = self.witness(Some(candidate), seen, &mut witnesses);
                self.undo(undo);
                if !goes_on {
                    return false;
                }
            }
            true
        });
        witnesses
    }

    fn fill(
        &mut self,
        candidates: &[Candidate],
        place: impl Fn(usize, &Candidate) -> Option<usize>,
    ) -> Vec<(FactRef, Change)> {
        let mut undo = Vec::new();
        for (number, other) in candidates.iter().enumerate() {
            if let Some(change) = place(number, other).and_then(|place| other.changes.get(place)) {
                undo.push((other.at, change.clone().apply(&mut self.situation, other.at, self.book)));
            }
        }
        undo
    }

    fn undo(&mut self, undo: Vec<(FactRef, Change)>) {
        for (at, before) in undo.into_iter().rev() {
            before.apply(&mut self.situation, at, self.book);
        }
    }

    /// Notes the programs whose result the candidate changes here; whether any is left without a witness.
    fn witness(
        &mut self,
        candidate: Option<&Candidate>,
        seen: &mut Vec<Seen>,
        witnesses: &mut Vec<(FactRef, ProgramId, bool)>,
    ) -> bool {
        let Some(candidate) = candidate else { return false };
        if self.left < candidate.changes.len() {
            // What could not be tried any more is asked for.
            witnesses.extend(seen.iter().map(|(id, ..)| (candidate.at, *id, true)));
            return false;
        }
        self.compare(candidate.at, &candidate.changes, seen);
        let found = seen.iter().filter(|(_, any, ..)| *any);
        witnesses.extend(found.map(|(id, _, status, _)| (candidate.at, *id, *status)));
        seen.retain(|(_, any, ..)| !any);
        !seen.is_empty()
    }
}

/// Whether one run gives more than another, over the programs of both.
fn outweighs(one: &[(ProgramId, Worth)], other: &[(ProgramId, Worth)]) -> bool {
    let of = |id: ProgramId| other.iter().find(|(known, _)| *known == id).map(|(_, worth)| worth);
    let pairs = one.iter().filter_map(|(id, worth)| of(*id).map(|other| (worth, other)));
    let (mine, theirs): (Vec<&Worth>, Vec<&Worth>) = pairs.unzip();
    mine > theirs
}

/// Ways of filling in the other facts that are the same for every fact that is tried out.
const SHARED: usize = 4;

/// The most further ways, for each fact its own.
const OWN: usize = 24;

/// In a shared way of filling in: all as they give most, then mixed.
fn shared_place(context: usize, number: usize, other: &Candidate) -> Option<usize> {
    if context == 0 {
        return Some(other.best);
    }
    let list = matches!(other.changes.first(), Some(Change::List(_)));
    match mix(context + 4, number) {
        mixed if mixed % 3 == 0 => Some(other.best),
        mixed if mixed % 5 == 0 => None,
        mixed if list => Some((mixed / 16) % USUAL),
        mixed => Some((mixed / 16) % other.changes.len().max(1)),
    }
}

/// What decides together with a fact.
struct Beside {
    /// The candidates (by position), each with how many telling values it has.
    facts: Vec<(usize, usize)>,
    excuses: Vec<FactRef>,
}

impl Beside {
    fn of(at: FactRef, found: &[Findings], candidates: &[Candidate]) -> Self {
        let findings = found.iter().flat_map(|one| &one.units).flat_map(|unit| &unit.findings);
        let mut facts: Vec<(usize, usize)> = Vec::new();
        let mut excuses = Vec::new();
        for finding in findings.filter(|finding| finding.why.facts.contains(&at)) {
            for fact in finding.why.facts.iter().filter(|fact| **fact != at) {
                let place = candidates.iter().position(|other| other.at == *fact);
                if let Some(place) = place.filter(|place| !facts.iter().any(|(known, _)| known == place)) {
                    let values = candidates.get(place).map_or(0, |other| other.changes.len());
                    facts.push((place, values.min(USUAL + 8)));
                }
            }
            excuses.extend(finding.ways_out.iter().flat_map(|way| &way.facts));
        }
        facts.sort_by_key(|(_, values)| *values);
        Self { facts, excuses }
    }

    /// All of these as they give least; then each in turn at each of its values and the others so.
    fn ways(&self) -> usize {
        (1 + self.facts.iter().map(|(_, values)| values).sum::<usize>()).min(OWN)
    }

    /// What decides with it as it gives least, one of them at a value of its own; the rest as it gives most, but
    /// for what excuses.
    fn place(&self, way: usize, number: usize, other: &Candidate) -> Option<usize> {
        if self.facts.iter().any(|(place, _)| *place == number) {
            let mut before = 1;
            for (place, values) in &self.facts {
                if *place == number && (before..before + values).contains(&way) {
                    return Some(way - before);
                }
                before += values;
            }
            return Some(other.worst);
        }
        if self.excuses.contains(&other.at) { None } else { Some(other.best) }
    }
}

/// A number that looks random and is always the same.
fn mix(one: usize, two: usize) -> usize {
    let mixed = (one * 31 + two + 1).wrapping_mul(0x9E37_79B1);
    (mixed ^ (mixed >> 13)) & 0xFFFF
}

/// Keeps, of the candidates in `found`, those with a witness.
pub(super) fn find_missing(
    book: &RuleBook,
    situation: &Situation,
    day: Day,
    programs: &[ProgramId],
    found: &mut [Findings],
) {
    let mut places: Vec<FactRef> = Vec::new();
    for unit in found.iter().flat_map(|one| &one.units) {
        for missing in &unit.missing {
            if !places.contains(&missing.fact) {
                places.push(missing.fact);
            }
        }
    }
    let left = most_runs(situation.people());
    let mut trial = Trial { book, day, programs, situation: situation.clone(), memory: None, left };
    trial.settle_down(programs);
    let candidates: Vec<Candidate> = places.into_iter().map(|at| trial.alone(at, found)).collect();
    let mut witnesses: Vec<(FactRef, ProgramId, bool)> = Vec::new();
    for candidate in &candidates {
        let seen = candidate.seen.iter().filter(|(_, any, ..)| *any);
        witnesses.extend(seen.map(|(program, _, status, _)| (candidate.at, *program, *status)));
    }
    witnesses.extend(trial.together(&candidates, found));
    for one in found.iter_mut() {
        let program = one.program;
        for unit in &mut one.units {
            keep_witnessed(unit, program, &witnesses);
        }
    }
    for one in found.iter_mut() {
        for unit in &mut one.units {
            unit.missing.sort_by_key(|missing| {
                let sensitivity = book.vocabulary.fact(missing.fact.fact).map(|fact| fact.sensitivity);
                (!missing.status, sensitivity, missing.fact)
            });
        }
    }
}

fn keep_witnessed(
    unit: &mut super::UnitFinding,
    program: ProgramId,
    witnesses: &[(FactRef, ProgramId, bool)],
) {
    if unit.status == Status::NotEligible {
        unit.missing.clear();
        return;
    }
    let last = unit.missing.first().copied();
    unit.missing.retain_mut(|missing| {
        let seen = witnesses.iter().filter(|(fact, of, _)| *fact == missing.fact && *of == program);
        let mut any = false;
        missing.status = false;
        for (_, _, status) in seen {
            any = true;
            missing.status |= status;
        }
        any
    });
    if unit.missing.is_empty() && unit.status == Status::NeedsInformation {
        unit.missing.extend(last);
    }
    let missing = &unit.missing;
    for finding in &mut unit.findings {
        if finding.outcome == Outcome::Unknown {
            finding.why.facts.retain(|fact| missing.iter().any(|known| known.fact == *fact));
        }
    }
}
