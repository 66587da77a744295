//! Words in the language asked for, with values put where the rule files have `{names}`.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::Write as _;

use chrono::Datelike;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::kernel::{Bound, Dates, Day, Language, Paid, PersonSet, Range, Truth, Value, Words};
use crate::language::{ListId, Type};
use crate::rulebook::{Amounts, Law, Placeholder, RuleBook};
use crate::vocabulary::Situation;

const MONTHS: [(&str, &str); 12] = [
    ("January", "enero"),
    ("February", "febrero"),
    ("March", "marzo"),
    ("April", "abril"),
    ("May", "mayo"),
    ("June", "junio"),
    ("July", "julio"),
    ("August", "agosto"),
    ("September", "septiembre"),
    ("October", "octubre"),
    ("November", "noviembre"),
    ("December", "diciembre"),
];

/// Says the words of the rule files in one language.
pub(super) struct Speaker<'b> {
    pub(super) book: &'b RuleBook,
    pub(super) situation: &'b Situation,
    pub(super) language: Language,
    /// The law whose figures may stand in words.
    pub(super) law: Option<&'b Law>,
    fell_back: Cell<bool>,
}

impl<'b> Speaker<'b> {
    pub(super) fn new(
        book: &'b RuleBook,
        situation: &'b Situation,
        language: Language,
        law: Option<&'b Law>,
    ) -> Self {
        Self { book, situation, language, law, fell_back: Cell::new(false) }
    }

    /// Whether English had to stand in since this was last asked.
    pub(super) fn fell_back(&self) -> bool {
        self.fell_back.take()
    }

    /// One of two texts of our own.
    pub(super) fn own(&self, en: &'static str, es: &'static str) -> &'static str {
        own(self.language, en, es)
    }

    /// Words in which only figures of the module may stand between braces.
    pub(super) fn say(&self, words: &'b Words, module: &str) -> Cow<'b, str> {
        self.say_with(words, module, &[], &[])
    }

    /// Words with the values of their placeholders.
    pub(super) fn say_with(
        &self,
        words: &'b Words,
        module: &str,
        names: &[Placeholder],
        values: &[Value],
    ) -> Cow<'b, str> {
        let (text, translated) = words.in_language(self.language);
        if !translated && !text.is_empty() {
            self.fell_back.set(true);
        }
        if !text.contains('{') {
            return Cow::Borrowed(text);
        }
        let mut said = String::with_capacity(text.len() + 16);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                said.push('{');
                rest = after;
                continue;
            };
            let known = names.iter().zip(values).find(|(placeholder, _)| placeholder.name == name);
            match known {
                Some((placeholder, value)) => said.push_str(&self.value(value, placeholder.kind)),
                None => {
                    said.push_str(&self.figure(module, name).unwrap_or_else(|| name.replace(['_', '.'], " ")))
                }
            }
            rest = after;
        }
        said.push_str(rest);
        Cow::Owned(said)
    }

    /// A figure that is one value, by its name in a module.
    fn figure(&self, module: &str, name: &str) -> Option<String> {
        let wanted = if name.contains('.') { name.to_owned() } else { format!("{module}.{name}") };
        let position = self.book.figures.iter().position(|figure| figure.name == wanted)?;
        let id = crate::language::FigureId(u16::try_from(position).ok()?);
        let kind = self.book.figure(id)?.kind;
        match &self.law?.figure(self.book, id)?.says.amounts {
            Amounts::One(range) => Some(self.value(&Value::Number(*range), kind)),
            Amounts::Choice(holds) => Some(self.value(&Value::Truth((*holds).into()), kind)),
            Amounts::ByCount { .. } | Amounts::ByCode(_) => None,
        }
    }

    /// A value as a person reads it.
    pub(super) fn value(&self, value: &Value, kind: Type) -> String {
        match value {
            Value::Truth(Truth::True) => self.own("yes", "sí").to_owned(),
            Value::Truth(Truth::False) => self.own("no", "no").to_owned(),
            Value::Truth(Truth::Unknown) => self.own("not known", "no se sabe").to_owned(),
            Value::Number(range) => self.range(*range, kind),
            Value::Date(dates) => self.dates(*dates),
            Value::Code(codes) => match kind {
                Type::Code(list) => self.codes(list, codes.positions(), self.own(" or ", " o ")),
                _ => String::new(),
            },
            Value::Codes(codes) => match kind {
                Type::Codes(list) => self.codes(list, codes.possible.positions(), ", "),
                _ => String::new(),
            },
            Value::Person(PersonSet::SOMEBODY_ELSE) => {
                self.own("somebody who is not listed", "alguien que no está en la lista").to_owned()
            }
            Value::Person(person) => {
                self.people(|position| person.is(position).can_hold(), self.own(" or ", " o "))
            }
            Value::People(people) => self.people(|position| people.has(position).can_hold(), ", "),
            Value::Paid(paid) => self.paid(paid),
        }
    }

    /// A value as it stands in a formula, where codes are not words.
    pub(super) fn in_formula(&self, value: &Value, kind: Type) -> String {
        let (list, codes) = match (value, kind) {
            (Value::Code(codes), Type::Code(list)) => (list, *codes),
            (Value::Codes(codes), Type::Codes(list)) => (list, codes.possible),
            _ => return self.value(value, kind),
        };
        let Some(list) = self.book.vocabulary.list(list) else { return String::new() };
        let codes: Vec<_> = codes.positions().map(|position| list.code(position)).collect();
        format!("[{}]", codes.join(", "))
    }

    fn paid(&self, paid: &Paid) -> String {
        let one = |range: &Range, period: crate::kernel::Period| {
            let amount = quantity(self.language, *range, dollars, self.own("an amount", "una cantidad"));
            format!("{amount} / {}", period.name())
        };
        match paid {
            Paid::One(range, period) => one(range, *period),
            Paid::Several(options) => {
                let all: Vec<_> = options.iter().map(|(range, period)| one(range, *period)).collect();
                all.join(self.own(" or ", " o "))
            }
        }
    }

    fn codes(&self, list: ListId, positions: impl Iterator<Item = usize>, between: &str) -> String {
        let Some(list) = self.book.vocabulary.list(list) else { return String::new() };
        let titles = positions
            .filter_map(|position| list.codes.get(position))
            .map(|code| code.title.get(self.language));
        let said = titles.collect::<Vec<_>>().join(between);
        if said.is_empty() { self.own("none", "ninguno").to_owned() } else { said }
    }

    fn people(&self, named: impl Fn(usize) -> bool, between: &str) -> String {
        let labels = self.situation.labels.iter().enumerate();
        let said = labels.filter(|(position, _)| named(*position)).map(|(_, label)| label.as_str());
        let said = said.collect::<Vec<_>>().join(between);
        if said.is_empty() { self.own("nobody", "nadie").to_owned() } else { said }
    }

    /// A quantity of a type, or what it lies between.
    pub(super) fn range(&self, range: Range, kind: Type) -> String {
        self::range(self.language, range, kind)
    }

    fn dates(&self, dates: Dates) -> String {
        match (dates.exists, dates.known()) {
            (_, Some(day)) => self.day(day),
            (Truth::False, None) => self.own("none", "ninguna").to_owned(),
            _ if dates.low > Day::MIN && dates.high < Day::MAX => {
                format!("{} {} {}", self.day(dates.low), self.own("to", "a"), self.day(dates.high))
            }
            _ => self.own("a day that is not known", "una fecha que no se sabe").to_owned(),
        }
    }

    /// A day as it is said.
    pub(super) fn day(&self, day: Day) -> String {
        let month = usize::try_from(day.month0()).ok().and_then(|month| MONTHS.get(month));
        let (en, es) = month.copied().unwrap_or_default();
        match self.language {
            Language::English => format!("{en} {}, {}", day.day(), day.year()),
            Language::Spanish => format!("{} de {es} de {}", day.day(), day.year()),
        }
    }
}

/// One of two texts of our own.
pub(super) fn own(language: Language, en: &'static str, es: &'static str) -> &'static str {
    match language {
        Language::English => en,
        Language::Spanish => es,
    }
}

/// A quantity of a type, or what it lies between.
pub(super) fn range(language: Language, range: Range, kind: Type) -> String {
    let own = |en, es| own(language, en, es);
    match kind {
        Type::Money(_) | Type::Paid => {
            let unknown = own("an amount that is not known", "una cantidad que no se sabe");
            quantity(language, range, dollars, unknown)
        }
        Type::Rate => {
            let unknown = own("a share that is not known", "una parte que no se sabe");
            quantity(language, range, percent, unknown)
        }
        _ => {
            let unknown = own("a number that is not known", "un número que no se sabe");
            quantity(language, range, plain, unknown)
        }
    }
}

fn quantity(language: Language, range: Range, show: fn(Decimal) -> String, unknown: &str) -> String {
    let own = |en, es| own(language, en, es);
    match (range.low.finite(), range.high.finite()) {
        (Some(low), Some(high)) if low == high => show(low),
        (Some(low), Some(high)) => format!("{} {} {}", show(low), own("to", "a"), show(high)),
        (Some(low), None) => format!("{} {}", own("at least", "al menos"), show(low)),
        (None, Some(high)) => format!("{} {}", own("at most", "como máximo"), show(high)),
        (None, None) => unknown.to_owned(),
    }
}

/// Dollars and cents with thousands set apart, as words have them.
pub(super) fn dollars(amount: Decimal) -> String {
    let plain = cents(amount.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, "00"));
    let mut said = String::with_capacity(plain.len() + 4);
    if amount.is_sign_negative() && !amount.is_zero() {
        said.push('-');
    }
    said.push('$');
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    let _ = write!(said, ".{fraction}");
    said
}

/// A decimal with two places, as replies have money.
pub(super) fn cents(amount: Decimal) -> String {
    let mut rounded = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(2);
    rounded.to_string()
}

/// One end of a range as replies have money.
pub(super) fn end(bound: Bound) -> Option<String> {
    bound.finite().map(cents)
}

fn plain(number: Decimal) -> String {
    number.round_dp(6).normalize().to_string()
}

fn percent(share: Decimal) -> String {
    share.checked_mul(Decimal::ONE_HUNDRED).map_or_else(|| plain(share), |share| format!("{}%", plain(share)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_said_with_thousands_and_cents() {
        assert_eq!(dollars(Decimal::new(130_500, 2)), "$1,305.00");
        assert_eq!(dollars(Decimal::new(1_234_567_895, 3)), "$1,234,567.90");
        assert_eq!(dollars(Decimal::new(-5, 0)), "-$5.00");
        assert_eq!(dollars(Decimal::ZERO), "$0.00");
        assert_eq!(cents(Decimal::new(306, 0)), "306.00");
        assert_eq!(percent(Decimal::new(2, 1)), "20%");
    }
}
