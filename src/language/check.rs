//! Untyped tree + names in scope -> typed tree, or every fault at once.

use super::syntax::{Arithmetic, Comparison, Expression, Fault, Name, Part, Place};
use super::typed::{DefinitionId, FactId, FigureId, Group, ListId, Person, ProgramId, Tree};
use super::types::{MoneyPer, Type};
use super::words::{conversion_help, in_words};
use crate::kernel::{CodeSet, Range, Value};

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
pub(super) struct Variable {
    pub(super) name: String,
    /// The list whose items it goes over; `None` for a person.
    pub(super) items: Option<FactId>,
}

impl Variable {
    fn person(name: &str) -> Self {
        Self { name: name.to_owned(), items: None }
    }
}

pub(super) struct Checker<'a> {
    pub(super) scope: &'a dyn Scope,
    pub(super) subject: Subject,
    pub(super) variables: Vec<Variable>,
    pub(super) faults: Vec<Fault>,
}

impl Checker<'_> {
    pub(super) fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    pub(super) fn variable(&self, name: &str) -> Option<(Person, Option<FactId>)> {
        // Few variables are ever open, so a slot fits a byte.
        let slot = self.variables.iter().rposition(|variable| variable.name == name)?;
        let items = self.variables.get(slot)?.items;
        Some((u8::try_from(slot).ok()?, items))
    }

    pub(super) fn expression(&mut self, expression: &Expression) -> Option<Checked> {
        let place = expression.place;
        let checked = |tree, kind| Some(Checked { tree, kind });
        let number = |value| Tree::Constant(Value::Number(Range::exactly(value)));
        match &expression.part {
            Part::Number(value) if value.is_integer() => checked(number(*value), Type::Count),
            Part::Number(value) => checked(number(*value), Type::Number),
            Part::Money(value) => checked(number(*value), Type::Money(MoneyPer::Literal)),
            Part::Percent(value) => checked(number(*value), Type::Rate),
            Part::Date(day) => {
                let dates = crate::kernel::Dates::on(*day);
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
    pub(super) fn test(&mut self, expression: &Expression) -> Option<Tree> {
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

    /// An expression that must be a quantity.
    pub(super) fn quantity(&mut self, expression: &Expression) -> Option<Checked> {
        let checked = self.expression(expression)?;
        if checked.kind.is_quantity() {
            return Some(checked);
        }
        let message = format!("a quantity is needed here, but this is {}", self.words(checked.kind));
        let fault = Fault::new(expression.place, "not-a-quantity", message);
        self.fault(fault.help(match checked.kind {
            Type::Paid => "convert it with `monthly(…)`",
            Type::Date => {
                "count between dates with `years_between(…)`, `months_between(…)` or `days_between(…)`"
            }
            Type::Boolean => "to choose by a statement write `if … then … else …`",
            Type::Code(_) => "look a quantity up by it: `figure[…]`, or choose with `if … then … else …`",
            _ => "a quantity is a number or an amount of money",
        }));
        None
    }

    fn arithmetic(
        &mut self,
        place: Place,
        operator: Arithmetic,
        one: &Expression,
        two: &Expression,
    ) -> Option<Checked> {
        if let Part::Span(span) = two.part
            && matches!(operator, Arithmetic::Plus | Arithmetic::Minus)
        {
            let date = self.expression(one)?;
            if date.kind != Type::Date {
                let message =
                    format!("a length of time can be added to a date, not to {}", self.words(date.kind));
                self.fault(
                    Fault::new(place, "unit", message).help("compare a count of years with a plain number"),
                );
                return None;
            }
            let span = if operator == Arithmetic::Minus { span.reversed() } else { span };
            let tree = Tree::Shift(Box::new(date.tree), span);
            return Some(Checked { tree, kind: Type::Date });
        }
        let (one, two) = (self.quantity(one), self.quantity(two));
        let (one, two) = (one?, two?);
        let Some(kind) = result_type(operator, one.kind, two.kind) else {
            let fault = unit_fault(place, operator, one.kind, two.kind);
            self.fault(fault);
            return None;
        };
        let tree = Tree::Arithmetic(operator, Box::new(one.tree), Box::new(two.tree));
        Some(Checked { tree, kind })
    }

    fn comparison(
        &mut self,
        place: Place,
        comparison: Comparison,
        one: &Expression,
        two: &Expression,
    ) -> Option<Checked> {
        if let Some(fault) = self.code_compared(place, one, two) {
            self.fault(fault);
            return None;
        }
        let (one, two) = (self.expression(one), self.expression(two));
        let (one, two) = (one?, two?);
        let (left, right) = (Box::new(one.tree), Box::new(two.tree));
        let tree = match (one.kind, two.kind) {
            (Type::Date, Type::Date) => Tree::CompareDates(comparison, left, right),
            (a, b) if a.is_quantity() && b.is_quantity() && a.unify(b).is_some() => {
                Tree::CompareNumbers(comparison, left, right)
            }
            (a, b) => {
                let message = format!("{} cannot be compared with {}", self.words(a), self.words(b));
                self.fault(comparison_fault(place, message, a, b));
                return None;
            }
        };
        Some(Checked::test(tree))
    }

    /// `status == refugee`: a code is told with `is`.
    fn code_compared(&self, place: Place, one: &Expression, two: &Expression) -> Option<Fault> {
        let (Part::Name(fact), Part::Name(code)) = (&one.part, &two.part) else { return None };
        let bare = match fact.text.split_once('.') {
            Some((owner, rest)) if self.variable(owner).is_some() => rest,
            _ => fact.text.as_str(),
        };
        let Some(Symbol::Fact { kind: Type::Code(_), .. } | Symbol::Definition { kind: Type::Code(_), .. }) =
            self.scope.symbol(bare)
        else {
            return None;
        };
        if self.scope.symbol(&code.text).is_some() || self.variable(&code.text).is_some() {
            return None;
        }
        let fault = Fault::new(place, "unit", "`==` and `!=` compare numbers and dates, not codes");
        Some(fault.help(format!("write `{} is {}`, or `is not`", fact.text, code.text)))
    }

    /// A type in words, with the name of its code list.
    pub(super) fn words(&self, kind: Type) -> String {
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

    fn index(&mut self, name: &Name, key: &Expression) -> Option<Checked> {
        let key_checked = self.expression(key);
        let Some(Symbol::Figure { id, kind, by }) = self.scope.symbol(&name.text) else {
            let known = self.scope.symbol(&name.text).is_some();
            let message = format!("`{}` is not a figure, so nothing can be looked up in it", name.text);
            let help = match self.scope.near(&name.text) {
                Some(near) if !known => format!("did you mean `{near}`?"),
                _ => "only a figure that is a table (`by:`) is followed by `[…]`".to_owned(),
            };
            self.fault(Fault::new(name.place, "not-a-figure", message).help(help));
            return None;
        };
        let key_checked = key_checked?;
        match by {
            Some(by) if by == key_checked.kind => {}
            Some(by) => {
                let (by, kind) = (self.words(by), self.words(key_checked.kind));
                let message = format!("`{}` is looked up by {by}, not by {kind}", name.text);
                self.fault(
                    Fault::new(key.place, "unit", message)
                        .help("the figure's `by:` says what stands between the brackets"),
                );
                return None;
            }
            None => {
                let message = format!("`{}` is one value, not a table", name.text);
                self.fault(Fault::new(name.place, "not-a-table", message).help("leave out the `[…]`"));
                return None;
            }
        }
        Some(Checked { tree: Tree::Figure(id, Some(Box::new(key_checked.tree))), kind })
    }

    /// The positions of codes of `list`, with a fault for each that is not in it.
    pub(super) fn codes(&mut self, list: ListId, names: &[Name]) -> Option<CodeSet> {
        let mut set = CodeSet::EMPTY;
        let mut good = true;
        for name in names {
            if let Some(position) = self.scope.code(list, &name.text) {
                set = set.join(CodeSet::only(position));
                continue;
            }
            good = false;
            let (title, codes) = self.scope.list(list);
            let message = format!("`{}` is not a code of the list `{title}`", name.text);
            let near = crate::kernel::nearest(&name.text, codes.iter().copied());
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None if codes.len() <= 8 => format!("its codes are {}", codes.join(", ")),
                None => format!("the list `{title}` in rules/vocabulary has {} codes", codes.len()),
            };
            self.faults.push(Fault::new(name.place, "unknown-code", message).help(help));
        }
        good.then_some(set)
    }

    /// The group of items that a name such as `p.income` or `notices` stands for.
    pub(super) fn items(&mut self, name: &Name) -> Option<Group> {
        let (owner, rest) = match name.text.split_once('.') {
            Some((owner, rest)) if self.variable(owner).is_some() => (Some(owner), rest),
            _ => (None, name.text.as_str()),
        };
        let Some(Symbol::Items { id, about }) = self.scope.symbol(rest) else { return None };
        match (owner.and_then(|owner| self.variable(owner)), about) {
            (Some((slot, None)), Subject::Person) => Some(Group::ItemsOf(id, slot)),
            (None, Subject::Person) if self.subject == Subject::Person => Some(Group::ItemsOf(id, 0)),
            (None, Subject::Household) => Some(Group::Items(id)),
            _ => None,
        }
    }
}

impl Checked {
    pub(super) fn test(tree: Tree) -> Self {
        Self { tree, kind: Type::Boolean }
    }
}

fn result_type(operator: Arithmetic, one: Type, two: Type) -> Option<Type> {
    match operator {
        Arithmetic::Plus | Arithmetic::Minus => one.unify(two),
        Arithmetic::Times => match (one, two) {
            (Type::Money(_), other) if other.is_plain() => Some(one),
            (other, Type::Money(_)) if other.is_plain() => Some(two),
            (Type::Money(_), Type::Money(_)) => None,
            (Type::Count, Type::Count) => Some(Type::Count),
            _ => Some(Type::Number),
        },
        Arithmetic::Over => match (one, two) {
            (Type::Money(_), Type::Money(_)) => one.unify(two).map(|_| Type::Rate),
            (Type::Money(_), _) => Some(one),
            (_, Type::Money(_)) => None,
            _ => Some(Type::Rate),
        },
    }
}

fn unit_fault(place: Place, operator: Arithmetic, one: Type, two: Type) -> Fault {
    let what = match operator {
        Arithmetic::Plus => "added to",
        Arithmetic::Minus => "taken from",
        Arithmetic::Times => "multiplied by",
        Arithmetic::Over => "divided by",
    };
    let message = match operator {
        Arithmetic::Minus => format!("{two} cannot be {what} {one}"),
        Arithmetic::Plus => format!("{two} cannot be {what} {one}"),
        _ => format!("{one} cannot be {what} {two}"),
    };
    let help = match (operator, one, two) {
        (Arithmetic::Times, ..) => "money is multiplied by a count, a number or a rate",
        (Arithmetic::Over, ..) => "money is divided by a number, or by money of the same period",
        _ => conversion_help(one, two).unwrap_or("only quantities of one unit can be put together"),
    };
    Fault::new(place, "unit", message).help(help)
}

fn comparison_fault(place: Place, message: String, one: Type, two: Type) -> Fault {
    let fault = Fault::new(place, "unit", message);
    match (one, two) {
        (Type::Boolean, _) | (_, Type::Boolean) => {
            fault.help("a statement needs no comparison: write it alone, or after `not`")
        }
        (Type::Paid, Type::Money(_)) => fault.help("convert the first with `monthly(…)`"),
        (Type::Money(_), Type::Paid) => fault.help("convert the second with `monthly(…)`"),
        (Type::Codes(_), _) | (_, Type::Codes(_)) => {
            fault.help("write `x has code` or `x has any [code, code]`")
        }
        _ => match conversion_help(one, two) {
            Some(help) => fault.help(help),
            None => fault.help("only quantities of one unit, or two dates, are compared"),
        },
    }
}
