//! Looking for witnesses: two values of an absent fact, all else being the same, that give a program two results.
//!
//! First every fact is put, one after the other, to the value that gives most beside those put before; so all that is
//! absent gets a value, and most facts then show what they decide. Those that do not are looked at again with the
//! facts that decide beside them as they give least.

use std::collections::hash_map::Entry;

use foldhash::HashMap;

use crate::language::ProgramId;
use crate::vocabulary::{FactRef, Situation};

use super::super::ask::with_needs;
use super::super::findings::Findings;
use super::super::telling::changes;
use super::beside::Beside;
use super::candidate::{Candidate, Places, Witness, some_of, weigh};
use super::face::{Difference, Face, Worth};
use super::trial::Trial;

/// How often every fact is put to the value that gives most.
const ROUNDS: usize = 3;

/// The most different faces of a program that are kept to compare others with.
const FACES: usize = 6;

/// Which values of a fact are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Values {
    All,
    /// One of each kind that gave another result before.
    Telling,
}

/// Looking for the witnesses of one program.
pub(super) struct Search<'t, 'b> {
    trial: &'t mut Trial<'b>,
    program: ProgramId,
    /// The program and all that it asks `eligible_for`.
    wanted: Vec<ProgramId>,
    pub(super) candidates: Vec<Candidate>,
    /// The candidates' numbers by their places.
    numbers: HashMap<FactRef, usize>,
    /// What stands now.
    places: Places,
}

impl<'t, 'b> Search<'t, 'b> {
    /// Looks for a witness of each fact that these findings may rest on.
    pub(super) fn of(trial: &'t mut Trial<'b>, found: &Findings) -> Self {
        let mut places: Vec<FactRef> = Vec::new();
        let mut numbers = HashMap::default();
        for missing in found.units.iter().flat_map(|unit| &unit.missing) {
            if let Entry::Vacant(new) = numbers.entry(missing.fact) {
                new.insert(places.len());
                places.push(missing.fact);
            }
        }
        let wanted = with_needs(trial.book, &[found.program]);
        if !trial.affords(wanted.len()) {
            let untried = |at| Candidate { given_up: true, ..Candidate::new(at, Vec::new()) };
            let candidates: Vec<Candidate> = places.into_iter().map(untried).collect();
            let places = vec![None; candidates.len()];
            return Self { trial, program: found.program, wanted, candidates, numbers, places };
        }
        let candidates: Vec<Candidate> = places
            .into_iter()
            .map(|at| Candidate::new(at, changes(trial.book, found.program, &trial.situation, at)))
            .collect();
        let places = vec![None; candidates.len()];
        let mut search = Self { trial, program: found.program, wanted, candidates, numbers, places };
        search.trial.settle_down(&search.wanted);
        let asked = search.candidates.len();
        for number in 0..asked {
            search.settle(number, true);
        }
        search.settle_what_comes_up(true);
        for round in 1..ROUNDS {
            let mut moved = false;
            for number in 0..asked {
                if round == 1 || search.is_open(number) {
                    moved |= search.explore(number, true);
                }
            }
            if !moved {
                break;
            }
        }
        let best = search.places.clone();
        for number in 0..asked {
            search.look_beside(number, &best, found);
        }
        search.stand(&best);
        search
    }

    fn is_open(&self, number: usize) -> bool {
        self.candidates.get(number).is_some_and(|one| one.witness.is_none() && !one.given_up)
    }

    /// Looks at a fact without a witness as it gives least: with what excuses as it was, and those that decide beside it
    /// one after the other as they then give least.
    fn look_beside(&mut self, number: usize, best: &Places, found: &Findings) {
        let Some(candidate) = self.candidates.get(number) else { return };
        if !self.is_open(number) || !self.trial.affords(4 * self.wanted.len()) {
            return;
        }
        let low = candidate.low.clone();
        let beside = Beside::of(candidate.at, found, &self.numbers);
        for place in low {
            // As it stands and carefully, at the least.
            if !self.is_open(number) || !self.trial.affords(4 * self.wanted.len()) {
                return;
            }
            let mut places = best.clone();
            for (other, stands) in places.iter_mut().enumerate() {
                if other == number {
                    *stands = Some(place);
                } else if beside.has(other) {
                    *stands = None;
                }
            }
            self.stand(&places);
            for other in beside.facts() {
                self.settle(other, false);
            }
            self.settle_what_comes_up(false);
            self.explore(number, false);
        }
    }

    /// Puts a candidate to the value that gives most, or least, among those that contradict nothing.
    fn settle(&mut self, number: usize, most: bool) {
        let Some((best, worst)) = self.compare(number, Values::All) else { return };
        self.put(number, Some(if most { best } else { worst }));
        self.refresh(number);
    }

    /// Puts to a value, too, what the result turns out to rest on once the rest is known.
    fn settle_what_comes_up(&mut self, most: bool) {
        for _ in 0..ROUNDS {
            if !self.trial.affords(self.wanted.len()) {
                return;
            }
            let Some((_, open)) = self.trial.carefully(self.program, &self.wanted) else { return };
            let mut absent: Vec<usize> = Vec::new();
            for at in open {
                let known = self.numbers.get(&at).copied();
                let number = known.unwrap_or_else(|| self.add(at));
                if self.places.get(number) == Some(&None) {
                    absent.push(number);
                }
            }
            if absent.is_empty() {
                return;
            }
            for number in absent {
                self.settle(number, most);
            }
        }
    }

    fn add(&mut self, at: FactRef) -> usize {
        self.numbers.insert(at, self.candidates.len());
        self.candidates
            .push(Candidate::new(at, changes(self.trial.book, self.program, &self.trial.situation, at)));
        self.places.push(None);
        self.places.len() - 1
    }

    /// Tries each value of a candidate; puts it to the one that gives most, if that is wanted. Whether it moved.
    fn explore(&mut self, number: usize, moving: bool) -> bool {
        let taken = self.clear_way(number);
        let seen = self.compare(number, if moving { Values::Telling } else { Values::All });
        for (other, place) in &taken {
            self.put(*other, Some(*place));
        }
        if !taken.is_empty() {
            self.trial.settle_down(&self.wanted);
        }
        let Some((best, _)) = seen else { return false };
        if !moving || !taken.is_empty() || self.places.get(number) == Some(&Some(best)) {
            return false;
        }
        self.put(number, Some(best));
        self.refresh(number);
        true
    }

    /// Runs each of these values and notes how the results differ between any two; gives the values that give most and
    /// least.
    fn compare(&mut self, number: usize, values: Values) -> Option<(usize, usize)> {
        let candidate = self.candidates.get(number)?;
        let at = candidate.at;
        let telling = match values {
            Values::All => (0..candidate.changes.len()).collect(),
            Values::Telling => candidate.telling.clone(),
        };
        let wanted = self.trial.affected(at, &[self.program]);
        if !self.trial.affords(telling.len() * wanted.len()) {
            self.candidates.get_mut(number)?.given_up = true;
            return None;
        }
        self.candidates.get_mut(number)?.tried = true;
        let was = self.places.get(number).copied().flatten();
        let mut known: Vec<(usize, Face)> = Vec::new();
        let mut extremes: Option<[(usize, Worth); 2]> = None;
        let mut low: (Option<Worth>, Vec<usize>) = (None, Vec::new());
        for place in telling {
            let change = self.candidates.get(number)?.changes.get(place)?.clone();
            let Some(faces) = self.trial.with(at, &change, &wanted) else { continue };
            let Some((_, face)) = faces.into_iter().find(|(id, _)| *id == self.program) else { continue };
            let worth = face.worth();
            weigh(place, was, worth, &mut extremes);
            match &low.0 {
                Some(least) if *least == worth => low.1.push(place),
                Some(least) if *least < worth => {}
                _ => low = (Some(worth), vec![place]),
            }
            self.meet(number, &known, place, &face);
            if known.len() < FACES && !known.iter().any(|(_, before)| *before == face) {
                known.push((place, face));
            }
        }
        if self.candidates.get(number)?.low.is_empty() {
            self.candidates.get_mut(number)?.low = some_of(&low.1);
        }
        if known.len() > 1 {
            self.candidates.get_mut(number)?.telling = known.into_iter().map(|(place, _)| place).collect();
        }
        extremes.map(|[(best, _), (worst, _)]| (best, worst))
    }

    /// Compares a face with those known before, and keeps what shows that the fact decides.
    fn meet(&mut self, number: usize, known: &[(usize, Face)], place: usize, face: &Face) {
        for (other, before) in known {
            let mut difference = before.difference(face);
            let Some(candidate) = self.candidates.get(number) else { return };
            let settled = candidate.difference.lasting;
            if difference.perhaps && !difference.lasting && !settled {
                difference = difference.and(self.carefully(number, *other, place));
            }
            let Some(candidate) = self.candidates.get_mut(number) else { return };
            if difference.lasting && !settled || difference.status && !candidate.difference.status {
                let mut places = self.places.clone();
                if let Some(own) = places.get_mut(number) {
                    *own = None;
                }
                candidate.witness = Some(Witness { places: places.into(), one: *other, other: place });
            }
            candidate.difference = candidate.difference.and(difference);
        }
    }

    /// How the results at two values of a candidate differ, tracking what is open: also for good where neither rests
    /// on anything that is absent.
    fn carefully(&mut self, number: usize, one: usize, other: usize) -> Difference {
        let runs = [one, other].map(|place| {
            let candidate = self.candidates.get(number)?;
            let (at, change) = (candidate.at, candidate.changes.get(place).cloned()?);
            let before = self.trial.put(at, change);
            let run = self.trial.carefully(self.program, &self.wanted);
            self.trial.put(at, before);
            run
        });
        let [Some((one, one_open)), Some((other, other_open))] = runs else { return Difference::default() };
        let difference = one.difference(&other);
        Difference {
            lasting: difference.lasting
                || (difference.result && one_open.is_empty() && other_open.is_empty()),
            ..difference
        }
    }

    /// Puts a candidate to a value, or to what stood there before.
    fn put(&mut self, number: usize, place: Option<usize>) {
        let (Some(candidate), Some(now)) = (self.candidates.get_mut(number), self.places.get_mut(number))
        else {
            return;
        };
        let change = match place {
            Some(place) => candidate.changes.get(place).cloned(),
            None => candidate.before.take(),
        };
        let Some(change) = change else { return };
        let before = self.trial.put(candidate.at, change);
        if now.is_none() {
            candidate.before = Some(before);
        }
        *now = place;
    }

    /// Puts every candidate to its place.
    fn stand(&mut self, places: &Places) {
        for number in 0..self.candidates.len() {
            let place = places.get(number).copied().flatten();
            if self.places.get(number).copied().flatten() != place {
                self.put(number, place);
            }
        }
        self.take_out_contradictions();
        self.trial.settle_down(&self.wanted);
    }

    /// Leaves absent whatever cannot be so beside the others.
    fn take_out_contradictions(&mut self) {
        let mut number = 0;
        while let Some(at) = self.candidates.get(number).map(|one| one.at) {
            let told = self.places.get(number).copied().flatten().is_some();
            let found =
                if told && self.trial.may_contradict(at) { self.trial.contradiction(at) } else { None };
            let Some(contradicted) = found else {
                number += 1;
                continue;
            };
            let filled = |other: &usize| self.places.get(*other).copied().flatten().is_some();
            let own = self.candidates.iter().position(|one| one.at == contradicted).filter(filled);
            self.put(own.unwrap_or(number), None);
            number = 0;
        }
    }

    /// Answers again what may have changed with a candidate.
    fn refresh(&mut self, number: usize) {
        let Some(at) = self.candidates.get(number).map(|one| one.at) else { return };
        let affected = self.trial.affected(at, &[self.program]);
        self.trial.answer(&affected);
    }

    /// Takes out whatever keeps a value of this candidate from standing; gives what was taken out.
    fn clear_way(&mut self, number: usize) -> Vec<(usize, usize)> {
        let mut taken = Vec::new();
        let Some(at) = self.candidates.get(number).map(|one| one.at) else { return taken };
        if !self.trial.may_contradict(at) {
            return taken;
        }
        let own = self.places.get(number).copied().flatten();
        for place in 0..self.candidates.get(number).map_or(0, |one| one.changes.len()) {
            self.put(number, Some(place));
            while let Some(contradicted) = self.trial.contradiction(at) {
                let part = |other: &usize| {
                    let filled = self.places.get(*other).copied().flatten()?;
                    let fact = self.candidates.get(*other)?.at;
                    (*other != number && self.trial.takes_part(fact, contradicted))
                        .then_some((*other, filled))
                };
                let Some((other, filled)) = (0..self.candidates.len()).find_map(|other| part(&other)) else {
                    break;
                };
                taken.push((other, filled));
                self.put(other, None);
            }
        }
        self.put(number, own);
        if !taken.is_empty() {
            self.trial.settle_down(&self.wanted);
        }
        taken
    }

    /// Puts everything back as it was.
    pub(super) fn leave(&mut self) {
        for number in 0..self.candidates.len() {
            self.put(number, None);
        }
    }

    /// The situation with all but one fact put to the values of its witness, and that fact to its two values.
    pub(super) fn replay(&mut self, number: usize) -> Option<[Situation; 2]> {
        let candidate = self.candidates.get(number)?;
        let Witness { places, one, other } = candidate.witness.clone()?;
        self.stand(&places.to_vec());
        let both = [one, other].map(|place| {
            self.put(number, Some(place));
            self.trial.situation.clone()
        });
        self.put(number, None);
        Some(both)
    }
}
