//! Why: findings with their law, what is missing, what would open what is closed.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;

use super::Listed;

/// A rare bar that was taken not to apply.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ProvidedThat<'b> {
    /// The requirement.
    #[schema(value_type = String)]
    pub requirement: &'b str,
    /// What is taken to be true; not in a reply about every program.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub text: Cow<'b, str>,
    /// Of whom, where it is about single people.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub people: Vec<&'b str>,
    /// The law.
    #[serde(skip_serializing_if = "Vec::is_empty")]
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
    /// The citation as lawyers write it; not in a reply about every program.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schema(value_type = String)]
    pub text: &'b str,
    /// Where it can be read; not in a reply about every program (`GET /v1/sources` tells it).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub url: Option<&'b str>,
    /// `primary`, `secondary`, `unverified` or `doubtful`.
    #[schema(value_type = String)]
    pub review: &'static str,
    /// When it was last checked; not in a reply about every program.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "day_of")]
    pub reviewed_on: Option<NaiveDate>,
}

/// Writes a day digit by digit: a reply holds hundreds.
fn day_of<S: serde::Serializer>(day: &Option<NaiveDate>, to: S) -> Result<S::Ok, S::Error> {
    let Some(day) = day else { return to.serialize_none() };
    let year = u32::try_from(day.year()).unwrap_or(0);
    let mut text = [b'-'; 10];
    let digits =
        [year / 1000, year / 100, year / 10, year, day.month() / 10, day.month(), day.day() / 10, day.day()];
    for (place, digit) in [0, 1, 2, 3, 5, 6, 8, 9].into_iter().zip(digits) {
        if let (Some(place), Ok(digit)) = (text.get_mut(place), u8::try_from(digit % 10)) {
            *place = b'0' + digit;
        }
    }
    to.serialize_str(std::str::from_utf8(&text).unwrap_or_default())
}

/// One legal test and its outcome.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Finding<'b> {
    /// The requirement's id; `amount` is the amount itself.
    #[schema(value_type = String)]
    pub requirement: &'b str,
    /// What it is about; not in a reply about every program.
    #[serde(skip_serializing_if = "str::is_empty")]
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation<'b>>,
    /// The first day of this version of the law.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law_from: Option<NaiveDate>,
    /// JSON Pointers to the facts that were given and bear on it.
    #[serde(skip_serializing_if = "Listed::is_left_out")]
    #[schema(value_type = Vec<String>)]
    pub facts: Listed<String>,
    /// JSON Pointers to the facts that it lacks.
    #[serde(skip_serializing_if = "Listed::is_left_out")]
    #[schema(value_type = Vec<String>)]
    pub missing: Listed<String>,
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation<'b>>,
    /// The words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// What a fact that is missing may decide.
pub const DECIDES: [&str; 2] = ["status", "amount"];

/// A fact that could change an answer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Missing<'b> {
    /// Where it would stand in the request.
    pub pointer: String,
    /// Its name in the vocabulary.
    #[schema(value_type = String)]
    pub fact: &'b str,
    /// The question to ask; in a reply about every program, only where it first comes up.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub question: Cow<'b, str>,
    /// `not_asked`, `declined` or `not_known`; in a reply about every program, only where the fact first comes up.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schema(value_type = String)]
    pub because: &'static str,
    /// What it decides: `status`, or only the `amount`.
    #[schema(value_type = String)]
    pub decides: &'static str,
    /// `ordinary`, `personal`, `immigration` or `victimization`; told with the question.
    #[serde(skip_serializing_if = "str::is_empty")]
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation<'b>>,
    /// Who can advise.
    #[schema(value_type = String)]
    pub advise: &'b str,
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
    /// What it is; not in a reply about every program.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub text: Cow<'b, str>,
    /// JSON Pointers to the facts that would show it.
    pub tell: Vec<String>,
    /// The law.
    #[serde(skip_serializing_if = "Vec::is_empty")]
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
    /// For whom alone, where the status of the program as a whole stays what it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>, required = false)]
    pub people: Vec<&'b str>,
    /// What changes it.
    pub because: Cow<'b, str>,
    /// The law.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation<'b>>,
    /// The words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_chrono_writes_it() {
        for number in [1, 400_000, 738_000, 739_584, 740_009] {
            let day = NaiveDate::from_num_days_from_ce_opt(number).expect("a day");
            let written = day_of(&Some(day), serde_json::value::Serializer).expect("JSON");
            assert_eq!(written, day.to_string());
        }
    }
}
