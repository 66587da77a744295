//! Where the parts of worked cases stand in their file: for faults that only show when a case is run.
//!
//! For: `answer`, which runs the cases. Depends on: the YAML tree. A file is read again for this, and only when some
//! case of it has a fault.

use std::sync::Arc;

use super::fault::{Report, RuleFile};
use super::yaml::{self, At, Key, Node, What};

/// How many cases may start from one another.
const DEEPEST: usize = 100;

/// The cases of one file, with their places.
#[derive(Debug)]
pub struct CasePlaces(Node);

impl CasePlaces {
    /// The places in a file of cases.
    #[must_use]
    pub fn of(file: &Arc<RuleFile>) -> Option<Self> {
        yaml::read(file, &mut Report::default()).map(Self)
    }

    /// Where a case begins: first byte and one past the last.
    #[must_use]
    pub fn of_case(&self, case: &str) -> Option<(usize, usize)> {
        let (key, id) = self.case(case)?.entry("id")?;
        Some(bytes(together(key, id)))
    }

    /// What a JSON Pointer into the situation of a case points to: in that case, or in the one that it starts from.
    #[must_use]
    pub fn of_situation(&self, case: &str, pointer: &str) -> Option<(usize, usize)> {
        self.told(case, &steps(pointer), DEEPEST).map(bytes)
    }

    /// A part of what a case expects.
    #[must_use]
    pub fn of_expected(&self, case: &str, path: &[&str]) -> Option<(usize, usize)> {
        let (key, expect) = self.case(case)?.entry("expect")?;
        let path: Vec<String> = path.iter().map(|step| (*step).to_owned()).collect();
        Some(bytes(walk(key.at, expect, &path)))
    }

    fn case(&self, id: &str) -> Option<&Node> {
        let cases = self.0.get("cases")?.items();
        cases.iter().find(|case| case.get("id").and_then(Node::text) == Some(id))
    }

    fn told(&self, case: &str, wanted: &[String], deeper: usize) -> Option<At> {
        let case = self.case(case)?;
        if let ([as_of], Some((key, day))) = (wanted, case.entry("as_of"))
            && *as_of == key.text
        {
            return Some(together(key, day));
        }
        // The last change is the one that holds.
        for (key, value) in case.get("with").map_or(&[][..], Node::entries).iter().rev() {
            if let Some(rest) = wanted.strip_prefix(steps(&key.text).as_slice()) {
                return Some(walk(together(key, value), value, rest));
            }
        }
        if let Some((key, situation)) = case.entry("situation") {
            return Some(walk(key.at, situation, wanted));
        }
        self.told(case.get("like")?.text()?, wanted, deeper.checked_sub(1)?)
    }
}

fn bytes(at: At) -> (usize, usize) {
    (at.start, at.end)
}

/// A key with its value, if that is short.
fn together(key: &Key, value: &Node) -> At {
    match value.what {
        What::Text(_) if value.at.end > key.at.start => At { start: key.at.start, end: value.at.end },
        _ => key.at,
    }
}

/// As far into a tree as the steps lead.
fn walk(at: At, node: &Node, steps: &[String]) -> At {
    let Some((step, rest)) = steps.split_first() else { return at };
    if let Some((key, value)) = node.entry(step) {
        return walk(together(key, value), value, rest);
    }
    match step.parse::<usize>().ok().and_then(|place| node.items().get(place)) {
        Some(item) => walk(item.head(), item, rest),
        None => at,
    }
}

/// The steps of a JSON Pointer.
fn steps(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
}
