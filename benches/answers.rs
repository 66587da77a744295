//! How long it takes to read a situation, to answer it for SNAP, and to write the reply.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "a bench may stop where it stands"
)]

#[path = "households/mod.rs"]
mod households;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use onward::answer::reply;
use onward::engine::{Depth, answer};
use onward::kernel::Language;
use onward::language::ProgramId;
use onward::rulebook::{RuleBook, load_embedded};
use onward::vocabulary::{Request, parse, read};
use serde_json::Value as Json;

use households::{household, today};

fn request(book: &RuleBook, body: &Json) -> Request {
    read(body, &book.vocabulary, today, book.covers).expect("the household can be read")
}

fn benches(criterion: &mut Criterion) {
    let book = load_embedded().expect("the shipped rules have no fault");
    let snap = [book.program_named("snap").expect("SNAP is on file")];
    for (name, people) in [("one person", 1), ("four people", 4), ("eight people", 8)] {
        let body = household(people);
        let bytes = serde_json::to_vec(&body).expect("JSON is written");
        let mut asked = body.clone();
        asked["options"] = serde_json::json!({"programs": ["snap"]});
        let request = request(&book, &asked);
        let situation = &request.situation;
        let mut group = criterion.benchmark_group(name);
        group.bench_function("read the bytes", |bench| {
            bench.iter(|| {
                let parsed = parse(black_box(&bytes), &book.vocabulary).expect("it is JSON");
                read(parsed.body, &book.vocabulary, today, book.covers).is_ok()
            });
        });
        for (depth, label) in [
            (Depth::Result, "answer"),
            (Depth::Summary, "answer with reasons"),
            (Depth::Full, "answer with arithmetic"),
        ] {
            group.bench_function(label, |bench| {
                bench.iter(|| answer(&book, black_box(situation), situation.as_of, &snap, depth));
            });
        }
        group.bench_function("answer and reply", |bench| {
            bench.iter_batched(
                || (),
                |()| {
                    let reply =
                        reply(&book, black_box(&request), Language::English).expect("there is a reply");
                    serde_json::to_vec(&reply).expect("a reply is written")
                },
                BatchSize::SmallInput,
            );
        });
        group.finish();
    }
}

/// Every program at once, for four people of whom everything is told, and of whom little is.
fn everything(criterion: &mut Criterion) {
    let book = load_embedded().expect("the shipped rules have no fault");
    let programs: Vec<ProgramId> = (0..book.programs.len())
        .map(|position| ProgramId(u16::try_from(position).expect("few programs")))
        .collect();
    for (name, body) in [("every program", household(4)), ("every program, little told", little_told())] {
        let request = request(&book, &body);
        let situation = &request.situation;
        let mut group = criterion.benchmark_group(name);
        group.sample_size(20);
        for (depth, label) in [(Depth::Result, "answer"), (Depth::Summary, "answer with reasons")] {
            group.bench_function(label, |bench| {
                bench.iter(|| answer(&book, black_box(situation), situation.as_of, &programs, depth));
            });
        }
        let mut whole = body.clone();
        whole["options"] = serde_json::json!({});
        let request = self::request(&book, &whole);
        group.bench_function("answer and reply", |bench| {
            bench.iter(|| {
                let reply = reply(&book, black_box(&request), Language::English).expect("there is a reply");
                serde_json::to_vec(&reply).expect("a reply is written")
            });
        });
        group.finish();
    }
}

/// Four people of whom only ages, statuses and who applies are known, as at a first meeting.
fn little_told() -> Json {
    let mut body = household(4);
    for person in body["people"].as_array_mut().expect("people") {
        let person = person.as_object_mut().expect("a person");
        person.retain(|name, _| ["id", "applicant", "age", "immigration_status"].contains(&name.as_str()));
    }
    body.as_object_mut()
        .expect("a body")
        .retain(|name, _| ["state", "as_of", "people"].contains(&name.as_str()));
    body
}

criterion_group!(all, benches, everything);
criterion_main!(all);
