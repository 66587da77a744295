//! The same household told in another order, or with other facts that need not be shown: the same answer.

use onward::engine::{Depth, Findings};
use onward::vocabulary::Situation;
use serde_json::Value as Json;

use crate::answers::answers;
use crate::common::erase::{Edit, Place, applied, erase, reordered};
use crate::common::household::LABELS;
use crate::common::random::Random;
use crate::common::situation;
use crate::common::values::For;
use crate::faces::{faceless, missing_names};
use crate::run::Run;
use crate::tally::Tally;

impl Run<'_> {
    pub fn same(
        &self,
        seed: u64,
        body: &Json,
        read: &Situation,
        full: &[Findings],
        all: &[Place],
        random: &mut Random,
        tally: &mut Tally,
    ) {
        let book = self.shipped;
        let again = answers(book, read, Depth::Result);
        if again != full {
            self.fail(seed, "the same question, another answer", &format!("  {body}\n"));
        }
        let (other, _) = reordered(body, random, true);
        let read_other = situation(book, &other);
        let found = answers(book, &read_other, Depth::Result);
        tally.add("reordered", 1);
        let (one, two) =
            (faceless(book, full, &read.labels, false), faceless(book, &found, &read_other.labels, false));
        if one != two {
            let line = one.iter().zip(&two).find(|(one, two)| one != two);
            self.fail(
                seed,
                "the order of people, keys and items matters",
                &format!("  {line:#?}\n  {body}\n  {other}\n"),
            );
        }
        // With facts left out.
        let edits: Vec<Edit> = all
            .iter()
            .filter_map(|place| random.chance(25).then(|| erase(&book.vocabulary, place, random)))
            .collect();
        let less = applied(body, &edits);
        let (turned, _) = reordered(&less, random, false);
        let (read_less, read_turned) = (situation(book, &less), situation(book, &turned));
        let depth = self.depth(seed);
        let (one, two) = (answers(book, &read_less, depth), answers(book, &read_turned, depth));
        let (faces, turned_faces) =
            (faceless(book, &one, &read_less.labels, true), faceless(book, &two, &read_turned.labels, true));
        tally.add("reordered", 1);
        if faces != turned_faces {
            let line = faces.iter().zip(&turned_faces).find(|(one, two)| one != two);
            self.fail(
                seed,
                "the order matters where facts are left out",
                &format!("  {line:#?}\n  {less}\n  {turned}\n"),
            );
        }
        let asks = |found: &[Findings], names: &[String]| -> Vec<_> {
            found.iter().filter_map(|one| one.units.first()).map(|unit| missing_names(unit, names)).collect()
        };
        if asks(&one, &read_less.labels) != asks(&two, &read_turned.labels) {
            tally.add("asked otherwise in another order", 1);
        }
        self.unshown(seed, &less, &one, random, tally);
        let sorted = answers(book, &situation(book, &less), depth);
        if format!("{sorted:?}") != format!("{one:?}") {
            self.fail(seed, "the same question, another answer", &format!("  {less}\n"));
        }
    }

    /// Status and number of somebody who does not apply never matter.
    fn unshown(&self, seed: u64, body: &Json, found: &[Findings], random: &mut Random, tally: &mut Tally) {
        let book = self.shipped;
        let mut other = body.clone();
        let as_of = body["as_of"].as_str().unwrap().parse().unwrap();
        let labels = &LABELS[..body["people"].as_array().unwrap().len()];
        let mut changed = 0;
        for (position, person) in other["people"].as_array_mut().unwrap().iter_mut().enumerate() {
            if person["applicant"] == true {
                continue;
            }
            for fact in book.vocabulary.facts.iter().filter(|fact| fact.of_applicants_only) {
                let of = For { as_of, labels, person: Some(position), age: 30 };
                let value = match random.below(4) {
                    0 => Json::Null,
                    1 => serde_json::json!({"unknown": "declined"}),
                    _ => self.generator.value(fact, of, random),
                };
                person[&fact.name] = value;
                changed += 1;
            }
        }
        if changed == 0 {
            return;
        }
        tally.add("facts of non-applicants", changed);
        let answered = answers(book, &situation(book, &other), self.depth(seed));
        if answered != found {
            self.fail(seed, "status or number of a non-applicant matters", &format!("  {body}\n  {other}\n"));
        }
    }
}
