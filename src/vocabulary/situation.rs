//! The facts given about one household and its people, as of a day. Any fact may be absent.

use crate::kernel::{Day, Value};
use crate::language::FactId;

use super::{About, Kind, Relations, Vocabulary};

/// Why a fact is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum Absence {
    NotAsked,
    Declined,
    NotKnown,
}

impl Absence {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Declined, Self::NotKnown, Self::NotAsked];

    /// The name in requests and replies.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::Declined => "declined",
            Self::NotKnown => "not_known",
        }
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Given {
    /// Somebody told it, perhaps only partly.
    Told,
    /// Nobody told it.
    Absent(Absence),
    /// The person does not apply, so it is not shown and never asked.
    NotShown,
}

/// What is known of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What it may be.
    pub value: Value,
    /// Where that comes from.
    pub given: Given,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its fields, by the slot of the field.
    pub fields: Vec<Known>,
}

/// A list of items. A list that is given is whole; an absent one may hold anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemList {
    /// Which list.
    pub fact: FactId,
    /// Whether it was told.
    pub given: Given,
    /// Its items.
    pub items: Vec<Item>,
    /// What is known of an item nobody has told of: every field unknown.
    pub unknown: Item,
}

/// One place where a fact may stand: whose, and in which item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactRef {
    /// The person, or [`FactRef::NOBODY`].
    pub person: u8,
    /// The list that the item stands in; the fact itself where there is no item.
    pub list: FactId,
    /// The position in that list, or [`FactRef::NO_ITEM`].
    pub item: u8,
    /// The fact.
    pub fact: FactId,
}

impl FactRef {
    /// About no person.
    pub const NOBODY: u8 = u8::MAX;
    /// In no item.
    pub const NO_ITEM: u8 = u8::MAX;

    /// A fact about the situation or household.
    #[must_use]
    pub fn shared(fact: FactId) -> Self {
        Self { person: Self::NOBODY, list: fact, item: Self::NO_ITEM, fact }
    }

    /// A fact about a person.
    #[must_use]
    pub fn of(person: usize, fact: FactId) -> Self {
        let person = u8::try_from(person).unwrap_or(Self::NOBODY);
        Self { person, list: fact, item: Self::NO_ITEM, fact }
    }
}

/// What was told about a household.
#[derive(Debug, Clone, PartialEq)]
pub struct Situation {
    /// The day of application.
    pub as_of: Day,
    /// Position of the state's code in its list.
    pub state: usize,
    /// The labels of the people, in the order given.
    pub labels: Vec<String>,
    /// Whether there may be more people than those listed.
    pub open: bool,
    /// Who applies (a bit each).
    pub applicants: u64,
    /// Facts of the situation and household, by slot.
    pub shared: Vec<Known>,
    /// Facts of people: those of the first, then of the second, …; last, of the unlisted one.
    pub personal: Vec<Known>,
    /// Item lists of the situation and household.
    pub shared_lists: Vec<ItemList>,
    /// Item lists of people, in the order of people; last, of the unlisted one.
    pub personal_lists: Vec<Vec<ItemList>>,
    /// Who is what to whom.
    pub relations: Relations,
    /// How many facts each person has.
    pub stride: usize,
    /// Position of the lists by fact: household lists and personal lists share no fact.
    pub list_slots: Vec<u16>,
}

impl Situation {
    /// How many people are listed.
    #[must_use]
    pub fn people(&self) -> usize {
        self.labels.len()
    }

    /// A fact about the situation or household, by slot.
    #[must_use]
    pub fn shared_fact(&self, slot: u16) -> Option<&Known> {
        self.shared.get(usize::from(slot))
    }

    /// A fact about a person, by slot.
    #[must_use]
    pub fn personal_fact(&self, person: usize, slot: u16) -> Option<&Known> {
        self.personal.get(person * self.stride + usize::from(slot))
    }

    /// A list of the household.
    #[must_use]
    pub fn shared_list(&self, fact: FactId) -> Option<&ItemList> {
        let slot = self.list_slots.get(fact.index())?;
        self.shared_lists.get(usize::from(*slot))
    }

    /// A list of a person.
    #[must_use]
    pub fn personal_list(&self, person: usize, fact: FactId) -> Option<&ItemList> {
        let slot = self.list_slots.get(fact.index())?;
        self.personal_lists.get(person)?.get(usize::from(*slot))
    }

    /// Whether a person applies.
    #[must_use]
    pub fn applies(&self, person: usize) -> bool {
        person < 64 && self.applicants & (1 << person) != 0
    }

    /// What is known at a place.
    #[must_use]
    pub fn known(&self, at: FactRef, vocabulary: &Vocabulary) -> Option<&Known> {
        let fact = vocabulary.fact(at.fact)?;
        if at.item != FactRef::NO_ITEM {
            let list = if at.person == FactRef::NOBODY {
                self.shared_list(at.list)
            } else {
                self.personal_list(usize::from(at.person), at.list)
            };
            return list?.items.get(usize::from(at.item))?.fields.get(usize::from(fact.slot));
        }
        match (fact.about, fact.kind) {
            (_, Kind::Items(_)) => None,
            (About::Person, _) => self.personal_fact(usize::from(at.person), fact.slot),
            _ => self.shared_fact(fact.slot),
        }
    }

    /// The list at a place.
    #[must_use]
    pub fn list(&self, at: FactRef) -> Option<&ItemList> {
        if at.person == FactRef::NOBODY {
            self.shared_list(at.fact)
        } else {
            self.personal_list(usize::from(at.person), at.fact)
        }
    }

    /// The JSON Pointer to a place in the request that this situation was read from.
    #[must_use]
    pub fn pointer(&self, at: FactRef, vocabulary: &Vocabulary) -> String {
        let Some(fact) = vocabulary.fact(at.fact) else { return String::new() };
        let mut pointer = String::with_capacity(fact.name.len() + 24);
        let list = if at.item == FactRef::NO_ITEM { Some(fact) } else { vocabulary.fact(at.list) };
        let Some(list) = list else { return pointer };
        match list.about {
            About::Person => {
                pointer.push_str("/people/");
                push_number(&mut pointer, at.person);
            }
            About::Household => pointer.push_str("/household"),
            About::Situation | About::Item(_) => {}
        }
        for part in list.name.split('.') {
            pointer.push('/');
            pointer.push_str(part);
        }
        if at.item != FactRef::NO_ITEM {
            pointer.push('/');
            push_number(&mut pointer, at.item);
            pointer.push('/');
            // Fields are named `record.field`.
            pointer.push_str(fact.name.split_once('.').map_or(fact.name.as_str(), |(_, field)| field));
        }
        pointer
    }
}

/// Writes a small number: replies hold hundreds of pointers.
fn push_number(into: &mut String, number: u8) {
    for (value, least) in [(number / 100, 100), (number / 10 % 10, 10), (number % 10, 0)] {
        if number >= least {
            into.push(char::from(b'0' + value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::push_number;

    #[test]
    fn numbers_of_people_and_items_are_written_as_they_are_read() {
        for number in 0..=u8::MAX {
            let mut text = String::new();
            push_number(&mut text, number);
            assert_eq!(text, number.to_string());
        }
    }
}
