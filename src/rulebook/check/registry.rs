//! What a registry says of itself: links that are links, papers with something to show, sources still good.

use std::collections::BTreeMap;

use crate::kernel::{Day, iso_day};

use super::super::shape::Faults;
use super::super::yaml::Node;

/// Tells each link of a file that is none, and each paper in whose place nothing may be shown.
pub(in crate::rulebook) fn check(root: &Node, faults: &mut Faults<'_>) {
    for section in ["sources", "agencies"] {
        for url in
            root.get(section).map_or(&[][..], Node::entries).iter().filter_map(|(_, node)| node.get("url"))
        {
            let Some(text) = url.text().filter(|text| !is_link(text)) else { continue };
            let message = format!("`{text}` is no link");
            let help = "write the whole address, such as https://example.org/page".to_owned();
            faults.add(url.at, "link", message, Some(help));
        }
    }
    for (key, node) in root.get("documents").map_or(&[][..], Node::entries) {
        if let Some((any_of, list)) = node.entry("any_of")
            && list.items().is_empty()
            && list.text().is_none()
        {
            let message = format!("nothing may be shown in place of `{}`", key.text);
            let help = "name at least one paper that is accepted instead: the first may be out of reach";
            faults.add(any_of.at, "no-substitute", message, Some(help.to_owned()));
        }
    }
}

fn is_link(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        rest.split('/').next().is_some_and(|host| host.contains('.')) && !rest.contains(char::is_whitespace)
    })
}

/// The last day of each source that has one.
pub(in crate::rulebook) fn ends(root: &Node) -> impl Iterator<Item = (&str, Day)> {
    let sources = root.get("sources").map_or(&[][..], Node::entries).iter();
    sources.filter_map(|(key, node)| Some((key.text.as_str(), iso_day(node.get("until")?.text()?)?)))
}

/// Tells each source of a file that is cited for days after its last.
pub(in crate::rulebook) fn cited_in_time(node: &Node, ends: &BTreeMap<&str, Day>, faults: &mut Faults<'_>) {
    node.items().iter().for_each(|item| cited_in_time(item, ends, faults));
    for (key, value) in node.entries() {
        if key.text == "cite" {
            // The days are those of the versions, each of which says when it ends.
            if node.get("versions").is_some() {
                continue;
            }
            let one = std::slice::from_ref(value);
            for cited in if value.items().is_empty() { one } else { value.items() } {
                let Some((id, end)) = cited.text().and_then(|id| Some((id, *ends.get(id)?))) else {
                    continue;
                };
                let until = node.get("until").and_then(Node::text).and_then(iso_day);
                if until.is_none_or(|until| until > end) {
                    let message = format!("`{id}` ended on {end}, and is cited for later days");
                    let help = format!(
                        "end this with `until: {end}` and cite what came after, or correct the source"
                    );
                    faults.add(cited.at, "source-ended", message, Some(help));
                }
            }
        } else {
            cited_in_time(value, ends, faults);
        }
    }
}
