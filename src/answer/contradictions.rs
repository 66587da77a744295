//! Facts that were given and cannot all be so, in words: one fault at each of them, so that a form can mark them all.

use crate::engine;
use crate::kernel::Language;
use crate::rulebook::RuleBook;
use crate::vocabulary::{ReadFault, Situation};

/// More contradictions than this are in no request that was meant.
const MOST: usize = 100;

/// A fault at each fact of each contradiction, which names the others by where they stand.
pub(super) fn contradictions(book: &RuleBook, situation: &Situation, language: Language) -> Vec<ReadFault> {
    let mut faults: Vec<ReadFault> = Vec::new();
    for one in engine::contradictions(book, situation).into_iter().take(MOST) {
        let Some(conflict) = one.conflict(&book.vocabulary) else { continue };
        let parties = engine::parties(book, situation, one);
        let pointers: Vec<String> =
            parties.into_iter().map(|at| situation.pointer(at, &book.vocabulary)).collect();
        for (place, pointer) in pointers.iter().enumerate() {
            let others = pointers.iter().enumerate().filter(|(other, _)| *other != place);
            let others: Vec<&str> = others.map(|(_, pointer)| pointer.as_str()).collect();
            let fault = ReadFault {
                pointer: pointer.clone(),
                code: "contradiction",
                detail: conflict.says.get(language).to_owned(),
                expected: expected(&others),
                did_you_mean: None,
            };
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
    }
    faults
}

fn expected(others: &[&str]) -> String {
    match others {
        [] => "facts that fit each other".to_owned(),
        others => format!("a value that fits {}", others.join(" and ")),
    }
}
