//! Every program at once, as an advocate reads it: what is open first, with what to do and what to ask; then, in a line
//! or two each, what is closed and why.
//!
//! For: `text`. Depends on: `answer` (the reply), `layout`, `words`.

use crate::answer::{Answer, Reply};

use super::layout::Page;
use super::text::{dated, head};
use super::words::Own;

/// The results that are open, in the order in which they are told, and those that are not.
const OPEN: [&str; 3] = ["eligible", "may_qualify", "needs_information"];
const CLOSED: [&str; 2] = ["not_eligible", "not_in_force"];

/// What is asked first, and what last.
const SENSITIVITY: [&str; 4] = ["ordinary", "personal", "immigration", "victimization"];

/// Writes a reply about every program, one block for each.
pub(super) fn write(reply: &Reply<'_>, own: Own<'_>, page: &mut Page) {
    page.paragraph(
        0,
        own.say(
            "Every program in brief. For papers, steps, law and appeal of one: --program and its id in brackets.",
            "Cada programa en breve. Para papeles, pasos, ley y apelación de uno: --program y su id entre corchetes.",
        ),
    );
    let asked = Questions::of(reply);
    part(reply, &OPEN, own, page, |answer, page| one(answer, &asked, own, page));
    asked.write(own, page);
    part(reply, &CLOSED, own, page, |answer, page| closed(answer, own, page));
}

fn part<'r>(
    reply: &'r Reply<'_>,
    results: &[&'static str],
    own: Own<'_>,
    page: &mut Page,
    tell: impl Fn(&'r Answer<'_>, &mut Page),
) {
    for status in results {
        let mut answers = reply.answers.iter().filter(|answer| answer.status == *status).peekable();
        if answers.peek().is_some() {
            page.part(heading(status, own));
        }
        answers.for_each(|answer| tell(answer, page));
    }
}

fn heading(status: &'static str, own: Own<'_>) -> &'static str {
    match status {
        "eligible" => own.say("Open now", "Abierto ahora"),
        "may_qualify" => own.say(
            "May be open: an agency decides the rest",
            "Puede estar abierto: lo demás lo decide una agencia",
        ),
        "needs_information" => own.say("Not clear before more is told", "No está claro sin saber más"),
        "not_eligible" => own.say("Closed, and why", "Cerrado, y por qué"),
        other => own.code(other),
    }
}

/// One thing to ask, and where the answers would stand.
struct Question<'r> {
    words: &'r str,
    fact: &'r str,
    sensitivity: &'r str,
    places: Vec<&'r str>,
}

/// The questions of a reply, each told once and named by its number.
struct Questions<'r>(Vec<Question<'r>>);

impl<'r> Questions<'r> {
    fn of(reply: &'r Reply<'_>) -> Self {
        let mut known: Vec<Question<'r>> = Vec::new();
        for missing in reply.answers.iter().flat_map(|answer| &answer.missing) {
            let place = match known.iter().position(|one| one.fact == missing.fact) {
                Some(place) => place,
                None => {
                    known.push(Question {
                        words: missing.fact,
                        fact: missing.fact,
                        sensitivity: "",
                        places: Vec::new(),
                    });
                    known.len() - 1
                }
            };
            let Some(question) = known.get_mut(place) else { continue };
            if !missing.question.is_empty() {
                question.words = &missing.question;
                question.sensitivity = missing.sensitivity;
            }
            if !question.places.contains(&missing.pointer.as_str()) {
                question.places.push(&missing.pointer);
            }
        }
        known.iter_mut().for_each(|one| one.places.sort_unstable());
        known.sort_by_key(|one| SENSITIVITY.iter().position(|known| *known == one.sensitivity));
        Self(known)
    }

    /// The numbers of what to ask for one program.
    fn numbers(&self, answer: &Answer<'_>) -> String {
        let mut numbers: Vec<usize> = Vec::new();
        for missing in &answer.missing {
            let number = self.0.iter().position(|one| one.fact == missing.fact);
            numbers.extend(number.map(|number| number + 1).filter(|number| !numbers.contains(number)));
        }
        numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }

    fn write(&self, own: Own<'_>, page: &mut Page) {
        if self.0.is_empty() {
            return;
        }
        page.part(
            own.say(
                "What to ask, if the person wants to tell",
                "Qué preguntar, si la persona quiere decirlo",
            ),
        );
        for (place, question) in self.0.iter().enumerate() {
            let text = format!("{} [{}]", question.words, question.places.join(", "));
            page.item(0, &format!("{}.", place + 1), &text);
        }
    }
}

fn one(answer: &Answer<'_>, asked: &Questions<'_>, own: Own<'_>, page: &mut Page) {
    head(answer, own, page);
    if let Some(ongoing) = &answer.ongoing {
        page.item(0, &format!("{}:", ongoing.people.join(", ")), &ongoing.text);
    }
    reasons(answer, own, page);
    if !answer.missing.is_empty() {
        let mut numbers = asked.numbers(answer);
        if answer.more_missing > 0 {
            let more = own.say("more, told by --program", "más, que dice --program");
            numbers.push_str(&format!("; {} {more}", answer.more_missing));
        }
        page.item(2, own.say("Ask (below):", "Pregunte (abajo):"), &numbers);
    }
    for deadline in &answer.deadlines {
        page.item(2, &dated(deadline.on, &deadline.people), &deadline.what);
    }
    for caution in answer.cautions.iter().filter(|caution| !caution.text.is_empty()) {
        page.item(2, "!", &caution.text);
    }
    beyond(answer, own, page);
}

/// A program that gives nothing: its reasons, and what helps in its stead.
fn closed(answer: &Answer<'_>, own: Own<'_>, page: &mut Page) {
    page.gap();
    page.paragraph(0, &format!("{}  [{}]", answer.title, answer.program));
    if let Some(better) = answer.covered_by {
        page.item(2, own.say("Covered by:", "Lo cubre:"), &own.program(better));
    }
    reasons(answer, own, page);
    for deadline in &answer.deadlines {
        page.item(2, &dated(deadline.on, &deadline.people), &deadline.what);
    }
    beyond(answer, own, page);
}

fn reasons(answer: &Answer<'_>, own: Own<'_>, page: &mut Page) {
    for finding in &answer.findings {
        let person = finding.person.map(|person| format!(" ({person})")).unwrap_or_default();
        page.item(2, &format!("[{}]", own.code(finding.outcome)), &format!("{}{person}", finding.text));
    }
}

fn beyond(answer: &Answer<'_>, own: Own<'_>, page: &mut Page) {
    for opener in &answer.opened_by {
        page.item(
            2,
            own.say("Would open it:", "Lo abriría:"),
            &format!("{} [{}]", opener.text, opener.program),
        );
    }
    if !answer.instead.is_empty() {
        page.item(2, own.say("Instead:", "En su lugar:"), &own.programs(&answer.instead));
    }
    for change in &answer.upcoming {
        page.item(
            2,
            &dated(change.on, &change.people),
            &format!("{}. {}", own.code(change.to), change.because),
        );
    }
}
