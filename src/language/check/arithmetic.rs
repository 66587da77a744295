//! Checks of operations and comparisons: only what is of one unit is put together.

use super::super::syntax::{Arithmetic, Comparison, Expression, Fault, Part, Place};
use super::super::typed::Tree;
use super::super::types::Type;
use super::super::words::conversion_help;
use super::{Checked, Checker, Symbol};

impl Checker<'_> {
    /// An expression that must be a quantity.
    pub(super) fn quantity(&mut self, expression: &Expression) -> Option<Checked> {
        let checked = self.expression(expression)?;
        self.as_quantity(expression, checked)
    }

    fn as_quantity(&mut self, expression: &Expression, checked: Checked) -> Option<Checked> {
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

    pub(super) fn arithmetic(
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
        let (left, right) = (self.expression(one), self.expression(two));
        let dates = [&left, &right].map(|side| side.as_ref().is_some_and(|side| side.kind == Type::Date));
        if dates.contains(&true) && matches!(operator, Arithmetic::Plus | Arithmetic::Minus) {
            if let [Some(_), Some(_)] = [&left, &right] {
                self.fault(of_dates(place, dates, operator, two));
            }
            return None;
        }
        let left = left.and_then(|left| self.as_quantity(one, left));
        let right = right.and_then(|right| self.as_quantity(two, right));
        let (one, two) = (left?, right?);
        let Some(kind) = result_type(operator, one.kind, two.kind) else {
            let fault = unit_fault(place, operator, one.kind, two.kind);
            self.fault(fault);
            return None;
        };
        if operator == Arithmetic::Over && two.tree.is_zero() {
            let fault = Fault::new(place, "by-zero", "nothing can be divided by zero");
            self.fault(fault.help("divide by what is meant, or leave the division out"));
            return None;
        }
        let tree = Tree::Arithmetic(operator, Box::new(one.tree), Box::new(two.tree));
        Some(Checked { tree, kind })
    }

    pub(super) fn comparison(
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
}

/// Why a day is not added to, or taken from, what stands there.
fn of_dates(place: Place, dates: [bool; 2], operator: Arithmetic, two: &Expression) -> Fault {
    let message = "only a length of time can be added to a day, or taken from one";
    let help = match (dates, &two.part) {
        ([true, true], _) if operator == Arithmetic::Minus => {
            "count from the one to the other, the earlier first: `days_between(a, b)`, `months_between(…)` or \
             `years_between(…)`"
                .to_owned()
        }
        ([true, false], Part::Number(number)) => {
            format!("say of what: `{number} days`, `{number} months` or `{number} years`")
        }
        ([true, false], Part::Money(amount)) => {
            format!("an amount of money is no length of time: write `{amount} days`")
        }
        ([true, false], _) => "move a day by a count with `add_days(d, n)`, `add_months(d, n)` or `add_years(d, n)`".to_owned(),
        _ => "write the day first, then how much later: `as_of + 30 days`".to_owned(),
    };
    Fault::new(place, "unit", message).help(help)
}

fn result_type(operator: Arithmetic, one: Type, two: Type) -> Option<Type> {
    match operator {
        Arithmetic::Plus | Arithmetic::Minus => one.unify(two),
        Arithmetic::Times => match (one, two) {
            (Type::Money(_), other) if other.is_plain() => Some(one),
            (other, Type::Money(_)) if other.is_plain() => Some(two),
            (Type::Money(_), Type::Money(_)) => None,
            (Type::Count, Type::Count) => Some(Type::Count),
            (Type::Rate, Type::Rate) => Some(Type::Rate),
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
