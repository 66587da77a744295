//! Looking ahead is asking on the later day: what is kept from one day of new law to the next changes nothing.

use std::collections::BTreeMap;

use onward::engine::{Depth, Status, answer_and_look_ahead, glance};
use onward::kernel::Day;
use onward::language::ProgramId;
use onward::rulebook::RuleBook;
use onward::vocabulary::Situation;
use serde_json::Value as Json;

use crate::common::erase::{Edit, Place, applied, erase};
use crate::common::random::Random;
use crate::common::situation;
use crate::run::Run;
use crate::tally::Tally;

/// So many programs are looked ahead for together, as for a reply about several.
const TOGETHER: u64 = 5;

impl Run<'_> {
    pub fn ahead(&self, seed: u64, body: &Json, all: &[Place], random: &mut Random, tally: &mut Tally) {
        let book = self.shipped;
        let count = book.programs.len() as u64;
        let programs: Vec<ProgramId> = (0..TOGETHER)
            .map(|number| ProgramId(u16::try_from((seed * 7 + number * 31) % count).unwrap()))
            .collect();
        let share = *random.pick(&[0, 20, 60]);
        let edits: Vec<Edit> = all
            .iter()
            .filter_map(|place| random.chance(share).then(|| erase(&book.vocabulary, place, random)))
            .collect();
        let less = applied(body, &edits);
        let read = situation(book, &less);
        // What a run with reasons leaves is what a reply looks ahead from.
        let depth = if seed % 16 == 0 { Depth::Full } else { Depth::Result };
        let (found, changes) = answer_and_look_ahead(book, &read, &programs, depth, book.covers.1);
        let changes: BTreeMap<ProgramId, (Day, Status)> =
            changes.into_iter().map(|(id, day, status)| (id, (day, status))).collect();
        tally.add("looked ahead", 1);
        tally.add("changes ahead", changes.len() as u64);
        for (id, status) in found.iter().map(|one| (one.program, one.status)) {
            let expected = first_change(book, &read, id, status);
            let got = changes.get(&id).copied();
            if expected != got {
                let name = &book.programs[id.index()].id;
                let text = format!("  {name}: asked on each day {expected:?}, ahead {got:?}\n  {less}\n");
                self.fail(seed, "looking ahead sees another change than asking on that day", &text);
            }
        }
    }
}

/// The first day of new law on which a program, asked alone, comes to another settled status. Every day on which any
/// law changes is tried, not only those that the program names as its own.
fn first_change(book: &RuleBook, read: &Situation, id: ProgramId, now: Status) -> Option<(Day, Status)> {
    let later = book.boundaries.iter().filter(|day| **day > read.as_of);
    later.copied().find_map(|day| {
        let then = glance(book, read, day, id)?;
        let settled = !then.units.iter().any(|unit| unit.joined);
        (settled && then.status != now && then.status != Status::NeedsInformation)
            .then_some((day, then.status))
    })
}
