//! An answer as an advocate reads it. Every program at once: see `overview`.

use chrono::NaiveDate;

use super::layout::Page;
use super::overview;
use super::words::{Own, dollars};
use crate::answer::{Answer, Arithmetic, Citation, Finding, Person, Reply};

/// Writes a whole reply.
pub(super) fn write(reply: &Reply<'_>, own: Own<'_>, page: &mut Page) {
    let day = reply.as_of;
    let own = own.on(day);
    page.paragraph(0, &format!("{} {day}", own.say("What the law gives on", "Lo que da la ley el")));
    let [from, until] = reply.law.covers;
    let hash = reply.law.hash.get(..12).unwrap_or(reply.law.hash);
    let review = reply
        .law
        .oldest_review
        .map(|day| format!(", {} {day}", own.say("oldest review", "revisión más antigua")));
    let covers = format!("{} {from} {} {until}", own.say("covers", "cubre"), own.say("to", "a"));
    page.paragraph(0, &format!("{} {hash}, {covers}{}", own.say("Law", "Ley"), review.unwrap_or_default()));
    if reply.brief {
        return overview::write(reply, own, page);
    }
    for answer in &reply.answers {
        one(answer, own, page);
    }
}

/// A day, and whose it is where it is not everybody's.
pub(super) fn dated(day: NaiveDate, people: &[&str]) -> String {
    if people.is_empty() { format!("{day}:") } else { format!("{day} ({}):", people.join(", ")) }
}

fn one(answer: &Answer<'_>, own: Own<'_>, page: &mut Page) {
    head(answer, own, page);
    if let Some(ongoing) = &answer.ongoing {
        page.heading(own.say("For those who get it already", "Para quienes ya lo reciben"));
        let until = ongoing.until.map(|day| format!(" ({} {day})", own.say("until", "hasta")));
        page.item(
            2,
            "-",
            &format!("{}: {}{}", ongoing.people.join(", "), ongoing.text, until.unwrap_or_default()),
        );
        page.paragraph(4, &ongoing.review);
        law(&ongoing.citations, 4, own, page);
    }
    people(answer, own, page);
    reasons(answer, own, page);
    open(answer, own, page);
    what_to_do(answer, own, page);
    beware(answer, own, page);
    beyond(answer, own, page);
}

/// What came out, and what to do first.
pub(super) fn head(answer: &Answer<'_>, own: Own<'_>, page: &mut Page) {
    page.title(&format!("{}  [{}]", answer.title, answer.program));
    page.item(0, &format!("{}:", own.say("Result", "Resultado")), &own.result(answer));
    amount(answer, own, page);
    if let Some(first) = answer.actionable.first_step.as_ref().filter(|_| answer.actionable.now) {
        page.item(0, &format!("{}:", own.say("Do first", "Haga primero")), first);
    }
}

fn amount(answer: &Answer<'_>, own: Own<'_>, page: &mut Page) {
    let Some(amount) = &answer.amount else { return };
    let per = match amount.per {
        "month" => own.say(" a month", " al mes"),
        "week" => own.say(" a week", " por semana"),
        "year" => own.say(" a year", " al año"),
        _ => own.say(" once", " una vez"),
    };
    let mut said = format!("{}{per}", range(amount.low.as_deref(), amount.high.as_deref(), own));
    if amount.why != "exact" {
        said.push_str(&format!(" ({})", own.code(amount.why)));
    }
    page.item(0, &format!("{}:", own.say("Amount", "Cantidad")), &said);
    for because in &amount.because {
        page.item(2, "-", because);
    }
    if let Some(first) = &answer.first_period {
        let said = range(first.low.as_deref(), first.high.as_deref(), own);
        let said = format!("{said} ({} {} {})", first.from, own.say("to", "a"), first.to);
        page.item(0, &format!("{}:", own.say("First payment", "Primer pago")), &said);
    }
}

fn range(low: Option<&str>, high: Option<&str>, own: Own<'_>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low == high => dollars(low),
        (Some(low), Some(high)) => format!("{} {} {}", dollars(low), own.say("to", "a"), dollars(high)),
        (Some(low), None) => format!("{} {}", own.say("at least", "al menos"), dollars(low)),
        (None, Some(high)) => format!("{} {}", own.say("at most", "como máximo"), dollars(high)),
        (None, None) => own.say("not known", "no se sabe").to_owned(),
    }
}

fn people(answer: &Answer<'_>, own: Own<'_>, page: &mut Page) {
    if answer.people.is_empty() {
        return;
    }
    page.heading(own.say("Who", "Quién"));
    let mut list = |people: &[Person<'_>]| {
        for person in people {
            let mut said = own.code(person.role).to_owned();
            if let Some(status) = person.status {
                said.push_str(&format!(", {}", own.code(status)));
            }
            if let Some(better) = person.covered_by {
                let better = own.program(better);
                said.push_str(&format!(" ({}: {better})", own.say("covered by", "lo cubre")));
            }
            page.item(2, &format!("{}:", person.id), &said);
        }
    };
    list(&answer.people);
    // The first unit is the one above.
    for unit in answer.units.iter().skip(1) {
        let mut said = own.code(unit.status).to_owned();
        if let Some(amount) = &unit.amount {
            said.push_str(&format!(", {}", range(amount.low.as_deref(), amount.high.as_deref(), own)));
        }
        let who: Vec<&str> = unit.people.iter().map(|person| person.id).collect();
        let title = own.say("Another household here", "Otro hogar aquí");
        page.item(2, "+", &format!("{title} ({}): {said}", who.join(", ")));
    }
}

fn reasons(answer: &Answer<'_>, own: Own<'_>, page: &mut Page) {
    let (amounts, tests): (Vec<&Finding<'_>>, Vec<&Finding<'_>>) =
        answer.findings.iter().partition(|finding| finding.requirement == "amount");
    let shown: Vec<_> = tests.into_iter().filter(|finding| finding.outcome != "not_tested").collect();
    if !shown.is_empty() {
        page.heading(own.say("Why", "Por qué"));
    }
    // What stands in the way first.
    let rank = |finding: &Finding<'_>| match finding.outcome {
        "not_met" => 0,
        "unknown" => 1,
        "agency_decides" => 2,
        _ => 3,
    };
    let mut sorted = shown;
    sorted.sort_by_key(|finding| rank(finding));
    for finding in sorted {
        let person = finding.person.map(|person| format!(" ({person})")).unwrap_or_default();
        page.item(2, &format!("[{}]", own.code(finding.outcome)), &format!("{}{person}", finding.title));
        page.paragraph(6, &finding.text);
        law(&finding.citations, 6, own, page);
    }
    for finding in amounts {
        page.heading(own.say("How the amount comes about", "Cómo se calcula la cantidad"));
        if finding.outcome == "not_met" {
            page.paragraph(2, &finding.text);
        }
        for step in &finding.arithmetic {
            arithmetic(step, own, page);
        }
    }
}

fn arithmetic(step: &Arithmetic<'_>, own: Own<'_>, page: &mut Page) {
    page.item(2, "-", &format!("{}: {}", step.title, step.value));
    // A sum over people says nothing that its title does not.
    let over_people = step.formula.contains(" for p in ");
    if step.with != step.value && !over_people {
        page.item(6, "=", &step.with);
    }
    law(&step.citations, 6, own, page);
}

/// The law, with how well each source was read.
fn law(citations: &[Citation<'_>], indent: usize, own: Own<'_>, page: &mut Page) {
    if citations.is_empty() {
        return;
    }
    let mut by_mark: Vec<(String, Vec<&str>)> = Vec::new();
    for citation in citations {
        let mark = match citation.reviewed_on {
            Some(day) => format!("[{} {day}]", own.code(citation.review)),
            None => format!("[{}]", own.code(citation.review)),
        };
        match by_mark.iter_mut().find(|(known, _)| *known == mark) {
            Some((_, texts)) => texts.push(citation.text),
            None => by_mark.push((mark, vec![citation.text])),
        }
    }
    let groups: Vec<_> =
        by_mark.into_iter().map(|(mark, texts)| format!("{} {mark}", texts.join("; "))).collect();
    page.item(indent, own.say("Law:", "Ley:"), &groups.join("; "));
}

fn open(answer: &Answer<'_>, own: Own<'_>, page: &mut Page) {
    if !answer.missing.is_empty() {
        page.heading(own.say("Ask, if the person wants to tell", "Pregunte, si la persona quiere decirlo"));
    }
    for missing in &answer.missing {
        let decides = match missing.decides {
            "status" => own.say("decides the result", "decide el resultado"),
            _ => own.say("changes the amount", "cambia la cantidad"),
        };
        page.item(2, "?", &format!("{} [{}] ({decides})", missing.question, missing.pointer));
    }
    if !answer.provided_that.is_empty() {
        page.heading(own.say("This holds if", "Esto vale si"));
    }
    for proviso in &answer.provided_that {
        let people = if proviso.people.is_empty() {
            String::new()
        } else {
            format!(" ({})", proviso.people.join(", "))
        };
        page.item(2, "-", &format!("{}{people}", proviso.text));
    }
    if !answer.ways_out.is_empty() {
        page.heading(own.say("Ways out that nobody spoke of", "Salidas de las que nadie habló"));
    }
    for way in &answer.ways_out {
        let person = way.person.map(|person| format!(" ({person})")).unwrap_or_default();
        page.item(2, "-", &format!("{}{person}", way.text));
        law(&way.citations, 4, own, page);
    }
    if !answer.unsettled.is_empty() {
        page.heading(own.say("Law that is read in two ways", "Ley que se lee de dos maneras"));
    }
    for one in &answer.unsettled {
        let other = format!(
            "{} {}.",
            own.say("Under the other reading:", "Según la otra lectura:"),
            own.code(one.other_status)
        );
        let advise =
            format!("{} {}.", own.say("Who can advise:", "Quién puede aconsejar:"), own.program(one.advise));
        page.item(2, "-", &format!("{} {other} {advise}", one.text));
        law(&one.citations, 4, own, page);
    }
}

fn what_to_do(answer: &Answer<'_>, own: Own<'_>, page: &mut Page) {
    if !answer.steps.is_empty() {
        page.heading(own.say("What to do", "Qué hacer"));
    }
    for (place, step) in answer.steps.iter().enumerate() {
        page.item(2, &format!("{}.", place + 1), &step.title);
        if let Some(before) = &step.before {
            page.item(5, own.say("Before:", "Antes:"), before);
        }
        page.paragraph(5, &step.how);
        if !step.contacts.is_empty() {
            page.item(5, own.say("This reaches:", "Esto llega a:"), &own.contacts(&step.contacts));
        }
        law(&step.citations, 5, own, page);
    }
    if !answer.deadlines.is_empty() {
        page.heading(own.say("By when", "Plazos"));
    }
    for deadline in &answer.deadlines {
        let from = format!("{} {}", own.say("counted from", "contado desde"), deadline.counted_from);
        let unsure = if deadline.not_certain { own.say(", not certain", ", no es seguro") } else { "" };
        page.item(2, &dated(deadline.on, &deadline.people), &format!("{} ({from}{unsure})", deadline.what));
        law(&deadline.citations, 4, own, page);
    }
    if !answer.documents.is_empty() {
        page.heading(own.say("What to bring", "Qué llevar"));
    }
    for document in &answer.documents {
        page.item(2, "-", &document.title);
        for proves in &document.proves {
            page.paragraph(4, proves);
        }
        for any in &document.any_of {
            page.item(4, own.say("or", "o"), any);
        }
        page.item(4, own.say("If you have none:", "Si no tiene:"), &document.if_missing);
    }
    if !answer.agencies.is_empty() {
        page.heading(own.say("Who to turn to", "A quién acudir"));
    }
    for agency in &answer.agencies {
        let contact: Vec<&str> = agency.phone.into_iter().chain(agency.url).collect();
        page.item(2, "-", &format!("{}  {}", agency.title, contact.join("  ")));
        if let Some(hours) = &agency.hours {
            page.paragraph(4, hours);
        }
        if let Some(how) = &agency.how {
            page.paragraph(4, how);
        }
    }
}

fn beware(answer: &Answer<'_>, own: Own<'_>, page: &mut Page) {
    if !answer.cautions.is_empty() {
        page.heading(own.say("Beware", "Cuidado"));
    }
    for caution in &answer.cautions {
        page.item(2, "!", &caution.text);
        law(&caution.citations, 4, own, page);
    }
    if let Some(refused) = &answer.if_refused {
        page.heading(own.say("If it is refused", "Si lo niegan"));
        page.item(2, own.say("Say:", "Diga:"), &refused.say);
        page.item(2, own.say("For the worker:", "Para la oficina:"), &refused.for_the_worker);
        page.item(2, own.say("Appeal:", "Apele:"), &refused.appeal);
        law(&refused.citations, 2, own, page);
    }
}

fn beyond(answer: &Answer<'_>, own: Own<'_>, page: &mut Page) {
    if !answer.opened_by.is_empty() {
        page.heading(own.say("What would open it", "Qué lo abriría"));
    }
    for opener in &answer.opened_by {
        page.item(2, "-", &format!("{} [{}]", opener.text, opener.program));
    }
    if !answer.instead.is_empty() {
        page.heading(own.say("What may help instead", "Qué puede ayudar en su lugar"));
        page.paragraph(2, &own.programs(&answer.instead));
    }
    if !answer.upcoming.is_empty() {
        page.heading(own.say("What will change", "Qué va a cambiar"));
    }
    for change in &answer.upcoming {
        page.item(
            2,
            &dated(change.on, &change.people),
            &format!("{}. {}", own.code(change.to), change.because),
        );
        law(&change.citations, 4, own, page);
    }
}
