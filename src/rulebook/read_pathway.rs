//! Pathways: which facts of a person an approval changes.

use crate::kernel::{CodeSet, Truth, Value, did_you_mean, nearest};
use crate::language::{Subject, Type};
use crate::vocabulary::{About, Kind};

use super::book::{Pathway, Sets};
use super::reader::Reader;
use super::yaml::{Key, Node};

/// Reads what approval makes true of a person.
pub(super) fn pathway(node: &Node, reader: &mut Reader<'_, '_>) -> Option<Pathway> {
    let mut sets = Vec::new();
    for (key, value) in node.get("sets").map_or(&[][..], Node::entries) {
        sets.extend(set(key, value, reader));
    }
    let when = match node.get("when") {
        Some(when) => Some(reader.test(when, Subject::Person)?.0),
        None => None,
    };
    let takes = reader.words(node.get("takes"))?;
    let cite = reader.cite(node.get("cite"));
    Some(Pathway { when, sets, takes, cite })
}

fn set(key: &Key, node: &Node, reader: &mut Reader<'_, '_>) -> Option<(crate::language::FactId, Sets)> {
    let vocabulary = &reader.names.vocabulary;
    let found = vocabulary.named(&key.text).and_then(|id| Some((id, vocabulary.fact(id)?)));
    let Some((id, fact)) = found.filter(|(_, fact)| fact.about == About::Person) else {
        let near = nearest(&key.text, vocabulary.by_name.keys().map(String::as_str));
        let help = did_you_mean(near, "an approval changes facts of a person");
        let message = format!("no fact of a person is called `{}`", key.text);
        reader.faults.add(key.at, "unknown-name", message, Some(help));
        return None;
    };
    let text = node.text().unwrap_or_default();
    let sets = match (fact.kind, text) {
        (Kind::One(Type::Date), "as_of") => Some(Sets::TheDay),
        (Kind::One(Type::Boolean), "true" | "false") => {
            Some(Sets::To(Value::Truth(Truth::from(text == "true"))))
        }
        (Kind::One(Type::Code(list)), code) => {
            let position = vocabulary.list(list).and_then(|list| list.position(code));
            position.map(|position| Sets::To(Value::Code(CodeSet::only(position))))
        }
        _ => None,
    };
    if sets.is_none() {
        let message = format!("`{text}` is no value that `{}` can have", key.text);
        let help = "give a code of its list, true or false, or `as_of` for the day of approval".to_owned();
        reader.faults.add(node.at, "unknown-code", message, Some(help));
    }
    sets.map(|sets| (id, sets))
}
