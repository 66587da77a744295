//! What a state adds to a program neither doubles nor replaces the federal part in silence.
//!
//! A state decides what the program leaves to it (`option: true`), once. Its steps, cautions, `if_refused` and
//! `ongoing` take the place of the federal ones if they say `replaces: federal`; all else stands beside the federal part.

use super::super::shape::Faults;
use super::super::yaml::{At, Node};

/// The files beside a state's file.
pub(in crate::rulebook) struct Beside<'r> {
    /// The program itself, with the modules of its name.
    pub(in crate::rulebook) federal: Vec<&'r Node>,
    /// Files of the same state for the same program that were read before.
    pub(in crate::rulebook) earlier: Vec<&'r Node>,
}

/// Tells what a state's file says that the program, or another file of the state, says already.
pub(in crate::rulebook) fn check(part: &Node, beside: &Beside<'_>, faults: &mut Faults<'_>) {
    jurisdiction(part, beside, faults);
    for section in ["figures", "definitions"] {
        options(part, section, beside, faults);
    }
    for (section, what) in [("steps", "step"), ("cautions", "caution")] {
        for node in part.get(section).map_or(&[][..], Node::items) {
            let Some((at, id)) = id_of(node) else { continue };
            if has(&beside.earlier, section, id) {
                twice(at, what, id, faults);
                continue;
            }
            replaces(node, at, has(&beside.federal, section, id), &format!("{what} `{id}`"), faults);
        }
    }
    for (section, what) in [("requirements", "requirement"), ("deadlines", "deadline")] {
        for (at, id) in part.get(section).map_or(&[][..], Node::items).iter().filter_map(id_of) {
            if has(&beside.federal, section, id)
                || section == "deadlines" && has(&beside.earlier, section, id)
            {
                twice(at, what, id, faults);
            }
        }
    }
    for section in ["if_refused", "ongoing"] {
        let Some((key, node)) = part.entry(section) else { continue };
        if beside.earlier.iter().any(|other| other.get(section).is_some()) {
            let message =
                format!("another file of this state says `{section}` already, and only one is told");
            faults.add(key.at, "duplicate-id", message, Some("put both into one file".to_owned()));
            continue;
        }
        let federal = beside.federal.iter().any(|other| other.get(section).is_some());
        let one = std::slice::from_ref(node);
        let items = if node.items().is_empty() { one } else { node.items() };
        for item in items {
            replaces(
                item,
                if items.len() == 1 { key.at } else { item.head() },
                federal,
                &format!("`{section}`"),
                faults,
            );
        }
    }
    agency(part, beside, faults);
}

/// Tells what a state's own program leaves open, and no file of the state decides.
pub(in crate::rulebook) fn left_open(root: &Node, parts: &[&Node], faults: &mut Faults<'_>) {
    for section in ["figures", "definitions"] {
        for (key, node) in root.get(section).map_or(&[][..], Node::entries) {
            let option = node.get("option").and_then(Node::text) == Some("true");
            if option && !parts.iter().any(|part| said(part, section, &key.text).is_some()) {
                let message =
                    format!("`{}` is left to the state, and no file of the state decides it", key.text);
                let help = "write its value here in place of `option: true`, or in a file that begins with `extends:`";
                faults.add(key.at, "open-option", message, Some(help.to_owned()));
            }
        }
    }
}

/// Tells each entry of the program itself that would replace something.
pub(in crate::rulebook) fn check_federal(root: &Node, faults: &mut Faults<'_>) {
    for section in ["steps", "cautions", "if_refused", "ongoing"] {
        let Some(node) = root.get(section) else { continue };
        let one = std::slice::from_ref(node);
        for item in if node.items().is_empty() { one } else { node.items() } {
            if let Some((key, _)) = item.entry("replaces") {
                let message = "only what a state adds can replace the federal part";
                faults.add(key.at, "replaces", message, Some("take `replaces` out".to_owned()));
            }
        }
    }
}

fn replaces(node: &Node, at: At, federal: bool, what: &str, faults: &mut Faults<'_>) {
    match (node.entry("replaces"), federal) {
        (None, true) => {
            let message =
                format!("the program has the {what} already, and only one of the two would be told");
            let help = "say `replaces: federal` if this one takes its place; otherwise give it another id or leave it out";
            faults.add(at, "replaces", message, Some(help.to_owned()));
        }
        (Some((key, _)), false) => {
            let message = format!("the program has no {what}, so there is nothing to replace");
            faults.add(
                key.at,
                "replaces",
                message,
                Some("take `replaces` out, or correct the id".to_owned()),
            );
        }
        _ => {}
    }
}

fn jurisdiction(part: &Node, beside: &Beside<'_>, faults: &mut Faults<'_>) {
    let Some((node, state)) = part.get("state").and_then(|node| Some((node, node.text()?))) else { return };
    let of = beside.federal.iter().find_map(|root| root.get("jurisdiction")?.text());
    if let Some(own) = of.filter(|own| *own != "federal" && *own != state) {
        let message = format!("this program is one of `{own}`, and `{state}` cannot add to it");
        let help = format!("write `state: {own}`, or make the program federal");
        faults.add(node.at, "another-state", message, Some(help));
    }
}

fn options(part: &Node, section: &str, beside: &Beside<'_>, faults: &mut Faults<'_>) {
    for (key, _) in part.get(section).map_or(&[][..], Node::entries) {
        let find = |roots: &[&'_ Node]| roots.iter().any(|root| said(root, section, &key.text).is_some());
        let option = |root: &&Node| {
            let node = said(root, section, &key.text)?;
            Some(node.get("option").and_then(Node::text) == Some("true"))
        };
        if find(&beside.earlier) {
            let message = format!("another file of this state says what `{}` is already", key.text);
            faults.add(key.at, "duplicate-option", message, Some("keep one of the two".to_owned()));
        } else if beside.federal.iter().find_map(option) == Some(false) {
            let message =
                format!("`{}` is not left to the states: the program itself says what it is", key.text);
            let help = "say `option: true` in the program's file if each state decides it, or give this one another name";
            faults.add(key.at, "not-an-option", message, Some(help.to_owned()));
        }
    }
}

fn agency(part: &Node, beside: &Beside<'_>, faults: &mut Faults<'_>) {
    let Some((node, id)) = part.get("agency").and_then(|node| Some((node, node.text()?))) else { return };
    let named =
        |roots: &[&Node]| roots.iter().any(|root| root.get("agency").and_then(Node::text) == Some(id));
    let message = if named(&beside.federal) {
        format!("the program names the agency `{id}` already")
    } else if beside.earlier.iter().any(|root| root.get("agency").is_some()) {
        "another file of this state says who runs the program already".to_owned()
    } else {
        return;
    };
    let help = "take it out; what a state names is told beside the agency of the program";
    faults.add(node.at, "duplicate-id", message, Some(help.to_owned()));
}

fn said<'n>(root: &'n Node, section: &str, name: &str) -> Option<&'n Node> {
    root.get(section)?.get(name)
}

fn id_of(node: &Node) -> Option<(At, &str)> {
    let id = node.get("id")?;
    Some((id.at, id.text()?))
}

fn has(roots: &[&Node], section: &str, id: &str) -> bool {
    let ids = roots.iter().flat_map(|root| root.get(section).map_or(&[][..], Node::items)).filter_map(id_of);
    ids.into_iter().any(|(_, known)| known == id)
}

fn twice(at: At, what: &str, id: &str, faults: &mut Faults<'_>) {
    let message = format!("there is a {what} `{id}` already, and both would be told");
    faults.add(at, "duplicate-id", message, Some("give this one another id, or leave it out".to_owned()));
}
