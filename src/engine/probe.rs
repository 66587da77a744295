//! Before a fact is called missing it is tried out: at the ends of its range and at every threshold
//! that it meets. A fact no value of which changes anything is not asked for.

use rust_decimal::Decimal;

use crate::kernel::{
    Bound, CodeBag, CodeSet, Dates, Day, Paid, Period, PersonBag, PersonSet, Range, Span, SpanUnit, Truth,
    Value,
};
use crate::language::{FactId, ProgramId, Type};
use crate::rulebook::{PersonRole, RuleBook};
use crate::vocabulary::{
    About, Fact, FactRef, Given, Item, ItemList, Kind, Known, Relations, Role, Situation,
};

use super::evaluate::{Engine, Memory};
use super::findings::{Findings, Outcome, Status};
use super::requirement::Gather;

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

/// A value put in the place of a fact.
#[derive(Clone)]
enum Change {
    Fact(Known),
    List(ItemList),
    Relations(Relations),
    Open(bool),
}

impl Change {
    /// Puts it in place and returns what stood there.
    fn apply(self, situation: &mut Situation, at: FactRef, book: &RuleBook) -> Self {
        match self {
            Self::Fact(known) => {
                let slot = place_of(situation, at, book);
                match slot {
                    Some(slot) => Self::Fact(std::mem::replace(slot, known)),
                    None => Self::Fact(known),
                }
            }
            Self::List(list) => {
                let slot = situation.list_slots.get(at.fact.index()).copied();
                let lists = if at.person == FactRef::NOBODY {
                    Some(&mut situation.shared_lists)
                } else {
                    situation.personal_lists.get_mut(usize::from(at.person))
                };
                match lists.zip(slot).and_then(|(lists, slot)| lists.get_mut(usize::from(slot))) {
                    Some(place) => Self::List(std::mem::replace(place, list)),
                    None => Self::List(list),
                }
            }
            Self::Relations(relations) => {
                Self::Relations(std::mem::replace(&mut situation.relations, relations))
            }
            Self::Open(open) => Self::Open(std::mem::replace(&mut situation.open, open)),
        }
    }
}

fn place_of<'s>(situation: &'s mut Situation, at: FactRef, book: &RuleBook) -> Option<&'s mut Known> {
    let fact = book.vocabulary.fact(at.fact)?;
    let slot = usize::from(fact.slot);
    if at.item != FactRef::NO_ITEM {
        let list_slot = usize::from(*situation.list_slots.get(at.list.index())?);
        let lists = if at.person == FactRef::NOBODY {
            &mut situation.shared_lists
        } else {
            situation.personal_lists.get_mut(usize::from(at.person))?
        };
        return lists.get_mut(list_slot)?.items.get_mut(usize::from(at.item))?.fields.get_mut(slot);
    }
    if fact.about == About::Person {
        let stride = situation.stride;
        return situation.personal.get_mut(usize::from(at.person) * stride + slot);
    }
    situation.shared.get_mut(slot)
}

/// The telling values of a fact.
fn changes(book: &RuleBook, situation: &Situation, at: FactRef) -> Vec<Change> {
    let Some(fact) = book.vocabulary.fact(at.fact) else { return Vec::new() };
    match fact.role {
        Some(Role::Relationships) => return relation_changes(book, situation),
        Some(Role::People) => return vec![Change::Open(false), Change::Open(true)],
        _ => {}
    }
    match fact.kind {
        Kind::Items(record) => list_changes(book, situation, at, record),
        Kind::One(kind) => {
            let now = situation.known(at, &book.vocabulary).map(|known| known.value.clone());
            values(book, situation, at, fact, kind, now.as_ref())
                .into_iter()
                .map(|value| Change::Fact(Known { value, given: Given::Told }))
                .collect()
        }
    }
}

fn values(
    book: &RuleBook,
    situation: &Situation,
    at: FactRef,
    fact: &Fact,
    kind: Type,
    now: Option<&Value>,
) -> Vec<Value> {
    match kind {
        Type::Boolean => vec![Value::Truth(Truth::True), Value::Truth(Truth::False)],
        Type::Count | Type::Number | Type::Rate | Type::Money(_) | Type::Span => {
            let range = if let Some(Value::Number(range)) = now { *range } else { fact.range };
            numbers(book, at, range).into_iter().map(|value| Value::Number(Range::exactly(value))).collect()
        }
        Type::Paid => {
            let (range, period) = match now {
                Some(Value::Paid(Paid::One(range, period))) => (*range, *period),
                _ => (Range::NOT_NEGATIVE, Period::Month),
            };
            let amounts = numbers(book, at, range);
            amounts.into_iter().map(|value| Value::Paid(Paid::One(Range::exactly(value), period))).collect()
        }
        Type::Date => dates(situation.as_of, fact, now),
        Type::Code(list) => {
            let all = CodeSet::first(book.vocabulary.list(list).map_or(0, |list| list.codes.len()));
            let open = if let Some(Value::Code(open)) = now { *open } else { all };
            let telling = book.reach.telling(at.fact, open).into_iter();
            telling.map(|position| Value::Code(CodeSet::only(position))).collect()
        }
        Type::Codes(_) => {
            let open = if let Some(Value::Codes(open)) = now { *open } else { CodeBag::any(0) };
            let mut values = vec![
                Value::Codes(CodeBag::exactly(open.certain)),
                Value::Codes(CodeBag::exactly(open.possible)),
            ];
            for position in book.reach.telling(at.fact, open.possible.without(open.certain)) {
                values.push(Value::Codes(CodeBag::exactly(open.certain.join(CodeSet::only(position)))));
            }
            values
        }
        Type::Person => {
            let mut values = vec![Value::Person(PersonSet::NOBODY), Value::Person(PersonSet::SOMEBODY_ELSE)];
            values.extend((0..situation.people()).map(|person| Value::Person(PersonSet::only(person))));
            values
        }
        Type::People => {
            let everyone = (1u64 << situation.people()) - 1;
            let bag = |people| Value::People(PersonBag { certain: people, possible: people });
            let mut values = vec![bag(0), bag(everyone)];
            values.extend((0..situation.people()).map(|person| bag(1 << person)));
            values
        }
    }
}

/// The ends of a range, the constants that rules compare the fact with, and amounts between.
fn numbers(book: &RuleBook, at: FactRef, range: Range) -> Vec<Decimal> {
    let low = range.low.finite().unwrap_or(Decimal::ZERO);
    let mut values = vec![low];
    let far = Decimal::from(100_000);
    values.push(range.high.finite().map_or(far, |high| high.min(far.max(low))));
    for threshold in book.reach.thresholds(at.fact) {
        values.extend([*threshold, *threshold - Decimal::ONE, *threshold + Decimal::ONE]);
    }
    values.extend([30, 50, 120, 300, 700, 1200, 1800, 2600, 4000, 7000].map(Decimal::from));
    let mut kept: Vec<Decimal> = Vec::new();
    for value in values {
        if range.contains(value) && !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

fn dates(as_of: Day, fact: &Fact, now: Option<&Value>) -> Vec<Value> {
    let open = if let Some(Value::Date(open)) = now { *open } else { fact.dates };
    let latest = if fact.not_after_as_of { open.high.min(as_of) } else { open.high };
    let mut values = Vec::new();
    if open.exists != Truth::True {
        values.push(Value::Date(Dates::none()));
    }
    let years = [0, -1, -2, -5, -7, -18, -22, -60, 1, 3];
    let days = years.into_iter().flat_map(|count| {
        let day = Span { count, unit: SpanUnit::Years }.after(as_of);
        [
            day,
            Span { count: 1, unit: SpanUnit::Days }.after(day),
            Span { count: -1, unit: SpanUnit::Days }.after(day),
        ]
    });
    for day in days.chain([open.low, latest]) {
        let known = Dates { low: day, high: day, exists: Truth::True };
        if open.low <= day && day <= latest && !values.contains(&Value::Date(known)) {
            values.push(Value::Date(known));
        }
    }
    values
}

/// How many of the changes of a list are of amounts that many households have: none, and some.
const USUAL: usize = 4;

/// No item, one item of amounts between, and one large item of each kind.
fn list_changes(book: &RuleBook, situation: &Situation, at: FactRef, record: u16) -> Vec<Change> {
    let Some(now) = situation.list(at) else { return Vec::new() };
    let whole = |items: Vec<Item>| Change::List(ItemList { given: Given::Told, items, ..now.clone() });
    let mut changes = vec![whole(Vec::new())];
    let fields: Vec<&Fact> =
        book.vocabulary.facts.iter().filter(|fact| fact.about == About::Item(record)).collect();
    let set = |item: &mut Item, fact: &Fact, value: Value| {
        if let Some(field) = item.fields.get_mut(usize::from(fact.slot)) {
            *field = Known { value, given: Given::Told };
        }
    };
    let mut plain = now.unknown.clone();
    let mut codes: Option<&Fact> = None;
    for fact in &fields {
        let Kind::One(kind) = fact.kind else { continue };
        match kind {
            Type::Code(_) if codes.is_none() => codes = Some(fact),
            Type::Paid => {
                let large =
                    Range { low: Bound::at(Decimal::from(9000)), high: Bound::at(Decimal::from(9000)) };
                set(&mut plain, fact, Value::Paid(Paid::One(large, Period::Month)));
            }
            Type::Date => set(&mut plain, fact, Value::Date(Dates::none())),
            _ => {
                let value = values(book, situation, FactRef { fact: at.fact, ..at }, fact, kind, None)
                    .into_iter()
                    .next();
                if let Some(value) = value {
                    set(&mut plain, fact, value);
                }
            }
        }
    }
    let Some(codes) = codes else {
        changes.push(whole(vec![plain]));
        return changes;
    };
    let Kind::One(Type::Code(list)) = codes.kind else { return changes };
    let all = CodeSet::first(book.vocabulary.list(list).map_or(0, |list| list.codes.len()));
    let own = book.vocabulary.facts.iter().position(|fact| std::ptr::eq(fact, codes));
    let own = own.and_then(|position| u16::try_from(position).ok()).map(FactId);
    let of_code = |mut item: Item, position| {
        set(&mut item, codes, Value::Code(CodeSet::only(position)));
        whole(vec![item])
    };
    // Of the first code, amounts between too.
    for middle in [900, 1900, 2900] {
        let mut item = plain.clone();
        let paid = fields.iter().filter(|fact| fact.kind == Kind::One(Type::Paid));
        for fact in paid {
            let amount = Range::exactly(middle);
            set(&mut item, fact, Value::Paid(Paid::One(amount, Period::Month)));
        }
        changes.push(of_code(item, 0));
    }
    let telling = own.map_or_else(|| all.positions().collect(), |own| book.reach.telling(own, all));
    changes.extend(telling.into_iter().map(|position| of_code(plain.clone(), position)));
    changes
}

/// Nobody is anything to anybody, and each two people in each relationship.
fn relation_changes(book: &RuleBook, situation: &Situation) -> Vec<Change> {
    let people = situation.people();
    let mut changes = vec![Change::Relations(Relations::none(people))];
    let Some(list) = book.vocabulary.list_named("relationship").and_then(|id| book.vocabulary.list(id))
    else {
        return changes;
    };
    for code in 0..list.codes.len() {
        for one in 0..people.min(4) {
            for other in (0..people.min(4)).filter(|&other| other != one) {
                if list.codes.get(code).is_some_and(|code| code.symmetric) && other < one {
                    continue;
                }
                let mut relations = Relations::none(people);
                relations.tell(one, CodeSet::only(code), other, list);
                relations.close(list);
                changes.push(Change::Relations(relations));
            }
        }
    }
    changes
}
