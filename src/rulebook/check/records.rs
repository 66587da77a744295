//! Facts are about something that there is: a misspelt kind of list item must not become a new one.

use crate::kernel::nearest;

use super::super::shape::Faults;
use super::super::yaml::Node;

const SUBJECTS: [&str; 3] = ["situation", "person", "household"];

/// Kinds of list items that the facts of one file declare (`type: items x`).
pub(in crate::rulebook) fn declared(root: &Node) -> impl Iterator<Item = &str> {
    facts(root).filter_map(|node| node.get("type")?.text()?.strip_prefix("items ").map(str::trim))
}

/// Kinds of list items that facts of one file are about.
pub(in crate::rulebook) fn described(root: &Node) -> impl Iterator<Item = &str> {
    facts(root).filter_map(|node| node.get("about")?.text()).filter(|about| !SUBJECTS.contains(about))
}

/// Tells each fact of a file that is about nothing, or whose items have no facts.
pub(in crate::rulebook) fn check(
    root: &Node,
    declared: &[&str],
    described: &[&str],
    faults: &mut Faults<'_>,
) {
    for node in facts(root) {
        if let Some((at, about)) = node.get("about").and_then(|at| Some((at.at, at.text()?)))
            && !SUBJECTS.contains(&about)
            && !declared.contains(&about)
        {
            let near = nearest(about, SUBJECTS.iter().chain(declared).copied());
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "a fact is about situation, person, household, or the items of a list ({})",
                    declared.join(", ")
                ),
            };
            faults.add(at, "unknown-record", format!("no list has items called `{about}`"), Some(help));
        }
        if let Some((at, items)) =
            node.get("type").and_then(|at| Some((at.at, at.text()?.strip_prefix("items ")?.trim())))
            && !described.contains(&items)
        {
            let near = nearest(items, described.iter().copied());
            let help = match near {
                Some(near) => format!("did you mean `items {near}`?"),
                None => format!("declare facts with `about: {items}`"),
            };
            faults.add(at, "unknown-record", format!("no fact is about the items `{items}`"), Some(help));
        }
    }
}

fn facts(root: &Node) -> impl Iterator<Item = &Node> {
    root.get("facts").map_or(&[][..], Node::entries).iter().map(|(_, node)| node)
}
