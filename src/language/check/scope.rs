//! What names stand for: whoever has a rule checked gives the names that it may use.

use super::super::typed::{DefinitionId, FactId, FigureId, ListId, ProgramId};
use super::super::types::Type;

/// Whom a rule is about, and so which names may stand bare in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Nobody in particular: facts of the situation and household alone.
    Household,
    /// One person.
    Person,
    /// The people whom a program counts together.
    Unit,
    /// Two people, `a` and `b`, of whom a unit asks whether they belong together.
    Pair,
    /// One item of a person's list (only for facts about items).
    Item,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbol {
    /// A fact with one value.
    Fact {
        /// Which.
        id: FactId,
        /// About whom: [`Subject::Household`], [`Subject::Person`] or [`Subject::Item`].
        about: Subject,
        /// Its type.
        kind: Type,
    },
    /// A fact that is a list of items.
    Items {
        /// Which.
        id: FactId,
        /// About whom.
        about: Subject,
    },
    /// A definition.
    Definition {
        /// Which.
        id: DefinitionId,
        /// About whom.
        of: Subject,
        /// Its type.
        kind: Type,
    },
    /// A figure.
    Figure {
        /// Which.
        id: FigureId,
        /// The type of its values.
        kind: Type,
        /// What it is looked up by.
        by: Option<Type>,
    },
}

/// The names that a rule may use; given by whoever reads the rule.
pub trait Scope {
    /// What a bare or module-qualified name stands for.
    fn symbol(&self, name: &str) -> Option<Symbol>;
    /// The field `name` of the items of list `items`.
    fn field(&self, items: FactId, name: &str) -> Option<Symbol>;
    /// A known name near to one that is not.
    fn near(&self, name: &str) -> Option<String>;
    /// What a name that stands in other modules is called in full.
    fn elsewhere(&self, name: &str) -> Vec<String>;
    /// The names of the fields of the items of a list.
    fn fields(&self, items: FactId) -> Vec<&str>;
    /// The id of a program near to one that is not.
    fn near_program(&self, id: &str) -> Option<String>;
    /// The position of a code in a list.
    fn code(&self, list: ListId, code: &str) -> Option<usize>;
    /// The name and all codes of a list.
    fn list(&self, list: ListId) -> (&str, Vec<&str>);
    /// The list of relationships.
    fn relationships(&self) -> ListId;
    /// The program of that id, and the position of its code.
    fn program(&self, id: &str) -> Option<(Option<ProgramId>, usize)>;
    /// The standings of the unit of this module: `member` and those it declares.
    fn standings(&self) -> &[String];
    /// The number of the module's conversion of pay periods, if it declares one.
    fn conversion(&self) -> Option<u16>;
}
