//! What a rule file may hold, as tables: one table checks every file and makes the JSON Schema.

use std::str::FromStr;
use std::sync::Arc;

use crate::kernel::{Day, iso_day, nearest};

use super::fault::{Report, RuleFault, RuleFile, Severity};
use super::yaml::{At, Node, What};

/// What a value must look like.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// `kebab-case`.
    Id,
    /// A day.
    Day,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Whole,
    /// A number, an amount of money or a percentage.
    Amount,
    /// An amount, or `true` or `false`.
    AmountOrBoolean,
    /// An expression of the rule language.
    Expression,
    /// An expression, or `all`, `any`, `not` of tests.
    Test,
    /// English and Spanish.
    Words,
    /// One source id or a list of them.
    Cite,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A map of this shape.
    Shape(&'static Shape),
    /// A list.
    List(&'static Kind),
    /// One, or a list of them.
    OneOrMany(&'static Kind),
    /// A map with any keys.
    Map(&'static Kind),
    /// Either of two, told apart by whether it is a map.
    MapOr(&'static Kind, &'static Kind),
    /// Anything at all.
    Any,
}

/// A map with known keys.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) keys: &'static [Field],
}

/// One key of a shape.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) kind: Kind,
    pub(super) needed: bool,
    pub(super) about: &'static str,
}

/// A key that must be there.
pub(super) const fn needed(key: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { key, kind, needed: true, about }
}

/// A key that may be left out.
pub(super) const fn may(key: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { key, kind, needed: false, about }
}

/// Where faults of one file go.
pub(super) struct Faults<'a> {
    pub(super) file: &'a Arc<RuleFile>,
    pub(super) report: &'a mut Report,
}

impl Faults<'_> {
    /// Tells what keeps the rules from being used.
    pub(super) fn add(
        &mut self,
        at: At,
        code: &'static str,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.tell(Severity::Error, at, code, message.into(), help);
    }

    /// Tells what should be looked at.
    pub(super) fn warn(
        &mut self,
        at: At,
        code: &'static str,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        self.tell(Severity::Warning, at, code, message.into(), help);
    }

    fn tell(
        &mut self,
        severity: Severity,
        at: At,
        code: &'static str,
        message: String,
        help: Option<String>,
    ) {
        self.report.add(RuleFault {
            severity,
            code,
            message,
            help,
            file: Arc::clone(self.file),
            start: at.start,
            end: at.end,
        });
    }
}

/// Checks a value against a kind; every fault in it is told.
///
/// A key that is misspelt is read as the one that was meant, so that nothing follows from it.
pub(super) fn conform(node: &mut Node, kind: &Kind, faults: &mut Faults<'_>) {
    match (kind, &mut node.what) {
        (Kind::Any, _) => {}
        (Kind::Shape(shape), What::Map(_)) => conform_map(node, shape, faults),
        (Kind::List(of) | Kind::OneOrMany(of), What::List(items)) => {
            items.iter_mut().for_each(|item| conform(item, of, faults));
        }
        (Kind::List(_), What::Map(_)) => {
            let help = "begin each item on a line of its own with a dash: `- `, or write `[…, …]`";
            let message = "a list is wanted here, and this is a map";
            faults.add(node.head(), "wrong-kind", message, Some(help.to_owned()));
        }
        (Kind::OneOrMany(of), _) => conform(node, of, faults),
        (Kind::Map(of), What::Map(entries)) => {
            entries.iter_mut().for_each(|(_, value)| conform(value, of, faults))
        }
        (Kind::MapOr(map, _), What::Map(_)) => conform(node, map, faults),
        (Kind::MapOr(_, other), _) => conform(node, other, faults),
        (Kind::Cite, What::List(items)) if items.is_empty() => {
            faults.add(
                node.at,
                "no-citation",
                "this list of sources is empty",
                Some("name a source in rules/sources".to_owned()),
            );
        }
        (Kind::Cite, What::List(items)) => items.iter_mut().for_each(|item| conform(item, &Kind::Id, faults)),
        (Kind::Cite, What::Text(_)) => conform(node, &Kind::Id, faults),
        (Kind::Words, What::Map(_)) => conform_map(node, &super::shapes::WORDS, faults),
        (Kind::Test, What::Map(_)) => conform_test(node, faults),
        (_, What::Text(text)) => {
            if let Some(wanted) = refused(kind, &text.text) {
                wrong_text(node.at, kind, &text.text, &wanted, faults);
            }
        }
        (kind, _) => {
            let message = format!("expected {}, but this is {}", describe(kind), node.kind());
            faults.add(node.head(), "wrong-kind", message, Some(advice(kind)));
        }
    }
}

fn wrong_text(at: At, kind: &Kind, text: &str, wanted: &str, faults: &mut Faults<'_>) {
    let near = if let Kind::OneOf(words) = kind { nearest(text, words.iter().copied()) } else { None };
    let help = match (near, kind) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, Kind::Amount | Kind::AmountOrBoolean) if text.contains(',') => without_commas(text),
        (None, kind) => advice(kind),
    };
    let message = match kind {
        _ if text.is_empty() => "nothing is written here".to_owned(),
        Kind::Day if is_day_shape(text) => format!("`{text}` is not a day of the calendar"),
        Kind::OneOf(_) => format!("`{}` is not one of the words that can stand here", short(text)),
        _ => format!("expected {wanted}, but this is `{}`", short(text)),
    };
    faults.add(at, "wrong-kind", message, Some(help));
}

/// How an amount with commas is written.
fn without_commas(text: &str) -> String {
    let mut parts = text.split(',');
    let first = parts.next().unwrap_or_default();
    let further: Vec<&str> = parts.collect();
    let thousands = |part: &&str| part.split('.').next().is_some_and(|whole| whole.len() == 3);
    let plain = text.replace(',', "");
    if further.iter().all(thousands) && super::reader::amount(&plain).is_some() {
        return format!("leave out the comma: {plain}");
    }
    match further.as_slice() {
        [cents] if cents.len() == 2 && super::reader::amount(&format!("{first}.{cents}")).is_some() => {
            format!("write the cents after a point: {first}.{cents}")
        }
        _ => "write plain digits without commas".to_owned(),
    }
}

/// How a kind of value is written.
fn advice(kind: &Kind) -> String {
    match kind {
        Kind::Id => {
            "an id has no spaces, `/` or brackets; a citation as lawyers write it stands in rules/sources"
                .to_owned()
        }
        Kind::Day => "write year-month-day, such as 2023-10-01".to_owned(),
        Kind::Boolean => "write `true` or `false`, in small letters".to_owned(),
        Kind::Whole => "write digits alone".to_owned(),
        Kind::Amount => "write plain digits, with `$` before money and `%` after a rate".to_owned(),
        Kind::AmountOrBoolean => {
            "write plain digits, with `$` before money and `%` after a rate, or `true` or `false`".to_owned()
        }
        Kind::Words => "write `{en: \"…\", es: \"…\"}`".to_owned(),
        Kind::OneOf(words) => format!("write one of {}", words.join(", ")),
        Kind::Shape(shape) => {
            let keys: Vec<_> = shape.keys.iter().map(|field| field.key).collect();
            format!("write a map with the keys {}", keys.join(", "))
        }
        Kind::List(_) => "write `[…, …]`, or begin each on a line of its own with `- `".to_owned(),
        Kind::Map(_) => "write `key: value` pairs".to_owned(),
        Kind::OneOrMany(of) | Kind::MapOr(_, of) => advice(of),
        Kind::Test => {
            "write a test such as `age >= 18`, or `all:` or `any:` before a list of tests".to_owned()
        }
        _ => "rules/README.md shows how it is written".to_owned(),
    }
}

/// A shape as a sentence names it.
fn called(shape: &Shape) -> String {
    if shape.name.contains(' ') { shape.name.to_owned() } else { format!("`{}`", shape.name) }
}

/// The beginning of a text.
fn short(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

fn is_day_shape(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

fn conform_map(node: &mut Node, shape: &'static Shape, faults: &mut Faults<'_>) {
    let mut known: Vec<String> = node.entries().iter().map(|(key, _)| key.text.clone()).collect();
    let mut before = String::new();
    for (place, (key, value)) in node.entries_mut().into_iter().flatten().enumerate() {
        let said = value.text().map(str::to_owned);
        if let Some(field) = shape.keys.iter().find(|field| field.key == key.text) {
            conform(value, &field.kind, faults);
            before = said.unwrap_or_default();
            continue;
        }
        let message = format!("{} has no key `{}`", called(shape), key.text);
        let near = nearest(&key.text, shape.keys.iter().map(|field| field.key));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            // What stands after a comma in `{en: Yes, you can}` is read as a key.
            None if said.as_deref() == Some("") => cut_off(&before, &key.text),
            None => {
                let keys: Vec<_> = shape.keys.iter().map(|field| field.key).collect();
                format!("its keys are {}", keys.join(", "))
            }
        };
        faults.add(key.at, "unknown-key", message, Some(help));
        let meant = near.filter(|near| !known.iter().any(|known| known == near));
        if let Some(field) = meant.and_then(|near| shape.keys.iter().find(|field| field.key == near)) {
            key.text = field.key.to_owned();
            if let Some(known) = known.get_mut(place) {
                *known = key.text.clone();
            }
            conform(value, &field.kind, faults);
        }
        before = said.unwrap_or_default();
    }
    for field in shape.keys.iter().filter(|field| field.needed) {
        if node.get(field.key).is_none() {
            if matches!(field.kind, Kind::Cite) {
                let help = "add `cite:` and the id of a source in rules/sources".to_owned();
                faults.add(node.head(), "no-citation", format!("{} cites no law", called(shape)), Some(help));
                continue;
            }
            let message = format!("{} needs `{}`: {}", called(shape), field.key, field.about);
            let help = format!("add `{}:`", field.key);
            faults.add(node.head(), "missing-key", message, Some(help));
        }
    }
    let day = |key: &str| node.get(key).and_then(|node| Some((node.at, Day::from_str(node.text()?).ok()?)));
    if let (Some((_, from)), Some((at, until))) = (day("from"), day("until"))
        && until < from
    {
        let help = "both are days on which it holds: `until` is the same day or a later one".to_owned();
        faults.add(at, "dates", format!("this ends on {until}, before it begins on {from}"), Some(help));
    }
}

/// What to do about a text that a comma between braces cut in two.
fn cut_off(before: &str, after: &str) -> String {
    let number = |text: &str| text.starts_with(|c: char| c == '$' || c.is_ascii_digit());
    if number(before) && after.starts_with(|c: char| c.is_ascii_digit()) {
        return without_commas(&format!("{before},{after}"));
    }
    if before.contains(['“', '”']) || after.contains(['“', '”']) {
        return "“ and ” are letters like any other: write straight quotation marks (`\"`)".to_owned();
    }
    "a text that holds a comma, `:` or `#` needs quotation marks".to_owned()
}

fn conform_test(node: &mut Node, faults: &mut Faults<'_>) {
    for (key, value) in node.entries_mut().into_iter().flatten() {
        match key.text.as_str() {
            "all" | "any" => match &mut value.what {
                What::List(items) if !items.is_empty() => {
                    items.iter_mut().for_each(|item| conform(item, &Kind::Test, faults));
                }
                _ => {
                    let help = Some("begin each test on a line of its own with `- `".to_owned());
                    faults.add(key.at, "wrong-kind", format!("`{}` needs a list of tests", key.text), help);
                }
            },
            "not" => conform(value, &Kind::Test, faults),
            other => {
                let help = Some("a test is an expression, or `all`, `any` or `not` of tests".to_owned());
                faults.add(key.at, "unknown-key", format!("a test has no key `{other}`"), help);
            }
        }
    }
    if node.entries().len() != 1 {
        let help = Some("put one inside the other, as an item of its list".to_owned());
        faults.add(node.head(), "wrong-kind", "a test has exactly one of `all`, `any` and `not`", help);
    }
}

/// What was wanted, if the text is not that.
fn refused(kind: &Kind, text: &str) -> Option<String> {
    let fits = match kind {
        Kind::Text => !text.trim().is_empty(),
        Kind::Expression | Kind::Test => !text.trim().is_empty(),
        Kind::Id => is_id(text),
        Kind::Day => iso_day(text).is_some(),
        Kind::Boolean => matches!(text, "true" | "false"),
        Kind::Whole => text.parse::<i64>().is_ok(),
        Kind::Amount => super::reader::amount(text).is_some(),
        Kind::AmountOrBoolean => matches!(text, "true" | "false") || super::reader::amount(text).is_some(),
        Kind::OneOf(words) => words.contains(&text),
        _ => false,
    };
    (!fits).then(|| describe(kind))
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// A kind in words.
pub(super) fn describe(kind: &Kind) -> String {
    match kind {
        Kind::Text => "a text".to_owned(),
        Kind::Id => "an id such as `7-cfr-273-9-a` (letters, digits, `-`)".to_owned(),
        Kind::Day => "a day such as 2026-10-01".to_owned(),
        Kind::Boolean => "`true` or `false`".to_owned(),
        Kind::Whole => "a whole number".to_owned(),
        Kind::Amount => "a number, an amount such as $35 or a rate such as 20%, in plain digits".to_owned(),
        Kind::AmountOrBoolean => {
            "a number, an amount such as $35, a rate such as 20%, `true` or `false`".to_owned()
        }
        Kind::Expression => "an expression".to_owned(),
        Kind::Test => "a test: an expression, or `all`, `any` or `not` of tests".to_owned(),
        Kind::Words => "words as `{en: …, es: …}`".to_owned(),
        Kind::Cite => "a source id, or a list of them".to_owned(),
        Kind::OneOf(words) => format!("one of {}", words.join(", ")),
        Kind::Shape(shape) => format!("a map ({})", shape.about),
        Kind::List(of) => format!("a list: {}", describe(of)),
        Kind::OneOrMany(of) => format!("one or a list: {}", describe(of)),
        Kind::Map(_) => "a map".to_owned(),
        Kind::MapOr(_, other) => describe(other),
        Kind::Any => "anything".to_owned(),
    }
}
