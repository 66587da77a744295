//! Checks of the files as they stand, each beside those that it adds to.

use std::collections::BTreeMap;

use super::super::check::state_part::{self, Beside};
use super::super::check::{braces, naming, programs, registry};
use super::super::read_file::{Read, module_of};
use super::super::shape::Faults;
use super::super::yaml::Node;
use super::Loader;

impl<'r> Loader<'r> {
    /// Tells what is wrong in the text of each file, whatever the rules in it come to.
    pub(super) fn apart(&mut self) {
        let read: &'r [Read] = self.read;
        let ends: BTreeMap<_, _> = read.iter().flat_map(|read| registry::ends(&read.root)).collect();
        for (position, one) in read.iter().enumerate() {
            let module = module_of(&one.root);
            let mut faults = Faults { file: &one.file, report: &mut self.report };
            naming::check(&one.root, &mut faults);
            registry::check(&one.root, &mut faults);
            registry::cited_in_time(&one.root, &ends, &mut faults);
            braces::check(&one.root, module.as_deref(), &self.names, &mut faults);
            if matches!(one.what, "program" | "extends") {
                programs::check(&one.root, &mut faults);
            }
            if one.root.get("jurisdiction").and_then(Node::text).is_some_and(|of| of != "federal") {
                let same = |other: &&Read| module_of(&other.root) == module && other.what == "extends";
                let parts: Vec<&Node> = read.iter().filter(same).map(|other| &other.root).collect();
                state_part::left_open(&one.root, &parts, &mut faults);
            }
            match one.what {
                "program" => state_part::check_federal(&one.root, &mut faults),
                "extends" => {
                    let same = |other: &&Read| module_of(&other.root) == module;
                    let state = one.root.get("state").and_then(Node::text);
                    let before = read.get(..position).unwrap_or_default().iter();
                    let beside = Beside {
                        federal: (read.iter().filter(same).filter(|other| other.what != "extends"))
                            .map(|other| &other.root)
                            .collect(),
                        earlier: (before.filter(same).filter(|other| other.what == "extends"))
                            .map(|other| &other.root)
                            .filter(|root| root.get("state").and_then(Node::text) == state)
                            .collect(),
                    };
                    state_part::check(&one.root, &beside, &mut faults);
                }
                _ => {}
            }
        }
    }
}
