//! What the model took as given and the situations leave out: see `README.md`, "Facts added for other programs".

use std::collections::BTreeSet;
use std::str::FromStr;

use onward::kernel::Day;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::cases::number;

/// Medicaid and ARKids: of each person the model names one group, or none.
pub(crate) const GROUPS: [&str; 9] = [
    "ar-arhome",
    "ar-arkids-a",
    "ar-arkids-b",
    "ar-medicaid-parent",
    "ar-medicaid-pregnancy",
    "ar-medicaid-unborn-child",
    "ar-medicaid-former-foster",
    "ar-medicaid-ssi",
    "ar-medicaid-aged-disabled",
];

/// Which facts are added, beside those for every program.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Add {
    Nothing,
    TheYear,
    Premium,
}

/// What the origin of a household tells that no fact does.
struct Notes(Vec<String>);

impl Notes {
    fn of(origin: &Value) -> Self {
        let notes = origin["not_mapped"].as_array().into_iter().flatten();
        Self(notes.map(|note| note.as_str().unwrap().to_owned()).collect())
    }

    /// A number of months of a person, such as those of "b: 7 months old".
    fn months(&self, person: &str, what: &str) -> Option<u32> {
        let of = |note: &String| {
            note.strip_prefix(&format!("{person}: "))?.strip_suffix(what)?.trim().parse().ok()
        };
        self.0.iter().find_map(of)
    }

    fn receives_medicaid(&self, person: &str) -> bool {
        self.0.contains(&format!("{person}: receives Medicaid"))
    }

    fn birth(&self, person: &Value, as_of: Day) -> String {
        let label = person["id"].as_str().unwrap();
        if let Some(old) = self.months(label, "months old") {
            return (as_of - chrono::Months::new(old)).to_string();
        }
        let year = as_of.to_string()[..4].parse::<u64>().unwrap() - person["age"].as_u64().unwrap();
        format!("{year:04}-01-01")
    }
}

/// Adds the facts of every person.
pub(crate) fn add_facts(body: &mut Value, origin: &Value, expected: &Value, units: &[String], add: Add) {
    let as_of = Day::from_str(body["as_of"].as_str().unwrap()).unwrap();
    let notes = Notes::of(origin);
    let births = body["people"].as_array().unwrap().iter().map(|person| notes.birth(person, as_of));
    let youngest = births.max().unwrap();
    let mut with_premium = BTreeSet::new();
    for (person, unit) in body["people"].as_array_mut().unwrap().iter_mut().zip(units) {
        let label = person["id"].as_str().unwrap().to_owned();
        let of_model = &expected["persons"][&label];
        add_to_person(person, &label, of_model, &notes, &youngest);
        match add {
            Add::Nothing => {}
            Add::TheYear => {
                let month = |item: &Value| Decimal::from_str(item["amount"].as_str().unwrap()).unwrap();
                let sum: Decimal = person["income"].as_array().unwrap().iter().map(month).sum();
                person["income_this_year"] = (sum * Decimal::from(12)).to_string().into();
                person["date_of_birth"] = notes.birth(person, as_of).into();
            }
            Add::Premium => {
                // The model knows the premium of everybody on the return who may have the credit together.
                let first = of_model["aca_ptc_eligible"] == true && with_premium.insert(unit.clone());
                let premium = &expected["tax_units"][unit]["aca"]["benchmark_premium_month"];
                let amount = if first { number(premium).to_string() } else { "0".to_owned() };
                person["benchmark_premium"] = json!({"amount": amount, "per": "month"});
            }
        }
    }
}

/// Adds what every program is told of a person.
fn add_to_person(person: &mut Value, label: &str, of_model: &Value, notes: &Notes, youngest: &str) {
    let medicare = person["age"].as_u64().unwrap() >= 65
        || notes.months(label, "months of SSDI").is_some_and(|months| months >= 24);
    person["medicare"] = medicare.into();
    person["has_health_insurance"] = medicare.into();
    person["offered_employer_coverage"] = false.into();
    person["work_authorized"] = (person["immigration_status"] != "no_status").into();
    person["breastfeeding"] = false.into();
    let just_gave_birth = of_model["wic"]["category"] == "POSTPARTUM";
    person["pregnancy_ended_on"] = if just_gave_birth { youngest.into() } else { "none".into() };
    if notes.receives_medicaid(label)
        && let Some(group) = group(of_model)
    {
        person["receives"].as_array_mut().unwrap().push(json!({"program": group}));
    }
}

/// The group of Medicaid or ARKids that the model names.
pub(crate) fn group(of_model: &Value) -> Option<&'static str> {
    // A category without eligibility is that of somebody whose status does not open it.
    let medicaid = &of_model["medicaid"];
    let category = if medicaid["eligible"] == true { medicaid["category"].as_str().unwrap() } else { "NONE" };
    match category {
        "ADULT" => Some("ar-arhome"),
        "INFANT" | "YOUNG_CHILD" | "OLDER_CHILD" => Some("ar-arkids-a"),
        "PARENT" => Some("ar-medicaid-parent"),
        "PREGNANT" => Some("ar-medicaid-pregnancy"),
        "SSI_RECIPIENT" => Some("ar-medicaid-ssi"),
        "SENIOR_OR_DISABLED" => Some("ar-medicaid-aged-disabled"),
        "NONE" => match of_model["chip"].as_str().unwrap() {
            "CHILD" => Some("ar-arkids-b"),
            "PREGNANT_FCEP" => Some("ar-medicaid-unborn-child"),
            "NONE" => None,
            other => panic!("{other}"),
        },
        other => panic!("{other}"),
    }
}
