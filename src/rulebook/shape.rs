//! What a rule file may hold, as tables: one table checks every file and makes the JSON Schema.

use std::str::FromStr;
use std::sync::Arc;

use crate::kernel::{Day, nearest};

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
    pub(super) fn add(&mut self, at: At, code: &'static str, message: impl Into<String>, help: Option<String>) {
        self.report.add(RuleFault {
            severity: Severity::Error,
            code,
            message: message.into(),
            help,
            file: Arc::clone(self.file),
            start: at.start,
            end: at.end,
        });
    }

    pub(super) fn warn(&mut self, at: At, code: &'static str, message: impl Into<String>, help: Option<String>) {
        self.report.add(RuleFault {
            severity: Severity::Warning,
            code,
            message: message.into(),
            help,
            file: Arc::clone(self.file),
            start: at.start,
            end: at.end,
        });
    }
}

/// Checks a value against a kind; every fault in it is told.
pub(super) fn conform(node: &Node, kind: &Kind, faults: &mut Faults<'_>) {
    match (kind, &node.what) {
        (Kind::Any, _) => {}
        (Kind::Shape(shape), What::Map(_)) => conform_map(node, shape, faults),
        (Kind::List(of), What::List(items)) => items.iter().for_each(|item| conform(item, of, faults)),
        (Kind::OneOrMany(of), What::List(items)) => items.iter().for_each(|item| conform(item, of, faults)),
        (Kind::OneOrMany(of), _) => conform(node, of, faults),
        (Kind::Map(of), What::Map(entries)) => entries.iter().for_each(|(_, value)| conform(value, of, faults)),
        (Kind::MapOr(map, _), What::Map(_)) => conform(node, map, faults),
        (Kind::MapOr(_, other), _) => conform(node, other, faults),
        (Kind::Cite, What::List(items)) => items.iter().for_each(|item| conform(item, &Kind::Id, faults)),
        (Kind::Cite, What::Text(_)) => conform(node, &Kind::Id, faults),
        (Kind::Words, What::Map(_)) => conform_map(node, &super::shapes::WORDS, faults),
        (Kind::Test, What::Map(_)) => conform_test(node, faults),
        (_, What::Text(text)) => {
            if let Some(wanted) = refused(kind, &text.text) {
                let near = match kind {
                    Kind::OneOf(words) => nearest(&text.text, words.iter().copied()),
                    _ => None,
                };
                let help = near.map(|near| format!("did you mean `{near}`?"));
                faults.add(node.at, "wrong-kind", format!("expected {wanted}"), help);
            }
        }
        (kind, _) => {
            let message = format!("expected {}, but this is {}", describe(kind), node.kind());
            faults.add(node.at, "wrong-kind", message, None);
        }
    }
}

fn conform_map(node: &Node, shape: &'static Shape, faults: &mut Faults<'_>) {
    for (key, value) in node.entries() {
        match shape.keys.iter().find(|field| field.key == key.text) {
            Some(field) => conform(value, &field.kind, faults),
            None => {
                let message = format!("{} has no key `{}`", shape.name, key.text);
                let help = match nearest(&key.text, shape.keys.iter().map(|field| field.key)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => {
                        let keys: Vec<_> = shape.keys.iter().map(|field| field.key).collect();
                        format!("its keys are {}", keys.join(", "))
                    }
                };
                faults.add(key.at, "unknown-key", message, Some(help));
            }
        }
    }
    for field in shape.keys.iter().filter(|field| field.needed) {
        if node.get(field.key).is_none() {
            let at = At { start: node.at.start, end: (node.at.start + 1).min(node.at.end.max(node.at.start)) };
            let message = format!("{} needs `{}`: {}", shape.name, field.key, field.about);
            faults.add(at, "missing-key", message, None);
        }
    }
}

fn conform_test(node: &Node, faults: &mut Faults<'_>) {
    for (key, value) in node.entries() {
        match key.text.as_str() {
            "all" | "any" => match &value.what {
                What::List(items) if !items.is_empty() => {
                    items.iter().for_each(|item| conform(item, &Kind::Test, faults));
                }
                _ => faults.add(value.at, "wrong-kind", format!("`{}` needs a list of tests", key.text), None),
            },
            "not" => conform(value, &Kind::Test, faults),
            other => {
                let help = Some("a test is an expression, or `all`, `any` or `not` of tests".to_owned());
                faults.add(key.at, "unknown-key", format!("a test has no key `{other}`"), help);
            }
        }
    }
    if node.entries().len() != 1 {
        faults.add(node.at, "wrong-kind", "a test has exactly one of `all`, `any` and `not`", None);
    }
}

/// What was wanted, if the text is not that.
fn refused(kind: &Kind, text: &str) -> Option<String> {
    let fits = match kind {
        Kind::Text => !text.trim().is_empty(),
        Kind::Expression | Kind::Test => !text.trim().is_empty(),
        Kind::Id => is_id(text),
        Kind::Day => Day::from_str(text).is_ok(),
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
        Kind::AmountOrBoolean => "a number, an amount such as $35, a rate such as 20%, `true` or `false`".to_owned(),
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
