//! Code lists and facts before all else: rules are read with them.

use std::collections::BTreeMap;

use crate::vocabulary::Vocabulary;

use super::super::check::{records, relations};
use super::super::read_vocabulary;
use super::super::shape::Faults;
use super::super::yaml::Node;
use super::Loader;

impl Loader<'_> {
    pub(super) fn vocabulary(&mut self) {
        let mut vocabulary = Vocabulary::default();
        let mut none = Vec::new();
        for read in self.read {
            self.reading(read, "", &mut none, |reader| {
                read_vocabulary::lists(&read.root, &mut vocabulary, reader)
            });
        }
        for read in self.read {
            self.reading(read, "", &mut none, |reader| {
                read_vocabulary::facts(&read.root, &mut vocabulary, reader)
            });
        }
        let declared: Vec<&str> = self.read.iter().flat_map(|read| records::declared(&read.root)).collect();
        let described: Vec<&str> = self.read.iter().flat_map(|read| records::described(&read.root)).collect();
        for read in self.read {
            let mut faults = Faults { file: &read.file, report: &mut self.report };
            records::check(&read.root, &declared, &described, &mut faults);
            relations::check(&read.root, &vocabulary, &mut faults);
            if let Some(node) = read.root.get("jurisdiction") {
                relations::code(node, "state", Some("federal"), &vocabulary, &mut faults);
            }
        }
        self.names.vocabulary = vocabulary;
    }

    /// How facts follow from others: read once all facts are known.
    pub(super) fn follows(&mut self) {
        let mut all = BTreeMap::new();
        let mut none = Vec::new();
        for read in self.read {
            for (key, node) in read.root.get("facts").map_or(&[][..], Node::entries) {
                let Some(id) = self.names.vocabulary.named(&key.text) else { continue };
                let Some(fact) = self.names.vocabulary.fact(id).cloned() else { continue };
                let follows = self.reading(read, "", &mut none, |reader| {
                    read_vocabulary::follows(node, &fact, reader.names, reader)
                });
                all.insert(id, follows);
            }
        }
        read_vocabulary::settle(&mut self.names.vocabulary, all);
    }
}
