//! Sums, counts and questions over people and items, some of whom may or may not belong.

use crate::kernel::{Dates, Range, Truth, Value};
use crate::language::{Aggregate, Group, Tree};
use crate::vocabulary::{FactRef, Given};

use super::evaluate::{Engine, With, settle};
use super::frame::{Bound, Frame, person_in};
use super::marks::Marks;

/// What has been gathered so far.
struct Gathered<M> {
    number: Option<Range>,
    /// For the most and the least: what those may bring who may not belong at all.
    perhaps: Option<Range>,
    /// For the latest and the earliest date.
    dates: Option<Dates>,
    truth: Truth,
    marks: M,
}

impl<M: Marks> Engine<'_, M> {
    pub(super) fn aggregate(&mut self, tree: &Tree, frame: &Frame) -> With<Value, M> {
        let Tree::Aggregate { what, slot, group, filter, value, dates } = tree else {
            return (Value::Truth(Truth::Unknown), M::default());
        };
        let mut gathered = Gathered {
            number: None,
            perhaps: None,
            // Of no dates at all there is no latest and no earliest.
            dates: dates.then(Dates::none),
            truth: Truth::from(*what == Aggregate::All),
            marks: M::default(),
        };
        let mut inner = *frame;
        let (filter, value) = (filter.as_deref(), value.as_deref());
        let slot = usize::from(*slot);
        match *group {
            Group::ItemsOf(list, owner) => {
                let Some(person) = person_in(frame, owner) else {
                    return (Value::Truth(Truth::Unknown), M::default());
                };
                self.over_items(*what, Some(person), list, slot, &mut inner, (filter, value), &mut gathered);
            }
            Group::Items(list) => {
                self.over_items(*what, None, list, slot, &mut inner, (filter, value), &mut gathered);
            }
            Group::People | Group::Home | Group::UnitPeople | Group::Members => {
                self.over_people(*what, *group, slot, &mut inner, (filter, value), &mut gathered);
            }
        }
        let Gathered { number, perhaps, dates: gathered_dates, truth, marks } = gathered;
        if let Some(dates) = gathered_dates {
            return (Value::Date(dates), if dates.is_settled() { M::default() } else { marks });
        }
        if matches!(what, Aggregate::Any | Aggregate::All) {
            let (truth, marks) = settle(truth, marks, M::default());
            return (Value::Truth(truth), marks);
        }
        // Of nobody at all, the most and the least are zero.
        let range = match (number, perhaps) {
            (None, None) => Range::ZERO,
            (Some(range), None) => range,
            (None, Some(perhaps)) => perhaps.join(Range::ZERO),
            (Some(range), Some(perhaps)) => range.join(extreme(*what)(range, perhaps)),
        };
        (Value::Number(range), if range.is_settled() { M::default() } else { marks })
    }

    fn over_people(
        &mut self,
        what: Aggregate,
        group: Group,
        slot: usize,
        frame: &mut Frame,
        parts: (Option<&Tree>, Option<&Tree>),
        gathered: &mut Gathered<M>,
    ) {
        let people = self.situation.people();
        for person in 0..people {
            let (belongs, marks) = self.belongs(group, person);
            if belongs == Truth::False {
                continue;
            }
            if let Some(place) = frame.get_mut(slot) {
                *place = Bound::person(person);
            }
            if self.gather(what, (belongs, marks), frame, parts, gathered, false) {
                return;
            }
        }
        if self.situation.open {
            if let Some(place) = frame.get_mut(slot) {
                *place = Bound::person(people);
            }
            let marks = self.roles.people.map_or_else(M::default, |fact| M::fact(FactRef::shared(fact)));
            self.gather(what, (Truth::Unknown, marks), frame, parts, gathered, true);
        }
    }

    /// Whether a person belongs to a group of people.
    fn belongs(&mut self, group: Group, person: usize) -> With<Truth, M> {
        match group {
            Group::Home => self.lives_in_home(person),
            Group::UnitPeople => {
                self.unit.people.get(person).cloned().unwrap_or((Truth::False, M::default()))
            }
            Group::Members => {
                let (inside, marks) =
                    self.unit.people.get(person).cloned().unwrap_or((Truth::False, M::default()));
                let standing = self.unit.standing.get(person).cloned();
                let (member, more) = standing.map_or((Truth::False, M::default()), |(standing, marks)| {
                    (standing.is_in(crate::kernel::CodeSet::only(0)), marks)
                });
                settle(inside.and(member), marks, more)
            }
            _ => (Truth::True, M::default()),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one aggregate, passed once")]
    fn over_items(
        &mut self,
        what: Aggregate,
        person: Option<usize>,
        list: crate::language::FactId,
        slot: usize,
        frame: &mut Frame,
        parts: (Option<&Tree>, Option<&Tree>),
        gathered: &mut Gathered<M>,
    ) {
        let items = match person {
            Some(person) => self.situation.personal_list(person, list),
            None => self.situation.shared_list(list),
        };
        let Some(items) = items else { return };
        let (count, open) = (items.items.len(), matches!(items.given, Given::Absent(_)));
        for item in 0..count {
            if let Some(place) = frame.get_mut(slot) {
                *place = Bound::item(person, list, Some(item));
            }
            if self.gather(what, (Truth::True, M::default()), frame, parts, gathered, false) {
                return;
            }
        }
        if open {
            if let Some(place) = frame.get_mut(slot) {
                *place = Bound::item(person, list, None);
            }
            let marks = M::fact(self.list_place(person, list));
            self.gather(what, (Truth::Unknown, marks), frame, parts, gathered, true);
        }
    }

    /// Adds one person or item (or, if `many`, any number of unlisted ones). True once nothing that
    /// follows can change the result.
    fn gather(
        &mut self,
        what: Aggregate,
        belongs: With<Truth, M>,
        frame: &Frame,
        (filter, value): (Option<&Tree>, Option<&Tree>),
        gathered: &mut Gathered<M>,
        many: bool,
    ) -> bool {
        let (mut included, mut marks) = belongs;
        if let Some(filter) = filter {
            let (passes, more) = self.truth(filter, frame);
            included = included.and(passes);
            marks = marks.join(more);
        }
        if included == Truth::False {
            return false;
        }
        let certain = included == Truth::True;
        match what {
            Aggregate::Any | Aggregate::All => {
                let (holds, more) = match value {
                    Some(value) => self.truth(value, frame),
                    None => (Truth::True, M::default()),
                };
                let (truth, decides) = if what == Aggregate::Any {
                    (included.and(holds), Truth::True)
                } else {
                    ((!included).or(holds), Truth::False)
                };
                gathered.truth =
                    if what == Aggregate::Any { gathered.truth.or(truth) } else { gathered.truth.and(truth) };
                if gathered.truth == decides {
                    return true;
                }
                if truth == Truth::Unknown {
                    gathered.join(marks.join(more));
                }
            }
            Aggregate::Count => {
                let one = Range::exactly(1);
                let range = match (certain, many) {
                    (true, _) => one,
                    (false, true) => Range::NOT_NEGATIVE,
                    (false, false) => one.join(Range::ZERO),
                };
                gathered.number = Some(gathered.number.unwrap_or(Range::ZERO).plus(range));
                if !certain {
                    gathered.join(marks);
                }
            }
            Aggregate::Sum => {
                let (range, more) =
                    value.map_or((Range::ANY, M::default()), |value| self.number(value, frame));
                let range = match (certain, many) {
                    (true, _) => range,
                    (false, true) => Value::unknown_sum(range),
                    (false, false) => range.join(Range::ZERO),
                };
                gathered.number = Some(gathered.number.unwrap_or(Range::ZERO).plus(range));
                if !range.is_settled() {
                    gathered.join(marks.join(more));
                }
            }
            Aggregate::Max | Aggregate::Min if gathered.dates.is_some() => {
                let (mut dates, more) =
                    value.map_or((Dates::any(), M::default()), |value| self.date(value, frame));
                if !certain {
                    dates.exists = dates.exists.and(Truth::Unknown);
                }
                gathered.dates = Some(
                    gathered.dates.map_or(dates, |before| super::operate::extreme_date(what, before, dates)),
                );
                if !dates.is_settled() {
                    gathered.join(marks.join(more));
                }
            }
            Aggregate::Max | Aggregate::Min => {
                let (range, more) =
                    value.map_or((Range::ANY, M::default()), |value| self.number(value, frame));
                if certain {
                    let before = gathered.number;
                    gathered.number = Some(before.map_or(range, |before| extreme(what)(before, range)));
                } else {
                    gathered.perhaps = Some(gathered.perhaps.map_or(range, |before| before.join(range)));
                }
                if !(certain && range.is_settled()) {
                    gathered.join(marks.join(more));
                }
            }
        }
        false
    }

    pub(super) fn group_is_empty(&mut self, group: Group, frame: &Frame) -> With<Truth, M> {
        let (person, list) = match group {
            Group::ItemsOf(list, owner) => (person_in(frame, owner), list),
            Group::Items(list) => (None, list),
            _ => return (Truth::Unknown, M::default()),
        };
        let items = match person {
            Some(person) => self.situation.personal_list(person, list),
            None => self.situation.shared_list(list),
        };
        match items {
            Some(items) if !items.items.is_empty() => (Truth::False, M::default()),
            Some(items) if !matches!(items.given, Given::Absent(_)) => (Truth::True, M::default()),
            _ => (Truth::Unknown, M::fact(self.list_place(person, list))),
        }
    }
}

impl<M: Marks> Gathered<M> {
    fn join(&mut self, marks: M) {
        self.marks = std::mem::take(&mut self.marks).join(marks);
    }
}

fn extreme(what: Aggregate) -> fn(Range, Range) -> Range {
    if what == Aggregate::Max { Range::greatest } else { Range::least }
}
