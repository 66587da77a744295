//! Checks of names: facts, figures and definitions, bare or of a variable.

use crate::kernel::{did_you_mean, nearest};

use super::super::syntax::{Expression, Fault, Name};
use super::super::typed::{FactId, Group, Person, Tree};
use super::{Checked, Checker, Subject, Symbol};

impl Checker<'_> {
    /// A bare name, a module's name, or a fact or definition of a variable (`p.age`).
    pub(super) fn name(&mut self, name: &Name) -> Option<Checked> {
        let (slot, rest) = match name.text.split_once('.') {
            Some((owner, rest)) => match self.variable(owner) {
                Some((slot, Some(items))) => return self.field(name, slot, items, rest),
                Some((slot, None)) => (Some(slot), rest),
                None => (None, name.text.as_str()),
            },
            None => (None, name.text.as_str()),
        };
        if slot.is_none()
            && let Some((_, items)) = self.variable(rest)
        {
            let what = if items.is_some() { "an item" } else { "a person" };
            let message = format!("`{rest}` stands for {what}, not for a value");
            self.fault(
                Fault::new(name.place, "not-a-value", message).help(format!("write `{rest}.` and a fact")),
            );
            return None;
        }
        let Some(symbol) = self.scope.symbol(rest) else {
            self.unknown_name(name, rest);
            return None;
        };
        self.symbol(name, symbol, slot)
    }

    fn field(&mut self, name: &Name, slot: Person, items: FactId, field: &str) -> Option<Checked> {
        if let Some(Symbol::Fact { id, kind, .. }) = self.scope.field(items, field) {
            return Some(Checked { tree: Tree::Field(id, slot), kind });
        }
        let message = format!("the items of this list have no `{field}`");
        let fields = self.scope.fields(items);
        let near = nearest(field, fields.iter().copied());
        let help = did_you_mean(near, format!("they have {}", fields.join(", ")));
        self.fault(Fault::new(name.place, "unknown-name", message).help(help));
        None
    }

    fn unknown_name(&mut self, name: &Name, text: &str) {
        let message = format!("nothing is called `{text}`");
        let fault = Fault::new(name.place, "unknown-name", message);
        let otherwise = "facts are declared in rules/vocabulary, figures and definitions in a module";
        let help =
            self.apart(&name.text).or_else(|| self.of_another_module(text)).or_else(|| self.of_nobody(text));
        self.fault(fault.help(help.unwrap_or_else(|| did_you_mean(self.scope.near(text), otherwise))));
    }

    /// `a-b`, where both sides are known: what was meant is `a - b`.
    fn apart(&self, text: &str) -> Option<String> {
        let known = |side: &str| {
            let rest = match side.split_once('.') {
                Some((owner, rest)) if self.variable(owner).is_some() => rest,
                _ => side,
            };
            self.scope.symbol(rest).is_some() || side.chars().all(|c| c.is_ascii_digit())
        };
        let mut sides =
            text.match_indices('-').filter_map(|(at, _)| Some((text.get(..at)?, text.get(at + 1..)?)));
        let (one, two) = sides.find(|(one, two)| known(one) && known(two))?;
        Some(format!("put spaces around `-`: `{one} - {two}`"))
    }

    /// `p.age` where nothing says who `p` is.
    fn of_nobody(&self, text: &str) -> Option<String> {
        let (owner, own) = text.split_once('.')?;
        let (Symbol::Fact { about: Subject::Person, .. } | Symbol::Definition { of: Subject::Person, .. }) =
            self.scope.symbol(own)?
        else {
            return None;
        };
        Some(format!(
            "nothing says here who `{owner}` is: go over people, as in `any({text} … for {owner} in members)`"
        ))
    }

    /// Where else a name stands, and how it is named from here.
    fn of_another_module(&self, text: &str) -> Option<String> {
        const FEW: usize = 3;
        let full: Vec<String> =
            self.scope.elsewhere(text).into_iter().take(FEW).map(|full| format!("`{full}`")).collect();
        if full.is_empty() {
            return None;
        }
        Some(format!("it belongs to another module: write {}", full.join(" or ")))
    }

    fn symbol(&mut self, name: &Name, symbol: Symbol, slot: Option<Person>) -> Option<Checked> {
        let bare_person = (self.subject == Subject::Person).then_some(0);
        match symbol {
            Symbol::Figure { id, kind, by: None } if slot.is_none() => {
                Some(Checked { tree: Tree::Figure(id, None), kind })
            }
            Symbol::Figure { by: Some(by), .. } => {
                let message = format!("`{}` is a table", name.text);
                let fault = Fault::new(name.place, "table-without-key", message);
                let by = self.words(by);
                self.fault(fault.help(format!("look up one row by {by}: `{}[…]`", name.text)));
                None
            }
            Symbol::Fact { id, about: Subject::Household, kind } if slot.is_none() => {
                Some(Checked { tree: Tree::Fact(id), kind })
            }
            Symbol::Fact { id, about: Subject::Person, kind } => match slot.or(bare_person) {
                Some(slot) => Some(Checked { tree: Tree::FactOf(id, slot), kind }),
                None => self.whose(name, "fact"),
            },
            Symbol::Fact { about: Subject::Item, .. } => {
                let message = format!("`{}` belongs to the items of a list", name.text);
                let help = "reach it in an aggregate: `sum(i.amount for i in income)`";
                self.fault(Fault::new(name.place, "whose", message).help(help));
                None
            }
            Symbol::Items { .. } => {
                let message = format!("`{}` is a list of items", name.text);
                let help = "go over it: `sum(…  for i in …)`, `any(… for i in …)`, or ask `… is empty`";
                self.fault(Fault::new(name.place, "not-a-value", message).help(help));
                None
            }
            Symbol::Definition { id, of: Subject::Person, kind } => match slot.or(bare_person) {
                Some(slot) => Some(Checked { tree: Tree::DefinitionOf(id, slot), kind }),
                None => self.whose(name, "definition"),
            },
            Symbol::Definition { of: Subject::Pair, .. } => {
                self.about_two_alone(name);
                None
            }
            Symbol::Definition { id, of, kind } if slot.is_none() => {
                if of == Subject::Unit && matches!(self.subject, Subject::Household | Subject::Pair) {
                    let message = format!("`{}` is about a unit, and this rule is not", name.text);
                    let help =
                        "a fact, or a definition `of: person` about one of the two people, can stand here";
                    self.fault(Fault::new(name.place, "whose", message).help(help));
                    return None;
                }
                Some(Checked { tree: Tree::Definition(id), kind })
            }
            _ => {
                let message = format!("`{}` is not about one person", name.text);
                self.fault(Fault::new(name.place, "whose", message).help("write it without the person"));
                None
            }
        }
    }

    /// Tells that nothing says whose a fact or definition is.
    pub(super) fn whose(&mut self, name: &Name, what: &str) -> Option<Checked> {
        let message = format!("`{}` is a {what} of a person, and this rule does not say whose", name.text);
        let help = if self.subject == Subject::Pair {
            format!("say whose: `a.{0}` or `b.{0}`", name.text)
        } else {
            format!(
                "go over people and say whose: `p.{}` within `any(… for p in members)` or `sum(…)`",
                name.text
            )
        };
        self.fault(Fault::new(name.place, "whose", message).help(help));
        None
    }

    pub(super) fn index(&mut self, name: &Name, key: &Expression) -> Option<Checked> {
        let key_checked = self.expression(key);
        let Some(Symbol::Figure { id, kind, by }) = self.scope.symbol(&name.text) else {
            let known = self.scope.symbol(&name.text).is_some();
            let message = format!("`{}` is not a figure, so nothing can be looked up in it", name.text);
            let near = self.scope.near(&name.text).filter(|_| !known);
            let elsewhere = if known { None } else { self.of_another_module(&name.text) };
            let otherwise = "only a figure that is a table (`by:`) is followed by `[…]`";
            let help = elsewhere.unwrap_or_else(|| did_you_mean(near, otherwise));
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

    pub(super) fn person_slot(&mut self, name: &Name) -> Option<Person> {
        if let Some((slot, None)) = self.variable(&name.text) {
            return Some(slot);
        }
        let message = format!("`{}` does not stand for a person here", name.text);
        let help = "people are `person`, `a` and `b` in `together`, and the names after `for`";
        self.fault(Fault::new(name.place, "not-a-person", message).help(help));
        None
    }
}
