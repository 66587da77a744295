//! Checks of aggregates over people and items.

use crate::kernel::{did_you_mean, nearest};

use super::super::syntax::{Aggregate, Expression, Fault, Name};
use super::super::typed::{Group, Tree};
use super::super::types::Type;
use super::{Checked, Checker, Subject, Symbol, Variable};

/// How many variables may be open at once; the engine keeps a frame of this size.
const MAX_VARIABLES: usize = 6;

impl Checker<'_> {
    fn group(&mut self, name: &Name) -> Option<Group> {
        let unit_group = match name.text.as_str() {
            "people" => return Some(Group::People),
            "home" => return Some(Group::Home),
            "unit_people" => Some(Group::UnitPeople),
            "members" => Some(Group::Members),
            _ => None,
        };
        if let Some(group) = unit_group {
            if matches!(self.subject, Subject::Unit | Subject::Person) && !self.scope.standings().is_empty() {
                return Some(group);
            }
            let message = format!("there is no unit here, so `{}` is nobody", name.text);
            let help = "`people` and `home` can be used everywhere; `members` needs a program with a unit";
            self.fault(Fault::new(name.place, "no-unit", message).help(help));
            return None;
        }
        let items = self.items(name);
        if items.is_none() {
            let fault = self.no_group(name);
            self.fault(fault);
        }
        items
    }

    /// Why a name is no group here.
    fn no_group(&self, name: &Name) -> Fault {
        let text = &name.text;
        if let Some(Symbol::Items { about: Subject::Person, .. }) = self.scope.symbol(text) {
            let message = format!("`{text}` is a list of each person, and this rule does not say whose");
            let whose = if self.subject == Subject::Pair { "a" } else { "p" };
            let help = format!(
                "write `{whose}.{text}`, as in `sum(sum(… for i in p.{text}) for p in members)`, or give the inner \
                 sum a name, as a definition `of: person`"
            );
            return Fault::new(name.place, "not-a-group", message).help(help);
        }
        let message = format!("`{text}` is not a group of people or a list of items");
        let groups = ["people", "home", "unit_people", "members"];
        let otherwise = "groups are people, home, unit_people, members; a list of each person is written such as p.income";
        let help = did_you_mean(nearest(text, groups), otherwise);
        Fault::new(name.place, "not-a-group", message).help(help)
    }

    pub(super) fn aggregate(
        &mut self,
        what: Aggregate,
        value: Option<&Expression>,
        variable: &Name,
        group: &Name,
        filter: Option<&Expression>,
    ) -> Option<Checked> {
        let found = self.group(group)?;
        if self.variables.len() >= MAX_VARIABLES {
            let message = "too many groups are nested in one another";
            let fault = Fault::new(variable.place, "too-deep", message);
            self.fault(fault.help("give the inner one a name, as a definition of its own"));
            return None;
        }
        if self.variable(&variable.text).is_some() || self.scope.symbol(&variable.text).is_some() {
            let message = format!("`{}` already stands for something else", variable.text);
            self.fault(Fault::new(variable.place, "name-taken", message).help("choose another letter"));
            return None;
        }
        let slot = u8::try_from(self.variables.len()).ok()?;
        let items = match found {
            Group::ItemsOf(id, _) | Group::Items(id) => Some(id),
            _ => None,
        };
        self.variables.push(Variable { name: variable.text.clone(), items });
        let value = value.map(|value| (value, self.expression(value)));
        let filter = filter.map(|filter| self.test(filter));
        self.variables.pop();
        let filter = match filter {
            Some(filter) => Some(Box::new(filter?)),
            None => None,
        };
        let (value, kind) = match value {
            None => (None, Type::Count),
            Some((expression, checked)) => {
                let checked = self.of_each(what, expression, checked?)?;
                (Some(Box::new(checked.tree)), checked.kind)
            }
        };
        let dates = kind == Type::Date;
        Some(Checked { tree: Tree::Aggregate { what, slot, group: found, filter, value, dates }, kind })
    }
    /// The value of each one, if an aggregate of that kind can go over it.
    fn of_each(&mut self, what: Aggregate, expression: &Expression, checked: Checked) -> Option<Checked> {
        let tests = matches!(what, Aggregate::Any | Aggregate::All);
        let fits = match what {
            Aggregate::Any | Aggregate::All => checked.kind == Type::Boolean,
            Aggregate::Max | Aggregate::Min => checked.kind.is_quantity() || checked.kind == Type::Date,
            Aggregate::Sum | Aggregate::Count => checked.kind.is_quantity(),
        };
        if fits {
            return Some(checked);
        }
        let wanted = if tests { "a test" } else { "a quantity" };
        let message = format!("{wanted} is needed for each one, but this is {}", self.words(checked.kind));
        let fault = Fault::new(expression.place, "unit", message);
        self.fault(fault.help(match checked.kind {
            Type::Paid => "convert each with `monthly(…)`",
            Type::Boolean => "to count those of whom it holds write `count(p in members where …)`",
            _ if tests => "write what must hold of each one",
            _ => "name a number or an amount of money of each one",
        }));
        None
    }
}
