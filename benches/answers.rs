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
use onward::rulebook::{RuleBook, load_embedded};
use onward::vocabulary::{Request, read};
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
        let request = request(&book, &body);
        let situation = &request.situation;
        let mut group = criterion.benchmark_group(name);
        group.bench_function("read the bytes", |bench| {
            bench.iter(|| {
                let json: Json = serde_json::from_slice(black_box(&bytes)).expect("it is JSON");
                read(&json, &book.vocabulary, today, book.covers).is_ok()
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

criterion_group!(all, benches);
criterion_main!(all);
