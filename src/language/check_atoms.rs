//! Checks of names, codes and calls.

use super::check::{Checked, Checker, Subject, Symbol};
use super::syntax::{Expression, Fault, Name, Part, Place};
use super::typed::{Person, Tree};
use super::types::{MoneyPer, Type};
use super::words::conversion_help;
use crate::kernel::{CodeSet, Range, SpanUnit, Value};

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

    fn field(&mut self, name: &Name, slot: Person, items: super::FactId, field: &str) -> Option<Checked> {
        if let Some(Symbol::Fact { id, kind, .. }) = self.scope.field(items, field) {
            return Some(Checked { tree: Tree::Field(id, slot), kind });
        }
        let message = format!("the items of this list have no `{field}`");
        let fields = self.scope.fields(items);
        let help = match crate::kernel::nearest(field, fields.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("they have {}", fields.join(", ")),
        };
        self.fault(Fault::new(name.place, "unknown-name", message).help(help));
        None
    }

    fn unknown_name(&mut self, name: &Name, text: &str) {
        let message = format!("nothing is called `{text}`");
        let fault = Fault::new(name.place, "unknown-name", message);
        let help = match self.scope.near(text) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "facts are declared in rules/vocabulary, figures and definitions in a module".to_owned(),
        };
        self.fault(fault.help(help));
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

    fn whose(&mut self, name: &Name, what: &str) -> Option<Checked> {
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
                let help = match crate::kernel::nearest(&code.text, standings.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if standings.is_empty() => {
                        "this program has no unit, so nobody has a standing".to_owned()
                    }
                    None => format!("its standings are {}", standings.join(", ")),
                };
                self.fault(Fault::new(code.place, "unknown-code", message).help(help));
                return None;
            };
            set = set.join(CodeSet::only(position));
        }
        Some(negate(Tree::Standing(slot, set), negated))
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
                self.fault(Fault::new(word.place, "unit", message).help(help));
                None
            }
        }
    }

    pub(super) fn call(&mut self, place: Place, name: &Name, arguments: &[Expression]) -> Option<Checked> {
        match (name.text.as_str(), arguments) {
            ("max" | "min", [_, _, ..]) => self.extreme(name, arguments),
            ("monthly", [one]) => self.monthly(name, one),
            ("yearly", [one]) => self.per(one, MoneyPer::Month, MoneyPer::Year, 12),
            ("for_one_month", [one]) => self.per(one, MoneyPer::Month, MoneyPer::Once, 1),
            ("for_one_year", [one]) => self.per(one, MoneyPer::Year, MoneyPer::Once, 1),
            ("days_between", [a, b]) => self.between(SpanUnit::Days, a, b),
            ("months_between", [a, b]) => self.between(SpanUnit::Months, a, b),
            ("years_between", [a, b]) => self.between(SpanUnit::Years, a, b),
            ("add_days", [d, n]) => self.shift_by(d, n, SpanUnit::Days),
            ("add_months", [d, n]) => self.shift_by(d, n, SpanUnit::Months),
            ("add_years", [d, n]) => self.shift_by(d, n, SpanUnit::Years),
            ("start_of_month", [d]) => self.of_date(d, Tree::StartOfMonth, Type::Date),
            ("end_of_month", [d]) => self.of_date(d, Tree::EndOfMonth, Type::Date),
            ("day_of_month", [d]) => self.of_date(d, Tree::DayOfMonth, Type::Count),
            ("eligible_for", [Expression { part: Part::Name(program), .. }]) => {
                self.eligible_for(name, program)
            }
            (text, [Expression { part: Part::Name(program), .. }]) if text.ends_with(".eligible_for") => {
                self.eligible_for(name, program)
            }
            (text, [Expression { part: Part::Name(program), .. }])
                if text == "receives" || text.ends_with(".receives") =>
            {
                self.receives(name, program)
            }
            (text, arguments) if self.of_two(text).is_some() => self.about_two(name, arguments),
            (text, _) => {
                let known = [
                    "max",
                    "min",
                    "sum",
                    "count",
                    "any",
                    "all",
                    "monthly",
                    "yearly",
                    "for_one_month",
                    "for_one_year",
                    "days_between",
                    "months_between",
                    "years_between",
                    "add_days",
                    "add_months",
                    "add_years",
                    "start_of_month",
                    "end_of_month",
                    "day_of_month",
                    "eligible_for",
                    "receives",
                ];
                let fault = if known.contains(&text) {
                    let message = format!("`{text}` is not written like this");
                    Fault::new(place, "wrong-arguments", message).help(format!("write {}", usage(text)))
                } else {
                    let fault =
                        Fault::new(name.place, "unknown-name", format!("there is no operation `{text}`"));
                    match crate::kernel::nearest(text, known) {
                        Some(near) => fault.help(format!("did you mean `{near}`?")),
                        None => fault.help("rules/README.md lists the operations"),
                    }
                };
                self.fault(fault);
                None
            }
        }
    }

    fn extreme(&mut self, name: &Name, arguments: &[Expression]) -> Option<Checked> {
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

    fn monthly(&mut self, name: &Name, one: &Expression) -> Option<Checked> {
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
                let over = super::Arithmetic::Over;
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

    fn per(&mut self, one: &Expression, from: MoneyPer, to: MoneyPer, times: i64) -> Option<Checked> {
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
            Tree::Arithmetic(super::Arithmetic::Times, Box::new(checked.tree), Box::new(factor))
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

    fn between(&mut self, unit: SpanUnit, a: &Expression, b: &Expression) -> Option<Checked> {
        let (a, b) = (self.date(a), self.date(b));
        Some(Checked { tree: Tree::Between(unit, Box::new(a?), Box::new(b?)), kind: Type::Count })
    }

    fn shift_by(&mut self, date: &Expression, count: &Expression, unit: SpanUnit) -> Option<Checked> {
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

    fn of_date(&mut self, date: &Expression, make: fn(Box<Tree>) -> Tree, kind: Type) -> Option<Checked> {
        let date = self.date(date)?;
        Some(Checked { tree: make(Box::new(date)), kind })
    }

    /// The definition about two people that a name stands for.
    fn of_two(&self, name: &str) -> Option<(super::DefinitionId, Type)> {
        match self.scope.symbol(name) {
            Some(Symbol::Definition { id, of: Subject::Pair, kind }) => Some((id, kind)),
            _ => None,
        }
    }

    /// `counted_with(person, q)`: a definition about two people, asked of two variables.
    fn about_two(&mut self, name: &Name, arguments: &[Expression]) -> Option<Checked> {
        let (id, kind) = self.of_two(&name.text)?;
        let [Expression { part: Part::Name(one), .. }, Expression { part: Part::Name(two), .. }] = arguments
        else {
            self.about_two_alone(name);
            return None;
        };
        let (one, two) = (self.person_slot(one), self.person_slot(two));
        Some(Checked { tree: Tree::DefinitionOfTwo(id, one?, two?), kind })
    }

    fn about_two_alone(&mut self, name: &Name) {
        let message = format!("`{}` is about two people, and this does not say which", name.text);
        let help = format!("name both: `{}(person, q)` within `count(q in people where …)`", name.text);
        self.fault(Fault::new(name.place, "whose", message).help(help));
    }

    fn eligible_for(&mut self, name: &Name, program: &Name) -> Option<Checked> {
        let person = match name.text.split_once('.') {
            Some((owner, _)) => {
                let owner = Name { place: name.place, text: owner.to_owned() };
                Some(self.person_slot(&owner)?)
            }
            None => (self.subject == Subject::Person).then_some(0),
        };
        match self.scope.program(&program.text) {
            Some((Some(id), _)) => Some(Checked::test(Tree::EligibleFor(id, person))),
            Some((None, _)) => {
                let message = format!(
                    "no rule file answers for `{}`, so nobody can be eligible for it here",
                    program.text
                );
                let help = "ask `receives(…)` for what the person gets already, or write the program";
                self.fault(Fault::new(program.place, "unanswered-program", message).help(help));
                None
            }
            None => self.unknown_program(program),
        }
    }

    fn receives(&mut self, name: &Name, program: &Name) -> Option<Checked> {
        let slot = match name.text.split_once('.') {
            Some((owner, _)) => {
                let owner = Name { place: name.place, text: owner.to_owned() };
                self.person_slot(&owner)?
            }
            None if self.subject == Subject::Person => 0,
            None => return self.whose(name, "fact"),
        };
        match self.scope.program(&program.text) {
            Some((_, code)) => Some(Checked::test(Tree::Receives(slot, code))),
            None => self.unknown_program(program),
        }
    }

    fn unknown_program(&mut self, program: &Name) -> Option<Checked> {
        let message = format!("no program has the id `{}`", program.text);
        let fault = Fault::new(program.place, "unknown-program", message);
        let help = match self.scope.near_program(&program.text) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "programs are listed under `codes: program:` in rules/vocabulary".to_owned(),
        };
        self.fault(fault.help(help));
        None
    }
}

/// How an operation is written.
fn usage(name: &str) -> &'static str {
    match name {
        "max" | "min" => "`max(a, b)` or `max(p.x for p in members)`; `min` likewise",
        "sum" => "`sum(p.x for p in members)`",
        "count" => "`count(p in members where …)`",
        "any" => "`any(… for p in members)`",
        "all" => "`all(… for p in members)`",
        "monthly" | "yearly" | "for_one_month" | "for_one_year" => {
            "one amount between the brackets: `monthly(i.amount)`"
        }
        "days_between" | "months_between" | "years_between" => {
            "two dates, the earlier first: `years_between(date_of_birth, as_of)`"
        }
        "add_days" | "add_months" | "add_years" => "a date and a count: `add_months(as_of, 3)`",
        "start_of_month" | "end_of_month" | "day_of_month" => "one date: `end_of_month(as_of)`",
        _ => "the id of one program: `receives(its-id)`, `eligible_for(its-id)`",
    }
}

pub(super) fn negate(tree: Tree, negated: bool) -> Checked {
    Checked::test(if negated { Tree::Not(Box::new(tree)) } else { tree })
}
