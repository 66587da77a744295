//! What to do: papers, steps, deadlines, warnings, whom to turn to, what to say to a refusal.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Citation, Listed};

/// A paper to bring.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Document<'b> {
    /// Its id.
    #[schema(value_type = String)]
    pub document: &'b str,
    /// What it is; in a reply about every program, only where it first comes up.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub title: Cow<'b, str>,
    /// What it proves here.
    #[serde(skip_serializing_if = "Listed::is_left_out")]
    #[schema(value_type = Vec<String>)]
    pub proves: Listed<Cow<'b, str>>,
    /// What may be shown, any one of these; not in a reply about every program.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<Cow<'b, str>>,
    /// What to do without it; told like `any_of`.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub if_missing: Cow<'b, str>,
    /// The law.
    #[serde(skip_serializing_if = "Vec::is_empty")]
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
    /// How; not in a reply about every program.
    #[serde(skip_serializing_if = "str::is_empty")]
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
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
    /// Whose day it is, where people have different ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>, required = false)]
    pub people: Vec<&'b str>,
    /// The last day; the earliest that is possible, where the day it is counted from is not certain.
    pub on: NaiveDate,
    /// The day from which it is counted.
    pub counted_from: NaiveDate,
    /// The days are not certain.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub not_certain: bool,
    /// The law.
    #[serde(skip_serializing_if = "Vec::is_empty")]
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
    /// What to know; in a reply about every program, only with an answer that is `eligible`.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub text: Cow<'b, str>,
    /// The law.
    #[serde(skip_serializing_if = "Vec::is_empty")]
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation<'b>>,
    /// Some words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// What to do about a refusal.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct IfRefused<'b> {
    /// What to say; not in a reply about every program.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub say: Cow<'b, str>,
    /// What the worker can check; not in a reply about every program.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub for_the_worker: Cow<'b, str>,
    /// How to appeal; not in a reply about every program.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub appeal: Cow<'b, str>,
    /// Days to appeal.
    pub by_days: Option<i64>,
    /// Days to appeal so that benefits go on meanwhile.
    pub keep_benefits_by_days: Option<i64>,
    /// The law.
    #[serde(skip_serializing_if = "Vec::is_empty")]
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
    /// What it is; in a reply about every program, only where it first comes up.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub title: Cow<'b, str>,
    /// Its telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub phone: Option<&'b str>,
    /// Its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub url: Option<&'b str>,
    /// When it can be reached; not in a reply about every program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Cow<'b, str>>,
    /// How to reach it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<Cow<'b, str>>,
    /// When the contact was last checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked_on: Option<NaiveDate>,
    /// Some words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}
