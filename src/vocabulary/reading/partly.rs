//! The ways to say that something is known only in part.

use super::json::{Json, Map};

use crate::kernel::Value;
use crate::vocabulary::Absence;

use super::faults::At;
use super::limits::MOST_CHOICES;
use super::values::Reader;

/// Which way something is known only in part.
pub(super) enum Form<'j> {
    /// Not known at all.
    Unknown(Absence),
    /// Any of these.
    OneOf(&'j [Json<'j>]),
    /// From one to the other.
    Between(&'j Json<'j>, &'j Json<'j>),
    /// Money that comes every so often.
    Amount(&'j Json<'j>),
}

/// What an object says of a thing that is known only in part.
pub(super) struct Partly<'j> {
    pub(super) form: Form<'j>,
    /// How often the money comes.
    pub(super) per: Option<&'j Json<'j>>,
}

/// The way to say why something is not known.
pub(super) const UNKNOWN: &str = "unknown";
pub(super) const ONE_OF: &str = "one_of";
pub(super) const BETWEEN: &str = "between";
pub(super) const AMOUNT: &str = "amount";
pub(super) const PER: &str = "per";

const PARTLY: &str = "{\"one_of\": [...]}, {\"between\": [low, high]} or {\"unknown\": reason}";

impl Reader<'_> {
    /// What all of several choices allow.
    pub(super) fn any_of(
        &mut self,
        choices: &[Json],
        at: &At,
        mut read: impl FnMut(&mut Self, &Json, &At) -> Option<Value>,
    ) -> Option<Value> {
        let mut joined: Option<Value> = None;
        let mut sound = true;
        for (position, choice) in choices.iter().enumerate() {
            match (read(self, choice, &at.index(position)), joined.take()) {
                (Some(value), None) => joined = Some(value),
                (Some(value), Some(before)) => joined = Some(before.join(&value)),
                (None, before) => (joined, sound) = (before, false),
            }
        }
        joined.filter(|_| sound)
    }

    /// Which way a thing is only partly known. `paid`: an amount per period may be, too.
    pub(super) fn partly<'j>(&mut self, map: &'j Map<'j>, at: &At, paid: bool) -> Option<Partly<'j>> {
        let mut forms: Option<Option<Form<'j>>> = None;
        let mut per = None;
        let mut sound = true;
        for (key, json) in map.iter() {
            let form = match key {
                UNKNOWN => self.reason(json, &at.name(UNKNOWN)).map(Form::Unknown),
                ONE_OF => self.choices(json, &at.name(ONE_OF)).map(Form::OneOf),
                BETWEEN => self.ends(json, &at.name(BETWEEN)).map(|[low, high]| Form::Between(low, high)),
                AMOUNT if paid => Some(Form::Amount(json)),
                PER if paid => {
                    per = Some(json);
                    continue;
                }
                other => {
                    let known: &[&str] = if paid {
                        &[UNKNOWN, ONE_OF, BETWEEN, AMOUNT, PER]
                    } else {
                        &[UNKNOWN, ONE_OF, BETWEEN]
                    };
                    self.unknown_name(at, other, known.iter().copied());
                    sound = false;
                    continue;
                }
            };
            sound &= form.is_some();
            if forms.replace(form).is_some() {
                self.faults.add(at, "contradiction", "This is said in two ways at once.", PARTLY);
                sound = false;
            }
        }
        if forms.is_none() && sound {
            let expected = if paid { "{\"amount\": \"...\", \"per\": \"...\"}" } else { PARTLY };
            self.faults.add(at, "wrong-type", "This object does not say what is known.", expected);
        }
        forms.flatten().filter(|_| sound).map(|form| Partly { form, per })
    }

    /// Why nothing is known of everything in an object that holds several facts, if it says so. It then says nothing
    /// else.
    pub(super) fn nothing_known(&mut self, map: &Map, at: &At) -> Option<Absence> {
        let why = self.reason(map.get(UNKNOWN)?, &at.name(UNKNOWN));
        if map.len() > 1 {
            let detail = "This is said to be unknown as a whole, and is told in part.";
            self.faults.add(at, "contradiction", detail, "{\"unknown\": reason}, or the facts");
        }
        why
    }

    fn reason(&mut self, json: &Json, at: &At) -> Option<Absence> {
        let sent = json.as_str().unwrap_or_default();
        let known = Absence::ALL.into_iter().find(|reason| reason.name() == sent);
        if known.is_none() {
            let words = ["This is no reason for a fact to be unknown.", ""];
            self.faults.misspelt(at, "unknown-code", words, sent, Absence::ALL.map(Absence::name));
        }
        known
    }

    fn choices<'j>(&mut self, json: &'j Json<'j>, at: &At) -> Option<&'j [Json<'j>]> {
        let choices = json.as_array().filter(|choices| !choices.is_empty());
        if choices.is_some_and(|choices| choices.len() > MOST_CHOICES) {
            let detail = "There are too many values to choose from.";
            self.faults.add(at, "too-many", detail, format!("at most {MOST_CHOICES} values"));
            return None;
        }
        if choices.is_none() {
            self.faults.add(
                at,
                "wrong-type",
                "There is nothing to choose from.",
                "a list of at least one value",
            );
        }
        choices
    }

    fn ends<'j>(&mut self, json: &'j Json<'j>, at: &At) -> Option<[&'j Json<'j>; 2]> {
        if let Some([low, high]) = json.as_array() {
            return Some([low, high]);
        }
        self.faults.add(at, "wrong-type", "Two ends are needed.", "[low, high]");
        None
    }
}
