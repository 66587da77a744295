//! The reply as callers read it: every name and code of the contract, typed.

mod help;
mod listed;
mod reasons;

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

pub use help::{Agency, Caution, Deadline, Document, IfRefused, Ongoing, Step};
pub use listed::Listed;
pub use reasons::{
    Arithmetic, Citation, DECIDES, FactValue, Finding, Missing, OpenedBy, ProvidedThat, Unsettled, Upcoming,
    WayOut,
};

/// The answers for one situation.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Reply<'b> {
    /// The day of application.
    pub as_of: NaiveDate,
    /// The language of the words (`en` or `es`).
    #[schema(value_type = String)]
    pub language: &'static str,
    /// How the words in a language other than English were made: `machine` if nobody who speaks it has read all of them
    /// since, `reviewed` if somebody has. Left out in English, in which they are written.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub translation: Option<&'static str>,
    /// Which law was applied.
    pub law: LawStamp<'b>,
    /// Every program was asked about, and each is told briefly: an answer asked for by name tells its papers, steps, law
    /// and appeal in full, as `GET /v1/programs/{id}` does for everybody.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub brief: bool,
    /// One answer for each program.
    pub answers: Vec<Answer<'b>>,
    /// Programs that were asked for by name and have no rules here yet: nothing is said of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub not_on_file: Vec<&'b str>,
}

/// Which law was applied.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LawStamp<'b> {
    /// SHA-256 of the rule files: the same hash means the same law.
    #[schema(value_type = String)]
    pub hash: &'b str,
    /// When the source that was checked longest ago was last checked.
    pub oldest_review: Option<NaiveDate>,
    /// The first and the last day that the law here covers.
    #[schema(value_type = Vec<NaiveDate>, min_items = 2, max_items = 2)]
    pub covers: [NaiveDate; 2],
}

/// The answer of one program.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Answer<'b> {
    /// The program's id.
    #[schema(value_type = String)]
    pub program: &'b str,
    /// Its name.
    pub title: Cow<'b, str>,
    /// `status`, `remedies`, `food`, `health`, `cash`, `housing` or `services`.
    #[schema(value_type = String)]
    pub category: &'b str,
    /// `benefit`, `status`, `remedy`, `right` or `service`.
    #[schema(value_type = String)]
    pub kind: &'b str,
    /// `eligible`, `may_qualify`, `needs_information`, `not_eligible` or `not_in_force`.
    #[schema(value_type = String)]
    pub status: &'static str,
    /// The month (or year) that is answered for.
    pub period: String,
    /// Whether to apply now, and the first step.
    pub actionable: Actionable<'b>,
    /// Everybody concerned.
    pub people: Vec<Person<'b>>,
    /// A full period's amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount<'b>>,
    /// The first, prorated period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_period: Option<FirstPeriod>,
    /// Each unit, where the people of one home make several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<Unit<'b>>,
    /// A better program that takes this one's place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub covered_by: Option<&'b str>,
    /// Rare bars that nobody spoke of: the answer holds if these are true.
    #[serde(skip_serializing_if = "Listed::is_left_out")]
    #[schema(value_type = Vec<ProvidedThat>)]
    pub provided_that: Listed<ProvidedThat<'b>>,
    /// Each legal test with its outcome.
    pub findings: Vec<Finding<'b>>,
    /// Facts that could change this answer.
    pub missing: Vec<Missing<'b>>,
    /// In a reply about every program, how many more facts could change this answer than are told under `missing`.
    #[serde(skip_serializing_if = "is_none")]
    pub more_missing: usize,
    /// Law that is read in two ways.
    #[serde(skip_serializing_if = "Listed::is_left_out")]
    #[schema(value_type = Vec<Unsettled>)]
    pub unsettled: Listed<Unsettled<'b>>,
    /// What to bring.
    #[serde(skip_serializing_if = "Listed::is_left_out")]
    #[schema(value_type = Vec<Document>)]
    pub documents: Listed<Document<'b>>,
    /// What to do, in order.
    #[serde(skip_serializing_if = "Listed::is_left_out")]
    #[schema(value_type = Vec<Step>)]
    pub steps: Listed<Step<'b>>,
    /// By when.
    #[serde(skip_serializing_if = "Listed::is_left_out")]
    #[schema(value_type = Vec<Deadline>)]
    pub deadlines: Listed<Deadline<'b>>,
    /// What to beware of.
    #[serde(skip_serializing_if = "Listed::is_left_out")]
    #[schema(value_type = Vec<Caution>)]
    pub cautions: Listed<Caution<'b>>,
    /// Programs that would open what is closed.
    #[serde(skip_serializing_if = "Listed::is_left_out")]
    #[schema(value_type = Vec<OpenedBy>)]
    pub opened_by: Listed<OpenedBy<'b>>,
    /// What may help where this one does not.
    #[serde(skip_serializing_if = "Listed::is_left_out")]
    #[schema(value_type = Vec<String>)]
    pub instead: Listed<&'b str>,
    /// Exemptions that nobody spoke of.
    #[serde(skip_serializing_if = "Listed::is_left_out")]
    #[schema(value_type = Vec<WayOut>)]
    pub ways_out: Listed<WayOut<'b>>,
    /// The next change by a dated law.
    #[serde(skip_serializing_if = "Listed::is_left_out")]
    #[schema(value_type = Vec<Upcoming>)]
    pub upcoming: Listed<Upcoming<'b>>,
    /// For people who receive it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ongoing: Option<Ongoing<'b>>,
    /// What to do about a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub if_refused: Option<IfRefused<'b>>,
    /// Who runs it, and everybody whom the steps name.
    #[serde(skip_serializing_if = "Listed::is_left_out")]
    #[schema(value_type = Vec<Agency>)]
    pub agencies: Listed<Agency<'b>>,
    /// Some words of this answer (not of its parts) are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// Whether to act now, and how to begin.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Actionable<'b> {
    /// Whether applying now makes sense.
    pub now: bool,
    /// The first step.
    pub first_step: Option<Cow<'b, str>>,
}

/// How somebody stands in an answer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Person<'b> {
    /// The id that the request gave.
    #[schema(value_type = String)]
    pub id: &'b str,
    /// `member`, `counted_only` or `outside`.
    #[schema(value_type = String)]
    pub role: &'static str,
    /// Their own status; not for somebody outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub status: Option<&'static str>,
    /// What this person gets for a full period, where the program decides person by person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount<'b>>,
    /// A better program that takes this one's place for this person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub covered_by: Option<&'b str>,
}

/// What a full period pays.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Amount<'b> {
    /// The least, in dollars; null where there is no telling.
    pub low: Option<String>,
    /// The most; null where there is no telling.
    pub high: Option<String>,
    /// `month`, `week`, `year` or `once`.
    #[schema(value_type = String)]
    pub per: &'b str,
    /// `exact`, `facts_missing`, `up_to` or `figure_not_on_file`.
    #[schema(value_type = String)]
    pub why: &'static str,
    /// Why a figure is not on file, where that leaves the amount open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Cow<'b, str>>,
}

/// What the first, prorated period pays.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FirstPeriod {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// The least.
    pub low: Option<String>,
    /// The most.
    pub high: Option<String>,
}

/// One of several units in a home.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Unit<'b> {
    /// Who belongs to it.
    pub people: Vec<Person<'b>>,
    /// Its status.
    #[schema(value_type = String)]
    pub status: &'static str,
    /// What it gets for a full period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount<'b>>,
    /// What it gets first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_period: Option<FirstPeriod>,
    /// Rare bars that nobody spoke of.
    pub provided_that: Vec<ProvidedThat<'b>>,
    /// Each legal test with its outcome.
    pub findings: Vec<Finding<'b>>,
    /// Facts that could change its result.
    pub missing: Vec<Missing<'b>>,
}

/// Whether there is none of it.
fn is_none(count: &usize) -> bool {
    *count == 0
}
