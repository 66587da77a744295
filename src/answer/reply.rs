//! The reply as callers read it: every name and code of the contract, typed.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// The answers for one situation.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Reply<'b> {
    /// The day of application.
    pub as_of: NaiveDate,
    /// The language of the words (`en` or `es`).
    #[schema(value_type = String)]
    pub language: &'static str,
    /// Which law was applied.
    pub law: LawStamp<'b>,
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
    pub provided_that: Vec<ProvidedThat<'b>>,
    /// Each legal test with its outcome.
    pub findings: Vec<Finding<'b>>,
    /// Facts that could change this answer.
    pub missing: Vec<Missing<'b>>,
    /// Law that is read in two ways.
    pub unsettled: Vec<Unsettled<'b>>,
    /// What to bring.
    pub documents: Vec<Document<'b>>,
    /// What to do, in order.
    pub steps: Vec<Step<'b>>,
    /// By when.
    pub deadlines: Vec<Deadline<'b>>,
    /// What to beware of.
    pub cautions: Vec<Caution<'b>>,
    /// Programs that would open what is closed.
    pub opened_by: Vec<OpenedBy<'b>>,
    /// What may help where this one does not.
    #[schema(value_type = Vec<String>)]
    pub instead: Vec<&'b str>,
    /// Exemptions that nobody spoke of.
    pub ways_out: Vec<WayOut<'b>>,
    /// The next change by a dated law.
    pub upcoming: Vec<Upcoming<'b>>,
    /// For people who receive it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ongoing: Option<Ongoing<'b>>,
    /// What to do about a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub if_refused: Option<IfRefused<'b>>,
    /// Who runs it, and everybody whom the steps name.
    pub agencies: Vec<Agency<'b>>,
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

/// A rare bar that was taken not to apply.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ProvidedThat<'b> {
    /// The requirement.
    #[schema(value_type = String)]
    pub requirement: &'b str,
    /// What is taken to be true.
    pub text: Cow<'b, str>,
    /// Of whom, where it is about single people.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub people: Vec<&'b str>,
    /// The law.
    pub citations: Vec<Citation<'b>>,
    /// The words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// An authority, with how well it was checked.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Citation<'b> {
    /// Its id.
    #[schema(value_type = String)]
    pub source: &'b str,
    /// The citation as lawyers write it.
    #[schema(value_type = String)]
    pub text: &'b str,
    /// Where it can be read; in a reply about every program, only where the source first comes up.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub url: Option<&'b str>,
    /// `primary`, `secondary`, `unverified` or `doubtful`.
    #[schema(value_type = String)]
    pub review: &'static str,
    /// When it was last checked; in a reply about every program, only where the source first comes up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed_on: Option<NaiveDate>,
}

/// One legal test and its outcome.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Finding<'b> {
    /// The requirement's id; `amount` is the amount itself.
    #[schema(value_type = String)]
    pub requirement: &'b str,
    /// What it is about.
    pub title: Cow<'b, str>,
    /// Whom it is about; left out for the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub person: Option<&'b str>,
    /// `met`, `not_met`, `unknown`, `agency_decides` or `not_tested`.
    #[schema(value_type = String)]
    pub outcome: &'static str,
    /// The outcome in plain words.
    pub text: Cow<'b, str>,
    /// The exemption that excuses, if one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub excused_by: Option<&'b str>,
    /// The law.
    pub citations: Vec<Citation<'b>>,
    /// The first day of this version of the law.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law_from: Option<NaiveDate>,
    /// JSON Pointers to the facts that were given and bear on it.
    pub facts: Vec<String>,
    /// JSON Pointers to the facts that it lacks.
    pub missing: Vec<String>,
    /// The facts with their values (at `full`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<FactValue>,
    /// The steps of the reckoning (at `full`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub arithmetic: Vec<Arithmetic<'b>>,
    /// The words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// A fact that was given, with its value.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FactValue {
    /// Where it stands in the request.
    pub pointer: String,
    /// What it was taken to be.
    pub value: String,
}

/// One step of a reckoning.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Arithmetic<'b> {
    /// The name of the step in the rule files; `test` for the test itself.
    #[schema(value_type = String)]
    pub step: &'b str,
    /// What it is.
    pub title: Cow<'b, str>,
    /// The formula as the rule file has it.
    pub formula: String,
    /// The formula with the values put in.
    pub with: String,
    /// The result.
    pub value: String,
    /// The law.
    pub citations: Vec<Citation<'b>>,
    /// The words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// A fact that could change an answer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Missing<'b> {
    /// Where it would stand in the request.
    pub pointer: String,
    /// Its name in the vocabulary.
    #[schema(value_type = String)]
    pub fact: &'b str,
    /// The question to ask.
    pub question: Cow<'b, str>,
    /// `not_asked`, `declined` or `not_known`.
    #[schema(value_type = String)]
    pub because: &'static str,
    /// What it decides: `status`, or only the `amount`.
    #[schema(value_type = String)]
    pub decides: &'static str,
    /// `ordinary`, `personal`, `immigration` or `victimization`.
    #[schema(value_type = String)]
    pub sensitivity: &'static str,
    /// The words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// Law that is read in two ways.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Unsettled<'b> {
    /// The requirement.
    #[schema(value_type = String)]
    pub requirement: &'b str,
    /// Whom it is about; left out for the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub person: Option<&'b str>,
    /// The status under the other reading.
    #[schema(value_type = String)]
    pub other_status: &'static str,
    /// What the dispute is.
    pub text: Cow<'b, str>,
    /// Its sources.
    pub citations: Vec<Citation<'b>>,
    /// Who can advise.
    #[schema(value_type = String)]
    pub advise: &'b str,
    /// The words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// A paper to bring.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Document<'b> {
    /// Its id.
    #[schema(value_type = String)]
    pub document: &'b str,
    /// What it is.
    pub title: Cow<'b, str>,
    /// What it proves here.
    pub proves: Vec<Cow<'b, str>>,
    /// What may be shown, any one of these; in a reply about every program, only where the paper first comes up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<Cow<'b, str>>,
    /// What to do without it; told like `any_of`.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub if_missing: Cow<'b, str>,
    /// The law.
    pub citations: Vec<Citation<'b>>,
    /// Some words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Step<'b> {
    /// Its id.
    #[schema(value_type = String)]
    pub id: &'b str,
    /// What to do.
    pub title: Cow<'b, str>,
    /// How.
    pub how: Cow<'b, str>,
    /// With whom: an id of `agencies`.
    #[schema(value_type = Option<String>)]
    pub agency: Option<&'b str>,
    /// Steps that come before it.
    #[schema(value_type = Vec<String>)]
    pub after: Vec<&'b str>,
    /// Whom it reaches that may be a danger: `police`, `immigration`, `consulate`, `other_parent`, `landlord`.
    #[schema(value_type = Vec<String>)]
    pub contacts: Vec<&'b str>,
    /// What to settle before.
    pub before: Option<Cow<'b, str>>,
    /// The law.
    pub citations: Vec<Citation<'b>>,
    /// Some words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// A day by which somebody must act.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Deadline<'b> {
    /// What must be done.
    pub what: Cow<'b, str>,
    /// By whom.
    #[schema(value_type = String)]
    pub who: &'b str,
    /// The last day; the earliest that is possible, where the day it is counted from is not certain.
    pub on: NaiveDate,
    /// The day from which it is counted.
    pub counted_from: NaiveDate,
    /// The days are not certain.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub not_certain: bool,
    /// The law.
    pub citations: Vec<Citation<'b>>,
    /// The words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// A warning.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Caution<'b> {
    /// Its id.
    #[schema(value_type = String)]
    pub id: &'b str,
    /// What to know.
    pub text: Cow<'b, str>,
    /// The law.
    pub citations: Vec<Citation<'b>>,
    /// The words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// A program that would open what is closed.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OpenedBy<'b> {
    /// Its id.
    #[schema(value_type = String)]
    pub program: &'b str,
    /// What it would change.
    pub text: Cow<'b, str>,
    /// How long it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub takes: Option<Cow<'b, str>>,
    /// The words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// An exemption that could excuse from a test.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WayOut<'b> {
    /// The requirement.
    #[schema(value_type = String)]
    pub requirement: &'b str,
    /// The exemption.
    #[schema(value_type = String)]
    pub exemption: &'b str,
    /// Whom it would excuse; left out for the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub person: Option<&'b str>,
    /// What it is.
    pub text: Cow<'b, str>,
    /// JSON Pointers to the facts that would show it.
    pub tell: Vec<String>,
    /// The law.
    pub citations: Vec<Citation<'b>>,
    /// The words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// A change by a law that is dated already.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Upcoming<'b> {
    /// The day of the change.
    pub on: NaiveDate,
    /// The status from then on, if the facts stay as they are.
    #[schema(value_type = String)]
    pub to: &'static str,
    /// What changes it.
    pub because: Cow<'b, str>,
    /// The law.
    pub citations: Vec<Citation<'b>>,
    /// The words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// What somebody who receives the program should know.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Ongoing<'b> {
    /// Who receives it.
    #[schema(value_type = Vec<String>)]
    pub people: Vec<&'b str>,
    /// Until when it lasts, where that can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// What to do to keep it.
    pub text: Cow<'b, str>,
    /// What reviews it.
    pub review: Cow<'b, str>,
    /// The law.
    pub citations: Vec<Citation<'b>>,
    /// Some words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// What to do about a refusal.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct IfRefused<'b> {
    /// What to say.
    pub say: Cow<'b, str>,
    /// What the worker can check.
    pub for_the_worker: Cow<'b, str>,
    /// How to appeal.
    pub appeal: Cow<'b, str>,
    /// Days to appeal.
    pub by_days: Option<i64>,
    /// Days to appeal so that benefits go on meanwhile.
    pub keep_benefits_by_days: Option<i64>,
    /// The law.
    pub citations: Vec<Citation<'b>>,
    /// Some words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// An office, a line, an organisation.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Agency<'b> {
    /// Its id.
    #[schema(value_type = String)]
    pub id: &'b str,
    /// What it is.
    pub title: Cow<'b, str>,
    /// Its telephone number.
    #[schema(value_type = Option<String>)]
    pub phone: Option<&'b str>,
    /// Its page.
    #[schema(value_type = Option<String>)]
    pub url: Option<&'b str>,
    /// How to reach it.
    pub how: Option<Cow<'b, str>>,
    /// When the contact was last checked.
    pub checked_on: Option<NaiveDate>,
    /// Some words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}
