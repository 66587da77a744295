//! Who receives which program now, as the situation tells it.

use crate::kernel::{Dates, Day, Truth, Value};
use crate::language::FactId;
use crate::rulebook::{Program, RuleBook};
use crate::vocabulary::{Item, Role, Situation};

/// What each person is known to receive: person, position of the program in its code list, and its last day if told.
pub(super) struct Receipts(Vec<(usize, usize, Option<Day>)>);

impl Receipts {
    /// Nobody receives anything.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// Reads the lists of what people receive. What is told as received counts, though its days are not known: a
    /// recipient must not be sent to apply anew.
    pub(super) fn of(book: &RuleBook, situation: &Situation) -> Self {
        let vocabulary = &book.vocabulary;
        let mut receipts = Vec::new();
        let Some(list) = vocabulary.role(Role::Receives) else { return Self(receipts) };
        let [program, since, through] = [Role::ReceiptProgram, Role::ReceiptSince, Role::ReceiptThrough]
            .map(|role| vocabulary.role(role));
        let value = |item: &Item, field: Option<FactId>| {
            let fact = vocabulary.fact(field?)?;
            item.fields.get(usize::from(fact.slot)).map(|known| known.value.clone())
        };
        let today = Dates::on(situation.as_of);
        for person in 0..situation.people() {
            for item in situation.personal_list(person, list).map_or(&[][..], |list| &list.items) {
                let Some(Value::Code(codes)) = value(item, program) else { continue };
                let not_yet = match value(item, since) {
                    Some(Value::Date(since)) => today.compare(since, Dates::is_before),
                    _ => Truth::False,
                };
                let over = match value(item, through) {
                    Some(Value::Date(through)) => through.compare(today, Dates::is_before),
                    _ => Truth::False,
                };
                if let (Some(code), Truth::False, Truth::False) =
                    (codes.known(), certain(not_yet), certain(over))
                {
                    let last = match value(item, through) {
                        Some(Value::Date(through)) => through.known(),
                        _ => None,
                    };
                    receipts.push((person, code, last));
                }
            }
        }
        Self(receipts)
    }

    /// Whether somebody receives a program.
    pub(super) fn receives(&self, person: usize, program: &Program) -> bool {
        self.0.iter().any(|(who, what, _)| *who == person && *what == program.code)
    }

    /// The first of the last days that were told for these people.
    pub(super) fn last_day(&self, people: &[usize], program: &Program) -> Option<Day> {
        let own = self.0.iter().filter(|(who, what, _)| people.contains(who) && *what == program.code);
        own.filter_map(|(.., last)| *last).min()
    }
}

/// A date that is not known does not end a receipt.
fn certain(truth: Truth) -> Truth {
    if truth == Truth::True { Truth::True } else { Truth::False }
}
