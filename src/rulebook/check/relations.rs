//! Codes that name other codes: relationships that follow from others, and the state of a place.

use crate::kernel::nearest;
use crate::vocabulary::Vocabulary;

use super::super::shape::Faults;
use super::super::yaml::Node;

/// Tells each code of a file that names a code that there is not.
pub(in crate::rulebook) fn check(root: &Node, vocabulary: &Vocabulary, faults: &mut Faults<'_>) {
    for (list, codes) in root.get("codes").map_or(&[][..], Node::entries) {
        for (_, node) in codes.entries() {
            if let Some(state) = node.get("state") {
                code(state, "state", None, vocabulary, faults);
            }
            let Some(closes) = node.get("closes") else { continue };
            let chain = closes.get("through").map_or(&[][..], Node::items);
            for named in ["shares", "unless"].iter().filter_map(|key| closes.get(key)).chain(chain) {
                code(named, &list.text, None, vocabulary, faults);
            }
        }
    }
}

/// Tells a value that is not a code of the list of that name, nor the one word that may stand `beside` its codes.
pub(in crate::rulebook) fn code(
    node: &Node,
    list: &str,
    beside: Option<&str>,
    vocabulary: &Vocabulary,
    faults: &mut Faults<'_>,
) {
    let Some(text) = node.text() else { return };
    let mut codes: Vec<&str> = vocabulary
        .list_named(list)
        .and_then(|id| vocabulary.list(id))
        .map_or_else(Vec::new, |list| list.codes.iter().map(|code| code.code.as_str()).collect());
    codes.extend(beside);
    if !codes.contains(&text) {
        let message = match beside {
            Some(word) => format!("`{text}` is neither `{word}` nor a code of the list `{list}`"),
            None => format!("`{text}` is not a code of the list `{list}`"),
        };
        faults.add(node.at, "unknown-code", message, Some(near_or_all(text, list, &codes)));
    }
}

/// The nearest code, or all of them if they are few.
pub(in crate::rulebook) fn near_or_all(text: &str, list: &str, codes: &[&str]) -> String {
    const FEW: usize = 8;
    match nearest(text, codes.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if codes.len() <= FEW => format!("write one of {}", codes.join(", ")),
        None => format!("the list `{list}` in rules/vocabulary has {} codes", codes.len()),
    }
}
