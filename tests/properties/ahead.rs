//! Looking ahead is asking on the later day: what is kept from one day of new law to the next changes nothing.

use onward::engine::{Depth, Findings, Status, Turn, answer_and_look_ahead, glance};
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
        let (found, turns) = answer_and_look_ahead(book, &read, &programs, depth, book.covers.1);
        tally.add("looked ahead", 1);
        tally.add("changes ahead", turns.len() as u64);
        for now in &found {
            let expected = turns_of(book, &read, now);
            let got: Vec<&Turn> = turns.iter().filter(|turn| turn.program == now.program).collect();
            if expected.iter().collect::<Vec<_>>() != got {
                let name = &book.programs[now.program.index()].id;
                let text = format!("  {name}: asked on each day {expected:?}, ahead {got:?}\n  {less}\n");
                self.fail(seed, "looking ahead sees another change than asking on that day", &text);
            }
        }
    }
}

/// What changes on later days, the program being asked alone on each on which any law changes, not only on those that
/// it names as its own: up to its own settled status.
fn turns_of(book: &RuleBook, read: &Situation, now: &Findings) -> Vec<Turn> {
    let program = now.program;
    let people = |found: &Findings| {
        let mut first: Vec<(usize, Status)> = Vec::new();
        for one in found.units.iter().flat_map(|unit| &unit.people) {
            if read.applies(one.person) && !first.iter().any(|(person, _)| *person == one.person) {
                first.push((one.person, one.status));
            }
        }
        first
    };
    let mut known = people(now);
    let mut turns: Vec<Turn> = Vec::new();
    for on in book.boundaries.iter().filter(|day| **day > read.as_of).copied() {
        let Some(then) = glance(book, read, on, program) else { continue };
        if then.status == Status::NeedsInformation || then.units.iter().any(|unit| unit.joined) {
            continue;
        }
        if then.status != now.status {
            turns.push(Turn { program, on, to: then.status, people: Vec::new() });
            break;
        }
        let mut today: Vec<Turn> = Vec::new();
        for (person, to) in people(&then) {
            let Some(place) = known.iter_mut().find(|(known, before)| *known == person && *before != to)
            else {
                continue;
            };
            if to == Status::NeedsInformation {
                continue;
            }
            place.1 = to;
            match today.iter_mut().find(|turn| turn.to == to) {
                Some(turn) => turn.people.push(person),
                None => today.push(Turn { program, on, to, people: vec![person] }),
            }
        }
        turns.extend(today);
    }
    turns
}
