//! Checks of codes, people and standings: `is`, `in`, `has`, `is none`, `is empty`.

use crate::kernel::{CodeSet, nearest};

use super::super::syntax::{Expression, Fault, Name, Part};
use super::super::typed::{ListId, Person, Tree};
use super::super::types::Type;
use super::{Checked, Checker, negate};

impl Checker<'_> {
    pub(super) fn code_in(&mut self, of: &Expression, negated: bool, codes: &[Name]) -> Option<Checked> {
        if let Part::Name(name) = &of.part
            && let Some((owner, "standing")) = name.text.split_once('.')
            && let Some((slot, None)) = self.variable(owner)
        {
            return self.standing(slot, negated, codes);
        }
        // `person is q`: two variables.
        if let (Part::Name(name), [other]) = (&of.part, codes)
            && let (Some((one, None)), Some((two, None))) =
                (self.variable(&name.text), self.variable(&other.text))
        {
            return Some(negate(Tree::SamePerson(one, two), negated));
        }
        let checked = self.expression(of)?;
        match checked.kind {
            Type::Code(list) => {
                let set = self.codes(list, codes)?;
                Some(negate(Tree::CodeIn(Box::new(checked.tree), set), negated))
            }
            Type::Person => {
                let mut slots = Vec::new();
                for code in codes {
                    slots.push(self.person_slot(code)?);
                }
                let tests: Vec<_> = slots
                    .into_iter()
                    .map(|slot| Tree::PersonIs(Box::new(checked.tree.clone()), slot))
                    .collect();
                Some(negate(Tree::Or(tests.into()), negated))
            }
            Type::Codes(_) => {
                let fault = Fault::new(of.place, "unit", "this is a list of codes, not one code");
                self.fault(fault.help("write `… has code` or `… has any [code, code]`"));
                None
            }
            other => {
                let fault = Fault::new(
                    of.place,
                    "unit",
                    format!("a code is needed here, but this is {}", self.words(other)),
                );
                self.fault(fault.help(if other == Type::Boolean {
                    "a statement stands alone, or after `not`"
                } else {
                    "compare numbers and dates with `==`, `<=`, `>=`, `<` or `>`"
                }));
                None
            }
        }
    }

    fn standing(&mut self, slot: Person, negated: bool, codes: &[Name]) -> Option<Checked> {
        let mut set = CodeSet::EMPTY;
        for code in codes {
            let standings = self.scope.standings();
            let Some(position) = standings.iter().position(|known| *known == code.text) else {
                let message = format!("`{}` is not a standing of this unit", code.text);
                let help = match nearest(&code.text, standings.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if standings.is_empty() => {
                        "this program has no unit, so nobody has a standing".to_owned()
                    }
                    None => format!("its standings are {}", standings.join(", ")),
                };
                self.fault(Fault::new(code.place, "unknown-standing", message).help(help));
                return None;
            };
            set = set.join(CodeSet::only(position));
        }
        Some(negate(Tree::Standing(slot, set), negated))
    }

    pub(super) fn has(&mut self, of: &Expression, codes: &[Name]) -> Option<Checked> {
        let checked = self.expression(of)?;
        match (checked.kind, codes) {
            (Type::Codes(list), _) => {
                let set = self.codes(list, codes)?;
                Some(Checked::test(Tree::ListHas(Box::new(checked.tree), set)))
            }
            (Type::People, [who]) => {
                let slot = self.person_slot(who)?;
                Some(Checked::test(Tree::PeopleHave(Box::new(checked.tree), slot)))
            }
            (other, _) => {
                let message = format!("only a list has something, and this is {}", self.words(other));
                self.fault(
                    Fault::new(of.place, "unit", message)
                        .help("write `x is code` or `x in [code, code]` for one code"),
                );
                None
            }
        }
    }

    pub(super) fn exists(&mut self, of: &Expression, word: &Name, negated: bool) -> Option<Checked> {
        if let (Part::Name(name), "empty") = (&of.part, word.text.as_str())
            && let Some(group) = self.items(name)
        {
            return Some(negate(Tree::GroupIsEmpty(group), negated));
        }
        // `x is none` where `none` is an ordinary code of the list.
        let checked = self.expression(of)?;
        if let Type::Code(list) = checked.kind
            && word.text == "none"
            && self.scope.code(list, "none").is_some()
        {
            let set = self.codes(list, std::slice::from_ref(word))?;
            return Some(negate(Tree::CodeIn(Box::new(checked.tree), set), negated));
        }
        let tree = Box::new(checked.tree);
        match (checked.kind, word.text.as_str()) {
            (Type::Date | Type::Person | Type::Code(_), "given") => {
                Some(negate(Tree::IsGiven(tree), negated))
            }
            (Type::Date | Type::Person | Type::Code(_), "none") => {
                Some(negate(Tree::IsGiven(tree), !negated))
            }
            (Type::Codes(_), "empty") => Some(negate(Tree::ListIsEmpty(tree), negated)),
            (kind, word_text) => {
                let message = format!("`is {word_text}` cannot be asked of {}", self.words(kind));
                let help = "`none` and `given` are asked of dates, people and codes, `empty` of lists";
                self.fault(Fault::new(of.place.to(word.place), "unit", message).help(help));
                None
            }
        }
    }

    pub(super) fn relation(
        &mut self,
        one: &Name,
        negated: bool,
        kinds: &[Name],
        other: &Name,
    ) -> Option<Checked> {
        let slots = (self.person_slot(one), self.person_slot(other));
        let kinds = self.codes(self.scope.relationships(), kinds);
        let (one, other) = (slots.0?, slots.1?);
        Some(negate(Tree::Relation(one, kinds?, other), negated))
    }

    /// The positions of codes of `list`, with a fault for each that is not in it.
    fn codes(&mut self, list: ListId, names: &[Name]) -> Option<CodeSet> {
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
            let near = nearest(&name.text, codes.iter().copied());
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None if codes.len() <= 8 => format!("its codes are {}", codes.join(", ")),
                None => format!("the list `{title}` in rules/vocabulary has {} codes", codes.len()),
            };
            self.faults.push(Fault::new(name.place, "unknown-code", message).help(help));
        }
        good.then_some(set)
    }
}
