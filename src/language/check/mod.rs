//! Untyped tree + names in scope -> typed tree, or every fault at once.
//!
//! For: whoever reads rules. Depends on: the syntax, the types, and the [`Scope`] that a caller gives. One kind of
//! expression a module; here is what leads to them.

mod arithmetic;
mod calls;
mod codes;
mod conversions;
mod groups;
mod names;
mod scope;

use crate::kernel::{Dates, Range, Value};

use super::syntax::{Expression, Fault, Part, Place};
use super::typed::{FactId, Person, Tree};
use super::types::{MoneyPer, Type};
use super::words::{conversion_help, in_words};

pub use scope::{Scope, Subject, Symbol};

/// A checked expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The tree.
    pub tree: Tree,
    /// Its type.
    pub kind: Type,
}

/// Checks an expression that is about `subject`.
///
/// # Errors
/// Every fault in the expression.
pub fn check(expression: &Expression, subject: Subject, scope: &dyn Scope) -> Result<Checked, Vec<Fault>> {
    let mut checker = Checker { scope, subject, variables: Vec::new(), faults: Vec::new() };
    match subject {
        Subject::Person => checker.variables.push(Variable::person("person")),
        Subject::Pair => {
            checker.variables.push(Variable::person("a"));
            checker.variables.push(Variable::person("b"));
        }
        _ => {}
    }
    let checked = checker.expression(expression);
    match checked {
        Some(checked) if checker.faults.is_empty() => Ok(checked),
        _ => Err(checker.faults),
    }
}

/// A name that an aggregate binds, or that the subject provides. Its slot is its position.
struct Variable {
    name: String,
    /// The list whose items it goes over; `None` for a person.
    items: Option<FactId>,
}

impl Variable {
    fn person(name: &str) -> Self {
        Self { name: name.to_owned(), items: None }
    }
}

struct Checker<'a> {
    scope: &'a dyn Scope,
    subject: Subject,
    variables: Vec<Variable>,
    faults: Vec<Fault>,
}

impl Checker<'_> {
    fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    fn variable(&self, name: &str) -> Option<(Person, Option<FactId>)> {
        // Few variables are ever open, so a slot fits a byte.
        let slot = self.variables.iter().rposition(|variable| variable.name == name)?;
        let items = self.variables.get(slot)?.items;
        Some((u8::try_from(slot).ok()?, items))
    }

    fn expression(&mut self, expression: &Expression) -> Option<Checked> {
        let place = expression.place;
        let checked = |tree, kind| Some(Checked { tree, kind });
        let number = |value| Tree::Constant(Value::Number(Range::exactly(value)));
        match &expression.part {
            Part::Number(value) if value.is_integer() => checked(number(*value), Type::Count),
            Part::Number(value) => checked(number(*value), Type::Number),
            Part::Money(value) => checked(number(*value), Type::Money(MoneyPer::Literal)),
            Part::Percent(value) => checked(number(*value), Type::Rate),
            Part::Date(day) => {
                let dates = Dates::on(*day);
                checked(Tree::Constant(Value::Date(dates)), Type::Date)
            }
            Part::Truth(truth) => checked(Tree::truth(*truth), Type::Boolean),
            Part::Span(_) => {
                let fault = Fault::new(place, "loose-span", "a length of time stands alone");
                self.fault(fault.help("add it to a date, or compare with `years_between(…)`"));
                None
            }
            Part::Name(name) => self.name(name),
            Part::Index(name, key) => self.index(name, key),
            Part::Negative(inner) => {
                let inner = self.quantity(inner)?;
                checked(Tree::Negative(Box::new(inner.tree)), inner.kind)
            }
            Part::Arithmetic(operator, one, two) => self.arithmetic(place, *operator, one, two),
            Part::Comparison(comparison, one, two) => self.comparison(place, *comparison, one, two),
            Part::In { of, negated, codes } => self.code_in(of, *negated, codes),
            Part::Has { of, codes } => self.has(of, codes),
            Part::Exists { of, word, negated } => self.exists(of, word, *negated),
            Part::Relation { one, negated, kinds, other } => self.relation(one, *negated, kinds, other),
            Part::And(parts) => self.all(parts).map(|parts| Checked::test(Tree::And(parts))),
            Part::Or(parts) => self.all(parts).map(|parts| Checked::test(Tree::Or(parts))),
            Part::Not(inner) => self.test(inner).map(|inner| Checked::test(Tree::Not(Box::new(inner)))),
            Part::If(test, yes, no) => self.choice(place, test, yes, no),
            Part::Call(name, arguments) => self.call(place, name, arguments),
            Part::Aggregate { what, value, variable, group, filter } => {
                self.aggregate(*what, value.as_deref(), variable, group, filter.as_deref())
            }
        }
    }

    /// An expression that must be a statement.
    fn test(&mut self, expression: &Expression) -> Option<Tree> {
        let checked = self.expression(expression)?;
        if checked.kind == Type::Boolean {
            return Some(checked.tree);
        }
        let message = format!("a test must hold or fail, but this is {}", self.words(checked.kind));
        let help = conversion_help(Type::Boolean, checked.kind).unwrap_or("compare it with something");
        self.fault(Fault::new(expression.place, "not-a-test", message).help(help));
        None
    }

    fn all(&mut self, parts: &[Expression]) -> Option<Box<[Tree]>> {
        let trees: Vec<_> = parts.iter().map(|part| self.test(part)).collect();
        trees.into_iter().collect()
    }

    /// A type in words, with the name of its code list.
    fn words(&self, kind: Type) -> String {
        in_words(kind, self.scope)
    }

    fn choice(
        &mut self,
        place: Place,
        test: &Expression,
        yes: &Expression,
        no: &Expression,
    ) -> Option<Checked> {
        let (test, yes, no) = (self.test(test), self.expression(yes), self.expression(no));
        let (test, yes, no) = (test?, yes?, no?);
        let Some(kind) = yes.kind.unify(no.kind) else {
            let message =
                format!("one way gives {}, the other {}", self.words(yes.kind), self.words(no.kind));
            let help =
                conversion_help(yes.kind, no.kind).unwrap_or("both ways must give the same kind of thing");
            self.fault(Fault::new(place, "unit", message).help(help));
            return None;
        };
        Some(Checked { tree: Tree::If(Box::new([test, yes.tree, no.tree])), kind })
    }
}

impl Checked {
    fn test(tree: Tree) -> Self {
        Self { tree, kind: Type::Boolean }
    }
}

fn negate(tree: Tree, negated: bool) -> Checked {
    Checked::test(if negated { Tree::Not(Box::new(tree)) } else { tree })
}
