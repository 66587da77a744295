//! Findings of the engine -> findings, provisos, missing facts, ways out and unsettled law of a reply.

use std::borrow::Cow;

use foldhash::HashMap;

use crate::engine::{Finding, Outcome, Status, UnitFinding};
use crate::kernel::{Range, Words};
use crate::language::Subject;
use crate::rulebook::{Asks, Exemption, PersonRole, Program, Requirement, Version};
use crate::vocabulary::{About, FactRef, Given, Sensitivity};

use super::context::Context;
use super::reply;

/// A finding with the requirement and the version of it that governs.
#[derive(Clone, Copy)]
pub(super) struct Tested<'b, 'f> {
    pub(super) requirement: &'b Requirement,
    pub(super) version: &'b Version<Asks>,
    pub(super) finding: &'f Finding,
}

impl<'b> Context<'b> {
    /// A finding with its law; `None` if no version governs on the day.
    pub(super) fn tested<'f>(&self, program: &'b Program, finding: &'f Finding) -> Option<Tested<'b, 'f>> {
        let requirement = program.requirements.get(finding.requirement)?;
        let version = requirement.on(self.day, self.situation.state)?;
        Some(Tested { requirement, version, finding })
    }

    pub(super) fn all<'f>(
        &self,
        program: &'b Program,
        unit: &'f UnitFinding,
    ) -> impl Iterator<Item = Tested<'b, 'f>> {
        unit.findings.iter().filter_map(move |finding| self.tested(program, finding))
    }

    /// The words for the outcome of a test.
    pub(super) fn outcome(&self, program: &'b Program, test: Tested<'b, '_>) -> Cow<'b, str> {
        let Tested { requirement, version, finding } = test;
        let asks = &version.says;
        let own = |own: &'b Option<Words>, shared: &'b Words| own.as_ref().unwrap_or(shared);
        let excused = finding.excused_by.and_then(|position| requirement.exemptions.get(position));
        let words = match finding.outcome {
            Outcome::Met => {
                excused.map_or_else(|| own(&asks.met, &requirement.met), |exemption| &exemption.text)
            }
            Outcome::NotMet => own(&asks.not_met, &requirement.not_met),
            Outcome::Unknown => own(&asks.unknown, &requirement.unknown),
            Outcome::AgencyDecides => {
                let agency =
                    if finding.excusable { &requirement.excusable } else { &requirement.agency_decides };
                let doubt = doubt(requirement, finding).map(|doubt| &doubt.text);
                doubt.or(agency.as_ref()).unwrap_or_else(|| own(&asks.unknown, &requirement.unknown))
            }
            Outcome::NotTested => &requirement.title,
        };
        let words = if words.en.is_empty() { &requirement.title } else { words };
        self.speaker.say_with(words, &program.module, &requirement.placeholders, &finding.values)
    }

    /// The findings of a unit, as far as they are wanted.
    pub(super) fn findings(&self, program: &'b Program, unit: &UnitFinding) -> Vec<reply::Finding<'b>> {
        if !self.findings {
            return Vec::new();
        }
        let mut findings: Vec<_> = self
            .all(program, unit)
            .filter(|test| {
                // What is only presumed stands under `provided_that`.
                !is_presumed(test.finding) && (self.full || test.finding.outcome != Outcome::NotTested)
            })
            .map(|test| self.finding(program, unit, test))
            .collect();
        findings.extend(self.amount_finding(program, unit));
        findings
    }

    fn finding(&self, program: &'b Program, unit: &UnitFinding, test: Tested<'b, '_>) -> reply::Finding<'b> {
        let Tested { requirement, version, finding } = test;
        let title = self.say(&requirement.title, program);
        let text = self.outcome(program, test);
        let excused = finding.excused_by.and_then(|position| requirement.exemptions.get(position));
        let own_law = excused
            .or_else(|| doubt(requirement, finding))
            .and_then(|exemption| exemption.on(self.day, self.situation.state))
            .map_or(&[][..], |law| &law.cite);
        let grounds = self.grounds(requirement, finding, unit);
        let values = if self.full {
            grounds.iter().filter_map(|at| self.fact_value(*at)).collect()
        } else {
            Vec::new()
        };
        reply::Finding {
            requirement: &requirement.id,
            title,
            person: finding.person.map(|person| self.label(person)),
            outcome: told(finding).code(),
            text,
            excused_by: excused.map(|exemption| exemption.id.as_str()),
            citations: self.citations(own_law.iter().chain(&version.cite).chain(&requirement.cite)),
            law_from: Some(version.from),
            facts: self.pointers(&grounds).into(),
            missing: self.pointers(&finding.why.facts).into(),
            values,
            untranslated: self.speaker.fell_back(),
            arithmetic: finding.trace.iter().map(|line| self.arithmetic(line)).collect(),
        }
    }

    /// The amount as a finding: where it comes to nothing, and its reckoning where that is wanted.
    fn amount_finding(&self, program: &'b Program, unit: &UnitFinding) -> Option<reply::Finding<'b>> {
        let rule = program.amount.as_ref()?;
        let shown = self.full && !unit.worksheet.is_empty();
        if !unit.zero_amount && !shown {
            return None;
        }
        let arithmetic: Vec<_> = unit.worksheet.iter().map(|line| self.arithmetic(line)).collect();
        let cite: Vec<_> = rule
            .worksheet
            .iter()
            .filter_map(|id| self.book.definition(*id))
            .flat_map(|definition| definition.cite.iter().copied())
            .collect();
        let (outcome, text) = match &unit.amount {
            _ if unit.zero_amount => (Outcome::NotMet, self.say(&rule.zero, program)),
            Some(amount) => {
                let kind = crate::language::Type::Money(crate::language::MoneyPer::Once);
                let said = self.speaker.range(amount.range, kind);
                let outcome = if pays(amount.range) { Outcome::Met } else { Outcome::Unknown };
                (
                    outcome,
                    Cow::Owned(format!(
                        "{}: {said}",
                        self.speaker.own("A full period", "Un período completo")
                    )),
                )
            }
            None => {
                let text = self
                    .speaker
                    .own("Reckoned, but another test fails.", "Se calculó, pero otra prueba no se cumple.");
                (Outcome::NotTested, Cow::Borrowed(text))
            }
        };
        Some(reply::Finding {
            requirement: "amount",
            title: Cow::Borrowed(self.speaker.own("Amount", "Cantidad")),
            person: None,
            outcome: outcome.code(),
            text,
            excused_by: None,
            citations: self.citations(&cite),
            law_from: None,
            facts: Vec::new().into(),
            missing: Vec::new().into(),
            values: Vec::new(),
            untranslated: self.speaker.fell_back(),
            arithmetic: if self.full { arithmetic } else { Vec::new() },
        })
    }

    /// The facts that were told and bear on a finding: the person's own, or those of everybody in the
    /// unit, and those of the household.
    fn grounds(&self, requirement: &Requirement, finding: &Finding, unit: &UnitFinding) -> Vec<FactRef> {
        let mut grounds = Vec::new();
        for id in requirement.facts.iter().filter(|id| self.is_ground(**id)) {
            let Some(fact) = self.book.vocabulary.fact(*id) else { continue };
            let mut add = |at: FactRef| {
                if self.given(at) == Some(Given::Told) {
                    grounds.push(at);
                }
            };
            match (fact.about, finding.person) {
                (About::Item(_), _) => {}
                (About::Person, Some(person)) => add(FactRef::of(person, *id)),
                (About::Person, None) => unit.people.iter().for_each(|one| add(FactRef::of(one.person, *id))),
                _ => add(FactRef::shared(*id)),
            }
        }
        grounds
    }

    /// What is taken to be true: where there is a test nobody could answer, the words for an open one.
    fn proviso(&self, program: &'b Program, test: Tested<'b, '_>) -> Cow<'b, str> {
        let Tested { requirement, version, finding } = test;
        let open = version.says.unknown.as_ref().unwrap_or(&requirement.unknown);
        if version.says.test.is_none() || open.en.is_empty() {
            return self.outcome(program, test);
        }
        self.speaker.say_with(open, &program.module, &requirement.placeholders, &finding.values)
    }

    /// Bars that were taken not to apply because nobody spoke of them.
    pub(super) fn provided_that(
        &self,
        program: &'b Program,
        unit: &UnitFinding,
    ) -> Vec<reply::ProvidedThat<'b>> {
        let mut provisos: Vec<reply::ProvidedThat<'b>> = Vec::new();
        if unit.status == Status::NotEligible {
            // It is refused whether these hold or not.
            return provisos;
        }
        // Somebody who is refused is refused whether theirs hold or not.
        let refused = |person: usize| {
            let own = unit.people.iter().find(|one| one.person == person);
            own.is_some_and(|own| own.status == Status::NotEligible || own.role == PersonRole::Outside)
        };
        let matters =
            |test: &Tested<'b, '_>| is_presumed(test.finding) && !test.finding.person.is_some_and(refused);
        for test in self.all(program, unit).filter(matters) {
            let Tested { requirement, version, finding } = test;
            let text = self.proviso(program, test);
            let untranslated = self.speaker.fell_back();
            let person =
                finding.person.filter(|_| requirement.of == Subject::Person).map(|person| self.label(person));
            let same = |known: &&mut reply::ProvidedThat<'b>| {
                known.requirement == requirement.id && known.text == text
            };
            if let Some(known) = provisos.iter_mut().find(same) {
                known.people.extend(person);
                continue;
            }
            provisos.push(reply::ProvidedThat {
                requirement: &requirement.id,
                text,
                people: person.into_iter().collect(),
                citations: self.citations(version.cite.iter().chain(&requirement.cite)),
                untranslated,
            });
        }
        provisos
    }

    /// Facts that could change a result.
    pub(super) fn missing<'u>(
        &self,
        units: impl IntoIterator<Item = &'u UnitFinding>,
    ) -> Vec<reply::Missing<'b>> {
        let mut missing: Vec<(Sensitivity, reply::Missing<'b>)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::default();
        for one in units.into_iter().flat_map(|unit| &unit.missing) {
            let pointer = self.missing_pointer(one.fact);
            let [status, amount] = reply::DECIDES;
            let decides = if one.status { status } else { amount };
            if let Some((_, known)) = places.get(&pointer).and_then(|place| missing.get_mut(*place)) {
                if one.status {
                    known.decides = decides;
                }
                continue;
            }
            let Some(fact) = self.book.vocabulary.fact(one.fact.fact) else { continue };
            places.insert(pointer.clone(), missing.len());
            let told = reply::Missing {
                because: self.because(one.fact),
                pointer,
                fact: &fact.name,
                question: self.speaker.say(&fact.question, ""),
                decides,
                sensitivity: fact.sensitivity.name(),
                untranslated: self.speaker.fell_back(),
            };
            missing.push((fact.sensitivity, told));
        }
        // Of all people together: what decides a status first, and what is hardest to tell last.
        let [status, _] = reply::DECIDES;
        missing.sort_by_key(|(sensitivity, told)| (told.decides != status, *sensitivity));
        missing.into_iter().map(|(_, told)| told).collect()
    }

    /// Where another reading of the law would give another status.
    pub(super) fn unsettled(&self, program: &'b Program, unit: &UnitFinding) -> Vec<reply::Unsettled<'b>> {
        let each = unit.other_readings.iter().filter_map(|other| {
            let test = self.tested(program, unit.findings.get(other.finding)?)?;
            let unsettled = test.version.says.unsettled.as_ref()?;
            Some(reply::Unsettled {
                requirement: &test.requirement.id,
                person: test.finding.person.map(|person| self.label(person)),
                other_status: other.status.code(),
                text: self.say(&unsettled.text, program),
                citations: self.citations(&unsettled.cite),
                advise: &unsettled.advise,
                untranslated: self.speaker.fell_back(),
            })
        });
        each.collect()
    }

    /// Exemptions that could excuse from a test that is failed or open.
    pub(super) fn ways_out(&self, program: &'b Program, unit: &UnitFinding) -> Vec<reply::WayOut<'b>> {
        let mut ways = Vec::new();
        for test in self.all(program, unit) {
            for way in &test.finding.ways_out {
                let Some(exemption) = test.requirement.exemptions.get(way.exemption) else { continue };
                let law = exemption.on(self.day, self.situation.state);
                ways.push(reply::WayOut {
                    requirement: &test.requirement.id,
                    exemption: &exemption.id,
                    person: test.finding.person.map(|person| self.label(person)),
                    text: self.speaker.say_with(
                        &exemption.text,
                        &program.module,
                        &test.requirement.placeholders,
                        &test.finding.values,
                    ),
                    tell: self.pointers(&way.facts),
                    citations: self.citations(law.map_or(&[][..], |law| &law.cite)),
                    untranslated: self.speaker.fell_back(),
                });
            }
        }
        ways
    }
}

/// The doubt in the law or its practice that leaves a finding to an agency.
fn doubt<'b>(requirement: &'b Requirement, finding: &Finding) -> Option<&'b Exemption> {
    let (holds, place) = finding.left_to_agency?;
    let doubts = if holds { &requirement.agency_must_confirm } else { &requirement.agency_may_accept };
    doubts.get(place)
}

/// The outcome as it is told: where a fact is open that can change nothing, since an agency decides at worst, it is
/// the agency's.
fn told(finding: &Finding) -> Outcome {
    let open = finding.outcome == Outcome::Unknown;
    if open && finding.at_worst_agency && finding.why.facts.is_empty() {
        return Outcome::AgencyDecides;
    }
    finding.outcome
}

/// Whether a bar was taken not to apply because nobody spoke of it.
fn is_presumed(finding: &Finding) -> bool {
    finding.provided_that && finding.outcome == Outcome::Met
}

fn pays(range: Range) -> bool {
    range.low > crate::kernel::Bound::ZERO
}
