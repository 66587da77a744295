//! Names in what a worked case expects that stand for nothing: nothing can be as a misspelt name expects.

use crate::kernel::{did_you_mean, nearest};
use crate::language::Subject;
use crate::rulebook::{Case, Program, RuleBook};

use super::cases::Wrong;

/// Each name that stands for nothing, with the nearest that does.
pub(super) fn unknown(book: &RuleBook, case: &Case, labels: &[String]) -> Vec<Wrong> {
    let Some(program) = book.program_named(&case.program).and_then(|id| book.program(id)) else {
        return Vec::new();
    };
    let expected = &case.expected;
    let mut wrong = Vec::new();
    for (section, people) in [("people", &expected.people), ("roles", &expected.roles)] {
        for (id, _) in people.iter().filter(|(id, _)| !labels.contains(id)) {
            wrong.push(nobody(&[section, id], id, labels));
        }
    }
    for (name, _) in &expected.requirements {
        wrong.extend(of_requirement(program, name, labels));
    }
    let requirements: Vec<&str> = program.requirements.iter().map(|one| one.id.as_str()).collect();
    let facts: Vec<&str> = book.vocabulary.facts.iter().map(|fact| fact.name.as_str()).collect();
    let steps: Vec<&str> = program.steps.iter().map(|step| step.says.id.as_str()).collect();
    let cautions: Vec<&str> = program.cautions.iter().map(|caution| caution.says.id.as_str()).collect();
    for (section, what, names, known) in [
        ("unsettled", "requirement", &expected.unsettled, requirements),
        ("missing", "fact", &expected.missing, facts),
        ("steps", "step", &expected.steps, steps),
        ("cautions", "caution", &expected.cautions, cautions),
    ] {
        for (place, name) in names.iter().enumerate().filter(|(_, name)| !known.contains(&name.as_str())) {
            wrong.push(no_such(&[section, &place.to_string()], what, name, &known));
        }
    }
    wrong
}

/// What is wrong with `id` or `id/person`.
fn of_requirement(program: &Program, name: &str, labels: &[String]) -> Option<Wrong> {
    let path = ["requirements", name];
    let (id, person) = name.split_once('/').map_or((name, None), |(id, person)| (id, Some(person)));
    let mut alike = program.requirements.iter().filter(|one| one.id == id).peekable();
    if alike.peek().is_none() {
        let known: Vec<&str> = program.requirements.iter().map(|one| one.id.as_str()).collect();
        return Some(no_such(&path, "requirement", id, &known));
    }
    let each = alike.all(|one| one.of == Subject::Person);
    match person {
        Some(_) if !each => {
            let message = format!("`{id}` is asked of all of them together");
            Some(Wrong::unknown(&path, message, format!("write `{id}` alone")))
        }
        Some(person) if !labels.iter().any(|label| label == person) => Some(nobody(&path, person, labels)),
        None if each => {
            let help = format!("say of whom: `{id}/{}`", labels.first().map_or("a", String::as_str));
            Some(Wrong::unknown(&path, format!("`{id}` is asked of each person"), help))
        }
        _ => None,
    }
}

fn nobody(path: &[&str], id: &str, labels: &[String]) -> Wrong {
    let message = format!("nobody in this situation is called `{id}`");
    Wrong::unknown(path, message, format!("the people are {}", labels.join(", ")))
}

fn no_such(path: &[&str], what: &str, name: &str, known: &[&str]) -> Wrong {
    const FEW: usize = 12;
    let shown: Vec<&str> = known.iter().take(FEW).copied().collect();
    let otherwise = match (what, shown.as_slice()) {
        ("fact", _) => "facts are declared in rules/vocabulary".to_owned(),
        (_, []) => format!("this program has no {what}"),
        (_, shown) => {
            let more = if known.len() > FEW { ", …" } else { "" };
            format!("this program has {}{more}", shown.join(", "))
        }
    };
    let message = format!("there is no {what} `{name}`");
    Wrong::unknown(path, message, did_you_mean(nearest(name, known.iter().copied()), otherwise))
}
