//! Worked cases: given, as of, expected. They are read here and run by `answer`, which has an engine.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::kernel::{did_you_mean, nearest};

use super::fault::RuleFile;
use super::shape::Faults;
use super::yaml::{Node, What};

/// One worked case.
#[derive(Debug, Clone)]
pub struct Case {
    /// The program that it is about.
    pub program: String,
    /// Its name.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// The request, as a caller would send it.
    pub situation: Value,
    /// What must come out.
    pub expected: Expected,
    /// The number of a known trap.
    pub trap: Option<String>,
    /// Where it stands.
    pub file: Arc<RuleFile>,
    /// First byte and one past the last.
    pub at: (usize, usize),
}

/// What must come out of a case.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// The status.
    pub status: Option<String>,
    /// Status by person.
    pub people: Vec<(String, String)>,
    /// Role by person.
    pub roles: Vec<(String, String)>,
    /// The amount, low and high.
    pub amount: Option<Ends>,
    /// The first, prorated amount.
    pub first_period: Option<Ends>,
    /// Outcome by `id` or `id/person`.
    pub requirements: Vec<(String, String)>,
    /// Facts that must be called missing.
    pub missing: Vec<String>,
    /// Whether nothing may be called missing: an empty list says so.
    pub nothing_missing: bool,
    /// Whether no other reading may differ: an empty list says so.
    pub nothing_unsettled: bool,
    /// Requirements whose other reading differs.
    pub unsettled: Vec<String>,
    /// Steps that must be told.
    pub steps: Vec<String>,
    /// Warnings that must be told.
    pub cautions: Vec<String>,
}

/// The ends of an expected amount; one that is left out is not compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    /// The least.
    pub low: Option<Decimal>,
    /// The most.
    pub high: Option<Decimal>,
}

/// Reads the cases of one file.
pub(super) fn read(root: &Node, faults: &mut Faults<'_>, into: &mut Vec<Case>) {
    let Some(program) = root.get("cases_of").and_then(Node::text) else { return };
    let first = into.len();
    for node in root.get("cases").map_or(&[][..], Node::items) {
        let Some(id) = node.get("id").and_then(Node::text) else { continue };
        let own = into.get(first..).unwrap_or_default();
        if own.iter().any(|known| known.id == id) {
            let at = node.get("id").map_or(node.at, |id| id.at);
            faults.add(
                at,
                "duplicate-case",
                format!("there is a case `{id}` already"),
                Some("give it another id".to_owned()),
            );
            continue;
        }
        let mut situation = match (node.get("like"), node.get("situation")) {
            (Some(like), None) => {
                let name = like.text().unwrap_or_default();
                match own.iter().find(|known| known.id == name) {
                    Some(known) => known.situation.clone(),
                    None => {
                        let near = nearest(name, own.iter().map(|known| known.id.as_str()));
                        let help =
                            did_you_mean(near, "`like` names a case that stands above in the same file");
                        faults.add(
                            like.at,
                            "unknown-case",
                            format!("no case above is called `{name}`"),
                            Some(help),
                        );
                        continue;
                    }
                }
            }
            (None, Some(situation)) => json(situation),
            _ => {
                let help =
                    Some("write the whole `situation`, or `like:` and what differs under `with:`".to_owned());
                faults.add(node.head(), "missing-key", "a case has either `situation` or `like`", help);
                continue;
            }
        };
        if let (Some(as_of), Some(map)) = (node.get("as_of").and_then(Node::text), situation.as_object_mut())
        {
            map.insert("as_of".to_owned(), as_of.into());
        }
        for (key, value) in node.get("with").map_or(&[][..], Node::entries) {
            if !change(&mut situation, &key.text, json(value)) {
                let help =
                    Some("a change is a JSON Pointer into the situation, such as /people/0/age".to_owned());
                faults.add(key.at, "unknown-pointer", "this points to nothing in the situation", help);
            }
        }
        complete(node, &situation, faults);
        into.push(Case {
            program: program.to_owned(),
            id: id.to_owned(),
            title: node.get("title").and_then(Node::text).unwrap_or_default().to_owned(),
            situation,
            expected: node.get("expect").map(expected).unwrap_or_default(),
            trap: node.get("trap").and_then(Node::text).map(str::to_owned),
            file: Arc::clone(faults.file),
            at: (node.at.start, node.at.end),
        });
    }
}

/// Tells what a case leaves to chance: the day that it is asked on, and what must come out.
fn complete(node: &Node, situation: &Value, faults: &mut Faults<'_>) {
    if situation.get("as_of").is_none_or(Value::is_null) {
        let at = node.get("id").map_or_else(|| node.head(), |id| id.at);
        let message = "this case names no day, so it would be asked on whatever day it is run";
        let help = "add `as_of:`, or start from a case that has one (`like:`)".to_owned();
        faults.add(at, "no-day", message, Some(help));
    }
    let Some((key, expect)) = node.entry("expect") else { return };
    if expect.entries().is_empty() {
        let help = "write what must come out, such as `{status: eligible}`".to_owned();
        faults.add(key.at, "expects-nothing", "this case expects nothing, so it shows nothing", Some(help));
    }
    for (key, value) in expect.entries() {
        // Of what may be open, an empty list says that nothing is.
        let may_be_empty = matches!(key.text.as_str(), "missing" | "unsettled");
        if !may_be_empty && value.text().is_none() && value.entries().is_empty() && value.items().is_empty() {
            let help = format!("write what must come out, or leave `{}` out", key.text);
            faults.add(key.at, "expects-nothing", format!("`{}` expects nothing", key.text), Some(help));
        }
        let end = |end: &str| super::reader::amount(value.get(end)?.text()?);
        if let (Some(low), Some(high), Some(at)) = (end("low"), end("high"), value.get("high"))
            && low > high
        {
            let help = Some("exchange `low` and `high`".to_owned());
            faults.add(at.at, "empty-range", "the least is more than the greatest", help);
        }
    }
}

/// Puts a value at a JSON Pointer; a `null` takes away what is there. The last step may be new.
fn change(situation: &mut Value, pointer: &str, value: Value) -> bool {
    let Some((parent, last)) = pointer.rsplit_once('/') else { return false };
    let Some(parent) = situation.pointer_mut(parent) else { return false };
    match parent {
        Value::Object(map) => {
            if value.is_null() {
                map.shift_remove(last);
            } else {
                map.insert(last.to_owned(), value);
            }
            true
        }
        Value::Array(list) => {
            let Ok(position) = last.parse::<usize>() else {
                if last == "-" {
                    list.push(value);
                    return true;
                }
                return false;
            };
            if value.is_null() && position < list.len() {
                list.remove(position);
                return true;
            }
            let length = list.len();
            match list.get_mut(position) {
                Some(place) => *place = value,
                None if position == length => list.push(value),
                None => return false,
            }
            true
        }
        _ => false,
    }
}

/// YAML as the JSON that a caller would send. Whole numbers without quotation marks are numbers;
/// everything else that looks like one is a text, as the contract has money and dates.
fn json(node: &Node) -> Value {
    match &node.what {
        What::List(items) => Value::Array(items.iter().map(json).collect()),
        What::Map(entries) => {
            let mut map = Map::new();
            for (key, value) in entries {
                map.insert(key.text.clone(), json(value));
            }
            Value::Object(map)
        }
        What::Text(text) if !text.plain => Value::String(text.text.clone()),
        What::Text(text) => match text.text.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "" | "null" | "~" => Value::Null,
            other => match other.parse::<i64>() {
                Ok(number) => number.into(),
                Err(_) => Value::String(other.to_owned()),
            },
        },
    }
}

fn expected(node: &Node) -> Expected {
    let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    let pairs = |key: &str| {
        let entries = node.get(key).map_or(&[][..], Node::entries);
        entries.iter().filter_map(|(key, value)| Some((key.text.clone(), value.text()?.to_owned()))).collect()
    };
    let texts = |key: &str| {
        let items = node.get(key).map_or(&[][..], Node::items);
        items.iter().filter_map(|item| item.text().map(str::to_owned)).collect()
    };
    let none = |key: &str| node.get(key).is_some_and(|list| list.items().is_empty());
    let range = |key: &str| {
        let node = node.get(key)?;
        let amount = |node: &Node| super::reader::amount(node.text()?);
        match amount(node) {
            Some(value) => Some(Ends { low: Some(value), high: Some(value) }),
            None => {
                Some(Ends { low: node.get("low").and_then(amount), high: node.get("high").and_then(amount) })
            }
        }
    };
    Expected {
        status: text("status"),
        people: pairs("people"),
        roles: pairs("roles"),
        amount: range("amount"),
        first_period: range("first_period"),
        requirements: pairs("requirements"),
        missing: texts("missing"),
        nothing_missing: none("missing"),
        nothing_unsettled: none("unsettled"),
        unsettled: texts("unsettled"),
        steps: texts("steps"),
        cautions: texts("cautions"),
    }
}

/// A text in the plain part of YAML that rule files use, as JSON, with the reading of cases: days and
/// amounts stay texts. `None` if it is not YAML.
#[must_use]
pub fn yaml_as_json(text: &str) -> Option<Value> {
    let file = RuleFile::new("", text);
    let root = super::yaml::read(&file, &mut super::fault::Report::default())?;
    Some(json(&root))
}
