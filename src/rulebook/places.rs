//! Where names are declared, for faults that only show once everything is read.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fault::{Report, RuleFile};
use super::read_file::{Read, module_of};
use super::shape::Faults;
use super::yaml::{At, Node};

/// The place of each definition, figure, requirement, step and program.
#[derive(Default)]
pub(super) struct Places(BTreeMap<String, (Arc<RuleFile>, At)>);

impl Places {
    /// The places in these files; of a name that is declared twice, the first.
    pub(super) fn of(files: &[Read]) -> Self {
        let mut places = Self::default();
        for read in files {
            for (key, _) in read.root.get("facts").map_or(&[][..], Node::entries) {
                places.add(format!("fact {}", key.text), read, key.at);
            }
            let Some(module) = module_of(&read.root) else { continue };
            for section in ["definitions", "figures"] {
                for (key, _) in read.root.get(section).map_or(&[][..], Node::entries) {
                    places.add(format!("{module}.{}", key.text), read, key.at);
                }
            }
            for node in read.root.get("requirements").map_or(&[][..], Node::items) {
                if let Some(id) = node.get("id") {
                    places.add(format!("{module}/{}", id.text().unwrap_or_default()), read, id.at);
                }
            }
            for node in read.root.get("steps").map_or(&[][..], Node::items) {
                let id = node.get("id").and_then(Node::text).unwrap_or_default();
                places.add(format!("{module}/{id}>"), read, node.at);
                for after in node.get("after").map_or(&[][..], Node::items) {
                    let name = format!("{module}/{id}>{}", after.text().unwrap_or_default());
                    places.add(name, read, after.at);
                }
            }
            if let Some(node) = read.root.get("program") {
                places.add(format!("{module}/"), read, node.at);
            }
        }
        places
    }

    fn add(&mut self, name: String, read: &Read, at: At) {
        self.0.entry(name).or_insert_with(|| (Arc::clone(&read.file), at));
    }

    /// Where the program of that module is.
    pub(super) fn of_program(&self, module: &str) -> Place<'_> {
        self.named(&format!("{module}/"))
    }

    /// Where a requirement is.
    pub(super) fn of_requirement(&self, module: &str, requirement: &str) -> Place<'_> {
        self.named(&format!("{module}/{requirement}"))
    }

    /// Where a step says that it comes after another.
    pub(super) fn of_step_after(&self, module: &str, step: &str, after: &str) -> Place<'_> {
        self.named(&format!("{module}/{step}>{after}"))
    }

    /// Where a fact is.
    pub(super) fn of_fact(&self, name: &str) -> Place<'_> {
        self.named(&format!("fact {name}"))
    }

    /// Whether a program has a step of that id, be it sound or not.
    pub(super) fn has_step(&self, module: &str, step: &str) -> bool {
        self.0.contains_key(&format!("{module}/{step}>"))
    }

    /// Where the definition of that whole name is.
    pub(super) fn of_definition(&self, name: &str) -> Place<'_> {
        self.named(name)
    }

    fn named(&self, name: &str) -> Place<'_> {
        Place(self.0.get(name))
    }
}

/// Where one name is declared; what is declared nowhere has no faults.
#[derive(Clone, Copy)]
pub(super) struct Place<'p>(Option<&'p (Arc<RuleFile>, At)>);

impl Place<'_> {
    /// Tells what keeps the rules from being used.
    pub(super) fn fault(self, code: &'static str, message: String, help: &str, report: &mut Report) {
        let Some((file, at)) = self.0 else { return };
        Faults { file, report }.add(*at, code, message, Some(help.to_owned()));
    }

    /// Tells what should be looked at.
    pub(super) fn warn(self, code: &'static str, message: String, help: &str, report: &mut Report) {
        let Some((file, at)) = self.0 else { return };
        Faults { file, report }.warn(*at, code, message, Some(help.to_owned()));
    }
}
