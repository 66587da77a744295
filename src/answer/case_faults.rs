//! What is wrong in the situation of a worked case, in words for whoever wrote it. A rule file holds nothing personal, so
//! here, unlike in a reply, names and values are repeated.

use serde_json::Value;

use crate::kernel::Day;
use crate::rulebook::{Case, RuleBook};
use crate::vocabulary::{ReadFault, read};

/// One thing wrong in a situation.
pub(super) struct Wrong {
    /// JSON Pointer to the fact.
    pub(super) pointer: String,
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) help: String,
}

/// The faults of a situation, each at its fact.
pub(super) fn told(book: &RuleBook, case: &Case, today: Day, faults: &[ReadFault]) -> Vec<Wrong> {
    let mut told = Vec::new();
    for (place, fault) in faults.iter().enumerate() {
        if !matches!(fault.code, "unknown-name" | "misplaced") {
            told.push(at_value(case, fault));
            continue;
        }
        let alike = |other: &&ReadFault| other.code == fault.code && other.pointer == fault.pointer;
        let before = faults.iter().take(place).filter(alike).count();
        match names(book, case, today, fault).into_iter().nth(before) {
            Some(name) => told.push(at_name(fault, &name)),
            None => told.push(at_value(case, fault)),
        }
    }
    told
}

/// The names in an object that a fault is about: those without which it is not there. The fault itself repeats none.
fn names(book: &RuleBook, case: &Case, today: Day, fault: &ReadFault) -> Vec<String> {
    let count = |situation: &Value| {
        let faults = read(situation, &book.vocabulary, |_| today, book.covers).err().unwrap_or_default();
        faults.iter().filter(|other| other.code == fault.code && other.pointer == fault.pointer).count()
    };
    let all = count(&case.situation);
    let Some(object) = case.situation.pointer(&fault.pointer).and_then(Value::as_object) else {
        return Vec::new();
    };
    let at_fault = |name: &&String| {
        let mut without = case.situation.clone();
        if let Some(object) = without.pointer_mut(&fault.pointer).and_then(Value::as_object_mut) {
            object.shift_remove(*name);
        }
        count(&without) < all
    };
    object.keys().filter(at_fault).cloned().collect()
}

fn at_name(fault: &ReadFault, name: &str) -> Wrong {
    let pointer = format!("{}/{}", fault.pointer, name.replace('~', "~0").replace('/', "~1"));
    if fault.code == "misplaced" {
        let message = format!("`{name}` stands in the wrong place");
        return Wrong { pointer, message, help: fault.expected.clone() };
    }
    let help = match (&fault.did_you_mean, name.split_once('.')) {
        (_, Some((group, own))) => {
            format!(
                "facts of one group stand in one object: `{group}/{own}` in a pointer, `{group}: {{{own}: …}}` in a situation"
            )
        }
        (Some(near), None) => format!("did you mean `{near}`?"),
        (None, None) => "facts are declared in rules/vocabulary".to_owned(),
    };
    Wrong { pointer, message: format!("nothing that can be told here is called `{name}`"), help }
}

fn at_value(case: &Case, fault: &ReadFault) -> Wrong {
    let said = match case.situation.pointer(&fault.pointer) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(value @ (Value::Bool(_) | Value::Number(_))) => Some(value.to_string()),
        _ => None,
    };
    let detail = fault.detail.trim_end_matches('.');
    let mut letters = detail.chars();
    let detail: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    let pointer = if fault.pointer.is_empty() { "the situation" } else { &fault.pointer };
    let message = match said {
        Some(said) => format!("{pointer} is `{said}`: {detail}"),
        None => format!("{pointer}: {detail}"),
    };
    let help = match &fault.did_you_mean {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("expected {}", fault.expected),
    };
    Wrong { pointer: fault.pointer.clone(), message, help }
}
