//! One file -> its tree, checked against the tables; what has the wrong shape is not read any further.

use std::sync::Arc;

use crate::kernel::{did_you_mean, nearest};

use super::fault::{Report, RuleFile};
use super::shape::{Faults, Kind, conform};
use super::shapes::FILES;
use super::yaml::{self, Node, What};

/// A file that was read.
pub(super) struct Read {
    pub(super) file: Arc<RuleFile>,
    /// All of it. Names are declared and the sections of a program are read from here, whatever else is wrong: what has
    /// the wrong shape gives nothing when it is read, and its fault is told already.
    pub(super) root: Node,
    /// What has the right shape. Figures, definitions, cases and units are read from here, since of one that is wrong
    /// somewhere nothing would be right.
    pub(super) bodies: Node,
    /// The first key.
    pub(super) what: &'static str,
    /// Whether all of it has the right shape.
    pub(super) sound: bool,
}

/// The module of a file's definitions and figures.
pub(super) fn module_of(root: &Node) -> Option<String> {
    let id = ["module", "program", "extends"].iter().find_map(|key| root.get(key).and_then(Node::text))?;
    Some(id.replace('-', "_"))
}

/// Reads a file and tells what has the wrong shape; `None` if it is no rule file at all.
pub(super) fn read_file(file: &Arc<RuleFile>, report: &mut Report) -> Option<Read> {
    let Some(mut root) = yaml::read(file, report) else {
        report.lost.file(file);
        return None;
    };
    let mut faults = Faults { file, report };
    let first =
        root.entries().iter().find(|(key, _)| key.text != "translations").or_else(|| root.entries().first());
    let found = first.and_then(|(key, _)| FILES.iter().find(|(name, _)| *name == key.text));
    let Some((what, shape)) = found else {
        let names: Vec<_> =
            FILES.iter().map(|(name, _)| *name).filter(|name| *name != "translations").collect();
        let near = first.and_then(|(key, _)| nearest(&key.text, names.iter().copied()));
        let help = did_you_mean(near, format!("the first key says what a file is: {}", names.join(", ")));
        let at = first.map_or_else(|| root.head(), |(key, _)| key.at);
        faults.add(at, "unknown-file", "no rule file begins like this", Some(help));
        report.lost.file(file);
        return None;
    };
    let before = faults.report.faults.len();
    conform(&mut root, &Kind::Shape(shape), &mut faults);
    let wrong: Vec<usize> = faults.report.faults.iter().skip(before).map(|fault| fault.start).collect();
    let bodies = if wrong.is_empty() { root.clone() } else { without(&root, &wrong) };
    Some(Read { file: Arc::clone(file), root, bodies, what, sound: wrong.is_empty() })
}

/// The tree without every item of its lists and maps in which something begins that is wrong.
fn without(root: &Node, wrong: &[usize]) -> Node {
    let sound = |node: &Node| !wrong.iter().any(|start| (node.at.start..=node.at.end).contains(start));
    let entries = root.entries().iter().filter_map(|(key, value)| {
        let what = match &value.what {
            _ if sound(value) => value.what.clone(),
            What::List(items) => What::List(items.iter().filter(|item| sound(item)).cloned().collect()),
            What::Map(entries) if matches!(key.text.as_str(), "figures" | "definitions") => {
                What::Map(entries.iter().filter(|(_, value)| sound(value)).cloned().collect())
            }
            _ => return None,
        };
        Some((key.clone(), Node { at: value.at, what }))
    });
    Node { at: root.at, what: What::Map(entries.collect()) }
}
