//! Ids that stand twice in one list.

use super::super::shape::Faults;
use super::super::yaml::Node;

/// Tells each item of a list whose `id` another has already.
pub(in crate::rulebook) fn check(list: Option<&Node>, what: &str, faults: &mut Faults<'_>) {
    let mut known: Vec<&str> = Vec::new();
    for id in list.map_or(&[][..], Node::items).iter().filter_map(|item| item.get("id")) {
        let Some(text) = id.text() else { continue };
        if known.contains(&text) {
            let message = format!("there is {what} `{text}` already");
            faults.add(id.at, "duplicate-id", message, Some("give one of the two another id".to_owned()));
        }
        known.push(text);
    }
}
