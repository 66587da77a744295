//! A target run on many inputs: none may panic, hang or eat the memory of the machine.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::common::random::Random;
use crate::common::{from_environment, threads};

/// One input may take so long, on a machine that does something else too: the most is a household of fifty, answered
/// four times over in a build that is not made for speed.
const TOO_LONG: Duration = Duration::from_secs(30);

/// What came of fuzzing one target.
#[derive(Default)]
struct Tally {
    inputs: u64,
    accepted: u64,
    slowest: Duration,
}

impl Tally {
    /// Runs `target` on one input; one that panics or takes too long is kept.
    fn enter(&mut self, name: &str, number: u64, input: &str, target: impl Fn(&str) -> bool) {
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| target(input)));
        let took = started.elapsed();
        self.inputs += 1;
        self.slowest = self.slowest.max(took);
        match outcome {
            Ok(accepted) => self.accepted += u64::from(accepted),
            Err(_) => keep(name, number, input, "panics"),
        }
        if took > TOO_LONG {
            keep(name, number, input, "takes too long");
        }
    }

    fn merge(&mut self, other: &Self) {
        self.inputs += other.inputs;
        self.accepted += other.accepted;
        self.slowest = self.slowest.max(other.slowest);
    }
}

/// Runs `target` on inputs from `make` until the time is over. `target` says whether the input was accepted.
pub fn fuzz(
    name: &str,
    time: Duration,
    make: impl Fn(&mut Random) -> String + Sync,
    target: impl Fn(&str) -> bool + Sync,
) {
    let seed = from_environment("ONWARD_SEED", 20_261_123);
    let next = AtomicU64::new(0);
    let began = Instant::now();
    let before = fresh_peak();
    let total = Mutex::new(Tally::default());
    std::thread::scope(|scope| {
        for _ in 0..threads() {
            scope.spawn(|| {
                let mut tally = Tally::default();
                while began.elapsed() < time {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let input = make(&mut Random::new(seed.wrapping_add(number).wrapping_mul(0x9E37_79B9)));
                    tally.enter(name, number, &input, &target);
                }
                total.lock().unwrap().merge(&tally);
            });
        }
    });
    let total = total.into_inner().unwrap();
    let grown = peak().saturating_sub(before);
    println!(
        "{name}: {} inputs, {} accepted, slowest {:.0?}, memory grown by {} MiB at most",
        total.inputs,
        total.accepted,
        total.slowest,
        grown >> 20
    );
    assert!(grown < 1 << 30, "{name}: memory grew by {grown} bytes");
}

fn keep(name: &str, number: u64, input: &str, what: &str) -> ! {
    let path = std::env::temp_dir().join(format!("onward-fuzz-{}-{number}.txt", name.replace(' ', "-")));
    std::fs::write(&path, input).unwrap();
    panic!("{name} {what} on input {number} ({}): {:.400}", path.display(), input);
}

/// The most memory that was in use at once, in bytes, where the system tells.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kibibytes.unwrap_or(0) * 1024
}

/// The same, counted from now on: what an earlier target needed says nothing of this one.
fn fresh_peak() -> u64 {
    // Where the system does not forget the peak, this target must exceed the one before to be seen.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    peak()
}
