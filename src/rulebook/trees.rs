//! Every formula and test of a program, named in one place: whoever asks what a program rests on asks here.
//!
//! For: `rests` and the checks of the whole. Depends on: the book and its typed trees. Each thing of the book is taken
//! apart field by field and without a rest, so that a new field that holds a tree does not compile until it is here.

use crate::language::Tree;
use crate::vocabulary::{Derived, Fact};

use super::book::{
    AmountRule, Asks, Deadline, Entry, Exemption, FirstPeriod, Ongoing, Pathway, Program, Requirement,
    RuleBook, Unit, Unsettled, Version,
};

/// Every tree of a program, by what it is for.
#[derive(Debug, Default)]
pub(super) struct Trees<'b> {
    /// What its status and amounts come from, its unit with them.
    pub(super) result: Vec<&'b Tree>,
    /// What is said with them: in its words, its help and what its approval changes.
    pub(super) said: Vec<&'b Tree>,
}

impl<'b> Trees<'b> {
    /// All of them.
    pub(super) fn every(&self) -> impl Iterator<Item = &'b Tree> + '_ {
        self.result.iter().chain(&self.said).copied()
    }
}

impl Program {
    /// Every tree of the program, those by which the owner of its unit says how each person counts among them.
    pub(super) fn every_tree<'b>(&'b self, book: &'b RuleBook) -> Trees<'b> {
        let Self {
            id: _,
            module: _,
            title: _,
            summary: _,
            category: _,
            kind: _,
            jurisdiction: _,
            in_force: _,
            unit: _,
            requirements,
            pathway,
            amount,
            first_period,
            agency,
            documents,
            steps,
            deadlines,
            cautions,
            instead: _,
            if_refused,
            ongoing,
            needs: _,
            boundaries: _,
            code: _,
        } = self;
        let mut trees = Trees::default();
        for requirement in requirements {
            trees.result.extend(requirement.trees());
            trees.said.extend(requirement.placeholders.iter().map(|placeholder| &placeholder.tree));
        }
        // The worksheet is a list of definitions, and no trees.
        trees
            .result
            .extend(amount.iter().map(|AmountRule { per: _, value, worksheet: _, zero: _, up_to: _ }| value));
        let first = first_period.iter().flat_map(|FirstPeriod { value, from, to }| [value, from, to]);
        trees.result.extend(first);
        let unit = self.unit.and_then(|unit| book.units.get(unit));
        trees.result.extend(unit.into_iter().flat_map(Unit::trees));
        trees.result.extend(self.counting(book).flat_map(Requirement::trees));
        let pathway = pathway.iter().filter_map(|Pathway { when, sets: _, takes: _, cite: _ }| when.as_ref());
        trees.said.extend(pathway);
        trees.said.extend(when(agency));
        trees.said.extend(when(documents));
        trees.said.extend(when(steps));
        trees.said.extend(when(deadlines));
        for Deadline { what: _, who: _, counted_from, on } in deadlines.iter().map(|entry| &entry.says) {
            trees.said.extend([counted_from, on]);
        }
        trees.said.extend(when(cautions));
        trees.said.extend(when(if_refused));
        trees.said.extend(when(ongoing));
        let until = ongoing
            .iter()
            .filter_map(|Entry { says: Ongoing { text: _, review: _, until }, .. }| until.as_ref());
        trees.said.extend(until);
        trees
    }

    /// The requirements of the unit's owner by which a person counts in it, where that is another program.
    pub(super) fn counting<'b>(&self, book: &'b RuleBook) -> impl Iterator<Item = &'b Requirement> {
        let unit = self.unit.and_then(|unit| book.units.get(unit));
        let owner = unit.and_then(|unit| book.program(unit.program)).filter(|owner| owner.id != self.id);
        owner.into_iter().flat_map(|owner| &owner.requirements).filter(|requirement| requirement.counts())
    }
}

fn when<T>(entries: &[Entry<T>]) -> impl Iterator<Item = &Tree> {
    entries.iter().filter_map(|entry| {
        let Entry { when, of: _, with: _, from: _, until: _, state: _, cite: _, says: _ } = entry;
        when.as_ref()
    })
}

impl Unit {
    fn trees(&self) -> impl Iterator<Item = &Tree> {
        let Self { id: _, program: _, cite: _, among, together, standings: _ } = self;
        among.iter().chain(together).map(|version| &version.says)
    }
}

impl Requirement {
    /// Every tree that decides what comes out of it.
    pub(super) fn trees(&self) -> Vec<&Tree> {
        let Self {
            id: _,
            of: _,
            title: _,
            cite: _,
            versions,
            // Is said again as the test of its version.
            covered_by: _,
            unless,
            bar: _,
            exemptions,
            agency_may_accept,
            agency_must_confirm,
            excusable: _,
            agency_decides: _,
            if_not_met,
            met: _,
            not_met: _,
            unknown: _,
            opened_by: _,
            // Are shown and decide nothing.
            placeholders: _,
            facts: _,
            state: _,
        } = self;
        let mut trees: Vec<&Tree> = unless.iter().collect();
        for Asks { test, text: _, met: _, not_met: _, unknown: _, unsettled, doubtful: _ } in
            versions.iter().map(|version| &version.says)
        {
            trees.extend(test);
            let other = unsettled.as_deref();
            trees.extend(other.map(|Unsettled { other, text: _, cite: _, advise: _ }| other));
        }
        for Exemption { id: _, versions, when, text: _ } in
            exemptions.iter().chain(agency_may_accept).chain(agency_must_confirm)
        {
            trees.extend(versions.iter().filter_map(|Version { says, .. }| says.as_ref()));
            trees.extend(when);
        }
        trees.extend(if_not_met.iter().filter_map(|(when, _)| when.as_ref()));
        trees
    }

    /// Whether it decides how somebody counts in the unit.
    pub(super) fn counts(&self) -> bool {
        !self.if_not_met.is_empty()
    }
}

/// Every tree by which an absent fact follows from others.
pub(super) fn derived_trees(derived: &Derived) -> Vec<&Tree> {
    let Derived { value, true_when, false_when, none_when, has, has_not } = derived;
    let mut trees: Vec<&Tree> = [value, true_when, false_when, none_when].into_iter().flatten().collect();
    trees.extend(has.iter().chain(has_not).map(|(_, tree)| tree));
    trees
}

/// Every tree of a fact: how it follows from others, and what it cannot stand beside.
pub(super) fn fact_trees(fact: &Fact) -> Vec<&Tree> {
    let mut trees: Vec<&Tree> = fact.derived.iter().flat_map(derived_trees).collect();
    trees.extend(fact.conflicts.iter().map(|conflict| &conflict.test));
    trees
}
