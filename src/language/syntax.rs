//! The untyped tree of an expression, each node with its place in the text.

use rust_decimal::Decimal;
use thiserror::Error;

use crate::kernel::{Day, Span};

/// Where something stands in the text of an expression, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Place {
    /// From the start of this to the end of the other.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end }
    }
}

/// One thing wrong in an expression.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// A stable name for the kind of fault.
    pub code: &'static str,
    /// What is wrong, in lower case, what was written in back-ticks.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Fault {
    /// A fault without help.
    #[must_use]
    pub fn new(place: Place, code: &'static str, message: impl Into<String>) -> Self {
        Self { place, code, message: message.into(), help: None }
    }

    /// The same fault with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A node with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub part: Part,
}

/// A word, perhaps dotted, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Where it stands.
    pub place: Place,
    /// As it is written.
    pub text: String,
}

/// How two quantities or dates are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum Comparison {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Different,
}

/// An arithmetic operation on two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum Arithmetic {
    Plus,
    Minus,
    Times,
    Over,
}

/// What is asked of a group of people or items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum Aggregate {
    Sum,
    Max,
    Min,
    Count,
    Any,
    All,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant shows the text that it stands for")]
pub enum Part {
    /// `12`, `4.3`
    Number(Decimal),
    /// `$35`
    Money(Decimal),
    /// `20%`, kept as 0.20
    Percent(Decimal),
    /// `2026-10-01`
    Date(Day),
    /// `5 years`
    Span(Span),
    /// `true`
    Truth(bool),
    /// `gross_income`, `p.age`, `snap.gross_income`
    Name(Name),
    /// `limit[size]`
    Index(Name, Box<Expression>),
    /// `-x`
    Negative(Box<Expression>),
    /// `a + b`
    Arithmetic(Arithmetic, Box<Expression>, Box<Expression>),
    /// `a <= b`
    Comparison(Comparison, Box<Expression>, Box<Expression>),
    /// `status in [refugee, asylee]`, `status is refugee`
    In {
        of: Box<Expression>,
        negated: bool,
        codes: Vec<Name>,
    },
    /// `utilities has phone`, `… has any [a, b]`
    Has {
        of: Box<Expression>,
        codes: Vec<Name>,
    },
    /// `x is none`, `x is given`, `list is empty`
    Exists {
        of: Box<Expression>,
        word: Name,
        negated: bool,
    },
    /// `a is [parent, stepparent] of b`
    Relation {
        one: Name,
        negated: bool,
        kinds: Vec<Name>,
        other: Name,
    },
    And(Vec<Expression>),
    Or(Vec<Expression>),
    Not(Box<Expression>),
    If(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `max(a, b)`, `receives(ssi)`
    Call(Name, Vec<Expression>),
    /// `sum(x for p in members where c)`
    Aggregate {
        what: Aggregate,
        value: Option<Box<Expression>>,
        variable: Name,
        group: Name,
        filter: Option<Box<Expression>>,
    },
}
