//! One requirement, tested on the unit or one person.

use crate::kernel::{CodeSet, Truth};
use crate::rulebook::{Asks, Requirement, Version};

use super::evaluate::{Engine, With};
use super::findings::{Finding, Outcome, WayOut, Why};
use super::frame::{Frame, NO_FRAME, about};
use super::marks::{Marks, Reasons};
use super::trace::Line;

/// A requirement's finding and what an open one rests on.
#[derive(Debug, Clone)]
pub(super) struct Tested<M> {
    pub(super) finding: Finding,
    pub(super) marks: M,
}

/// Which depth of words and trace a run gathers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Gather {
    /// Values in words, and entries to be said.
    pub(super) words: bool,
    /// The arithmetic.
    pub(super) trace: bool,
}

/// A finding read under the other reading of the law: requirement and person.
pub(super) type Reading = Option<(usize, Option<usize>)>;

impl<'a, M: Marks> Engine<'a, M> {
    /// Tests a requirement; `None` where no such test is law on this day.
    pub(super) fn test_requirement(
        &mut self,
        position: usize,
        requirement: &'a Requirement,
        person: Option<usize>,
        gather: Gather,
        reading: Reading,
    ) -> Option<Tested<M>> {
        let version = requirement.on(self.day, self.law.state)?;
        let frame = person.map_or(NO_FRAME, about);
        let mut finding = Finding {
            requirement: position,
            person,
            outcome: Outcome::Met,
            why: Why::default(),
            provided_that: false,
            excused_by: None,
            ways_out: Vec::new(),
            other_reading: None,
            left_to_agency: None,
            excusable: false,
            at_worst_agency: false,
            covered_by: None,
            values: Vec::new(),
            trace: None,
        };
        let marks =
            self.outcome(requirement, version, &frame, reading == Some((position, person)), &mut finding);
        match finding.outcome {
            Outcome::Unknown => finding.why = marks.why(),
            Outcome::NotMet => finding.covered_by = self.covering(requirement, person),
            _ => {}
        }
        if gather.words {
            finding.values = requirement
                .placeholders
                .iter()
                .map(|placeholder| self.value(&placeholder.tree, &frame).0)
                .collect();
        }
        if gather.trace
            && let Some(test) = &version.says.test
        {
            let text = &version.says.text;
            let parts = self.parts(text, &frame);
            let (value, _) = self.value(test, &frame);
            let kind = crate::language::Type::Boolean;
            finding.trace = Some(Line { definition: None, formula: text.text.clone(), parts, value, kind });
        }
        Some(Tested { finding, marks })
    }

    /// The better program that takes this one's place.
    fn covering(
        &self,
        requirement: &Requirement,
        person: Option<usize>,
    ) -> Option<crate::language::ProgramId> {
        let eligible = |id: &&crate::language::ProgramId| self.eligible_for(**id, person).0 == Truth::True;
        requirement.covered_by.iter().find(eligible).copied()
    }

    fn outcome(
        &mut self,
        requirement: &'a Requirement,
        version: &'a Version<Asks>,
        frame: &Frame,
        other_reading: bool,
        finding: &mut Finding,
    ) -> M {
        let asks = &version.says;
        let mut marks = M::default();
        let mut unless = Truth::False;
        if let Some(test) = &requirement.unless {
            (unless, marks) = self.truth(test, frame);
            if unless == Truth::True {
                finding.outcome = Outcome::NotTested;
                return M::default();
            }
        }
        let (own, more) = match &asks.test {
            Some(test) => self.truth(test, frame),
            None => (Truth::True, M::default()),
        };
        let mut truth = own;
        let mut reasons = more;
        if let Some(unsettled) = &asks.unsettled {
            let (other, other_marks) = self.truth(&unsettled.other, frame);
            if other_reading {
                (truth, reasons) = (other, other_marks);
            } else if own != other {
                finding.other_reading = Some(plain_outcome(other));
            }
        }
        let truth_or_untested = unless.or(truth);
        let marks = marks.join(reasons);
        // A bar of which nobody spoke is presumed not to apply; one that is known to apply if it is looked at is not.
        let presumed = requirement.bar && truth_or_untested == Truth::Unknown && truth == Truth::Unknown;
        finding.provided_that = presumed || (requirement.bar && asks.test.is_none());
        match truth_or_untested {
            Truth::True => {
                finding.outcome = match (requirement.agency_decides.is_some() || asks.doubtful, unless) {
                    (true, Truth::False) => Outcome::AgencyDecides,
                    // Whether anybody judges at all is open.
                    (true, Truth::Unknown) if !requirement.bar => {
                        finding.at_worst_agency = true;
                        Outcome::Unknown
                    }
                    _ => Outcome::Met,
                }
            }
            Truth::Unknown if presumed => {
                finding.outcome = Outcome::Met;
                // What is known to excuse makes it no matter whether the bar applies.
                if let Some(place) = self.excuse(requirement, frame) {
                    finding.excused_by = Some(place);
                    finding.provided_that = false;
                }
            }
            Truth::Unknown => finding.outcome = Outcome::Unknown,
            Truth::False => finding.outcome = Outcome::NotMet,
        }
        if matches!(finding.outcome, Outcome::NotMet | Outcome::Unknown) {
            self.exemptions(requirement, frame, finding);
        }
        let doubts = match finding.outcome {
            Outcome::Met if finding.excused_by.is_none() => Some((true, &requirement.agency_must_confirm)),
            Outcome::NotMet => Some((false, &requirement.agency_may_accept)),
            _ => None,
        };
        let mut marks = marks;
        if let Some((holds, doubts)) = doubts {
            match self.first_that_may_hold(doubts, frame) {
                // The agency decides, unless it is not asked at all; which of the two is open.
                (Some(_), _) if unless == Truth::Unknown => {
                    finding.outcome = Outcome::Unknown;
                    finding.at_worst_agency = true;
                }
                (Some(place), _) => {
                    finding.outcome = Outcome::AgencyDecides;
                    finding.left_to_agency = Some((holds, place));
                }
                // Whether it fails or is the agency's to decide rests on what is absent.
                (None, Some(open)) if !holds => {
                    finding.outcome = Outcome::Unknown;
                    marks = open;
                }
                (None, _) => {}
            }
        }
        if finding.outcome == Outcome::NotMet && requirement.excusable.is_some() {
            finding.outcome = Outcome::AgencyDecides;
            finding.excusable = true;
        }
        if finding.outcome == Outcome::Unknown {
            let accepted = self.first_that_may_hold(&requirement.agency_may_accept, frame).0.is_some();
            finding.at_worst_agency |= requirement.excusable.is_some() || accepted;
        }
        if asks.doubtful && finding.excused_by.is_none() && unless == Truth::False {
            // Doubtful law never decides: neither way, and no fact can settle it.
            finding.outcome = Outcome::AgencyDecides;
        }
        if finding.outcome == Outcome::Unknown { marks } else { M::default() }
    }

    /// The first exemption that is known to hold.
    fn excuse(&mut self, requirement: &'a Requirement, frame: &Frame) -> Option<usize> {
        requirement.exemptions.iter().position(|exemption| {
            let version = exemption.on(self.day, self.law.state);
            let test = version.and_then(|version| version.says.as_ref());
            test.is_some_and(|test| self.truth(test, frame).0 == Truth::True)
        })
    }

    /// An exemption that holds excuses; one that is not known is a way out.
    fn exemptions(&mut self, requirement: &'a Requirement, frame: &Frame, finding: &mut Finding) {
        for (position, exemption) in requirement.exemptions.iter().enumerate() {
            let Some(version) = exemption.on(self.day, self.law.state) else { continue };
            let (truth, marks) = match &version.says {
                Some(test) => self.truth(test, frame),
                // Nothing that can be asked: always worth knowing of.
                None => (Truth::Unknown, M::default()),
            };
            match truth {
                Truth::True => {
                    finding.outcome = Outcome::Met;
                    finding.excused_by = Some(position);
                    finding.ways_out.clear();
                    return;
                }
                Truth::Unknown => {
                    if let Some(when) = &exemption.when
                        && self.truth(when, frame).0 == Truth::False
                    {
                        continue;
                    }
                    finding.ways_out.push(WayOut { exemption: position, facts: marks.why().facts });
                }
                Truth::False => {}
            }
        }
    }

    /// The first doubt that applies; else what it rests on whether one does, if that is open.
    fn first_that_may_hold(
        &mut self,
        doubts: &'a [crate::rulebook::Exemption],
        frame: &Frame,
    ) -> (Option<usize>, Option<M>) {
        let mut open: Option<M> = None;
        for (place, doubt) in doubts.iter().enumerate() {
            let Some(Some(test)) = doubt.on(self.day, self.law.state).map(|version| &version.says) else {
                continue;
            };
            match self.truth(test, frame) {
                (Truth::True, _) => return (Some(place), None),
                (Truth::Unknown, marks) => open = Some(open.unwrap_or_default().join(marks)),
                (Truth::False, _) => {}
            }
        }
        (None, open)
    }

    /// The standings that a person may have by these tests: the first that applies wins.
    pub(super) fn standing_by(
        &mut self,
        person: usize,
        requirements: &'a [Requirement],
        tested: &[Tested<M>],
    ) -> With<CodeSet, M> {
        let member = CodeSet::only(0);
        let mut possible = member;
        let mut first_certain: Option<usize> = None;
        let mut marks = M::default();
        for test in tested {
            let Some(requirement) = requirements.get(test.finding.requirement) else { continue };
            if requirement.if_not_met.is_empty() {
                continue;
            }
            let fails = match test.finding.outcome {
                Outcome::NotMet => Truth::True,
                Outcome::Unknown => Truth::Unknown,
                Outcome::AgencyDecides => {
                    marks = marks.join(M::reason(Reasons::AGENCY));
                    Truth::Unknown
                }
                Outcome::Met | Outcome::NotTested => continue,
            };
            marks = marks.join(test.marks.clone());
            let (standings, more) = self.standings_of(requirement, person);
            marks = marks.join(more);
            possible = possible.join(standings);
            if fails == Truth::True
                && let Some(standing) = standings.positions().last()
            {
                // Whichever of these it is, nothing of lower precedence than the last can win.
                first_certain = Some(first_certain.map_or(standing, |before| before.min(standing)));
            }
        }
        if let Some(certain) = first_certain {
            let kept = possible.positions().filter(|standing| *standing != 0 && *standing <= certain);
            possible = kept.fold(CodeSet::EMPTY, |set, standing| set.join(CodeSet::only(standing)));
        }
        let marks = if possible.is_settled() { M::default() } else { marks };
        (possible, marks)
    }

    fn standings_of(&mut self, requirement: &'a Requirement, person: usize) -> With<CodeSet, M> {
        let mut set = CodeSet::EMPTY;
        let mut marks = M::default();
        for (when, standing) in &requirement.if_not_met {
            let (truth, more) = match when {
                Some(when) => self.truth(when, &about(person)),
                None => (Truth::True, M::default()),
            };
            if truth.can_hold() {
                set = set.join(CodeSet::only(*standing));
                marks = marks.join(more);
            }
            if truth == Truth::True {
                break;
            }
        }
        (set, marks)
    }
}

fn plain_outcome(truth: Truth) -> Outcome {
    match truth {
        Truth::True => Outcome::Met,
        Truth::False => Outcome::NotMet,
        Truth::Unknown => Outcome::Unknown,
    }
}
