//! A reply about every program: grouped by category, the best first, each told briefly and nothing twice.
//!
//! What is the same for everybody (how a step is done, what may be shown in place of a paper, how to appeal, a source's
//! address) is not told here: `GET /v1/programs/{id}` and its like hold it, and so does an answer that is asked for by
//! name. What is told is what follows for this household: statuses, amounts, why, what is missing, what to do, by when.

use std::collections::BTreeSet;

use crate::vocabulary::Explain;

use super::reply::{Answer, Citation, Finding};

/// Groups the answers by category, in the order in which the categories come, puts the best first in each, and
/// shortens each.
pub(super) fn arrange(answers: &mut [Answer<'_>], explain: Explain) {
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
        if explain != Explain::Full {
            Told::decisive(answer);
        }
        told.shorten(answer);
    }
}

/// The most missing facts of one answer; they come most decisive and least intrusive first.
const MOST_MISSING: usize = 8;

/// What was told already.
#[derive(Default)]
struct Told<'b> {
    documents: BTreeSet<&'b str>,
    agencies: BTreeSet<&'b str>,
    questions: BTreeSet<&'b str>,
    missing: BTreeSet<String>,
}

impl<'b> Told<'b> {
    /// Leaves the findings that decide: the first that fails of each person where it is closed; what fails or an agency
    /// judges where it is open. Of several people whom the same test decides, the first. What lacks a fact stands under
    /// `missing`.
    fn decisive(answer: &mut Answer<'b>) {
        let status = answer.status;
        let asks = !answer.missing.is_empty();
        // Of several ways to count the household, each may be closed by another test.
        let fails = answer.findings.iter().any(|finding| finding.outcome == "not_met");
        let decides = |finding: &Finding<'_>| match (finding.outcome, status) {
            ("not_met", "not_eligible") => true,
            ("unknown", "not_eligible") => !fails,
            ("not_met" | "agency_decides", "eligible" | "may_qualify") => true,
            ("unknown", "eligible" | "may_qualify") => finding.missing.is_empty(),
            (outcome, "needs_information") => !asks && outcome != "met",
            _ => false,
        };
        let mut said: BTreeSet<(&str, &str)> = BTreeSet::new();
        let mut failed: BTreeSet<Option<&str>> = BTreeSet::new();
        answer.findings.retain(|finding| {
            decides(finding)
                && (status != "not_eligible" || failed.insert(finding.person))
                && said.insert((finding.requirement, finding.outcome))
        });
        for finding in &mut answer.findings {
            finding.title = "".into();
            finding.law_from = None;
            finding.facts.clear();
            finding.missing.clear();
            finding.facts.leave_out_if_empty();
            finding.missing.leave_out_if_empty();
            name_alone(&mut finding.citations);
        }
        for unit in &mut answer.units {
            unit.findings.clear();
            unit.provided_that.clear();
            unit.missing.clear();
        }
    }

    fn shorten(&mut self, answer: &mut Answer<'b>) {
        let open = matches!(answer.status, "eligible" | "may_qualify");
        self.questions(answer);
        self.what_to_do(answer, open);
        Self::what_to_know(answer, open);
        for agency in &mut answer.agencies {
            let first = self.agencies.insert(agency.id);
            agency.hours = None;
            (agency.how, agency.url, agency.checked_on) = (None, None, None);
            if !first {
                (agency.title, agency.phone) = ("".into(), None);
            }
        }
        leave_out_what_is_empty(answer);
    }

    /// A question is told where it first comes up, and why a fact is missing where that fact does.
    fn questions(&mut self, answer: &mut Answer<'b>) {
        answer.more_missing = answer.missing.len().saturating_sub(MOST_MISSING);
        answer.missing.truncate(MOST_MISSING);
        for missing in &mut answer.missing {
            if !self.questions.insert(missing.fact) {
                (missing.question, missing.sensitivity) = ("".into(), "");
            }
            if !self.missing.insert(missing.pointer.clone()) {
                missing.because = "";
            }
        }
    }

    fn what_to_do(&mut self, answer: &mut Answer<'b>, open: bool) {
        if answer.status != "not_eligible" {
            answer.instead.clear();
        }
        if !open {
            answer.documents.clear();
            answer.steps.clear();
            answer.agencies.clear();
            answer.if_refused = None;
        }
        for document in &mut answer.documents {
            document.proves.clear();
            document.proves.leave_out_if_empty();
            document.any_of.clear();
            document.citations.clear();
            document.if_missing = "".into();
            if !self.documents.insert(document.document) {
                document.title = "".into();
            }
        }
        for step in &mut answer.steps {
            step.how = "".into();
            step.citations.clear();
        }
        for deadline in &mut answer.deadlines {
            deadline.citations.clear();
        }
        if let Some(refusal) = &mut answer.if_refused {
            (refusal.say, refusal.for_the_worker, refusal.appeal) = ("".into(), "".into(), "".into());
            refusal.citations.clear();
        }
    }

    fn what_to_know(answer: &mut Answer<'b>, open: bool) {
        if !open {
            answer.cautions.clear();
            answer.provided_that.clear();
        }
        if answer.status != "not_eligible" {
            answer.ways_out.clear();
        }
        for one in &mut answer.provided_that {
            one.text = "".into();
            one.citations.clear();
        }
        for caution in &mut answer.cautions {
            caution.citations.clear();
            if answer.status != "eligible" {
                caution.text = "".into();
            }
        }
        let mut ways: BTreeSet<(&str, &str)> = BTreeSet::new();
        answer.ways_out.retain(|way| ways.insert((way.requirement, way.exemption)));
        for way in &mut answer.ways_out {
            way.text = "".into();
            way.citations.clear();
            way.tell.clear();
        }
        for one in &mut answer.unsettled {
            name_alone(&mut one.citations);
        }
        for change in &mut answer.upcoming {
            name_alone(&mut change.citations);
        }
        if let Some(ongoing) = &mut answer.ongoing {
            name_alone(&mut ongoing.citations);
        }
    }
}

/// A source is named with its mark; `GET /v1/sources` tells the rest.
fn name_alone(citations: &mut [Citation<'_>]) {
    for citation in citations {
        (citation.text, citation.url, citation.reviewed_on) = ("", None, None);
    }
}

fn leave_out_what_is_empty(answer: &mut Answer<'_>) {
    answer.provided_that.leave_out_if_empty();
    answer.unsettled.leave_out_if_empty();
    answer.documents.leave_out_if_empty();
    answer.steps.leave_out_if_empty();
    answer.deadlines.leave_out_if_empty();
    answer.cautions.leave_out_if_empty();
    answer.opened_by.leave_out_if_empty();
    answer.instead.leave_out_if_empty();
    answer.ways_out.leave_out_if_empty();
    answer.upcoming.leave_out_if_empty();
    answer.agencies.leave_out_if_empty();
}
