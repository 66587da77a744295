//! Before a fact is called missing it is tried out: at the ends of its range and at every threshold
//! that it meets. A fact no value of which changes anything is not asked for.

use rust_decimal::Decimal;

use crate::kernel::{
    Bound, CodeBag, CodeSet, Dates, Day, Paid, Period, PersonBag, PersonSet, Range, Span, SpanUnit, Truth,
    Value,
};
use crate::language::{ProgramId, Type};
use crate::rulebook::{PersonRole, RuleBook};
use crate::vocabulary::{
    About, Fact, FactRef, Given, Item, ItemList, Kind, Known, Relations, Role, Situation,
};

use super::evaluate::Engine;
use super::findings::{Findings, Outcome, Status};
use super::requirement::Gather;

/// The most runs in which facts are tried out for one answer, for so many people: the more there are, the longer
/// each run takes. A fact that could not be tried any more is asked for.
fn most_runs(people: usize) -> usize {
    60_000 / (people * people + 25)
}

/// In how many ways the other facts are filled in around one that decides nothing alone.
const CONTEXTS: usize = 8;

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
    fn worth(&self) -> (usize, usize, Option<Bound>) {
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

/// How much several programs give.
type Worth = Vec<(usize, usize, Option<Bound>)>;

/// An absent fact that may be missing, and what came of trying it out.
struct Candidate {
    at: FactRef,
    changes: Vec<Change>,
    /// The values that give most and least while all else is as it is.
    best: usize,
    worst: usize,
    /// For each program: whether some value changes a result, whether a status, and whether at least
    /// the outcome of a requirement.
    seen: Vec<(ProgramId, bool, bool, bool)>,
}

/// Everything that a run needs.
struct Trial<'b> {
    book: &'b RuleBook,
    day: Day,
    programs: &'b [ProgramId],
    situation: Situation,
    /// Runs that are left.
    left: usize,
}

impl Trial<'_> {
    fn run(&self, programs: &[ProgramId]) -> Vec<(ProgramId, Face)> {
        let Some(law) = self.book.on(self.day, self.situation.state) else { return Vec::new() };
        let mut engine = Engine::<()>::new(self.book, law, self.day, &self.situation);
        engine.run_all(programs, Gather::default()).iter().map(|one| (one.program, face(one))).collect()
    }

    fn with(&mut self, at: FactRef, change: &Change, programs: &[ProgramId]) -> Vec<(ProgramId, Face)> {
        self.left = self.left.saturating_sub(1);
        let before = change.clone().apply(&mut self.situation, at, self.book);
        let faces = self.run(programs);
        before.apply(&mut self.situation, at, self.book);
        faces
    }

    /// Runs the programs with the fact at each of its telling values.
    fn alone(&mut self, at: FactRef, found: &[Findings]) -> Candidate {
        let concerned = found
            .iter()
            .filter(|one| one.units.iter().any(|unit| unit.missing.iter().any(|missing| missing.fact == at)));
        let seen: Vec<_> = concerned.map(|one| (one.program, false, false, false)).collect();
        let ids: Vec<ProgramId> = seen.iter().map(|(id, ..)| *id).collect();
        let wanted = super::program::with_needs(self.book, &ids);
        let wanted: Vec<ProgramId> = self.programs.iter().copied().filter(|id| wanted.contains(id)).collect();
        let changes = changes(self.book, &self.situation, at);
        let mut candidate = Candidate { at, changes: Vec::new(), best: 0, worst: 0, seen };
        if self.left < changes.len() {
            candidate.seen.iter_mut().for_each(|(_, any, status, _)| (*any, *status) = (true, true));
            candidate.changes = changes;
            return candidate;
        }
        let mut reference: Option<Vec<(ProgramId, Face)>> = None;
        let mut extremes: Option<[Worth; 2]> = None;
        for (place, change) in changes.iter().enumerate() {
            let faces = self.with(at, change, &wanted);
            let worth: Worth = faces.iter().map(|(_, face)| face.worth()).collect();
            let Some(first) = &reference else {
                (reference, extremes) = (Some(faces), Some([worth.clone(), worth]));
                continue;
            };
            if let Some([best, worst]) = &mut extremes {
                if worth > *best {
                    (candidate.best, *best) = (place, worth);
                } else if worth < *worst {
                    (candidate.worst, *worst) = (place, worth);
                }
            }
            for (program, any, status, outcome) in &mut candidate.seen {
                let of = |faces: &[(ProgramId, Face)]| faces.iter().position(|(id, _)| id == program);
                let pair = of(first)
                    .and_then(|place| first.get(place))
                    .zip(of(&faces).and_then(|place| faces.get(place)));
                let Some(((_, one), (_, two))) = pair else { continue };
                let differs = one.differs(two);
                (*any, *status) = (*any || differs.0, *status || differs.1);
                *outcome |= one.outcomes != two.outcomes;
            }
            if candidate.seen.iter().all(|(_, _, status, _)| *status) {
                break;
            }
        }
        candidate.changes = changes;
        candidate
    }

    /// Whether a fact that alone changes no more than the outcome of a requirement changes a result
    /// once the others are known: all as they give most; those that decide with it as they give least
    /// and what excuses left open; and in a few other ways, always the same.
    fn together(
        &mut self,
        candidates: &[Candidate],
        about: usize,
        found: &[Findings],
    ) -> Vec<(ProgramId, bool)> {
        let Some(candidate) = candidates.get(about) else { return Vec::new() };
        let open = candidate.seen.iter().filter(|(_, any, _, outcome)| *outcome && !*any);
        let open: Vec<ProgramId> = open.map(|(id, ..)| *id).collect();
        let wanted = super::program::with_needs(self.book, &open);
        let wanted: Vec<ProgramId> = self.programs.iter().copied().filter(|id| wanted.contains(id)).collect();
        let findings = found.iter().flat_map(|one| &one.units).flat_map(|unit| &unit.findings);
        let with_it: Vec<_> = findings.filter(|finding| finding.why.facts.contains(&candidate.at)).collect();
        let beside = |at: FactRef| with_it.iter().any(|finding| finding.why.facts.contains(&at));
        let excuses = |at: FactRef| {
            with_it.iter().flat_map(|finding| &finding.ways_out).any(|way| way.facts.contains(&at))
        };
        let mut witnessed: Vec<(ProgramId, bool)> = Vec::new();
        for context in 0..CONTEXTS {
            if self.left < candidate.changes.len() {
                witnessed.extend(open.iter().map(|id| (*id, true)));
                break;
            }
            let mut undo = Vec::new();
            for (number, other) in candidates.iter().enumerate().filter(|(_, other)| other.at != candidate.at)
            {
                let list = matches!(other.changes.first(), Some(Change::List(_)));
                let place = match context {
                    0 => other.best,
                    // Those that decide with it as they give least; then with what many households have.
                    2..=4 if list && beside(other.at) => context - 1,
                    1..=4 if beside(other.at) => other.worst,
                    1..=4 if excuses(other.at) => continue,
                    1..=4 => other.best,
                    _ => match mix(context, number) {
                        mixed if mixed % 3 == 0 => other.best,
                        mixed if mixed % 5 == 0 => continue,
                        mixed if list => (mixed / 16) % USUAL,
                        mixed => (mixed / 16) % other.changes.len().max(1),
                    },
                };
                if let Some(change) = other.changes.get(place) {
                    undo.push((other.at, change.clone().apply(&mut self.situation, other.at, self.book)));
                }
            }
            self.witness(candidate, &wanted, &open, &mut witnessed);
            for (at, before) in undo.into_iter().rev() {
                before.apply(&mut self.situation, at, self.book);
            }
            if open.iter().all(|id| witnessed.iter().any(|(seen, _)| seen == id)) {
                break;
            }
        }
        witnessed
    }

    fn witness(
        &mut self,
        candidate: &Candidate,
        wanted: &[ProgramId],
        open: &[ProgramId],
        witnessed: &mut Vec<(ProgramId, bool)>,
    ) {
        let mut first: Option<Vec<(ProgramId, Face)>> = None;
        for change in &candidate.changes {
            let faces = self.with(candidate.at, change, wanted);
            let Some(first) = &first else {
                first = Some(faces);
                continue;
            };
            for ((id, one), (_, two)) in first.iter().zip(&faces) {
                let differs = one.differs(two);
                if differs.0 && open.contains(id) {
                    witnessed.push((*id, differs.1));
                }
            }
            if open.iter().all(|id| witnessed.contains(&(*id, true))) {
                break;
            }
        }
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
    let mut trial =
        Trial { book, day, programs, situation: situation.clone(), left: most_runs(situation.people()) };
    let candidates: Vec<Candidate> = places.into_iter().map(|at| trial.alone(at, found)).collect();
    let mut witnesses: Vec<(FactRef, ProgramId, bool)> = Vec::new();
    for (about, candidate) in candidates.iter().enumerate() {
        let seen = candidate.seen.iter().filter(|(_, any, ..)| *any);
        witnesses.extend(seen.map(|(program, _, status, _)| (candidate.at, *program, *status)));
        if candidate.seen.iter().any(|(_, any, _, outcome)| *outcome && !*any) {
            let more = trial.together(&candidates, about, found);
            witnesses.extend(more.into_iter().map(|(program, status)| (candidate.at, program, status)));
        }
    }
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
            open.positions().map(|position| Value::Code(CodeSet::only(position))).collect()
        }
        Type::Codes(_) => {
            let open = if let Some(Value::Codes(open)) = now { *open } else { CodeBag::any(0) };
            let mut values = vec![
                Value::Codes(CodeBag::exactly(open.certain)),
                Value::Codes(CodeBag::exactly(open.possible)),
            ];
            for position in open.possible.without(open.certain).positions() {
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
    for threshold in book.thresholds.get(&at.fact).map_or(&[][..], Vec::as_slice) {
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
    let count = book.vocabulary.list(list).map_or(0, |list| list.codes.len());
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
    changes.extend((0..count).map(|position| of_code(plain.clone(), position)));
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
