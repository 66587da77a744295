//! Checks of money that changes its period, of dates that are moved or counted between, and of `max` and `min`.

use crate::kernel::{Range, SpanUnit, Value};

use super::super::syntax::{Arithmetic, Expression, Fault, Name};
use super::super::typed::Tree;
use super::super::types::{MoneyPer, Type};
use super::super::words::conversion_help;
use super::{Checked, Checker};

impl Checker<'_> {
    pub(super) fn extreme(&mut self, name: &Name, arguments: &[Expression]) -> Option<Checked> {
        let parts: Vec<_> = arguments.iter().map(|part| self.quantity(part)).collect();
        let parts: Vec<Checked> = parts.into_iter().collect::<Option<_>>()?;
        let mut kind = parts.first()?.kind;
        for (part, expression) in parts.iter().zip(arguments) {
            let Some(both) = kind.unify(part.kind) else {
                let message = format!("{} cannot be compared with {kind}", part.kind);
                let help =
                    conversion_help(kind, part.kind).unwrap_or("only quantities of one unit are compared");
                self.fault(Fault::new(expression.place, "unit", message).help(help));
                return None;
            };
            kind = both;
        }
        let trees: Box<[Tree]> = parts.into_iter().map(|part| part.tree).collect();
        let tree = if name.text == "max" { Tree::Max(trees) } else { Tree::Min(trees) };
        Some(Checked { tree, kind })
    }

    pub(super) fn monthly(&mut self, name: &Name, one: &Expression) -> Option<Checked> {
        let checked = self.expression(one)?;
        let kind = Type::Money(MoneyPer::Month);
        match checked.kind {
            Type::Paid | Type::Money(MoneyPer::Week) => {
                let Some(conversion) = self.scope.conversion() else {
                    let message = "this module does not say how pay becomes monthly";
                    let fault = Fault::new(name.place, "no-conversion", message);
                    self.fault(fault.help("add a cited `conversion:` to the program"));
                    return None;
                };
                Some(Checked { tree: Tree::Monthly(Box::new(checked.tree), conversion), kind })
            }
            Type::Money(MoneyPer::Year) => {
                let twelve = Tree::Constant(Value::Number(Range::exactly(12)));
                let over = Arithmetic::Over;
                Some(Checked { tree: Tree::Arithmetic(over, Box::new(checked.tree), Box::new(twelve)), kind })
            }
            other => {
                let message =
                    format!("`monthly` converts money of another period, but this is {}", self.words(other));
                let help = match other {
                    Type::Money(MoneyPer::Month) => "it is monthly already: leave `monthly` out",
                    _ => "only money per week, year or any period can become monthly",
                };
                self.fault(Fault::new(one.place, "unit", message).help(help));
                None
            }
        }
    }

    pub(super) fn per(
        &mut self,
        one: &Expression,
        from: MoneyPer,
        to: MoneyPer,
        times: i64,
    ) -> Option<Checked> {
        let checked = self.quantity(one)?;
        if checked.kind != Type::Money(from) {
            let message = format!("{} is needed here, but this is {}", Type::Money(from), checked.kind);
            let help = conversion_help(Type::Money(from), checked.kind)
                .unwrap_or("rules/README.md lists the conversions");
            self.fault(Fault::new(one.place, "unit", message).help(help));
            return None;
        }
        let factor = Tree::Constant(Value::Number(Range::exactly(times)));
        let tree = if times == 1 {
            checked.tree
        } else {
            Tree::Arithmetic(Arithmetic::Times, Box::new(checked.tree), Box::new(factor))
        };
        Some(Checked { tree, kind: Type::Money(to) })
    }

    fn date(&mut self, expression: &Expression) -> Option<Tree> {
        let checked = self.expression(expression)?;
        if checked.kind == Type::Date {
            return Some(checked.tree);
        }
        let message = format!("a date is needed here, but this is {}", self.words(checked.kind));
        self.fault(
            Fault::new(expression.place, "unit", message)
                .help("a date is a day such as 2026-10-01, `as_of`, or a fact that is one"),
        );
        None
    }

    pub(super) fn between(&mut self, unit: SpanUnit, a: &Expression, b: &Expression) -> Option<Checked> {
        let (a, b) = (self.date(a), self.date(b));
        Some(Checked { tree: Tree::Between(unit, Box::new(a?), Box::new(b?)), kind: Type::Count })
    }

    pub(super) fn shift_by(
        &mut self,
        date: &Expression,
        count: &Expression,
        unit: SpanUnit,
    ) -> Option<Checked> {
        let (date, number) = (self.date(date), self.quantity(count));
        let (date, number) = (date?, number?);
        if number.kind != Type::Count {
            let message = format!("a count is needed here, but this is {}", number.kind);
            self.fault(
                Fault::new(count.place, "unit", message)
                    .help("a date is moved by a whole number of days, months or years"),
            );
            return None;
        }
        Some(Checked { tree: Tree::ShiftBy(Box::new(date), Box::new(number.tree), unit), kind: Type::Date })
    }

    pub(super) fn of_date(
        &mut self,
        date: &Expression,
        make: fn(Box<Tree>) -> Tree,
        kind: Type,
    ) -> Option<Checked> {
        let date = self.date(date)?;
        Some(Checked { tree: make(Box::new(date)), kind })
    }
}
