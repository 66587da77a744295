//! One household after another: each property tried on it, and what broke kept.

use std::collections::BTreeSet;
use std::sync::Mutex;

use onward::engine::{Depth, Findings, Missing, Status, witnesses};
use onward::language::FactId;
use onward::rulebook::RuleBook;
use onward::vocabulary::{FactRef, Given, Situation};
use serde_json::Value as Json;

use crate::answers::{answers, choose_program, programs};
use crate::asked::Asked;
use crate::common::erase::{Edit, Place, What, applied, blur, erase, places};
use crate::common::household::Generator;
use crate::common::random::Random;
use crate::common::situation;
use crate::smaller::smaller;
use crate::tally::Tally;
use crate::witness;

const MOST_FAILURES: usize = 12;
/// Of so many households one is looked ahead for.
const LOOK_AHEAD: u64 = 16;

pub struct Run<'b> {
    pub shipped: &'b RuleBook,
    pub ordinary: &'b RuleBook,
    pub generator: &'b Generator<'b>,
    pub asked: Asked<'b>,
    /// Facts on which no bar, exemption or doubt rests.
    pub plain: BTreeSet<FactId>,
    pub failures: Mutex<Vec<String>>,
    /// Of so many households one is answered with its missing facts tried out, which takes most of the time.
    pub probed: u64,
}

impl Run<'_> {
    pub fn fail(&self, seed: u64, property: &str, text: &str) {
        let mut failures = self.failures.lock().unwrap();
        let failure = format!("seed {seed}: {property}\n{text}");
        // At once too: a long run need not be waited for.
        println!("{failure}");
        failures.push(failure);
    }

    pub fn enough(&self) -> bool {
        self.failures.lock().unwrap().len() >= MOST_FAILURES
    }

    pub fn one(&self, seed: u64, tally: &mut Tally) {
        let mut random = Random::new(seed);
        choose_program(self.shipped, seed);
        let people = *random.pick(&[1, 1, 2, 2, 3, 3, 4, 4, 5, 6]);
        let body = self.generator.household(&mut random, people);
        tally.add("situations", 1);
        tally.add("people", people as u64);
        let all = places(&self.shipped.vocabulary, &body);
        let read = situation(self.shipped, &body);
        let full = answers(self.shipped, &read, Depth::Result);
        for one in &full {
            tally.add(one.status.code(), 1);
            // A fact that the household leaves to be derived may stay open where nothing settles it.
            let told = |missing: &Missing| {
                let known = read.known(missing.fact, &self.shipped.vocabulary).map(|known| known.given);
                known.or_else(|| read.list(missing.fact).map(|list| list.given)) == Some(Given::Told)
            };
            let open = one.units.iter().flat_map(|unit| &unit.missing).any(told)
                || (one.status == Status::NeedsInformation
                    && one.units.iter().all(|unit| unit.missing.is_empty()));
            if open {
                self.fail(
                    seed,
                    "everything is known, and something is missing",
                    &format!(
                        "  {} {:?}\n  {body}\n",
                        self.shipped.programs[one.program.index()].id,
                        one.units.iter().map(|unit| &unit.missing).collect::<Vec<_>>()
                    ),
                );
            }
        }
        self.less(seed, &body, &full, &all, &mut random, tally);
        self.same(seed, &body, &read, &full, &all, &mut random, tally);
        if seed % LOOK_AHEAD == 0 {
            self.ahead(seed, &body, &all, &mut random, tally);
        }
        if seed % self.probed == 0 {
            self.missing(seed, &body, &all, &mut random, tally);
        }
    }

    pub fn depth(&self, seed: u64) -> Depth {
        if seed % self.probed == 0 { Depth::Summary } else { Depth::Result }
    }

    fn missing(&self, seed: u64, body: &Json, all: &[Place], random: &mut Random, tally: &mut Tally) {
        let book = self.shipped;
        let share = *random.pick(&[3, 15, 50, 85]);
        let mut edits: Vec<Edit> = Vec::new();
        for place in all.iter().filter(|place| place.what != What::Complete) {
            if random.chance(share) {
                let blurred =
                    if random.chance(25) { blur(self.generator, body, place, random) } else { None };
                edits.push(blurred.unwrap_or_else(|| erase(&book.vocabulary, place, random)));
            }
        }
        let less = applied(body, &edits);
        let read = situation(book, &less);
        let found = answers(book, &read, Depth::Summary);
        let wrong = self.asked.faults(&less, &read, &found);
        if !wrong.is_empty() && !self.enough() {
            let text = smaller(book, body, &edits, |body, edits| {
                let less = applied(body, edits);
                let read = situation(book, &less);
                self.asked.faults(&less, &read, &answers(book, &read, Depth::Summary))
            });
            self.fail(seed, "what is called missing is wrong", &text);
        }
        self.witnessed(seed, &read, &found, &less, tally);
    }

    /// Looks at what shows of each fact called missing that it decides. One without a witness may be named where
    /// a result is open and no other fact is left that could tell.
    fn witnessed(&self, seed: u64, read: &Situation, found: &[Findings], less: &Json, tally: &mut Tally) {
        let book = self.shipped;
        let witnesses = witnesses(book, read, read.as_of, &programs(book));
        for one in found {
            let mut seen: BTreeSet<FactRef> = BTreeSet::new();
            for (unit, missing) in
                one.units.iter().flat_map(|unit| unit.missing.iter().map(move |it| (unit, it)))
            {
                if !seen.insert(missing.fact) {
                    continue;
                }
                let shown =
                    witnesses.iter().find(|known| (known.program, known.fact) == (one.program, missing.fact));
                let fault = match shown {
                    Some(witness) => witness::fault(book, read, witness),
                    None if unit.missing.len() == 1 => {
                        tally.add("the last that could tell", 1);
                        continue;
                    }
                    None => Some("has no witness"),
                };
                tally.add("missing", 1);
                let Some(fault) = fault else {
                    tally.add("witnessed", 1);
                    continue;
                };
                if std::env::var_os("ONWARD_SHOW_UNWITNESSED").is_some() {
                    let pointer = read.pointer(missing.fact, &book.vocabulary);
                    let id = &book.programs[one.program.index()].id;
                    println!("seed {seed}: {pointer} of {id} {fault} in {less}");
                }
            }
        }
    }
}
