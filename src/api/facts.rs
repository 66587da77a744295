//! The vocabulary: everything that may be told, as callers and interviews need it.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::kernel::{Bound, Day, Language, Words};
use crate::language::Type;
use crate::vocabulary::{About, Fact, Kind, Vocabulary};

use super::Service;
use super::negotiation::rule_set;
use super::query::Query;

/// Everything that may be told.
#[derive(Serialize, ToSchema)]
pub(super) struct FactList<'b> {
    /// Each fact, in the order of the vocabulary.
    facts: Vec<FactEntry<'b>>,
}

/// One fact: what it is, how it is asked, what values it takes.
#[derive(Serialize, ToSchema)]
struct FactEntry<'b> {
    /// Its name; a dot where it stands nested in a request.
    #[schema(value_type = String)]
    name: &'b str,
    /// Where it stands in a request: a JSON Pointer with `*` for each place in a list.
    pointer: String,
    /// `situation`, `person`, `household`, or the kind of list item that it is a field of.
    #[schema(value_type = String)]
    about: &'b str,
    /// `boolean`, `count`, `number`, `rate`, `money`, `money_per_period`, `date`, `code`, `codes`, `person`,
    /// `people` or `items`.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    kind: &'static str,
    /// The code list, or the kind of item.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    of: Option<&'b str>,
    /// The unit of a quantity.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    /// The least and the most that a quantity, and the first and last day that a date, may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Limits>,
    /// The codes it takes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    codes: Vec<CodeEntry<'b>>,
    /// The question in plain words.
    question: &'b str,
    /// Why it is asked.
    help: Option<&'b str>,
    /// What "none" says, where that has words of its own.
    none: Option<&'b str>,
    /// Whether "none" is taken: it is known not to apply.
    takes_none: bool,
    /// How intrusive it is to ask: `ordinary`, `personal`, `immigration` or `victimization`.
    sensitivity: &'static str,
    /// It may be told but is never asked.
    never_asked: bool,
    /// It is never asked of somebody who does not apply, and counts as not shown.
    of_applicants_only: bool,
    /// A request without it is refused.
    required: bool,
    /// It may follow from other facts.
    derived: bool,
    /// A field of an item that means none when it is left out.
    left_out_is_none: bool,
    /// The words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    untranslated: bool,
}

/// Between what a value lies; both ends are included.
#[derive(Serialize, ToSchema)]
struct Limits {
    /// The least, or the first day.
    low: Option<String>,
    /// The most, or the last day; `as_of` is the day of application.
    high: Option<String>,
}

/// One code.
#[derive(Serialize, ToSchema)]
struct CodeEntry<'b> {
    /// As requests have it.
    #[schema(value_type = String)]
    code: &'b str,
    /// What it means.
    title: &'b str,
}

/// The facts that may be told
///
/// The whole vocabulary, with questions in plain words. An interview can be built from it; the schema of a
/// situation in this document is.
#[utoipa::path(get, path = "/v1/facts", tag = "rules",
    params(
        ("as_of" = Option<NaiveDate>, Query,
            description = "A day; what may be told is the same on every day", example = "2026-11-23"),
        ("Accept-Language" = Option<String>, Header, description = "`en` (default) or `es`", example = "es")),
    responses((status = 200, description = "Every fact", body = FactList<'static>)))]
pub(super) async fn facts(request: HttpRequest, service: web::Data<Service>) -> HttpResponse {
    // The day is looked at, so that a wrong one is told here as it is everywhere.
    match Query::read(request.query_string(), &service.book, &["as_of"]) {
        Ok(_) => rule_set(&request, &service, "", |language| Ok(list(&service.book.vocabulary, language))),
        Err(problem) => problem.into_response(),
    }
}

fn list(vocabulary: &Vocabulary, language: Language) -> FactList<'_> {
    FactList { facts: vocabulary.facts.iter().map(|fact| entry(fact, vocabulary, language)).collect() }
}

fn entry<'b>(fact: &'b Fact, vocabulary: &'b Vocabulary, language: Language) -> FactEntry<'b> {
    let (kind, of) = kind(fact, vocabulary);
    let codes = code_list(fact, vocabulary).map_or(&[][..], |list| &list.codes);
    let (question, translated) = fact.question.in_language(language);
    let help = fact.help.as_ref().map(|help| help.in_language(language));
    let say = |words: &'b Words| words.get(language);
    FactEntry {
        name: &fact.name,
        pointer: pointer(fact, vocabulary),
        about: about(fact, vocabulary),
        kind,
        of,
        unit: unit(fact),
        range: limits(fact),
        codes: codes.iter().map(|code| CodeEntry { code: &code.code, title: say(&code.title) }).collect(),
        question,
        help: help.map(|(text, _)| text),
        none: fact.none.as_ref().map(say),
        takes_none: vocabulary.takes_none(fact),
        sensitivity: fact.sensitivity.name(),
        never_asked: fact.never_asked,
        of_applicants_only: fact.of_applicants_only,
        required: fact.required,
        derived: fact.derived.is_some(),
        left_out_is_none: fact.left_out_is_none,
        untranslated: !translated || help.is_some_and(|(_, translated)| !translated),
    }
}

fn about<'b>(fact: &Fact, vocabulary: &'b Vocabulary) -> &'b str {
    match fact.about {
        About::Situation => "situation",
        About::Person => "person",
        About::Household => "household",
        About::Item(record) => vocabulary.records.get(usize::from(record)).map_or("", String::as_str),
    }
}

/// The type's name in replies, and the list or record it is of.
fn kind<'b>(fact: &Fact, vocabulary: &'b Vocabulary) -> (&'static str, Option<&'b str>) {
    let kind = match fact.kind {
        Kind::Items(record) => {
            return ("items", vocabulary.records.get(usize::from(record)).map(String::as_str));
        }
        Kind::One(kind) => kind,
    };
    let list = code_list(fact, vocabulary).map(|list| list.name.as_str());
    let name = match kind {
        Type::Boolean => "boolean",
        Type::Count => "count",
        Type::Number => "number",
        Type::Rate => "rate",
        Type::Money(_) => "money",
        Type::Paid => "money_per_period",
        Type::Date => "date",
        Type::Code(_) => "code",
        Type::Codes(_) => "codes",
        Type::Person => "person",
        Type::People => "people",
    };
    (name, list)
}

/// The code list of a fact that takes codes.
pub(super) fn code_list<'b>(
    fact: &Fact,
    vocabulary: &'b Vocabulary,
) -> Option<&'b crate::vocabulary::CodeList> {
    match fact.kind {
        Kind::One(Type::Code(list) | Type::Codes(list)) => vocabulary.list(list),
        _ => None,
    }
}

fn unit(fact: &Fact) -> Option<&'static str> {
    match fact.kind {
        Kind::One(Type::Money(_)) => Some("US dollars"),
        Kind::One(Type::Paid) => Some("US dollars per period"),
        _ => None,
    }
}

fn limits(fact: &Fact) -> Option<Limits> {
    let Kind::One(kind) = fact.kind else { return None };
    let (low, high) = match kind {
        Type::Count | Type::Number | Type::Rate | Type::Money(_) | Type::Paid => {
            (decimal(fact.range.low), decimal(fact.range.high))
        }
        Type::Date => {
            let as_of = || Some("as_of".to_owned());
            (day(fact.dates.low), if fact.not_after_as_of { as_of() } else { day(fact.dates.high) })
        }
        _ => return None,
    };
    (low.is_some() || high.is_some()).then_some(Limits { low, high })
}

/// A limit, if there is one.
fn decimal(end: Bound) -> Option<String> {
    end.finite().map(|end| end.normalize().to_string())
}

/// A day that is a limit.
pub(super) fn day(day: NaiveDate) -> Option<String> {
    (day != Day::MIN && day != Day::MAX).then(|| day.to_string())
}

/// Where a fact stands in a request.
fn pointer(fact: &Fact, vocabulary: &Vocabulary) -> String {
    let nested = || fact.name.replace('.', "/");
    match fact.about {
        About::Situation => format!("/{}", nested()),
        About::Household => format!("/household/{}", nested()),
        About::Person => format!("/people/*/{}", nested()),
        About::Item(record) => {
            let list = vocabulary.facts.iter().find(|list| list.kind == Kind::Items(record));
            let above = list.map(|list| pointer(list, vocabulary)).unwrap_or_default();
            format!("{above}/*/{}", own_name(fact))
        }
    }
}

/// The last part of a fact's name.
pub(super) fn own_name(fact: &Fact) -> &str {
    fact.name.rsplit('.').next().unwrap_or_default()
}
