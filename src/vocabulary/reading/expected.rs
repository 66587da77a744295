//! What a fact takes, in words; and the faults that say so.

use crate::kernel::{Day, Range};
use crate::language::{ListId, Type};
use crate::vocabulary::{CodeList, Fact, Kind};

use super::faults::At;
use super::values::Reader;

impl Reader<'_> {
    /// Records a name that the vocabulary does not know, at the object that holds it.
    pub(super) fn unknown_name<'k>(&mut self, at: &At, sent: &str, known: impl IntoIterator<Item = &'k str>) {
        let words =
            ["A name in this object is not in the vocabulary.", "only names that the vocabulary knows"];
        self.faults.misspelt(at, "unknown-name", words, sent, known);
    }

    /// Records a value of the wrong kind.
    pub(super) fn wrong_type(&mut self, fact: &Fact, at: &At) {
        let detail = match fact.kind {
            Kind::One(Type::Paid | Type::Money(_)) => {
                "Money is written as a string of digits, never as a JSON number."
            }
            _ => "This is not the kind of value that the fact takes.",
        };
        self.faults.add(at, "wrong-type", detail, self.expected(fact));
    }

    /// What a fact takes, in words.
    pub(super) fn expected(&self, fact: &Fact) -> String {
        let limits = |range: Range| match (range.low.finite(), range.high.finite()) {
            (Some(low), Some(high)) => format!(" from {low} to {high}"),
            (Some(low), None) => format!(" of {low} or more"),
            (None, Some(high)) => format!(" of {high} or less"),
            (None, None) => String::new(),
        };
        let Kind::One(kind) = fact.kind else { return "a list of items, each an object".to_owned() };
        let list = |list: ListId| self.vocabulary.list(list).map_or("", |list: &CodeList| &list.name);
        let mut words = match kind {
            Type::Boolean => "true or false".to_owned(),
            Type::Count => format!("a whole number{}", limits(fact.range)),
            Type::Number | Type::Rate => {
                format!("a whole number, or a decimal number in a string,{}", limits(fact.range))
            }
            Type::Money(_) => format!("US dollars and cents in a string{}", limits(fact.range)),
            Type::Paid => "{\"amount\": US dollars and cents in a string, \"per\": a period}".to_owned(),
            Type::Date => {
                let low = Some(fact.dates.low).filter(|low| *low != Day::MIN);
                let high = Some(fact.dates.high).filter(|high| *high != Day::MAX);
                let low = low.map_or_else(String::new, |low| format!(" from {low}"));
                let high = high.map_or_else(String::new, |high| format!(" to {high}"));
                format!("a day as year-month-day{low}{high}")
            }
            Type::Code(of) => format!("a code of the list {}", list(of)),
            Type::Codes(of) => format!("a list of codes of the list {}", list(of)),
            Type::Person => "the id of somebody in people, or \"someone_not_listed\"".to_owned(),
            Type::People => "\"everyone\", \"nobody\" or a list of ids".to_owned(),
        };
        if self.vocabulary.takes_none(fact) {
            words.push_str(", or \"none\"");
        }
        words
    }
}
