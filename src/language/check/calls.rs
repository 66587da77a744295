//! Checks of operations that are called by name, such as `monthly(…)` and `receives(…)`.

use crate::kernel::{SpanUnit, did_you_mean, nearest};

use super::super::syntax::{Expression, Fault, Name, Part, Place};
use super::super::typed::{DefinitionId, Person, Tree};
use super::super::types::{MoneyPer, Type};
use super::{Checked, Checker, Subject, Symbol};

impl Checker<'_> {
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
                let fault = unlike_any(place, name, text);
                self.fault(fault);
                None
            }
        }
    }

    /// The definition about two people that a name stands for.
    fn of_two(&self, name: &str) -> Option<(DefinitionId, Type)> {
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

    /// Tells that a definition about two people stands alone.
    pub(super) fn about_two_alone(&mut self, name: &Name) {
        let message = format!("`{}` is about two people, and this does not say which", name.text);
        let help = format!("name both: `{}(person, q)` within `count(q in people where …)`", name.text);
        self.fault(Fault::new(name.place, "whose", message).help(help));
    }

    fn eligible_for(&mut self, name: &Name, program: &Name) -> Option<Checked> {
        let person = self.asked_of(name)?;
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
        let Some(slot) = self.asked_of(name)? else { return self.whose(name, "fact") };
        match self.scope.program(&program.text) {
            Some((_, code)) => Some(Checked::test(Tree::Receives(slot, code))),
            None => self.unknown_program(program),
        }
    }

    /// The person of whom `p.receives` and the like are asked, or whom the rule is about; `None` inside is nobody.
    fn asked_of(&mut self, name: &Name) -> Option<Option<Person>> {
        match name.text.split_once('.') {
            Some((owner, _)) => {
                let owner = Name { place: name.place, text: owner.to_owned() };
                self.person_slot(&owner).map(Some)
            }
            None => Some((self.subject == Subject::Person).then_some(0)),
        }
    }

    fn unknown_program(&mut self, program: &Name) -> Option<Checked> {
        let message = format!("no program has the id `{}`", program.text);
        let fault = Fault::new(program.place, "unknown-program", message);
        let otherwise = "programs are listed under `codes: program:` in rules/vocabulary";
        let help = did_you_mean(self.scope.near_program(&program.text), otherwise);
        self.fault(fault.help(help));
        None
    }
}

/// The operations, and how each is written.
const OPERATIONS: [(&[&str], &str); 10] = [
    (&["max", "min"], "`max(a, b)` or `max(p.x for p in members)`; `min` likewise"),
    (&["sum"], "`sum(p.x for p in members)`"),
    (&["count"], "`count(p in members where …)`"),
    (&["any"], "`any(… for p in members)`"),
    (&["all"], "`all(… for p in members)`"),
    (
        &["monthly", "yearly", "for_one_month", "for_one_year"],
        "one amount between the brackets: `monthly(i.amount)`",
    ),
    (
        &["days_between", "months_between", "years_between"],
        "two dates, the earlier first: `years_between(date_of_birth, as_of)`",
    ),
    (&["add_days", "add_months", "add_years"], "a date and a count: `add_months(as_of, 3)`"),
    (&["start_of_month", "end_of_month", "day_of_month"], "one date: `end_of_month(as_of)`"),
    (&["eligible_for", "receives"], "the id of one program: `receives(its-id)`, `eligible_for(its-id)`"),
];

/// What is wrong with a call that is written like no operation.
fn unlike_any(place: Place, name: &Name, text: &str) -> Fault {
    if let Some((_, usage)) = OPERATIONS.iter().find(|(names, _)| names.contains(&text)) {
        let message = format!("`{text}` is not written like this");
        return Fault::new(place, "wrong-arguments", message).help(format!("write {usage}"));
    }
    let near = nearest(text, OPERATIONS.iter().flat_map(|(names, _)| names.iter().copied()));
    let message = format!("there is no operation `{text}`");
    let fault = Fault::new(name.place, "unknown-name", message);
    fault.help(did_you_mean(near, "rules/README.md lists the operations"))
}

#[cfg(test)]
mod tests {
    use super::OPERATIONS;

    #[test]
    fn every_operation_stands_on_the_page_to_which_faults_send_the_author() {
        let page = include_str!("../../../rules/README.md");
        for name in OPERATIONS.iter().flat_map(|(names, _)| *names) {
            assert!(page.contains(&format!("`{name}")), "`{name}` is not in rules/README.md");
        }
    }
}
