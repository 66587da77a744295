//! What a program says to everybody: papers with their substitutes, steps, deadlines, warnings, refusal, offices.
//!
//! For: `programs`. Depends on: `answer` (citations, plain words), `rulebook`. A name between braces stands for a value
//! that only an answer has.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::{Citation, citations, plain_words};
use crate::kernel::{Day, Language, Words};
use crate::rulebook::{Entry, Program, RuleBook};

/// Says words in one language.
pub(super) struct Speaker {
    pub(super) language: Language,
    /// English had to stand in.
    pub(super) untranslated: bool,
}

impl Speaker {
    pub(super) fn say(&mut self, words: &Words) -> String {
        let (text, translated) = words.in_language(self.language);
        self.untranslated |= !translated && !text.is_empty();
        plain_words(text)
    }
}

/// To whom and when something is said.
#[derive(Serialize, ToSchema)]
struct Said<'b> {
    /// The state that says it; every state, if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    state: Option<&'b str>,
    /// From this day on.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<NaiveDate>,
    /// Until this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<NaiveDate>,
    /// The statuses with which it is said (`receiving`: to somebody who gets the program); all, if left out.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    with: &'b [String],
    /// Only where the household's facts call for it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    only_where_it_fits: bool,
    /// The law.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citations: Vec<Citation<'b>>,
}

/// A paper that may be asked for.
#[derive(Serialize, ToSchema)]
struct PaperEntry<'b> {
    /// Its id.
    #[schema(value_type = String)]
    document: &'b str,
    /// What it is.
    title: String,
    /// What it proves here.
    #[serde(skip_serializing_if = "String::is_empty")]
    proves: String,
    /// What may be shown, any one of these.
    any_of: Vec<String>,
    /// What to do without it.
    if_missing: String,
    #[serde(flatten)]
    said: Said<'b>,
}

/// One thing to do.
#[derive(Serialize, ToSchema)]
struct StepEntry<'b> {
    /// Its id.
    #[schema(value_type = String)]
    id: &'b str,
    /// What to do.
    title: String,
    /// How.
    how: String,
    /// With whom: an id of `agencies`.
    #[schema(value_type = Option<String>)]
    agency: Option<&'b str>,
    /// Steps that come before it.
    after: &'b [String],
    /// Whom it reaches that may be a danger.
    contacts: &'b [String],
    /// What to settle before.
    before: Option<String>,
    #[serde(flatten)]
    said: Said<'b>,
}

/// A day by which somebody must act; an answer counts it.
#[derive(Serialize, ToSchema)]
struct DeadlineEntry<'b> {
    /// What must be done.
    what: String,
    /// By whom.
    #[schema(value_type = String)]
    who: &'b str,
    #[serde(flatten)]
    said: Said<'b>,
}

/// A warning.
#[derive(Serialize, ToSchema)]
struct CautionEntry<'b> {
    /// Its id.
    #[schema(value_type = String)]
    id: &'b str,
    /// What to know.
    text: String,
    #[serde(flatten)]
    said: Said<'b>,
}

/// What to do about a refusal.
#[derive(Serialize, ToSchema)]
struct RefusalEntry<'b> {
    /// What to say.
    say: String,
    /// What the worker can check.
    for_the_worker: String,
    /// How to appeal.
    appeal: String,
    /// Days to appeal.
    by_days: Option<i64>,
    /// Days to appeal so that benefits go on meanwhile.
    keep_benefits_by_days: Option<i64>,
    #[serde(flatten)]
    said: Said<'b>,
}

/// What people who receive it should know.
#[derive(Serialize, ToSchema)]
struct OngoingEntry<'b> {
    /// What to do to keep it.
    text: String,
    /// What reviews it.
    review: String,
    #[serde(flatten)]
    said: Said<'b>,
}

/// An office, a line, an organisation.
#[derive(Serialize, ToSchema)]
struct AgencyEntry<'b> {
    /// Its id.
    #[schema(value_type = String)]
    id: &'b str,
    /// What it is.
    title: String,
    /// Its telephone number.
    #[schema(value_type = Option<String>)]
    phone: Option<&'b str>,
    /// Its page.
    #[schema(value_type = Option<String>)]
    url: Option<&'b str>,
    /// How to reach it.
    how: Option<String>,
    /// When it answers.
    hours: Option<String>,
    /// When the contact was last checked.
    checked_on: Option<NaiveDate>,
}

/// What a program says to everybody.
#[derive(Serialize, ToSchema)]
pub(super) struct Help<'b> {
    /// Papers that it may ask for.
    documents: Vec<PaperEntry<'b>>,
    /// What to do.
    steps: Vec<StepEntry<'b>>,
    /// By when.
    deadlines: Vec<DeadlineEntry<'b>>,
    /// What to beware of.
    cautions: Vec<CautionEntry<'b>>,
    /// What to do about a refusal.
    if_refused: Vec<RefusalEntry<'b>>,
    /// For people who receive it.
    ongoing: Vec<OngoingEntry<'b>>,
    /// Who runs it, and everybody whom the steps name.
    agencies: Vec<AgencyEntry<'b>>,
}

/// What a program says to everybody, on a day or on any.
pub(super) fn help<'b>(
    book: &'b RuleBook,
    program: &'b Program,
    day: Option<Day>,
    speaker: &mut Speaker,
) -> Help<'b> {
    let documents =
        in_time(&program.documents, day).filter_map(|entry| paper(book, entry, speaker)).collect();
    let steps: Vec<StepEntry<'b>> =
        in_time(&program.steps, day).map(|entry| step(book, entry, speaker)).collect();
    let deadlines = in_time(&program.deadlines, day).map(|entry| DeadlineEntry {
        what: speaker.say(&entry.says.what),
        who: &entry.says.who,
        said: said(book, entry),
    });
    let deadlines = deadlines.collect();
    let cautions = in_time(&program.cautions, day).map(|entry| CautionEntry {
        id: &entry.says.id,
        text: speaker.say(&entry.says.text),
        said: said(book, entry),
    });
    let cautions = cautions.collect();
    let if_refused = in_time(&program.if_refused, day).map(|entry| RefusalEntry {
        say: speaker.say(&entry.says.say),
        for_the_worker: speaker.say(&entry.says.for_the_worker),
        appeal: speaker.say(&entry.says.appeal),
        by_days: entry.says.by_days,
        keep_benefits_by_days: entry.says.keep_benefits_by_days,
        said: said(book, entry),
    });
    let if_refused = if_refused.collect();
    let ongoing = in_time(&program.ongoing, day).map(|entry| OngoingEntry {
        text: speaker.say(&entry.says.text),
        review: speaker.say(&entry.says.review),
        said: said(book, entry),
    });
    let ongoing = ongoing.collect();
    let runs = in_time(&program.agency, day).map(|entry| entry.says.as_str());
    let mut ids: Vec<&'b str> = Vec::new();
    for id in runs.chain(steps.iter().filter_map(|step| step.agency)) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let agencies = ids.into_iter().filter_map(|id| agency(book, id, speaker)).collect();
    Help { documents, steps, deadlines, cautions, if_refused, ongoing, agencies }
}

fn in_time<T>(entries: &[Entry<T>], day: Option<Day>) -> impl Iterator<Item = &Entry<T>> {
    entries.iter().filter(move |entry| {
        day.is_none_or(|day| {
            entry.from.is_none_or(|from| from <= day) && entry.until.is_none_or(|until| day <= until)
        })
    })
}

fn said<'b, T>(book: &'b RuleBook, entry: &'b Entry<T>) -> Said<'b> {
    Said {
        state: entry.state.and_then(|state| book.state_code(state)),
        from: entry.from,
        until: entry.until,
        with: &entry.with,
        only_where_it_fits: entry.when.is_some(),
        citations: citations(book, &entry.cite),
    }
}

fn paper<'b>(
    book: &'b RuleBook,
    entry: &'b Entry<crate::rulebook::Paper>,
    speaker: &mut Speaker,
) -> Option<PaperEntry<'b>> {
    let document = book.documents.get(entry.says.document)?;
    let mut said = said(book, entry);
    said.citations.extend(citations(book, &document.cite));
    Some(PaperEntry {
        document: &document.id,
        title: speaker.say(&document.title),
        proves: speaker.say(&entry.says.proves),
        any_of: document.any_of.iter().map(|words| speaker.say(words)).collect(),
        if_missing: speaker.say(&document.if_missing),
        said,
    })
}

fn step<'b>(
    book: &'b RuleBook,
    entry: &'b Entry<crate::rulebook::Step>,
    speaker: &mut Speaker,
) -> StepEntry<'b> {
    let step = &entry.says;
    StepEntry {
        id: &step.id,
        title: speaker.say(&step.title),
        how: speaker.say(&step.how),
        agency: step.agency.as_deref(),
        after: &step.after,
        contacts: &step.contacts,
        before: step.before.as_ref().map(|words| speaker.say(words)),
        said: said(book, entry),
    }
}

fn agency<'b>(book: &'b RuleBook, id: &str, speaker: &mut Speaker) -> Option<AgencyEntry<'b>> {
    let agency = book.agency(id)?;
    Some(AgencyEntry {
        id: &agency.id,
        title: speaker.say(&agency.title),
        phone: agency.phone.as_deref(),
        url: agency.url.as_deref(),
        how: agency.how.as_ref().map(|words| speaker.say(words)),
        hours: agency.hours.as_ref().map(|words| speaker.say(words)),
        checked_on: agency.checked_on,
    })
}
