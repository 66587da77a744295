//! The people: their labels, who of them applies, and the facts of each.

use super::json::{Json, Map};

use crate::kernel::{MAX_PEOPLE, Truth, Value};
use crate::vocabulary::{About, Given, ItemList, Kind, Known, Vocabulary};

use super::faults::At;
use super::frame::{Frame, Roles, own_name};
use super::items::Store;
use super::limits::LONGEST_ID;
use super::values::Reader;

const ID: &str = "id";

/// The facts of all people, and of the one who stands for everybody not listed.
pub(super) struct Everybody {
    pub(super) applicants: u64,
    pub(super) personal: Vec<Known>,
    pub(super) lists: Vec<Vec<ItemList>>,
    /// How many facts each of them has.
    pub(super) stride: usize,
}

impl<'a> Reader<'a> {
    /// Reads the labels of the people, on which all other facts may lean.
    pub(super) fn labels(&mut self, json: Option<&'a Json<'a>>, at: &At) -> &'a [Json<'a>] {
        let people = match json {
            None | Some(Json::Null) => {
                self.faults.add(at, "required", "The people are missing.", "a list of at least one person");
                return &[];
            }
            Some(Json::Array(people)) => people,
            Some(_) => {
                let detail = "The people are given as a list.";
                self.faults.add(at, "wrong-type", detail, "a list of at least one person");
                return &[];
            }
        };
        if people.is_empty() {
            self.faults.add(at, "required", "The list of people is empty.", "at least one person");
            return &[];
        }
        if people.len() > MAX_PEOPLE {
            self.faults.add(
                at,
                "too-many",
                "There are too many people.",
                format!("at most {MAX_PEOPLE} people"),
            );
            return &[];
        }
        self.people_known = true;
        for (position, person) in people.iter().enumerate() {
            let at = at.index(position);
            let label = match person {
                Json::Object(map) => self.label(map, &at.name(ID)),
                _ => {
                    self.faults.add(
                        &at,
                        "wrong-type",
                        "A person is given as an object.",
                        "an object with an id",
                    );
                    None
                }
            };
            self.people_known &= label.is_some();
            self.labels.push(label.unwrap_or_default());
        }
        people
    }

    fn label(&mut self, map: &'a Map<'a>, at: &At) -> Option<&'a str> {
        let expected = || {
            format!(
                "1 to {LONGEST_ID} small letters without accents, digits, - or _; a label such as \"a\", never a name"
            )
        };
        let Some(label) = map.get(ID).and_then(Json::as_str) else {
            self.faults.add(at, "required", "This person has no id.", expected());
            return None;
        };
        let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
        if label.is_empty() || label.len() > LONGEST_ID || !label.bytes().all(allowed) {
            self.faults.add(at, "bad-id", "This cannot be an id.", expected());
        } else if label == "none" {
            self.faults.add(at, "bad-id", "This word says that a fact names nobody.", expected());
        } else if self.labels.contains(&label) {
            self.label_twice = true;
            self.faults.add(
                at,
                "duplicate-id",
                "Two people have the same id.",
                "an id of its own for each person",
            );
        }
        Some(label)
    }

    /// Reads the facts of everybody. The last of them, of whom nothing is told, takes what the frame holds.
    pub(super) fn everybody(
        &mut self,
        frame: &mut Frame,
        roles: &Roles,
        people: &[Json],
        at: &At,
    ) -> Everybody {
        let stride = frame.personal.len();
        let mut everybody = Everybody {
            applicants: 0,
            personal: Vec::with_capacity((people.len() + 1) * stride),
            lists: Vec::with_capacity(people.len() + 1),
            stride,
        };
        for (position, person) in people.iter().enumerate() {
            let start = everybody.personal.len();
            everybody.personal.extend_from_slice(&frame.personal);
            let mut lists = frame.personal_lists.clone();
            let Json::Object(map) = person else {
                everybody.lists.push(lists);
                continue;
            };
            self.about = Some(position);
            let at = at.index(position);
            let row = everybody.personal.get_mut(start..).unwrap_or_default();
            let mut store = Store { about: About::Person, row, lists: &mut lists, shows: true };
            let applies = self.applies(roles, map, &at, &mut store);
            let first = applies && everybody.applicants == 0;
            if applies {
                everybody.applicants |= 1u64 << position.min(63);
            } else {
                hide(frame, &mut store);
            }
            self.facts(frame, map, &at, &mut store, &[ID]);
            self.required(frame, &at, &store);
            if first {
                self.at_home(roles, &at, &store);
            }
            everybody.lists.push(lists);
        }
        self.about = None;
        everybody.personal.append(&mut frame.personal);
        everybody.lists.push(std::mem::take(&mut frame.personal_lists));
        everybody
    }

    /// Whether a person applies, which must be known.
    fn applies(&mut self, roles: &Roles, map: &Map, at: &At, store: &mut Store) -> bool {
        let Some(fact) = roles.applicant else { return true };
        let Some(value) = self.certain(fact, map.get(fact.name.as_str()), &at.name(own_name(fact))) else {
            return true;
        };
        let applies = value.truth() != Truth::False;
        if let Some(place) = store.row.get_mut(usize::from(fact.slot)) {
            *place = Known { value: Value::Truth(applies.into()), given: Given::Told };
        }
        applies
    }

    /// Records that the first who applies cannot live elsewhere: the home is theirs.
    fn at_home(&mut self, roles: &Roles, at: &At, store: &Store) {
        let Some(fact) = roles.lives_in_home else { return };
        let known = store.row.get(usize::from(fact.slot));
        if known.is_some_and(|known| known.given == Given::Told && known.value.truth() == Truth::False) {
            let detail = "The home is that of the first person who applies.";
            let expected = "true, or left out; somebody who lives in that home comes first";
            self.faults.add(&at.name(own_name(fact)), "contradiction", detail, expected);
        }
    }

    /// Records the facts that must be given and are not.
    pub(super) fn required(&mut self, frame: &Frame, at: &At, store: &Store) {
        for fact in &frame.required {
            if fact.about != store.about {
                continue;
            }
            let given = match fact.kind {
                Kind::One(_) => store.row.get(usize::from(fact.slot)).map(|known| known.given),
                Kind::Items(_) => store
                    .lists
                    .iter()
                    .find(|list| self.vocabulary.fact(list.fact).is_some_and(|of| of.name == fact.name))
                    .map(|list| list.given),
            };
            if matches!(given, Some(Given::Absent(_))) {
                let expected = self.expected(fact);
                self.faults.add(&at.name(own_name(fact)), "required", "This must be given.", expected);
            }
        }
    }
}

/// Somebody who does not apply shows no status, whatever was sent.
fn hide(frame: &Frame, store: &mut Store) {
    store.shows = false;
    for (id, fact) in &frame.not_shown {
        match fact.kind {
            Kind::One(_) => {
                if let Some(place) = store.row.get_mut(usize::from(fact.slot)) {
                    *place = Known { value: Vocabulary::none(fact), given: Given::NotShown };
                }
            }
            Kind::Items(_) => {
                let slot = frame.list_slots.get(id.index()).copied().map(usize::from);
                if let Some(list) = slot.and_then(|slot| store.lists.get_mut(slot)) {
                    list.given = Given::NotShown;
                }
            }
        }
    }
}
