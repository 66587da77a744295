//! Who receives which program now, as the situation tells it.

use crate::kernel::{Dates, Truth, Value};
use crate::language::FactId;
use crate::rulebook::{Program, RuleBook};
use crate::vocabulary::{Item, Kind, Role, Situation};

/// What each person is known to receive: person, and position of the program in its code list.
pub(super) struct Receipts(Vec<(usize, usize)>);

impl Receipts {
    /// Nobody receives anything.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// Reads the lists of what people receive; what is not known for certain is not counted.
    pub(super) fn of(book: &RuleBook, situation: &Situation) -> Self {
        let vocabulary = &book.vocabulary;
        let mut receipts = Vec::new();
        let Some(list) = vocabulary.role(Role::Receives) else { return Self(receipts) };
        let Some(Kind::Items(record)) = vocabulary.fact(list).map(|fact| fact.kind) else {
            return Self(receipts);
        };
        let [program, since, through] =
            ["program", "since", "through"].map(|name| vocabulary.field(record, name));
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
                    receipts.push((person, code));
                }
            }
        }
        Self(receipts)
    }

    /// Whether somebody receives a program.
    pub(super) fn receives(&self, person: usize, program: &Program) -> bool {
        self.0.iter().any(|(who, what)| *who == person && *what == program.code)
    }
}

/// A date that is not known does not end a receipt.
fn certain(truth: Truth) -> Truth {
    if truth == Truth::True { Truth::True } else { Truth::False }
}
