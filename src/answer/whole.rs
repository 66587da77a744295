//! A reply about every program: grouped by category, the best first, and nothing said twice.

use std::collections::BTreeSet;

use super::reply::{Answer, Citation};

/// Groups the answers by category, in the order in which the categories come, and puts the best first in each;
/// what several answers share (a source's address, a paper's substitutes, how to reach an agency) is told where it
/// first comes up, and by its id after that.
pub(super) fn arrange(answers: &mut [Answer<'_>]) {
    let mut categories: Vec<&str> = Vec::new();
    for answer in answers.iter() {
        if !categories.contains(&answer.category) {
            categories.push(answer.category);
        }
    }
    let rank = |status: &str| match status {
        "eligible" => 0,
        "may_qualify" => 1,
        "needs_information" => 2,
        "not_eligible" => 3,
        _ => 4,
    };
    answers.sort_by_key(|answer| {
        (categories.iter().position(|known| *known == answer.category), rank(answer.status))
    });
    let mut told = Told::default();
    for answer in answers {
        told.shorten(answer);
    }
}

/// What was told whole already.
#[derive(Default)]
struct Told<'b> {
    sources: BTreeSet<&'b str>,
    documents: BTreeSet<&'b str>,
    agencies: BTreeSet<&'b str>,
}

impl<'b> Told<'b> {
    fn shorten(&mut self, answer: &mut Answer<'b>) {
        for one in &mut answer.provided_that {
            self.cite(&mut one.citations);
        }
        for finding in &mut answer.findings {
            self.cite(&mut finding.citations);
        }
        for unit in &mut answer.units {
            for one in &mut unit.provided_that {
                self.cite(&mut one.citations);
            }
            for finding in &mut unit.findings {
                self.cite(&mut finding.citations);
            }
        }
        for one in &mut answer.unsettled {
            self.cite(&mut one.citations);
        }
        for document in &mut answer.documents {
            self.cite(&mut document.citations);
            if !self.documents.insert(document.document) {
                document.any_of.clear();
                document.if_missing = "".into();
            }
        }
        for step in &mut answer.steps {
            self.cite(&mut step.citations);
        }
        for deadline in &mut answer.deadlines {
            self.cite(&mut deadline.citations);
        }
        for caution in &mut answer.cautions {
            self.cite(&mut caution.citations);
        }
        for way in &mut answer.ways_out {
            self.cite(&mut way.citations);
        }
        for change in &mut answer.upcoming {
            self.cite(&mut change.citations);
        }
        if let Some(ongoing) = &mut answer.ongoing {
            self.cite(&mut ongoing.citations);
        }
        if let Some(refusal) = &mut answer.if_refused {
            self.cite(&mut refusal.citations);
        }
        for agency in &mut answer.agencies {
            if !self.agencies.insert(agency.id) {
                (agency.how, agency.url) = (None, None);
            }
        }
    }

    fn cite(&mut self, citations: &mut [Citation<'b>]) {
        for citation in citations {
            if !self.sources.insert(citation.source) {
                (citation.url, citation.reviewed_on) = (None, None);
            }
        }
    }
}
