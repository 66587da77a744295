//! Sources, documents and agencies.

use std::collections::BTreeMap;

use super::book::SourceId;
use super::reader::Reader;
use super::registry::{Agency, Document, Review, Source};
use super::yaml::Node;

/// Puts the sources of one file into the registry.
pub(super) fn sources(
    root: &Node,
    into: &mut Vec<Source>,
    ids: &mut BTreeMap<String, SourceId>,
    faults: &mut super::shape::Faults<'_>,
) {
    for (key, node) in root.get("sources").map_or(&[][..], Node::entries) {
        if ids.contains_key(&key.text) {
            let message = format!("there is a source `{}` already", key.text);
            faults.add(
                key.at,
                "duplicate-source",
                message,
                Some("keep one of the two, or give this one another id".to_owned()),
            );
            continue;
        }
        let Some(source) = source(&key.text, node) else { continue };
        let Ok(id) = SourceId::try_from(into.len()) else { continue };
        ids.insert(key.text.clone(), id);
        into.push(source);
    }
}

fn source(id: &str, node: &Node) -> Option<Source> {
    let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    let day = |key: &str| node.get(key).and_then(Node::text).and_then(|text| text.parse().ok());
    Some(Source {
        id: id.to_owned(),
        text: text("text")?,
        title: text("title")?,
        url: text("url")?,
        review: Review::named(node.get("review")?.text()?)?,
        reviewed_on: day("reviewed_on")?,
        reviewed_by: text("reviewed_by")?,
        against: text("against")?,
        until: day("until"),
    })
}

/// Puts the documents of one file into the registry.
pub(super) fn documents(root: &Node, into: &mut Vec<Document>, reader: &mut Reader<'_, '_>) {
    for (key, node) in root.get("documents").map_or(&[][..], Node::entries) {
        if into.iter().any(|known| known.id == key.text) {
            reader.faults.add(
                key.at,
                "duplicate-document",
                format!("there is a document `{}` already", key.text),
                Some("keep one of the two".to_owned()),
            );
            continue;
        }
        let any_of: Vec<_> = node.get("any_of").map_or(&[][..], Node::items).to_vec();
        let any_of = any_of.iter().filter_map(|item| reader.words(Some(item))).collect();
        let (title, if_missing) = (reader.words(node.get("title")), reader.words(node.get("if_missing")));
        let cite = reader.cite(node.get("cite"));
        if let (Some(title), Some(if_missing)) = (title, if_missing) {
            into.push(Document { id: key.text.clone(), title, any_of, if_missing, cite });
        }
    }
}

/// Puts the agencies of one file into the registry.
pub(super) fn agencies(root: &Node, into: &mut Vec<Agency>, reader: &mut Reader<'_, '_>) {
    for (key, node) in root.get("agencies").map_or(&[][..], Node::entries) {
        if into.iter().any(|known| known.id == key.text) {
            reader.faults.add(
                key.at,
                "duplicate-agency",
                format!("there is an agency `{}` already", key.text),
                Some("keep one of the two".to_owned()),
            );
            continue;
        }
        let Some(title) = reader.words(node.get("title")) else { continue };
        let mut optional = |key: &str| node.get(key).and_then(|words| reader.words(Some(words)));
        let (hours, how) = (optional("hours"), optional("how"));
        let cite = reader.cite(node.get("cite"));
        into.push(Agency {
            id: key.text.clone(),
            title,
            phone: reader.text(node.get("phone")),
            url: reader.text(node.get("url")),
            hours,
            how,
            cite,
            checked_on: reader.day(node.get("checked_on")),
        });
    }
}
