//! The situation before anything is told: every fact unknown, every list absent.

use crate::kernel::{Day, Truth, Value};
use crate::language::{FactId, Type};
use crate::vocabulary::{About, Absence, Fact, Given, Item, ItemList, Kind, Known, Role, Vocabulary};

/// What a request is filled into.
pub(super) struct Frame<'v> {
    /// Facts of the situation and household, by slot.
    pub(super) shared: Vec<Known>,
    /// Facts of one person, by slot.
    pub(super) personal: Vec<Known>,
    /// Lists of the situation and household.
    pub(super) shared_lists: Vec<ItemList>,
    /// Lists of one person.
    pub(super) personal_lists: Vec<ItemList>,
    /// Where each list stands among those.
    pub(super) list_slots: Vec<u16>,
    /// The kinds of items.
    pub(super) records: Vec<Record<'v>>,
    /// Facts about a person that a person who does not apply never shows.
    pub(super) not_shown: Vec<(FactId, &'v Fact)>,
    /// The objects in which facts stand nested.
    pub(super) groups: Vec<(About, &'v str)>,
    /// Facts without which a request is refused.
    pub(super) required: Vec<&'v Fact>,
}

/// The facts that shape the reading of all others.
#[derive(Default)]
pub(super) struct Roles<'v> {
    /// Says who applies.
    pub(super) applicant: Option<&'v Fact>,
    /// Says who lives in the home, which is that of the first who applies.
    pub(super) lives_in_home: Option<&'v Fact>,
    /// Names the state.
    pub(super) state: Option<&'v Fact>,
    /// Gives the day of application.
    pub(super) as_of: Option<&'v Fact>,
    /// Lists who is what to whom.
    pub(super) relationships: Option<(FactId, &'v Fact)>,
}

impl<'v> Roles<'v> {
    /// The facts of the vocabulary that have these roles.
    pub(super) fn of(vocabulary: &'v Vocabulary) -> Self {
        let mut roles = Self::default();
        for (position, fact) in vocabulary.facts.iter().enumerate() {
            match fact.role {
                Some(Role::Applicant) => roles.applicant = Some(fact),
                Some(Role::LivesInHome) => roles.lives_in_home = Some(fact),
                Some(Role::State) => roles.state = Some(fact),
                Some(Role::AsOf) => roles.as_of = Some(fact),
                Some(Role::Relationships) => {
                    roles.relationships = u16::try_from(position).ok().map(|id| (FactId(id), fact));
                }
                _ => {}
            }
        }
        roles
    }
}

/// One kind of item.
#[derive(Default)]
pub(super) struct Record<'v> {
    /// An item nobody has told of.
    pub(super) unknown: Vec<Known>,
    /// An item that was given without any field.
    pub(super) bare: Vec<Known>,
    /// Its field of money per period.
    pub(super) paid: Option<&'v Fact>,
    /// Its field of hours in a week, by which hourly pay becomes weekly.
    pub(super) hours: Option<&'v Fact>,
}

fn absent(value: Value) -> Known {
    Known { value, given: Given::Absent(Absence::NotAsked) }
}

/// What a fact may be while nobody has told it; a date of the past lies before the day of application.
pub(super) fn unknown(vocabulary: &Vocabulary, fact: &Fact, people: usize, as_of: Day) -> Value {
    match vocabulary.unknown(fact, people) {
        Value::Date(mut dates) if fact.not_after_as_of => {
            dates.high = dates.high.min(as_of);
            Value::Date(dates)
        }
        value => value,
    }
}

/// The name of a field without its record.
pub(super) fn own_name(fact: &Fact) -> &str {
    fact.name.rsplit_once('.').map_or(fact.name.as_str(), |(_, own)| own)
}

/// Puts a fact in its slot. Slots come in the order of the facts, unless a slot is left unused.
fn put(row: &mut Vec<Known>, slot: u16, known: Known) {
    let slot = usize::from(slot);
    while row.len() < slot {
        row.push(absent(Value::Truth(Truth::Unknown)));
    }
    match row.get_mut(slot) {
        Some(place) => *place = known,
        None => row.push(known),
    }
}

impl<'v> Frame<'v> {
    /// The frame for so many people on that day.
    pub(super) fn new(vocabulary: &'v Vocabulary, people: usize, as_of: Day) -> Self {
        let mut frame = Self {
            shared: Vec::with_capacity(vocabulary.shared.into()),
            personal: Vec::with_capacity(vocabulary.personal.into()),
            shared_lists: Vec::new(),
            personal_lists: Vec::new(),
            list_slots: vec![u16::MAX; vocabulary.facts.len()],
            records: Vec::new(),
            not_shown: Vec::new(),
            groups: Vec::new(),
            required: Vec::new(),
        };
        frame.records.resize_with(vocabulary.records.len(), Record::default);
        // Lists copy their items' unknown fields, so those come first.
        for fact in &vocabulary.facts {
            if let About::Item(record) = fact.about {
                let known = absent(unknown(vocabulary, fact, people, as_of));
                frame.field(record, fact, known);
            }
        }
        for (position, fact) in vocabulary.facts.iter().enumerate() {
            if matches!(fact.about, About::Item(_)) {
                continue;
            }
            let Ok(id) = u16::try_from(position).map(FactId) else { break };
            frame.note(fact, id);
            match fact.kind {
                Kind::Items(record) => frame.list(fact, id, record),
                Kind::One(_) => {
                    let known = absent(unknown(vocabulary, fact, people, as_of));
                    let row =
                        if fact.about == About::Person { &mut frame.personal } else { &mut frame.shared };
                    put(row, fact.slot, known);
                }
            }
        }
        frame
    }

    fn field(&mut self, record: u16, fact: &'v Fact, known: Known) {
        let Some(record) = self.records.get_mut(usize::from(record)) else { return };
        let bare = if fact.left_out_is_none {
            Known { value: Vocabulary::none(fact), given: Given::Told }
        } else {
            known.clone()
        };
        put(&mut record.unknown, fact.slot, known);
        put(&mut record.bare, fact.slot, bare);
        match fact.kind {
            Kind::One(Type::Paid) => record.paid = Some(fact),
            Kind::One(Type::Number | Type::Count) if fact.role == Some(Role::HoursPerWeek) => {
                record.hours = Some(fact);
            }
            _ => {}
        }
    }

    fn note(&mut self, fact: &'v Fact, id: FactId) {
        if let Some((group, _)) = fact.name.split_once('.')
            && !self.groups.contains(&(fact.about, group))
        {
            self.groups.push((fact.about, group));
        }
        if fact.of_applicants_only && fact.about == About::Person {
            self.not_shown.push((id, fact));
        }
        // Those that shape the reading are asked for where they are read.
        if fact.required && !matches!(fact.role, Some(Role::Applicant | Role::State | Role::AsOf)) {
            self.required.push(fact);
        }
    }

    fn list(&mut self, fact: &Fact, id: FactId, record: u16) {
        let fields = self.records.get(usize::from(record)).map(|record| record.unknown.clone());
        let lists =
            if fact.about == About::Person { &mut self.personal_lists } else { &mut self.shared_lists };
        if let (Some(slot), Ok(position)) = (self.list_slots.get_mut(id.index()), u16::try_from(lists.len()))
        {
            *slot = position;
        }
        lists.push(ItemList {
            fact: id,
            given: Given::Absent(Absence::NotAsked),
            items: Vec::new(),
            unknown: Item { fields: fields.unwrap_or_default() },
        });
    }
}
