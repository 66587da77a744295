//! The households of the independent model, each with what it gave.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::OnceLock;

use onward::engine::{Depth, Findings, answer, contradictions};
use onward::kernel::Day;
use onward::rulebook::{RuleBook, load_embedded};
use onward::vocabulary::{Request, Situation, read};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::added::{Add, add_facts};

pub(crate) fn book() -> &'static RuleBook {
    static BOOK: OnceLock<RuleBook> = OnceLock::new();
    BOOK.get_or_init(|| load_embedded().expect("the shipped rules have no fault"))
}

pub(crate) fn text(path: &str) -> String {
    std::fs::read_to_string(format!("{}/fixtures/oracle/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

pub(crate) fn situation(body: &Value) -> Situation {
    let today = |_: &str| Day::from_ymd_opt(2026, 11, 23).unwrap();
    match read(body, &book().vocabulary, today, book().covers) {
        Ok(Request { situation, .. }) => {
            assert!(contradictions(book(), &situation).is_empty(), "{body}");
            situation
        }
        Err(faults) => panic!("{faults:#?}\n{body}"),
    }
}

pub(crate) fn number(value: &Value) -> Decimal {
    Decimal::from_str(&value.to_string()).or_else(|_| Decimal::from_scientific(&value.to_string())).unwrap()
}

/// A household with its people's labels and tax units.
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) given: Value,
    pub(crate) people: Vec<String>,
    /// The tax unit of each person, as the model names them: in order of those who file.
    pub(crate) tax_units: Vec<String>,
    pub(crate) situation: Situation,
}

impl Case {
    pub(crate) fn strict(&self, cautions: &[&str]) -> bool {
        !cautions.iter().chain(&["all"]).any(|name| self.given["caution"].get(name).is_some())
    }

    pub(crate) fn tolerance(&self, name: &str) -> Decimal {
        number(&self.given["tolerance"][name])
    }

    pub(crate) fn expected(&self) -> &Value {
        &self.given["expected"]
    }

    pub(crate) fn expected_of(&self, person: usize) -> &Value {
        &self.given["expected"]["persons"][&self.people[person]]
    }

    pub(crate) fn findings(&self, program: &str, depth: Depth) -> Findings {
        let id = book().program_named(program).unwrap();
        answer(book(), &self.situation, self.situation.as_of, &[id], depth).remove(0)
    }
}

fn tax_units(people: &[Value]) -> Vec<String> {
    let mut units: BTreeMap<&str, String> = BTreeMap::new();
    let mut next = 'A'..;
    for person in people {
        let name = |key: &str| person[key].as_str().unwrap();
        let of = [name("claimed_as_dependent_by"), name("files_jointly_with")]
            .iter()
            .find_map(|other| units.get(other).cloned())
            .unwrap_or_else(|| next.next().unwrap().to_string());
        units.insert(name("id"), of);
    }
    people.iter().map(|person| units[person["id"].as_str().unwrap()].clone()).collect()
}

pub(crate) fn cases(add: Add) -> Vec<Case> {
    let one = |line: &str| {
        let given: Value = serde_json::from_str(line).unwrap();
        let mut body = given["situation"].clone();
        let people = body["people"].as_array().unwrap();
        let tax_units = tax_units(people);
        let people = people.iter().map(|person| person["id"].as_str().unwrap().to_owned()).collect();
        add_facts(&mut body, &given["origin"], &given["expected"], &tax_units, add);
        let situation = situation(&body);
        Case { id: given["id"].as_str().unwrap().to_owned(), people, tax_units, situation, given }
    };
    text("households.jsonl").lines().map(one).collect()
}
