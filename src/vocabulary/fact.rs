//! What somebody may tell us: the declarations of `rules/vocabulary`.

use crate::kernel::{CodeBag, CodeSet, Dates, Paid, PersonBag, PersonSet, Range, Truth, Value, Words};
use crate::language::{FactId, ListId, Tree, Type};

/// Whom or what a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum About {
    /// The whole situation (`state`, `as_of`).
    Situation,
    /// One person.
    Person,
    /// The household.
    Household,
    /// The items of one kind of list (`income_item`), by position in [`Vocabulary::records`].
    Item(u16),
}

/// How intrusive a question is; the order in which questions are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum Sensitivity {
    Ordinary,
    Personal,
    Immigration,
    Victimization,
}

impl Sensitivity {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Ordinary, Self::Personal, Self::Immigration, Self::Victimization];

    /// Every name.
    pub const NAMES: [&'static str; 4] =
        [Self::Ordinary.name(), Self::Personal.name(), Self::Immigration.name(), Self::Victimization.name()];

    /// The name in rule files and replies.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Personal => "personal",
            Self::Immigration => "immigration",
            Self::Victimization => "victimization",
        }
    }
}

/// The few facts that the engine itself needs, whatever the vocabulary calls them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum Role {
    AsOf,
    State,
    Applicant,
    LivesInHome,
    Receives,
    ReceiptProgram,
    ReceiptSince,
    ReceiptThrough,
    Income,
    HoursPerWeek,
    Relationships,
    People,
}

impl Role {
    /// Every role with its name in the vocabulary files.
    pub const NAMES: [(&'static str, Self); 12] = [
        ("as_of", Self::AsOf),
        ("state", Self::State),
        ("applicant", Self::Applicant),
        ("lives_in_home", Self::LivesInHome),
        ("receives", Self::Receives),
        ("receipt_program", Self::ReceiptProgram),
        ("receipt_since", Self::ReceiptSince),
        ("receipt_through", Self::ReceiptThrough),
        ("income", Self::Income),
        ("hours_per_week", Self::HoursPerWeek),
        ("relationships", Self::Relationships),
        ("people", Self::People),
    ];
}

/// What values a fact takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One value of this type.
    One(Type),
    /// A list of items of this record, by position in [`Vocabulary::records`].
    Items(u16),
}

/// How an absent fact follows from others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Derived {
    /// Its value.
    pub value: Option<Tree>,
    /// It holds when this holds.
    pub true_when: Option<Tree>,
    /// It fails when this holds.
    pub false_when: Option<Tree>,
    /// It is none (zero, or no such date, person or code) when this holds.
    pub none_when: Option<Tree>,
    /// Codes that the list has when the test holds.
    pub has: Vec<(usize, Tree)>,
    /// Codes that the list does not have when the test holds.
    pub has_not: Vec<(usize, Tree)>,
}

/// A way in which a fact that was given can contradict others.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Holds where they cannot all be so.
    pub test: Tree,
    /// What to tell the caller.
    pub says: Words,
}

/// One fact of the vocabulary.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its name in requests and rules; `victimization.kind` stands nested in a request.
    pub name: String,
    /// Whom it is about.
    pub about: About,
    /// What values it takes.
    pub kind: Kind,
    /// Least and greatest value of a quantity.
    pub range: Range,
    /// First and last day of a date; the last may be the day of application.
    pub dates: Dates,
    /// Whether a date may not lie after the day of application.
    pub not_after_as_of: bool,
    /// The question in plain words.
    pub question: Words,
    /// Why it is asked, and that it may be skipped.
    pub help: Option<Words>,
    /// How intrusive it is.
    pub sensitivity: Sensitivity,
    /// Accepted if somebody gives it, never asked.
    pub never_asked: bool,
    /// Never asked of, and known not to be shown by, somebody who does not apply.
    pub of_applicants_only: bool,
    /// Words for "none", where a date, person or count may be known not to apply.
    pub none: Option<Words>,
    /// There always is one, so that "none" is no value of it.
    pub never_none: bool,
    /// A field that means none when an item leaves it out.
    pub left_out_is_none: bool,
    /// Whether a request without it is refused.
    pub required: bool,
    /// What the engine uses it for.
    pub role: Option<Role>,
    /// How it follows from others when absent.
    pub derived: Option<Derived>,
    /// When it contradicts others.
    pub conflicts: Vec<Conflict>,
    /// Its position among the facts about the same thing.
    pub slot: u16,
}

/// The code list of programs: rules name its codes in `receives(…)` and `eligible_for(…)`.
pub const PROGRAM_LIST: &str = "program";
/// The code list of relationships between two people.
pub const RELATIONSHIP_LIST: &str = "relationship";
/// The code list of states.
pub const STATE_LIST: &str = "state";

/// One code of a list.
#[derive(Debug, Clone)]
pub struct Code {
    /// As requests and rules write it.
    pub code: String,
    /// What it means.
    pub title: Words,
    /// For relationships: it holds both ways.
    pub symmetric: bool,
    /// For relationships: how it follows from others.
    pub closure: Option<Closure>,
    /// For places: the state that it lies in.
    pub state: Option<String>,
    /// For states: the IANA name of the time zone.
    pub time_zone: Option<String>,
}

/// How one relationship follows from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closure {
    /// It holds in both directions and is shared: siblings share a parent.
    Shares(String),
    /// It follows through a chain unless another holds: a parent's spouse who is no parent.
    Through {
        /// First `chain[0]` of somebody who is `chain[1]` of the other.
        chain: [String; 2],
        /// Does not follow where this holds.
        unless: String,
    },
}

/// A code list.
#[derive(Debug, Clone, Default)]
pub struct CodeList {
    /// Its name.
    pub name: String,
    /// Its codes, in the order of the file.
    pub codes: Vec<Code>,
}

impl CodeList {
    /// The position of a code.
    #[must_use]
    pub fn position(&self, code: &str) -> Option<usize> {
        self.codes.iter().position(|known| known.code == code)
    }

    /// The code at a position.
    #[must_use]
    pub fn code(&self, position: usize) -> &str {
        self.codes.get(position).map_or("", |code| code.code.as_str())
    }
}

/// All facts and code lists.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Every fact, by [`FactId`].
    pub facts: Vec<Fact>,
    /// Every code list, by [`ListId`].
    pub lists: Vec<CodeList>,
    /// The kinds of list items, by name.
    pub records: Vec<String>,
    /// Facts by name (fields of items under `record.field`).
    pub by_name: foldhash::HashMap<String, FactId>,
    /// How many facts there are about a person.
    pub personal: u16,
    /// How many facts there are about the situation and household.
    pub shared: u16,
}

impl Vocabulary {
    /// The fact with that number; one that is not there has no meaning and is never read.
    #[must_use]
    pub fn fact(&self, id: FactId) -> Option<&Fact> {
        self.facts.get(id.index())
    }

    /// The fact of that name about a person, the household or the situation.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<FactId> {
        self.by_name.get(name).copied()
    }

    /// The field of that name of a record.
    #[must_use]
    pub fn field(&self, record: u16, name: &str) -> Option<FactId> {
        let record = self.records.get(usize::from(record))?;
        self.by_name.get(&format!("{record}.{name}")).copied()
    }

    /// The fact that has a role.
    #[must_use]
    pub fn role(&self, role: Role) -> Option<FactId> {
        let position = self.facts.iter().position(|fact| fact.role == Some(role))?;
        u16::try_from(position).ok().map(FactId)
    }

    /// The list of that name.
    #[must_use]
    pub fn list_named(&self, name: &str) -> Option<ListId> {
        let position = self.lists.iter().position(|list| list.name == name)?;
        u16::try_from(position).ok().map(ListId)
    }

    /// The list with that number.
    #[must_use]
    pub fn list(&self, id: ListId) -> Option<&CodeList> {
        self.lists.get(id.index())
    }

    /// Every program that the vocabulary names.
    #[must_use]
    pub fn program_codes(&self) -> &[Code] {
        let list = self.list_named(PROGRAM_LIST).and_then(|list| self.list(list));
        list.map_or(&[], |list| &list.codes)
    }

    /// Everything that a fact may be while nobody has told it.
    #[must_use]
    pub fn unknown(&self, fact: &Fact, people: usize) -> Value {
        let Kind::One(kind) = fact.kind else { return Value::Truth(Truth::Unknown) };
        match kind {
            Type::Boolean => Value::Truth(Truth::Unknown),
            Type::Count | Type::Number | Type::Rate | Type::Money(_) => Value::Number(fact.range),
            Type::Paid => Value::Paid(Paid::unknown()),
            Type::Date => {
                let exists = if fact.none.is_some() { Truth::Unknown } else { Truth::True };
                Value::Date(Dates { exists, ..fact.dates })
            }
            Type::Code(list) => Value::Code(CodeSet::first(self.size(list))),
            Type::Codes(list) => Value::Codes(CodeBag::any(self.size(list))),
            Type::Person => Value::Person(PersonSet::any(people)),
            Type::People => Value::People(PersonBag { certain: 0, possible: u64::MAX >> 1 }),
        }
    }

    /// Whether "none" says of a fact that it is known not to apply. Where that is a code of its list, it is that code.
    #[must_use]
    pub fn takes_none(&self, fact: &Fact) -> bool {
        match fact.kind {
            Kind::One(_) if fact.never_none => false,
            Kind::One(Type::Date | Type::Person | Type::Count) => true,
            Kind::One(Type::Code(list)) => {
                fact.none.is_some() && self.list(list).is_none_or(|list| list.position("none").is_none())
            }
            Kind::One(Type::Paid) | Kind::Items(_) => false,
            Kind::One(_) => fact.none.is_some(),
        }
    }

    /// What a fact is when it is known not to apply, or not to be shown.
    #[must_use]
    pub fn none(fact: &Fact) -> Value {
        let Kind::One(kind) = fact.kind else { return Value::Truth(Truth::False) };
        match kind {
            Type::Boolean => Value::Truth(Truth::False),
            Type::Count | Type::Number | Type::Rate | Type::Money(_) => Value::Number(Range::ZERO),
            Type::Paid => Value::Paid(Paid::One(Range::ZERO, crate::kernel::Period::Month)),
            Type::Date => Value::Date(Dates::none()),
            Type::Code(_) => Value::Code(CodeSet::NOT_THERE),
            Type::Codes(_) => Value::Codes(CodeBag::exactly(CodeSet::EMPTY)),
            Type::Person => Value::Person(PersonSet::NOBODY),
            Type::People => Value::People(PersonBag { certain: 0, possible: 0 }),
        }
    }

    fn size(&self, list: ListId) -> usize {
        self.list(list).map_or(0, |list| list.codes.len())
    }
}
