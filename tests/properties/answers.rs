//! What a household is answered: its program has its turn, and is asked alone.

use onward::engine::{Depth, Findings, answer};
use onward::language::ProgramId;
use onward::rulebook::RuleBook;
use onward::vocabulary::Situation;

thread_local! {
    /// The program that the household at hand is asked about, with those that it needs; each has its turn.
    static ASKED: std::cell::RefCell<Vec<ProgramId>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// Chooses the program for a household: each has its turn.
pub fn choose_program(book: &RuleBook, seed: u64) {
    let place = seed % book.programs.len() as u64;
    ASKED.set(vec![ProgramId(u16::try_from(place).unwrap())]);
}

/// What is asked about.
pub fn programs(book: &RuleBook) -> Vec<ProgramId> {
    let chosen = ASKED.with_borrow(Clone::clone);
    let all = || (0..book.programs.len()).map(|position| ProgramId(u16::try_from(position).unwrap()));
    if chosen.is_empty() { all().collect() } else { chosen }
}

pub fn answers(book: &RuleBook, situation: &Situation, depth: Depth) -> Vec<Findings> {
    answer(book, situation, situation.as_of, &programs(book), depth)
}
