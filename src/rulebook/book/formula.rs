//! Definitions and figures: what other rules name, by date.

use rust_decimal::Decimal;

use crate::kernel::{Range, Rounding, Words};
use crate::language::{Subject, Tree, Type};

use super::{SourceId, Version};

/// A named, dated formula.
#[derive(Debug, Clone)]
pub struct Definition {
    /// `module.name`.
    pub name: String,
    /// Whom it is about.
    pub of: Subject,
    /// Its type.
    pub kind: Type,
    /// What it is, in words.
    pub means: Words,
    /// The law behind all versions.
    pub cite: Vec<SourceId>,
    /// The formula by date.
    pub versions: Vec<Version<Tree>>,
    /// The formula as the rule file has it, by version, for the full trace.
    pub texts: Vec<FormulaText>,
    /// A rounding that the law prescribes, and its source.
    pub rounding: Option<(Rounding, Vec<SourceId>)>,
    /// Whether it rests on who the members of the unit are.
    pub rests_on_unit: bool,
}

/// A formula as an analyst wrote it, with the names in it that stand for one value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FormulaText {
    /// The text.
    pub text: String,
    /// Its names outside of sums over people, in the order of the text.
    pub uses: Vec<Use>,
}

/// A name in a formula, and what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it stands for.
    pub tree: Tree,
    /// Its type.
    pub kind: Type,
}

/// A `{name}` in words, and what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Placeholder {
    /// The name between the braces.
    pub name: String,
    /// What it stands for.
    pub tree: Tree,
    /// Its type.
    pub kind: Type,
}

/// A dated figure or table.
#[derive(Debug, Clone)]
pub struct Figure {
    /// `module.name`.
    pub name: String,
    /// The type of its values.
    pub kind: Type,
    /// What it is looked up by.
    pub by: Option<Type>,
    /// What it is, in words.
    pub means: Words,
    /// Its values by date.
    pub versions: Vec<Version<FigureValue>>,
}

/// The value of a figure in one version.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureValue {
    /// The value or table.
    pub amounts: Amounts,
    /// If it is not on file: why, and the value is what it lies between.
    pub awaited: Option<Words>,
}

/// What a figure is on a day.
#[derive(Debug, Clone, PartialEq)]
pub enum Amounts {
    /// One value.
    One(Range),
    /// By count, from `first` up; each further one adds; never more than the cap.
    ByCount {
        /// The first count.
        first: i64,
        /// The values from there on.
        at: Vec<Range>,
        /// What each further one adds.
        each_further: Option<Range>,
        /// Never more than this.
        at_most: Option<Range>,
    },
    /// By position in a code list.
    ByCode(Vec<Option<Range>>),
    /// A choice.
    Choice(bool),
}

/// How pay of each period becomes monthly, by [`crate::kernel::Period::index`].
#[derive(Debug, Clone)]
pub struct Conversion {
    /// The law.
    pub cite: Vec<SourceId>,
    /// Factor of each period: times the first, over the second.
    pub factors: [(Decimal, Decimal); 6],
}
