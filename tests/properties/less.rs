//! Facts left out or told in part, and somebody left out of an open list: the answer never contradicts the full one.

use onward::engine::{Depth, Findings};
use onward::rulebook::RuleBook;
use serde_json::Value as Json;

use crate::answers::answers;
use crate::common::erase::{Edit, Place, What, blur, erase};
use crate::common::random::Random;
use crate::common::situation;
use crate::contradictions::{contradictions, know_less, know_less_than};
use crate::run::Run;
use crate::smaller::smaller;
use crate::tally::Tally;

impl Run<'_> {
    pub fn less(
        &self,
        seed: u64,
        body: &Json,
        full: &[Findings],
        all: &[Place],
        random: &mut Random,
        tally: &mut Tally,
    ) {
        let mut cells = 0;
        let vocabulary = &self.shipped.vocabulary;
        let whole = answers(self.ordinary, &situation(self.ordinary, body), Depth::Result);
        for share in [2, 10, 40, 80] {
            let edits: Vec<Edit> = all
                .iter()
                .filter_map(|place| random.chance(share).then(|| erase(vocabulary, place, random)))
                .collect();
            tally.add("erasures", edits.len() as u64);
            self.judge((self.ordinary, &whole), seed, "erasing facts contradicts", body, &edits, &mut cells);
        }
        for share in [3, 15, 60] {
            let chosen: Vec<&Place> = all.iter().filter(|_| random.chance(share)).collect();
            let edits: Vec<Edit> = chosen
                .into_iter()
                .filter_map(|place| {
                    if random.chance(75) {
                        blur(self.generator, body, place, random)
                    } else {
                        Some(erase(vocabulary, place, random))
                    }
                })
                .collect();
            tally.add("partly told", edits.len() as u64);
            self.judge(
                (self.ordinary, &whole),
                seed,
                "partial knowledge contradicts",
                body,
                &edits,
                &mut cells,
            );
        }
        // On the rules as shipped: facts on which no bar and no exemption rests.
        let plain: Vec<&Place> = all
            .iter()
            .filter(|place| matches!(place.what, What::Fact(id) if self.plain.contains(&id)))
            .collect();
        for share in [20, 60] {
            let edits: Vec<Edit> = plain
                .iter()
                .filter_map(|place| random.chance(share).then(|| erase(vocabulary, place, random)))
                .collect();
            tally.add("erasures", edits.len() as u64);
            self.judge(
                (self.shipped, full),
                seed,
                "erasing facts contradicts (rules as shipped)",
                body,
                &edits,
                &mut cells,
            );
        }
        if let Some((left, who)) = without_somebody(body, random) {
            tally.add("people left out", 1);
            let partial = answers(self.ordinary, &situation(self.ordinary, &left), Depth::Result);
            let wrong = self.open_contradictions(&whole, &partial, &who, &mut cells);
            if !wrong.is_empty() {
                self.fail(
                    seed,
                    "leaving somebody out of an open list contradicts",
                    &format!("  {}\n  {body}\n  {left}\n", wrong.join("\n  ")),
                );
            }
        }
        tally.add("cells", cells);
    }

    fn open_contradictions(
        &self,
        full: &[Findings],
        partial: &[Findings],
        who: &[usize],
        cells: &mut u64,
    ) -> Vec<String> {
        contradictions(self.ordinary, full, partial, who, cells)
    }

    fn judge(
        &self,
        (book, full): (&RuleBook, &[Findings]),
        seed: u64,
        property: &str,
        body: &Json,
        edits: &[Edit],
        cells: &mut u64,
    ) {
        if edits.is_empty() {
            return;
        }
        if !know_less_than(book, full, body, edits, cells).is_empty() && !self.enough() {
            let text = smaller(book, body, edits, |body, edits| know_less(book, body, edits, &mut 0));
            self.fail(seed, property, &text);
        }
    }
}

/// Without one person (never the first applicant), whose list is then open: edits, and who is left.
fn without_somebody(body: &Json, random: &mut Random) -> Option<(Json, Vec<usize>)> {
    let people = body["people"].as_array()?;
    let first = people.iter().position(|person| person["applicant"] == true)?;
    let others: Vec<usize> = (0..people.len()).filter(|person| *person != first).collect();
    if others.is_empty() {
        return None;
    }
    let gone = *random.pick(&others);
    let label = people[gone]["id"].clone();
    let mut left = body.clone();
    left["people"].as_array_mut()?.remove(gone);
    left["people_complete"] = false.into();
    for person in left["people"].as_array_mut()? {
        for (_, value) in person.as_object_mut()? {
            if *value == label {
                *value = Json::Null;
            }
            if let Json::Array(list) = value
                && list.contains(&label)
            {
                *value = Json::Null;
            }
        }
    }
    // What the others are to each other may follow from who is gone (a stepparent by way of the parent).
    let tied = |entry: &Json| entry["person"] == label || entry["of"] == label;
    if left["relationships"].as_array()?.iter().any(tied) {
        left["relationships"] = Json::Null;
    }
    Some((left, (0..people.len()).filter(|person| *person != gone).collect()))
}
