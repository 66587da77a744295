//! The checked tree: every name resolved to a number, every type settled. The engine walks it.

use super::{Aggregate, Arithmetic, Comparison};
use crate::kernel::{CodeSet, Span, SpanUnit, Value};

macro_rules! ids {
    ($($(#[$about:meta])* $name:ident;)*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u16);

        impl $name {
            /// As a position in its table.
            #[must_use]
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    )*};
}

ids! {
    /// A fact of the vocabulary.
    FactId;
    /// A code list of the vocabulary.
    ListId;
    /// A definition of the rule book.
    DefinitionId;
    /// A figure of the rule book.
    FigureId;
    /// A program of the rule book.
    ProgramId;
}

/// A place in the frame of variables: the person or item that a variable stands for. Slot 0 is the
/// person whom a rule is about.
pub type Person = u8;

/// Whom or what an aggregate goes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Everybody listed.
    People,
    /// Those who live in the home.
    Home,
    /// Everybody whom the unit counts together.
    UnitPeople,
    /// Those of the unit who count as members.
    Members,
    /// The items of a person's list.
    ItemsOf(FactId, Person),
    /// The items of a list of the household.
    Items(FactId),
}

/// A node of the checked tree.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the variants are those of `Part`, resolved")]
pub enum Tree {
    Constant(Value),
    /// A fact of the situation or household.
    Fact(FactId),
    /// A fact of the person in a slot.
    FactOf(FactId, Person),
    /// A field of the item in a slot.
    Field(FactId, Person),
    /// A definition about the unit or household.
    Definition(DefinitionId),
    /// A definition about the person in a slot.
    DefinitionOf(DefinitionId, Person),
    /// A definition about the two people in two slots.
    DefinitionOfTwo(DefinitionId, Person, Person),
    Figure(FigureId, Option<Box<Self>>),
    Negative(Box<Self>),
    Arithmetic(Arithmetic, Box<Self>, Box<Self>),
    CompareNumbers(Comparison, Box<Self>, Box<Self>),
    CompareDates(Comparison, Box<Self>, Box<Self>),
    CodeIn(Box<Self>, CodeSet),
    ListHas(Box<Self>, CodeSet),
    ListIsEmpty(Box<Self>),
    /// Whether an item list is empty.
    GroupIsEmpty(Group),
    IsGiven(Box<Self>),
    /// A list of people holds the person in a slot.
    PeopleHave(Box<Self>, Person),
    /// A fact that names one person names the person in a slot.
    PersonIs(Box<Self>, Person),
    /// Two variables stand for the same person.
    SamePerson(Person, Person),
    And(Box<[Self]>),
    Or(Box<[Self]>),
    Not(Box<Self>),
    If(Box<[Self; 3]>),
    Max(Box<[Self]>),
    Min(Box<[Self]>),
    /// Money per any period, to a month by the program's conversion (the figure table of its module).
    Monthly(Box<Self>, u16),
    Shift(Box<Self>, Span),
    /// A date moved by a computed number of units.
    ShiftBy(Box<Self>, Box<Self>, SpanUnit),
    Between(SpanUnit, Box<Self>, Box<Self>),
    StartOfMonth(Box<Self>),
    EndOfMonth(Box<Self>),
    DayOfMonth(Box<Self>),
    Aggregate {
        what: Aggregate,
        slot: Person,
        group: Group,
        filter: Option<Box<Self>>,
        value: Option<Box<Self>>,
        /// The latest or earliest of dates, not the most or least of quantities.
        dates: bool,
    },
    /// The person in the first slot is one of these to the one in the second.
    Relation(Person, CodeSet, Person),
    Receives(Person, usize),
    EligibleFor(ProgramId, Option<Person>),
    /// The standing of the person in a slot is one of these.
    Standing(Person, CodeSet),
}

impl Tree {
    /// A known statement.
    #[must_use]
    pub fn truth(known: bool) -> Self {
        Self::Constant(Value::Truth(known.into()))
    }

    /// Whether it is the number zero, written out.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(self, Self::Constant(value) if value.number().known().is_some_and(|number| number.is_zero()))
    }

    /// Calls `see` on this node and all below it.
    pub fn visit(&self, see: &mut impl FnMut(&Self)) {
        see(self);
        self.children(&mut |child| child.visit(see));
    }

    /// Calls `see` on each node directly below this one.
    pub fn children(&self, see: &mut dyn FnMut(&Self)) {
        match self {
            Self::Constant(_)
            | Self::Fact(_)
            | Self::FactOf(..)
            | Self::Field(..)
            | Self::Definition(_)
            | Self::DefinitionOf(..)
            | Self::DefinitionOfTwo(..)
            | Self::Figure(_, None)
            | Self::GroupIsEmpty(_)
            | Self::SamePerson(..)
            | Self::Relation(..)
            | Self::Receives(..)
            | Self::EligibleFor(..)
            | Self::Standing(..) => {}
            Self::Figure(_, Some(one))
            | Self::Negative(one)
            | Self::CodeIn(one, _)
            | Self::ListHas(one, _)
            | Self::ListIsEmpty(one)
            | Self::IsGiven(one)
            | Self::PeopleHave(one, _)
            | Self::PersonIs(one, _)
            | Self::Not(one)
            | Self::Monthly(one, _)
            | Self::Shift(one, _)
            | Self::StartOfMonth(one)
            | Self::EndOfMonth(one)
            | Self::DayOfMonth(one) => see(one),
            Self::Arithmetic(_, one, two)
            | Self::CompareNumbers(_, one, two)
            | Self::CompareDates(_, one, two)
            | Self::ShiftBy(one, two, _)
            | Self::Between(_, one, two) => {
                see(one);
                see(two);
            }
            Self::And(parts) | Self::Or(parts) | Self::Max(parts) | Self::Min(parts) => {
                parts.iter().for_each(see);
            }
            Self::If(parts) => parts.iter().for_each(see),
            Self::Aggregate { filter, value, .. } => {
                filter.iter().chain(value).for_each(|part| see(part));
            }
        }
    }
}
