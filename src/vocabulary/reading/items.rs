//! The objects that hold facts (a person, the household, the body itself), and lists of items.

use super::json::{Json, Map};

use crate::kernel::Range;
use crate::language::{FactId, Type};
use crate::vocabulary::{About, Absence, Fact, Given, Item, ItemList, Kind, Known, Role, Vocabulary};

use super::amounts::Beside;
use super::faults::At;
use super::frame::{Frame, Record, own_name};
use super::limits::MOST_ITEMS;
use super::partly::{Form, ONE_OF, PER, UNKNOWN};
use super::values::{Reader, Reading};

/// Where the facts of one object go.
pub(super) struct Store<'s> {
    /// Whom they are about.
    pub(super) about: About,
    /// The facts, by slot.
    pub(super) row: &'s mut [Known],
    /// The lists, by their own slot.
    pub(super) lists: &'s mut [ItemList],
    /// Whether facts of applicants alone are kept; if not, they are only checked.
    pub(super) shows: bool,
}

impl<'a> Reader<'a> {
    /// Reads the facts of an object. Names in `structural` are read elsewhere.
    pub(super) fn facts(
        &mut self,
        frame: &Frame,
        map: &Map,
        at: &At,
        store: &mut Store,
        structural: &[&'static str],
    ) {
        for (key, json) in map.iter() {
            if structural.contains(&key) {
                continue;
            }
            let vocabulary: &'a Vocabulary = self.vocabulary;
            let named = vocabulary.named(key).filter(|_| !key.contains('.'));
            match named.and_then(|id| Some((id, vocabulary.fact(id)?))) {
                Some((id, fact)) if fact.about == store.about => {
                    self.store(frame, (id, fact), json, &at.name(key), store);
                }
                Some((_, fact)) => self.misplaced(fact, at),
                None if frame.groups.contains(&(store.about, key)) => {
                    self.group(frame, key, json, &at.name(key), store);
                }
                None => {
                    let groups = frame.groups.iter().filter(|(about, _)| *about == store.about);
                    let known = vocabulary.facts.iter().filter(|fact| fact.about == store.about);
                    let known = known.map(|fact| fact.name.as_str()).filter(|name| !name.contains('.'));
                    let known =
                        known.chain(groups.map(|(_, group)| *group)).chain(structural.iter().copied());
                    self.unknown_name(at, key, known);
                }
            }
        }
    }

    fn misplaced(&mut self, fact: &Fact, at: &At) {
        let expected = match fact.about {
            About::Person => "a fact about a person stands in people",
            About::Household => "a fact about the household stands in household",
            About::Situation | About::Item(_) => "this fact stands at the top of the request",
        };
        self.faults.add(at, "misplaced", "A fact in this object belongs elsewhere.", expected);
    }

    /// Reads facts that stand nested under the name they share.
    fn group(&mut self, frame: &Frame, group: &str, json: &Json, at: &At, store: &mut Store) {
        let map = match json {
            Json::Null => return,
            Json::Object(map) => map,
            _ => return self.faults.add(at, "wrong-type", "This holds several facts.", "an object"),
        };
        let vocabulary: &'a Vocabulary = self.vocabulary;
        if let Some(why) = self.nothing_known(map, at) {
            return self.leave(frame, Some(group), why, store);
        }
        for (key, json) in map.iter() {
            match self.under(group, key) {
                _ if key == UNKNOWN => {}
                Some((id, fact)) if fact.about == store.about => {
                    self.store(frame, (id, fact), json, &at.name(own_name(fact)), store);
                }
                _ => {
                    let nested = |fact: &'a Fact| {
                        let (above, own) = fact.name.split_once('.')?;
                        (above == group && fact.about == store.about).then_some(own)
                    };
                    self.unknown_name(at, key, vocabulary.facts.iter().filter_map(nested));
                }
            }
        }
    }

    /// Says of every fact of one object, or of those nested under one name in it, why it is not known.
    pub(super) fn leave(&self, frame: &Frame, group: Option<&str>, why: Absence, store: &mut Store) {
        for (position, fact) in self.vocabulary.facts.iter().enumerate() {
            let above = fact.name.split_once('.').map(|(above, _)| above);
            if fact.about != store.about
                || (group.is_some() && above != group)
                || (fact.of_applicants_only && !store.shows)
            {
                continue;
            }
            let given = match fact.kind {
                Kind::One(_) => store.row.get_mut(usize::from(fact.slot)).map(|known| &mut known.given),
                Kind::Items(_) => {
                    let slot = frame.list_slots.get(position).copied().map(usize::from);
                    slot.and_then(|slot| store.lists.get_mut(slot)).map(|list| &mut list.given)
                }
            };
            if let Some(given) = given {
                *given = Given::Absent(why);
            }
        }
    }

    /// The fact of a name under another: nested, or a field of a record.
    fn under(&mut self, above: &str, own: &str) -> Option<(FactId, &'a Fact)> {
        if own.contains('.') {
            return None;
        }
        self.buffer.clear();
        self.buffer.push_str(above);
        self.buffer.push('.');
        self.buffer.push_str(own);
        let vocabulary: &'a Vocabulary = self.vocabulary;
        let id = vocabulary.named(&self.buffer)?;
        Some((id, vocabulary.fact(id)?))
    }

    fn store(&mut self, frame: &Frame, (id, fact): (FactId, &Fact), json: &Json, at: &At, store: &mut Store) {
        // These shape the reading itself and are read before all others.
        if let Some(Role::AsOf | Role::State | Role::Applicant | Role::Relationships) = fact.role {
            return;
        }
        let keeps = store.shows || !fact.of_applicants_only;
        if let Kind::Items(record) = fact.kind {
            let list = self.items(frame, fact, record, json, at);
            let place =
                frame.list_slots.get(id.index()).and_then(|slot| store.lists.get_mut(usize::from(*slot)));
            if let (Some((given, items)), Some(place), true) = (list, place, keeps) {
                place.given = given;
                place.items = items;
            }
            return;
        }
        let reading = self.fact(fact, json, at);
        if let (Some(place), true) = (store.row.get_mut(usize::from(fact.slot)), keeps) {
            fill(place, reading);
        }
    }

    /// Reads a list of items. A list that is given is whole.
    fn items(
        &mut self,
        frame: &Frame,
        fact: &Fact,
        record: u16,
        json: &Json,
        at: &At,
    ) -> Option<(Given, Vec<Item>)> {
        match json {
            Json::Null => Some((Given::Absent(Absence::NotAsked), Vec::new())),
            Json::Array(list) => {
                let income = fact.role == Some(Role::Income);
                if income {
                    self.income_items += list.len();
                }
                if list.len() > MOST_ITEMS || (income && self.income_items > MOST_ITEMS) {
                    let detail = "There are too many items.";
                    self.faults.add(at, "too-many", detail, format!("at most {MOST_ITEMS} items in all"));
                    return None;
                }
                let mut items = Vec::with_capacity(list.len());
                for (position, json) in list.iter().enumerate() {
                    let item = self.item(frame, record, json, &at.index(position));
                    // An item that could not be read is there all the same.
                    let unknown =
                        || frame.records.get(usize::from(record)).map(|record| record.unknown.clone());
                    items.extend(item.or_else(|| Some(Item { fields: unknown()? })));
                }
                Some((Given::Told, items))
            }
            Json::Object(map) => match self.partly(map, at, false)?.form {
                Form::Unknown(why) => Some((Given::Absent(why), Vec::new())),
                Form::OneOf(choices) => {
                    let at = at.name(ONE_OF);
                    for (position, choice) in choices.iter().enumerate() {
                        let at = at.index(position);
                        if choice.is_array() {
                            self.items(frame, fact, record, choice, &at);
                        } else {
                            self.wrong_type(fact, &at);
                        }
                    }
                    Some((Given::Absent(Absence::NotKnown), Vec::new()))
                }
                Form::Between(..) | Form::Amount(_) => {
                    self.wrong_type(fact, at);
                    None
                }
            },
            _ => {
                self.wrong_type(fact, at);
                None
            }
        }
    }

    fn item(&mut self, frame: &Frame, number: u16, json: &Json, at: &At) -> Option<Item> {
        let Json::Object(map) = json else {
            self.faults.add(at, "wrong-type", "An item of this list is an object.", "an object");
            return None;
        };
        let record = frame.records.get(usize::from(number))?;
        let vocabulary: &'a Vocabulary = self.vocabulary;
        let name = vocabulary.records.get(usize::from(number))?;
        if let Some(why) = self.nothing_known(map, at) {
            let fields = record.unknown.iter();
            let fields = fields.map(|known| Known { given: Given::Absent(why), ..known.clone() });
            return Some(Item { fields: fields.collect() });
        }
        let misnamed = map.iter().any(|(key, _)| key != PER && self.under(name, key).is_none());
        // What seems left out may be what was misnamed.
        let mut fields = if misnamed { record.unknown.clone() } else { record.bare.clone() };
        let mut amount = None;
        let mut per = None;
        for (key, json) in map.iter() {
            match self.under(name, key) {
                _ if key == UNKNOWN => {}
                Some((_, fact)) if fact.kind == Kind::One(Type::Paid) => amount = Some((fact, json)),
                Some((_, fact)) if json.is_null() && fact.left_out_is_none => {}
                Some((_, fact)) => {
                    let reading = self.fact(fact, json, &at.name(own_name(fact)));
                    let slot = usize::from(fact.slot);
                    if let (Some(place), Some(unknown)) = (fields.get_mut(slot), record.unknown.get(slot)) {
                        // Not left out, so unknown even where leaving it out would mean none.
                        place.clone_from(unknown);
                        fill(place, reading);
                    }
                }
                None if key == PER && record.paid.is_some() => per = Some(json),
                None => {
                    let known = vocabulary.facts.iter().filter(|fact| fact.about == About::Item(number));
                    let known = known.map(own_name).chain(record.paid.map(|_| PER));
                    self.unknown_name(at, key, known);
                }
            }
        }
        if let Some(fact) = record.paid {
            let hours = hours(record, &fields);
            let (fact, json) = amount.unwrap_or((fact, &Json::Null));
            let beside = Beside { per, hours };
            let reading = self.paid(fact, json, &at.name(own_name(fact)), Some((at, beside)));
            if let Some(place) = fields.get_mut(usize::from(fact.slot)) {
                fill(place, reading);
            }
        }
        Some(Item { fields })
    }

    /// Reads a fact that must be known, and cannot be known in part.
    pub(super) fn certain(
        &mut self,
        fact: &Fact,
        json: Option<&Json>,
        at: &At,
    ) -> Option<crate::kernel::Value> {
        let json = json.filter(|json| !json.is_null());
        let Some(json) = json else {
            self.faults.add(at, "required", "This must be given.", self.expected(fact));
            return None;
        };
        match self.fact(fact, json, at) {
            Reading::Told(value) if value.is_settled() => Some(value),
            Reading::Told(_) | Reading::Absent(_) => {
                let detail = "This must be known: it cannot be given in part.";
                self.faults.add(at, "required", detail, self.expected(fact));
                None
            }
            Reading::Faulty => None,
        }
    }
}

/// Hours of work in a week, for an item that may be paid by the hour.
fn hours(record: &Record, fields: &[Known]) -> Option<Range> {
    let known = fields.get(usize::from(record.hours?.slot))?;
    Some(known.value.number())
}

/// Puts what was read in its place.
fn fill(place: &mut Known, reading: Reading) {
    match reading {
        Reading::Told(value) => *place = Known { value, given: Given::Told },
        Reading::Absent(why) => place.given = Given::Absent(why),
        Reading::Faulty => {}
    }
}
