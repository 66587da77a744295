//! What is fuzzed: every part that reads what somebody else wrote, and what stands behind it.

use std::sync::Arc;
use std::time::Duration;

use onward::answer::{faults as all_faults, reply};
use onward::engine::{Depth, answer};
use onward::kernel::Language;
use onward::language::{ProgramId, Subject, check, parse};
use onward::rulebook::{RuleFile, load_files};
use onward::vocabulary::limits::MOST_BYTES;
use onward::vocabulary::{Sifted, Unreadable, parse as parse_request, read, sift};
use serde_json::Value as Json;

use crate::common;
use crate::common::household::Generator;
use crate::common::law::shipped;
use crate::common::random::Random;
use crate::corpus::{bodies, expressions, files};
use crate::mutate::{boundary, mutated};
use crate::mutate_json::mutated_json;
use crate::names::Names;
use crate::running::fuzz;

/// Rule files, of which one is changed.
pub fn loader(time: Duration) {
    let shipped = files("rules", "yaml");
    let small: Vec<usize> = (0..shipped.len()).filter(|file| shipped[*file].1.len() < 60_000).collect();
    let make = |random: &mut Random| {
        let at = *random.pick(&small);
        let other = &shipped[random.below(shipped.len())].1;
        format!("{at}\n{}", mutated(&shipped[at].1, other, random))
    };
    let target = |input: &str| {
        let (at, text) = input.split_once('\n').unwrap();
        let at: usize = at.parse().unwrap();
        // Now and then alone, else among the other files.
        let alone = text.len() % 3 == 0;
        let all = shipped.iter().enumerate().filter(|(file, _)| !alone || *file == at);
        let all = all.map(
            |(file, (name, was))| {
                if file == at { RuleFile::new(name, text) } else { RuleFile::new(name, was) }
            },
        );
        let loaded = load_files(all.collect::<Vec<Arc<RuleFile>>>());
        if let Err(report) = &loaded {
            // A fault that cannot be shown is no help.
            for fault in report.faults.iter().take(50) {
                let _ = (fault.line_and_column(), format!("{fault:?}"));
            }
        }
        loaded.is_ok()
    };
    fuzz("rule loader", time, make, target);
}

/// Expressions of the rules, changed.
pub fn expression_checker(time: Duration) {
    let (book, corpus) = (shipped(), expressions());
    let names = Names::of(&book);
    let make = |random: &mut Random| {
        let (one, other) = (random.pick::<String>(&corpus), random.pick::<String>(&corpus));
        mutated(one, other, random)
    };
    let target = |input: &str| {
        let Ok(expression) = parse(input) else { return false };
        let subjects = [Subject::Household, Subject::Person, Subject::Unit, Subject::Pair, Subject::Item];
        subjects.into_iter().any(|subject| check(&expression, subject, &names).is_ok())
    };
    fuzz("expressions", time, make, target);
}

/// Bodies, changed as JSON or as text.
pub fn situation_reader(time: Duration) {
    let book = shipped();
    let bodies = bodies(&Generator::new(&book));
    let texts: Vec<String> = bodies.iter().map(Json::to_string).collect();
    let make = |random: &mut Random| {
        let mut text = if random.chance(50) {
            let mut json = random.pick(&bodies).clone();
            mutated_json(&mut json, &bodies, random);
            json.to_string()
        } else {
            let (one, other) = (random.pick::<String>(&texts), random.pick::<String>(&texts));
            mutated(one, other, random)
        };
        text.truncate(boundary(&text, MOST_BYTES));
        text
    };
    let target = |input: &str| {
        let plain = serde_json::from_str::<Json>(input);
        let parsed = match parse_request(input.as_bytes(), &book.vocabulary) {
            Ok(parsed) => parsed,
            Err(Unreadable::TooMany) => return false,
            Err(why) => {
                assert!(plain.is_err(), "JSON is refused: {why}");
                return false;
            }
        };
        let plain = plain.expect("what is taken is JSON");
        // Of a name that stands twice the one takes the first value, and the other the last.
        let twice = !parsed.faults.is_empty();
        assert!(twice || parsed.body == (&plain).into(), "the tree is not what the text says");
        let Sifted { request, faults } = sift(parsed.body, &book.vocabulary, common::today, book.covers);
        assert!(request.is_some() || !faults.is_empty(), "refused without a fault");
        let contradictions =
            request.iter().flat_map(|request| all_faults(&book, request, &faults, Language::English));
        request.is_some() && faults.is_empty() && contradictions.count() == 0
    };
    fuzz("situation reader", time, make, target);
}

/// Bodies, changed so that they still are JSON: read, answered and put into words.
pub fn engine(time: Duration) {
    let book = shipped();
    let bodies = bodies(&Generator::new(&book));
    let make = |random: &mut Random| {
        let mut json = random.pick(&bodies).clone();
        mutated_json(&mut json, &bodies, random);
        json.to_string()
    };
    let programs: Vec<ProgramId> =
        (0..book.programs.len()).map(|program| ProgramId(u16::try_from(program).unwrap())).collect();
    let target = |input: &str| {
        let json: Json = serde_json::from_str(input).unwrap();
        let Ok(request) = read(&json, &book.vocabulary, common::today, book.covers) else { return false };
        let situation = &request.situation;
        for depth in [Depth::Result, Depth::Full] {
            let found = answer(&book, situation, situation.as_of, &programs, depth);
            assert_eq!(found.len(), programs.len());
        }
        for language in [Language::English, Language::Spanish] {
            if let Ok(reply) = reply(&book, &request, language) {
                serde_json::to_vec(&reply).unwrap();
            }
        }
        true
    };
    fuzz("reader, engine and reply", time, make, target);
}
