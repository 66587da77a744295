//! Which faults only follow from others: what could not be read, or has the wrong shape, leads to no further fault.
//!
//! For: `fault`, which leaves such faults out, and the readers, which say what is in doubt. Depends on: `fault`.

use std::collections::BTreeSet;

use super::fault::{RuleFault, RuleFile};

/// Faults at the root of others, which are told first: what cannot be read, is called what nothing is
/// called, or stands twice.
const CAUSES: [&str; 22] = [
    "unreadable",
    "not-yaml",
    "too-large",
    "alias",
    "anchor-or-tag",
    "strange-key",
    "duplicate-key",
    "second-document",
    "empty-file",
    "unknown-file",
    "unknown-key",
    "unknown-type",
    "duplicate-fact",
    "duplicate-code",
    "duplicate-source",
    "duplicate-document",
    "duplicate-agency",
    "duplicate-program",
    "duplicate-figure",
    "duplicate-definition",
    "name-taken",
    "too-many-codes",
];

/// Whether a fault is at the root of others.
pub(super) fn is_cause(code: &str) -> bool {
    CAUSES.contains(&code)
}

/// Faults that may only follow from a part that has the wrong shape: names are declared all the same.
const FOLLOW_PART: [&str; 3] = ["unknown-step", "unknown-case", "open-option"];

/// Faults at a name: they follow if what could not be read may declare it.
const AT_A_NAME: [&str; 14] = [
    "unknown-name",
    "unknown-source",
    "unknown-code",
    "unknown-document",
    "unknown-agency",
    "unknown-program",
    "unanswered-program",
    "unknown-type",
    "unknown-step",
    "unknown-record",
    "not-a-figure",
    "not-a-group",
    "not-a-person",
    "unknown-standing",
];

/// Faults that may follow from any file that could not be read, whatever stands in it.
const FOLLOW_FILE: [&str; 5] = ["no-conversion", "no-unit", "another-unit", "open-option", "no-program"];

/// Faults of an expression, which may follow from a name in it of which it is not known what it stands for.
const OF_EXPRESSIONS: [&str; 9] = [
    "unit",
    "whose",
    "not-a-test",
    "not-a-quantity",
    "not-a-value",
    "not-a-table",
    "table-without-key",
    "wrong-arguments",
    "never-holds",
];

/// What could not be read, and what is in doubt.
#[derive(Debug, Clone, Default)]
pub(in crate::rulebook) struct Lost {
    /// Some requirement, step, case or other part has the wrong shape.
    pub(super) part: bool,
    /// Some file could not be read, and nothing of what is in it is known.
    pub(super) whole: bool,
    /// Some file was read as text and no further.
    file: bool,
    /// Every word of such files: what they may declare.
    words: BTreeSet<String>,
    /// Names that are declared, but not so that it is known what they stand for.
    names: BTreeSet<String>,
    /// Modules of which the unit is not known.
    units: BTreeSet<String>,
}

impl Lost {
    /// Takes every word of a file that could not be read as a name that it may declare.
    pub(super) fn file(&mut self, file: &RuleFile) {
        self.file = true;
        self.words.extend(words(&file.text).map(str::to_owned));
    }

    /// Takes a name as declared, though it is not known what it stands for.
    pub(super) fn name(&mut self, name: &str) {
        self.names.insert(name.to_owned());
        self.names.extend(name.rsplit_once('.').map(|(_, own)| own.to_owned()));
    }

    /// Takes the unit of a program as declared, though not which it is.
    pub(super) fn unit_in(&mut self, file: &RuleFile) {
        self.units.insert(file.path.clone());
    }

    /// Whether a fault only follows from what was lost.
    pub(super) fn leads_to(&self, fault: &RuleFault) -> bool {
        let code = fault.code;
        let at_a_name = AT_A_NAME.contains(&code);
        if self.part && FOLLOW_PART.contains(&code)
            || self.whole && (at_a_name || FOLLOW_FILE.contains(&code))
            || self.file && FOLLOW_FILE.contains(&code)
            || self.units.contains(&fault.file.path)
                && matches!(code, "no-unit" | "another-unit" | "unknown-standing")
        {
            return true;
        }
        let text = fault.file.text.get(fault.start..fault.end).unwrap_or_default();
        let has = |known: &BTreeSet<String>| !known.is_empty() && words(text).any(|word| is_in(word, known));
        at_a_name && (has(&self.words) || has(&self.names))
            || OF_EXPRESSIONS.contains(&code) && has(&self.names)
    }
}

/// Names and ids in a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let apart = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    text.split(apart).map(|word| word.trim_matches(['.', '-'])).filter(|word| !word.is_empty())
}

/// Whether a word, or what is left of it after a module or person, is known.
fn is_in(word: &str, known: &BTreeSet<String>) -> bool {
    known.contains(word)
        || word.match_indices('.').any(|(at, _)| word.get(at + 1..).is_some_and(|own| known.contains(own)))
}
