//! Whole answers, pinned.

use onward::kernel::Language;
use serde_json::Value;

use crate::asked::{situation, told};

/// The same without what is only looked up: of citations, papers, agencies and cautions their ids.
fn brief(body: &Value, language: Language) -> Value {
    fn ids(value: &mut Value, key: &str) {
        for item in value.as_array_mut().into_iter().flatten() {
            *item = item[key].take();
        }
    }
    fn shorten(value: &mut Value) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    match key.as_str() {
                        "citations" => ids(value, "source"),
                        "documents" => ids(value, "document"),
                        "agencies" | "cautions" => ids(value, "id"),
                        "if_refused" => *value = value["by_days"].take(),
                        "how" => *value = "…".into(),
                        _ => shorten(value),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(shorten),
            _ => {}
        }
    }
    let mut told = told(body, language);
    shorten(&mut told);
    told
}

#[test]
fn the_example_of_the_contract() {
    insta::assert_json_snapshot!(told(&situation("mother-with-t-visa-and-citizen-child"), Language::English));
}

#[test]
fn the_same_in_spanish() {
    insta::assert_json_snapshot!(brief(
        &situation("mother-with-t-visa-and-citizen-child"),
        Language::Spanish
    ));
}

#[test]
fn a_letter_holder_on_the_last_day() {
    insta::assert_json_snapshot!(brief(&situation("letter-holder-on-the-last-day"), Language::English));
}

#[test]
fn a_letter_holder_a_day_later() {
    insta::assert_json_snapshot!(brief(&situation("letter-holder-a-day-later"), Language::English));
}

#[test]
fn a_mixed_household() {
    insta::assert_json_snapshot!(brief(&situation("mixed-household"), Language::English));
}

#[test]
fn income_that_was_not_asked() {
    insta::assert_json_snapshot!(brief(&situation("income-not-asked"), Language::English));
}
