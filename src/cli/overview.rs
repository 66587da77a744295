//! Every program at once, as an advocate reads it: what is open, what to do first, what to ask, what stands in the way.
//!
//! For: `text`. Depends on: `answer` (the reply), `layout`.

use crate::answer::{Answer, Reply};

use super::layout::Page;
use super::text::{Own, head};

/// Writes a reply about every program, one block for each.
pub(super) fn write(reply: &Reply<'_>, own: Own, page: &mut Page) {
    page.paragraph(
        0,
        own.say(
            "Every program in brief. For papers, steps, law and appeal of one: --program and its id in brackets.",
            "Cada programa en breve. Para papeles, pasos, ley y apelación de uno: --program y su id entre corchetes.",
        ),
    );
    for answer in &reply.answers {
        one(answer, own, page);
    }
}

fn one(answer: &Answer<'_>, own: Own, page: &mut Page) {
    head(answer, own, page);
    if let Some(better) = answer.covered_by {
        page.item(0, &format!("{}:", own.say("Covered by", "Lo cubre")), better);
    }
    if let Some(ongoing) = &answer.ongoing {
        page.item(0, &format!("{}:", ongoing.people.join(", ")), &ongoing.text);
    }
    for finding in &answer.findings {
        let person = finding.person.map(|person| format!(" ({person})")).unwrap_or_default();
        page.item(2, &format!("[{}]", own.code(finding.outcome)), &format!("{}{person}", finding.text));
    }
    if !answer.missing.is_empty() {
        let facts: Vec<&str> = answer.missing.iter().map(|missing| missing.pointer.as_str()).collect();
        page.item(2, own.say("Ask:", "Pregunte:"), &facts.join(", "));
    }
    for deadline in &answer.deadlines {
        page.item(2, &format!("{}:", deadline.on), &deadline.what);
    }
    for caution in answer.cautions.iter().filter(|caution| !caution.text.is_empty()) {
        page.item(2, "!", &caution.text);
    }
    for opener in &answer.opened_by {
        page.item(
            2,
            own.say("Would open it:", "Lo abriría:"),
            &format!("{} [{}]", opener.text, opener.program),
        );
    }
    if !answer.instead.is_empty() {
        page.item(2, own.say("Instead:", "En su lugar:"), &answer.instead.join(", "));
    }
    for change in &answer.upcoming {
        page.item(2, &format!("{}:", change.on), &format!("{}. {}", own.code(change.to), change.because));
    }
}
