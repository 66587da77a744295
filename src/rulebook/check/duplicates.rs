//! What is declared twice: told once, with both places, and taken as it was declared first.

use std::collections::BTreeMap;

use super::super::fault::Report;
use super::super::read_file::{Read, module_of};
use super::super::shape::Faults;
use super::super::yaml::{Key, Node, What};

/// What is declared under one section of a file: the section, what it declares, the code of the fault, what to do.
const SECTIONS: [(&str, &str, &str, &str); 6] = [
    ("facts", "a fact", "duplicate-fact", "facts of all files share their names: choose another"),
    ("sources", "a source", "duplicate-source", "keep one of the two, or give this one another id"),
    ("documents", "a document", "duplicate-document", "keep one of the two"),
    ("agencies", "an agency", "duplicate-agency", "keep one of the two"),
    ("figures", "a figure", "duplicate-figure", ANOTHER_NAME),
    ("definitions", "a definition", "duplicate-definition", ANOTHER_NAME),
];

pub(in crate::rulebook) const ANOTHER_NAME: &str = "a name stands for one thing: choose another";

/// Where each thing is declared first.
type First = BTreeMap<(&'static str, String), String>;

/// Takes out of the files, in the order in which they are read, what another has declared already.
pub(in crate::rulebook) fn take_out(files: &mut Vec<Read>, report: &mut Report) {
    let mut first = First::new();
    files.retain(|read| !is_second_program(read, &mut first, report));
    for read in files {
        let module = module_of(&read.root).unwrap_or_default();
        for (section, what, code, help) in SECTIONS {
            let in_module = matches!(section, "figures" | "definitions");
            if in_module && read.what == "extends" {
                continue;
            }
            let mut faults = Faults { file: &read.file, report };
            let second = seconds(&mut read.root, &[section], |key, node| {
                let name = if in_module { format!("{module}.{}", key.text) } else { key.text.clone() };
                let said = format!("{what} `{}`", key.text);
                let second = is_second((section, name), key, [&said, code, help], &mut first, &mut faults);
                if second
                    && let Some(items) =
                        node.get("type").and_then(Node::text).and_then(|kind| kind.strip_prefix("items "))
                {
                    faults.report.lost.name(items.trim());
                }
                second
            });
            leave_out(&mut read.bodies, section, &second);
        }
        let lists: Vec<String> = read
            .root
            .get("codes")
            .map_or(&[][..], Node::entries)
            .iter()
            .map(|(key, _)| key.text.clone())
            .collect();
        for list in lists {
            let mut faults = Faults { file: &read.file, report };
            seconds(&mut read.root, &["codes", &list], |key, _| {
                let said = format!("a code `{}` in the list `{list}`", key.text);
                let words = [said.as_str(), "duplicate-code", "keep one of the two"];
                is_second(("codes", format!("{list} {}", key.text)), key, words, &mut first, &mut faults)
            });
        }
    }
}

fn is_second_program(read: &Read, first: &mut First, report: &mut Report) -> bool {
    let Some(node) = read.root.get("program").filter(|_| read.what == "program") else { return false };
    let key = Key { at: node.at, text: node.text().unwrap_or_default().to_owned() };
    let said = format!("a program `{}`", key.text);
    let help = "what a state adds to a program stands in a file that begins with `extends:`";
    let mut faults = Faults { file: &read.file, report };
    is_second(("program", key.text.clone()), &key, [&said, "duplicate-program", help], first, &mut faults)
}

/// Whether something is declared already; then that is told, with where.
fn is_second(
    named: (&'static str, String),
    key: &Key,
    [said, code, help]: [&str; 3],
    first: &mut First,
    faults: &mut Faults<'_>,
) -> bool {
    let here = format!("{}, line {}", faults.file.path, faults.file.line(key.at.start));
    let Some(there) = first.get(&named) else {
        first.insert(named, here);
        return false;
    };
    let message = format!("there is {said} already: {there}");
    let code = CODES.into_iter().find(|known| *known == code).unwrap_or("duplicate-id");
    faults.add(key.at, code, message, Some(help.to_owned()));
    // The two may differ, and which is meant is not known.
    faults.report.lost.name(&key.text);
    true
}

const CODES: [&str; 8] = [
    "duplicate-fact",
    "duplicate-source",
    "duplicate-document",
    "duplicate-agency",
    "duplicate-figure",
    "duplicate-definition",
    "duplicate-code",
    "duplicate-program",
];

/// Takes the entries out of a map of a file that `is_second` tells, and gives where they begin.
fn seconds(root: &mut Node, path: &[&str], mut is_second: impl FnMut(&Key, &Node) -> bool) -> Vec<usize> {
    let mut taken = Vec::new();
    if let Some(entries) =
        path.iter().try_fold(root, |node, key| node.get_mut(key)).and_then(Node::entries_mut)
    {
        entries.retain(|(key, node)| {
            let second = is_second(key, node);
            taken.extend(second.then_some(key.at.start));
            !second
        });
    }
    taken
}

fn leave_out(bodies: &mut Node, section: &str, starts: &[usize]) {
    if let Some(What::Map(entries)) = bodies.get_mut(section).map(|node| &mut node.what) {
        entries.retain(|(key, _)| !starts.contains(&key.at.start));
    }
}
