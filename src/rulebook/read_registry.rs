//! Sources, documents and agencies.

use std::collections::BTreeMap;

use super::book::SourceId;
use super::reader::Reader;
use super::registry::{Agency, Document, Review, Source};
use super::yaml::Node;

/// Puts the sources of one file into the registry.
pub(super) fn sources(root: &Node, into: &mut Vec<Source>, ids: &mut BTreeMap<String, SourceId>) {
    for (key, node) in root.get("sources").map_or(&[][..], Node::entries) {
        let source = source(&key.text, node);
        let Ok(id) = SourceId::try_from(into.len()) else { continue };
        ids.insert(key.text.clone(), id);
        into.push(source);
    }
}

/// A source; what has the wrong shape is told already, and the source is known by its id all the same.
fn source(id: &str, node: &Node) -> Source {
    let text = |key: &str| node.get(key).and_then(Node::text).unwrap_or_default().to_owned();
    let day = |key: &str| node.get(key).and_then(Node::text).and_then(|text| text.parse().ok());
    Source {
        id: id.to_owned(),
        text: text("text"),
        title: text("title"),
        url: text("url"),
        review: node.get("review").and_then(Node::text).and_then(Review::named).unwrap_or(Review::Unverified),
        reviewed_on: day("reviewed_on").unwrap_or_default(),
        reviewed_by: text("reviewed_by"),
        against: text("against"),
        until: day("until"),
    }
}

/// Puts the documents of one file into the registry.
pub(super) fn documents(root: &Node, into: &mut Vec<Document>, reader: &mut Reader<'_, '_>) {
    for (key, node) in root.get("documents").map_or(&[][..], Node::entries) {
        let any_of: Vec<_> = node.get("any_of").map_or(&[][..], Node::items).to_vec();
        let any_of = any_of.iter().filter_map(|item| reader.words(Some(item))).collect();
        let (title, if_missing) = (reader.words(node.get("title")), reader.words(node.get("if_missing")));
        let cite = reader.cite(node.get("cite"));
        let (title, if_missing) = (title.unwrap_or_default(), if_missing.unwrap_or_default());
        into.push(Document { id: key.text.clone(), title, any_of, if_missing, cite });
    }
}

/// Puts the agencies of one file into the registry.
pub(super) fn agencies(root: &Node, into: &mut Vec<Agency>, reader: &mut Reader<'_, '_>) {
    for (key, node) in root.get("agencies").map_or(&[][..], Node::entries) {
        let title = reader.words(node.get("title")).unwrap_or_default();
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
