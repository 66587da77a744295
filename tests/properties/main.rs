//! What must hold of every answer, tried out on many random households.
//!
//! `ONWARD_SITUATIONS` says how many (20,000 if left out), `ONWARD_SEED` from which seed on. A household
//! that breaks a property is made as small as it can be and printed as JSON.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::filter_map_bool_then,
    clippy::manual_is_multiple_of,
    clippy::too_many_arguments,
    dead_code,
    unreachable_pub,
    reason = "a test may stop where it stands"
)]

#[path = "../common/mod.rs"]
mod common;

mod ahead;
mod answers;
mod asked;
mod contradictions;
mod faces;
mod less;
mod run;
mod same;
mod smaller;
mod tally;
mod witness;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use asked::Asked;
use common::household::Generator;
use common::law::{Closure, ordinary, shipped};
use common::{from_environment, threads};
use run::Run;
use tally::Tally;

#[test]
fn properties_hold_of_random_households() {
    let situations = from_environment("ONWARD_SITUATIONS", 20_000);
    let first = from_environment("ONWARD_SEED", 20_261_123);
    let (shipped, ordinary) = (shipped(), ordinary());
    let generator = Generator::new(&shipped);
    let barred = Closure::of_bars(&shipped).facts;
    let run = Run {
        shipped: &shipped,
        ordinary: &ordinary,
        generator: &generator,
        asked: Asked { generator: &generator, used: generator.used.clone() },
        plain: generator.used.difference(&barred).copied().collect(),
        failures: Mutex::new(Vec::new()),
        probed: (situations / from_environment("ONWARD_PROBED", 1500)).max(1),
    };
    let plain: Vec<&str> =
        run.plain.iter().map(|id| shipped.vocabulary.fact(*id).unwrap().name.as_str()).collect();
    println!(
        "facts that results rest on: {}; of those, in no bar or exemption: {}",
        run.asked.used.len(),
        plain.join(" ")
    );
    let next = AtomicU64::new(0);
    let total = Mutex::new(Tally::default());
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads() {
            scope.spawn(|| {
                let mut tally = Tally::default();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= situations || run.enough() {
                        break;
                    }
                    if number > 0 && number.is_multiple_of(100_000) {
                        println!("{number} of {situations} after {:.0} s", began.elapsed().as_secs_f64());
                    }
                    run.one(first + number, &mut tally);
                }
                total.lock().unwrap().merge(tally);
            });
        }
    });
    let total = total.into_inner().unwrap();
    for (name, count) in &total.counts {
        println!("{name}: {count}");
    }
    let (looked, witnessed) = (total.get("missing"), total.get("witnessed"));
    #[expect(clippy::cast_precision_loss, reason = "a share to be printed")]
    let share = 100.0 * witnessed as f64 / looked.max(1) as f64;
    let last = total.get("the last that could tell");
    println!(
        "facts called missing that have a witness: {witnessed} of {looked} ({share:.2} %), and {last} that alone were left"
    );
    println!("time: {:.1} s", began.elapsed().as_secs_f64());
    let failures = run.failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
    assert!(situations < 2000 || total.get("changes ahead") > 0, "no change ahead was seen");
    assert!(looked < 500 || share >= 99.0, "only {share:.2} % of the facts called missing have a witness");
}
