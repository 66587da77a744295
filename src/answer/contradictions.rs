//! Facts that were given and cannot all be so, in words: one fault at each of them, so that a form can mark them all.

use crate::engine;
use crate::kernel::Language;
use crate::rulebook::RuleBook;
use crate::vocabulary::{DUPLICATE_NAME, ReadFault, Situation};

/// More contradictions than this are in no request that was meant.
const MOST: usize = 100;
/// More faults than this help nobody.
const MOST_FAULTS: usize = 500;

/// A fault at each fact of each contradiction, which names the others by where they stand.
pub(super) fn contradictions(
    book: &RuleBook,
    situation: &Situation,
    known: &[ReadFault],
    language: Language,
) -> Vec<ReadFault> {
    let unsure = |pointer: &String| {
        let holder = pointer.rsplit_once('/').map_or("", |(holder, _)| holder);
        known.iter().any(|fault| fault.code == DUPLICATE_NAME && fault.pointer == holder)
    };
    let mut faults: Vec<ReadFault> = Vec::new();
    let found = engine::contradictions(book, situation);
    if found.is_empty() {
        return faults;
    }
    let mut parties = engine::Parties::of(book, situation);
    for one in found.into_iter().take(MOST) {
        let Some(conflict) = one.conflict(&book.vocabulary) else { continue };
        if faults.len() > MOST_FAULTS {
            break;
        }
        for set in parties.sets(one) {
            let pointers: Vec<String> =
                set.into_iter().map(|at| situation.pointer(at, &book.vocabulary)).collect();
            if pointers.iter().any(unsure) {
                continue;
            }
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
    }
    faults
}

fn expected(others: &[&str]) -> String {
    match others {
        [] => "facts that fit each other".to_owned(),
        others => format!("a value that fits {}", others.join(" and ")),
    }
}
