//! Ids are written in one of two ways, so that nobody must look up which: `kebab-case` or `snake_case`.

use super::super::shape::Faults;
use super::super::yaml::{At, Node};

/// Tells each id of a file that is not written as ids of its kind are.
pub(in crate::rulebook) fn check(root: &Node, faults: &mut Faults<'_>) {
    for (key, what) in [("requirements", "requirement"), ("steps", "step"), ("deadlines", "deadline")] {
        items(root, key, what, faults);
    }
    items(root, "cautions", "caution", faults);
    items(root, "cases", "case", faults);
    for requirement in root.get("requirements").map_or(&[][..], Node::items) {
        for key in ["exemptions", "agency_may_accept", "agency_must_confirm"] {
            items(requirement, key, "exemption", faults);
        }
    }
    for (key, what) in [("sources", "source"), ("documents", "document"), ("agencies", "agency")] {
        for (id, _) in root.get(key).map_or(&[][..], Node::entries) {
            kebab(id.at, &id.text, what, faults);
        }
    }
    for (key, what) in [("figures", "figure"), ("definitions", "definition"), ("facts", "fact")] {
        for (id, _) in root.get(key).map_or(&[][..], Node::entries) {
            snake(id.at, &id.text, what, faults);
        }
    }
    for (list, _) in root.get("codes").map_or(&[][..], Node::entries) {
        snake(list.at, &list.text, "code list", faults);
    }
    if let Some((node, id)) = root.get("program").and_then(|node| Some((node, node.text()?))) {
        kebab(node.at, id, "program", faults);
    }
    if let Some((node, id)) = root.get("module").and_then(|node| Some((node, node.text()?))) {
        snake(node.at, id, "module", faults);
    }
    let standings = root.get("unit").and_then(|unit| unit.get("standings"));
    for id in standings.map_or(&[][..], Node::items).iter().filter_map(|one| one.get("id")) {
        snake(id.at, id.text().unwrap_or_default(), "standing", faults);
    }
}

fn items(node: &Node, key: &str, what: &str, faults: &mut Faults<'_>) {
    for id in node.get(key).map_or(&[][..], Node::items).iter().filter_map(|item| item.get("id")) {
        kebab(id.at, id.text().unwrap_or_default(), what, faults);
    }
}

/// A source may end in the capital letter of a paragraph.
fn kebab(at: At, id: &str, what: &str, faults: &mut Faults<'_>) {
    let letters =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || what == "source" && c.is_ascii_uppercase();
    tell(at, id, what, '-', letters, faults);
}

/// A fact about the items of a list has a point in its name.
fn snake(at: At, id: &str, what: &str, faults: &mut Faults<'_>) {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    for part in id.split('.') {
        tell(at, part, what, '_', letters, faults);
    }
}

fn tell(
    at: At,
    id: &str,
    what: &str,
    between: char,
    letters: impl Fn(char) -> bool,
    faults: &mut Faults<'_>,
) {
    let right = id.split(between).all(|word| !word.is_empty() && word.chars().all(&letters));
    // What is empty, or no id at all, is told already.
    if right || id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
        return;
    }
    let words = id.to_ascii_lowercase();
    let words: Vec<&str> = words.split(['-', '_']).filter(|word| !word.is_empty()).collect();
    let help = format!("write `{}`, here and wherever it is named", words.join(&between.to_string()));
    let message = match between {
        '-' => format!("`{id}` is the id of a {what}: small letters, with `-` between the words"),
        _ => format!("`{id}` is the name of a {what}: small letters, with `_` between the words"),
    };
    faults.add(at, "naming", message, Some(help));
}
