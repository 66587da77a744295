//! Before a fact is called missing it is tried out: at the ends of its range and at every threshold that it meets,
//! alone and beside what else is absent. A fact without a witness, two of its values between which a result differs
//! for good, is not asked for, unless it is the last that could tell.

mod beside;
mod candidate;
mod face;
mod search;
mod trial;

use foldhash::{HashMap, HashSet};

use crate::kernel::Day;
use crate::language::ProgramId;
use crate::rulebook::RuleBook;
use crate::vocabulary::{FactRef, Role, Situation};

use super::findings::{Findings, Missing, Outcome, Status, UnitFinding};
use candidate::Candidate;
use face::Difference;
use search::Search;
use trial::Trial;

/// The most programs that are run over to try facts out for one request, for so many people: the more there are,
/// the longer each takes. A fact that could not be tried any more is asked for.
fn most_runs(people: usize) -> usize {
    let runs = 800_000 / (people * people + 25);
    // Rules about two people weigh more and more.
    if people > 8 { runs * 64 / (people * people) } else { runs }
}

/// Tries out the absent facts of each program, which may use its share of the runs and what others left; hands each
/// search on.
fn each_search<'b>(
    trial: &mut Trial<'b>,
    found: &[Findings],
    mut then: impl FnMut(usize, &mut Search<'_, 'b>),
) {
    let open = |one: &&Findings| one.units.iter().any(|unit| !unit.missing.is_empty());
    let mut waiting = found.iter().filter(open).count();
    let mut left = most_runs(trial.situation.people());
    for (place, one) in found.iter().enumerate().filter(|(_, one)| open(one)) {
        let share = left / waiting.max(1);
        trial.allow(share);
        let mut search = Search::of(trial, one);
        then(place, &mut search);
        search.leave();
        left -= share - trial.allow(0);
        waiting -= 1;
    }
}

/// A fact that decides, shown by two situations that are the same but for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// What it decides.
    pub program: ProgramId,
    /// The absent fact.
    pub fact: FactRef,
    /// Two ways in which the situation can be completed, with two results.
    pub situations: [Situation; 2],
}

/// For each fact that these findings (of [`super::answer`], with reasons) may rest on, how it was seen to decide, if
/// it was: what the promise that no needless question is asked can be checked by.
#[must_use]
pub fn witnesses(book: &RuleBook, situation: &Situation, day: Day, programs: &[ProgramId]) -> Vec<Witness> {
    let found = super::ask::open_findings(book, situation, day, programs);
    let mut trial = Trial::new(book, situation, day);
    let mut witnesses = Vec::new();
    each_search(&mut trial, &found, |place, search| {
        let Some(program) = found.get(place).map(|one| one.program) else { return };
        for number in 0..search.candidates.len() {
            let at = search.candidates.get(number).map(|candidate| candidate.at);
            if let Some((fact, situations)) = at.zip(search.replay(number)) {
                witnesses.push(Witness { program, fact, situations });
            }
        }
    });
    witnesses
}

/// Keeps, of the candidates in `found`, those with a witness.
pub(super) fn find_missing(book: &RuleBook, situation: &Situation, day: Day, found: &mut [Findings]) {
    let mut trial = Trial::new(book, situation, day);
    // What the values of one program's facts were goes before those of the next are made: they take much room.
    let mut tried: Vec<(usize, Verdicts)> = Vec::new();
    each_search(&mut trial, found, |place, search| {
        let of = |candidate: &Candidate| (candidate.at, Verdict::of(candidate));
        tried.push((place, search.candidates.iter().map(of).collect()));
    });
    for (place, verdicts) in tried {
        let Some(one) = found.get_mut(place) else { continue };
        for unit in &mut one.units {
            keep_witnessed(book, unit, &verdicts);
            unit.missing.sort_by_key(|missing| {
                let sensitivity = book.vocabulary.fact(missing.fact.fact).map(|fact| fact.sensitivity);
                (!missing.status, sensitivity, missing.fact)
            });
        }
    }
}

/// What came of trying a fact out.
#[derive(Clone, Copy)]
struct Verdict {
    difference: Difference,
    witnessed: bool,
    /// The runs were used up before it was looked at once.
    untried: bool,
}

type Verdicts = HashMap<FactRef, Verdict>;

impl Verdict {
    fn of(candidate: &Candidate) -> Self {
        Self {
            difference: candidate.difference,
            witnessed: candidate.witness.is_some(),
            untried: candidate.given_up && !candidate.tried,
        }
    }

    /// Whether the fact is asked for. One that was tried in vain before the runs were used up is asked for once more
    /// is known.
    fn is_kept(self, book: &RuleBook, at: FactRef) -> bool {
        // Nobody can be put on the list to see what they change.
        let people = book.vocabulary.fact(at.fact).and_then(|fact| fact.role) == Some(Role::People);
        self.witnessed || self.untried || (people && self.difference.result)
    }
}

fn keep_witnessed(book: &RuleBook, unit: &mut UnitFinding, verdicts: &Verdicts) {
    if unit.status == Status::NotEligible {
        unit.missing.clear();
        return;
    }
    let weight = |at: FactRef| verdicts.get(&at).map_or(0, |verdict| verdict.difference.weight());
    let last = unit.missing.iter().max_by_key(|missing| weight(missing.fact)).copied();
    unit.missing
        .retain(|missing| verdicts.get(&missing.fact).is_some_and(|one| one.is_kept(book, missing.fact)));
    let decides = |missing: &Missing| {
        let verdict = verdicts.get(&missing.fact);
        verdict.is_some_and(|one| one.difference.status || (!one.witnessed && missing.status))
    };
    // Where none was seen to turn an open status by itself, whatever it rests on may.
    if unit.status != Status::NeedsInformation || unit.missing.iter().any(decides) {
        for missing in &mut unit.missing {
            missing.status = decides(missing);
        }
    }
    if unit.missing.is_empty() && unit.status == Status::NeedsInformation {
        unit.missing.extend(last);
    }
    let missing: HashSet<FactRef> = unit.missing.iter().map(|missing| missing.fact).collect();
    for finding in &mut unit.findings {
        if finding.outcome == Outcome::Unknown {
            finding.why.facts.retain(|fact| missing.contains(fact));
        }
    }
}
