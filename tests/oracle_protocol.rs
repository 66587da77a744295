//! An independent model's results for the same households, for the means-tested programs beside SNAP.
//!
//! `fixtures/oracle/README.md` tells where the households come from and which facts are added to them here;
//! each result in which the law departs from that model is listed with its legal reason in a
//! `fixtures/oracle/divergences-*.yaml`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a test may stop where it stands"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::OnceLock;

use onward::engine::{Depth, Findings, Outcome, Status, UnitFinding, answer};
use onward::kernel::{Bound, Day, Range, Value as Known};
use onward::rulebook::{PersonRole, RuleBook, load_embedded, yaml_as_json};
use onward::vocabulary::{Situation, read};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// The programs that the entries of the divergence files may name beside those compared here.
const ELSEWHERE: [&str; 2] = ["snap", "liheap"];
/// Medicaid and ARKids: of each person the model names one group, or none.
const GROUPS: [&str; 9] = [
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

fn book() -> &'static RuleBook {
    static BOOK: OnceLock<RuleBook> = OnceLock::new();
    BOOK.get_or_init(|| load_embedded().expect("the shipped rules have no fault"))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(format!("{}/fixtures/oracle/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn situation(body: &Value) -> Situation {
    let today = |_: &str| Day::from_ymd_opt(2026, 11, 23).unwrap();
    match read(body, &book().vocabulary, today, book().covers) {
        Ok(request) => request.situation,
        Err(faults) => panic!("{faults:#?}\n{body}"),
    }
}

fn number(value: &Value) -> Decimal {
    Decimal::from_str(&value.to_string()).or_else(|_| Decimal::from_scientific(&value.to_string())).unwrap()
}

/// A household with its people's labels and tax units.
struct Case {
    id: String,
    given: Value,
    people: Vec<String>,
    /// The tax unit of each person, as the model names them: in order of those who file.
    tax_units: Vec<String>,
    situation: Situation,
}

impl Case {
    fn strict(&self, cautions: &[&str]) -> bool {
        !cautions.iter().chain(&["all"]).any(|name| self.given["caution"].get(name).is_some())
    }

    fn tolerance(&self, name: &str) -> Decimal {
        number(&self.given["tolerance"][name])
    }

    fn expected(&self) -> &Value {
        &self.given["expected"]
    }

    fn expected_of(&self, person: usize) -> &Value {
        &self.given["expected"]["persons"][&self.people[person]]
    }

    fn findings(&self, program: &str, depth: Depth) -> Findings {
        let id = book().program_named(program).unwrap();
        answer(book(), &self.situation, self.situation.as_of, &[id], depth).remove(0)
    }
}

/// Which facts are added, beside those for every program.
#[derive(Clone, Copy, PartialEq)]
enum Add {
    Nothing,
    TheYear,
    Premium,
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

/// What the model took as given and the situations leave out: see `README.md`, "Facts added for other programs".
fn add_facts(body: &mut Value, origin: &Value, expected: &Value, units: &[String], add: Add) {
    let as_of = Day::from_str(body["as_of"].as_str().unwrap()).unwrap();
    let notes: Vec<String> = origin["not_mapped"]
        .as_array()
        .map_or_else(Vec::new, |notes| notes.iter().map(|note| note.as_str().unwrap().to_owned()).collect());
    let months = |person: &str, what: &str| {
        let of = |note: &String| {
            note.strip_prefix(&format!("{person}: "))?.strip_suffix(what)?.trim().parse::<u32>().ok()
        };
        notes.iter().find_map(of)
    };
    let birth = |person: &Value| {
        let label = person["id"].as_str().unwrap();
        if let Some(old) = months(label, "months old") {
            return (as_of - chrono::Months::new(old)).to_string();
        }
        let year = as_of.to_string()[..4].parse::<u64>().unwrap() - person["age"].as_u64().unwrap();
        format!("{year:04}-01-01")
    };
    let youngest = body["people"].as_array().unwrap().iter().map(birth).max().unwrap();
    let mut with_premium = BTreeSet::new();
    for (person, unit) in body["people"].as_array_mut().unwrap().iter_mut().zip(units) {
        let label = person["id"].as_str().unwrap().to_owned();
        let of_model = &expected["persons"][&label];
        let medicare = person["age"].as_u64().unwrap() >= 65
            || months(&label, "months of SSDI").is_some_and(|months| months >= 24);
        person["medicare"] = medicare.into();
        person["has_health_insurance"] = medicare.into();
        person["offered_employer_coverage"] = false.into();
        person["work_authorized"] = (person["immigration_status"] != "no_status").into();
        person["breastfeeding"] = false.into();
        let just_gave_birth = of_model["wic"]["category"] == "POSTPARTUM";
        person["pregnancy_ended_on"] = if just_gave_birth { youngest.clone().into() } else { "none".into() };
        if notes.contains(&format!("{label}: receives Medicaid"))
            && let Some(group) = group(of_model)
        {
            person["receives"].as_array_mut().unwrap().push(json!({"program": group}));
        }
        match add {
            Add::Nothing => {}
            Add::TheYear => {
                let month = |item: &Value| Decimal::from_str(item["amount"].as_str().unwrap()).unwrap();
                let sum: Decimal = person["income"].as_array().unwrap().iter().map(month).sum();
                person["income_this_year"] = (sum * Decimal::from(12)).to_string().into();
                person["date_of_birth"] = birth(person).into();
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

/// The group of Medicaid or ARKids that the model names.
fn group(of_model: &Value) -> Option<&'static str> {
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

fn cases(add: Add) -> Vec<Case> {
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

/// Case, whom it is about (a person, a tax unit, or the household: empty), and program.
type Key = (String, String, String);

/// Every listed divergence with its reason.
fn divergences() -> &'static BTreeSet<Key> {
    static ALL: OnceLock<BTreeSet<Key>> = OnceLock::new();
    ALL.get_or_init(|| {
        let folder = format!("{}/fixtures/oracle", env!("CARGO_MANIFEST_DIR"));
        let mut all = BTreeSet::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            if !name.starts_with("divergences-") {
                continue;
            }
            for entry in yaml_as_json(&text(&name)).expect("a fixture is YAML").as_array().unwrap() {
                assert!(entry["reason"].as_str().is_some_and(|reason| reason.len() > 40), "{name}: {entry}");
                let part = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
                let about = if entry["unit"].is_null() { part("person") } else { part("unit") };
                let key = (part("id"), about, part("program"));
                assert!(all.insert(key.clone()), "{name}: {key:?} is listed twice");
            }
        }
        all
    })
}

/// The comparison of one program, or of a family of programs of which each person has one.
struct Comparison {
    title: &'static str,
    compared: usize,
    agreed: usize,
    listed: usize,
    wrong: Vec<String>,
    seen: BTreeSet<Key>,
    programs: Vec<&'static str>,
}

impl Comparison {
    fn of(title: &'static str, programs: &[&'static str]) -> Option<Self> {
        let missing: Vec<_> = programs.iter().filter(|id| book().program_named(id).is_none()).collect();
        if !missing.is_empty() {
            println!("{title}: skipped, no rules for {missing:?}");
            return None;
        }
        Some(Self {
            title,
            compared: 0,
            agreed: 0,
            listed: 0,
            wrong: Vec::new(),
            seen: BTreeSet::new(),
            programs: programs.to_vec(),
        })
    }

    /// Enters one result: of each program whether it agrees, and what to tell if it does not.
    fn enter(&mut self, case: &Case, about: &str, strict: bool, results: &[(&str, Result<(), String>)]) {
        let (mut agrees, mut excused) = (true, true);
        for (program, result) in results {
            let key = (case.id.clone(), about.to_owned(), (*program).to_owned());
            let listed = divergences().contains(&key);
            match result {
                Ok(()) if listed => {
                    self.wrong.push(format!(
                        "{} {about}: {program} is listed as a divergence, but agrees",
                        case.id
                    ));
                }
                Err(told) => {
                    agrees = false;
                    excused &= listed;
                    if strict && !listed {
                        self.wrong.push(format!("{} {about}: {program}: {told}", case.id));
                    }
                }
                Ok(()) => {}
            }
            self.seen.insert(key);
        }
        self.compared += usize::from(strict);
        self.agreed += usize::from(strict && agrees);
        self.listed += usize::from(strict && !agrees && excused);
    }

    fn finish(mut self) {
        for key in divergences().iter().filter(|key| self.programs.contains(&key.2.as_str())) {
            if !self.seen.contains(key) {
                self.wrong.push(format!("{key:?} is listed as a divergence, and there is no such result"));
            }
        }
        let hundredths = self.agreed * 10_000 / self.compared.max(1);
        println!(
            "{}: {} compared, {} agree ({}.{:02} %), {} differ for a listed legal reason",
            self.title,
            self.compared,
            self.agreed,
            hundredths / 100,
            hundredths % 100,
            self.listed
        );
        assert!(self.wrong.is_empty(), "{}: {}\n{}", self.title, self.wrong.len(), self.wrong.join("\n"));
        let apart = self.agreed * 10_000 / (self.compared - self.listed).max(1);
        assert!(apart >= 9_900, "{}: less than 99 % agree, the listed ones apart", self.title);
        // Reasons may not eat the proof away.
        assert!(hundredths >= 9_800, "{}: less than 98 % agree in all", self.title);
    }
}

/// The unit in which this person has a status of their own.
fn unit_of(found: &Findings, person: usize) -> Option<(&UnitFinding, Status)> {
    found.units.iter().find_map(|unit| {
        let own = unit.people.iter().find(|one| one.person == person && one.role == PersonRole::Member)?;
        Some((unit, own.status))
    })
}

fn status_of(found: &Findings, person: usize) -> Status {
    unit_of(found, person).map_or(Status::NotEligible, |(_, status)| status)
}

/// Whether `status` says what the model says. Where an agency has to find what the model takes as found (a
/// disability, a nutritional risk), `may_qualify` is yes.
fn says(status: Status, yes: bool, agency_finds: bool) -> bool {
    match status {
        Status::Eligible => yes,
        Status::MayQualify => yes && agency_finds,
        Status::NotEligible | Status::NotInForce => !yes,
        Status::NeedsInformation => false,
    }
}

fn amount_of(unit: &UnitFinding) -> Range {
    let nothing = Range { low: Bound::ZERO, high: Bound::ZERO };
    match unit.status {
        Status::NotEligible | Status::NotInForce => nothing,
        _ => unit.amount.as_ref().map_or(nothing, |amount| amount.range),
    }
}

fn near(range: Range, wanted: Decimal, tolerance: Decimal) -> bool {
    let low = Bound::at(wanted - tolerance);
    let high = Bound::at(wanted + tolerance);
    low <= range.low && range.high <= high
}

/// What is not met or unknown, to find where a difference begins.
fn open(found: &Findings, about: Option<usize>) -> String {
    let requirements = &book().programs[found.program.index()].requirements;
    let mut all = BTreeSet::new();
    for finding in found.units.iter().flat_map(|unit| &unit.findings) {
        let concerns = about.is_none() || finding.person.is_none() || finding.person == about;
        if concerns && !matches!(finding.outcome, Outcome::Met | Outcome::NotTested) {
            all.insert(format!("{}={}", requirements[finding.requirement].id, finding.outcome.code()));
        }
    }
    format!("{all:?}")
}

fn agreement(agrees: bool, told: impl FnOnce() -> String) -> Result<(), String> {
    if agrees { Ok(()) } else { Err(told()) }
}

#[test]
fn medicaid_and_arkids_agree_with_the_independent_model() {
    let Some(mut all) = Comparison::of("Medicaid and ARKids, group by person", &GROUPS) else { return };
    for case in cases(Add::Nothing) {
        let strict = case.strict(&["medicaid"]);
        let found: Vec<_> = GROUPS.iter().map(|id| (*id, case.findings(id, Depth::Summary))).collect();
        for person in 0..case.people.len() {
            let wanted = group(case.expected_of(person));
            let results: Vec<_> = found
                .iter()
                .map(|(id, found)| {
                    let status = status_of(found, person);
                    let finds = *id == "ar-medicaid-aged-disabled" || *id == "ar-medicaid-ssi";
                    let told =
                        || format!("{}, the model {wanted:?} {}", status.code(), open(found, Some(person)));
                    (*id, agreement(says(status, wanted == Some(id), finds), told))
                })
                .collect();
            all.enter(&case, &case.people[person], strict, &results);
        }
    }
    all.finish();
}

fn by_person(
    title: &'static str,
    program: &'static str,
    cautions: &[&str],
    agency_finds: bool,
    wanted: impl Fn(&Case, usize) -> Option<bool>,
) {
    let Some(mut all) = Comparison::of(title, &[program]) else { return };
    for case in cases(Add::Nothing) {
        let found = case.findings(program, Depth::Summary);
        for person in 0..case.people.len() {
            let Some(wanted) = wanted(&case, person) else { continue };
            let status = status_of(&found, person);
            let told = || format!("{}, the model {wanted} {}", status.code(), open(&found, Some(person)));
            let result = agreement(says(status, wanted, agency_finds), told);
            all.enter(&case, &case.people[person], case.strict(cautions), &[(program, result)]);
        }
    }
    all.finish();
}

#[test]
fn emergency_medicaid_agrees_with_the_independent_model() {
    by_person("Emergency Medicaid by person", "emergency-medicaid", &["medicaid"], true, |case, person| {
        case.expected_of(person)["emergency_medicaid"].as_bool()
    });
}

#[test]
fn wic_agrees_with_the_independent_model() {
    by_person("WIC by person", "wic", &["wic"], true, |case, person| {
        case.expected_of(person)["wic"]["eligible"].as_bool()
    });
}

#[test]
fn school_meals_agree_with_the_independent_model() {
    by_person("School meals by pupil", "school-meals", &["school_meals"], false, |case, person| {
        let pupil = case.given["situation"]["people"][person]["student"] == "k12";
        let meals = &case.expected()["school_meals"];
        let tier = meals["federal_tier_from_ratio"].as_str().unwrap();
        pupil.then(|| meals["categorical"] == true || matches!(tier, "free" | "reduced"))
    });
}

#[test]
fn ssi_agrees_with_the_independent_model() {
    let Some(mut all) = Comparison::of("SSI, who and how much, by person", &["ssi"]) else { return };
    for case in cases(Add::Nothing) {
        let found = case.findings("ssi", Depth::Summary);
        for person in 0..case.people.len() {
            let wanted = number(&case.expected_of(person)["ssi"]["amount"]);
            let unit = unit_of(&found, person);
            let status = unit.map_or(Status::NotEligible, |(_, status)| status);
            let none = Range { low: Bound::ZERO, high: Bound::ZERO };
            let range = unit.map_or(none, |(unit, _)| amount_of(unit));
            let agrees =
                says(status, wanted > Decimal::ZERO, true) && near(range, wanted, case.tolerance("ssi"));
            let told =
                || format!("{} {range:?}, the model {wanted} {}", status.code(), open(&found, Some(person)));
            let strict = case.strict(&["ssi"]);
            all.enter(&case, &case.people[person], strict, &[("ssi", agreement(agrees, told))]);
        }
    }
    all.finish();
}

#[test]
fn tea_agrees_with_the_independent_model() {
    let Some(mut all) = Comparison::of("TEA, who and how much, by household", &["ar-tea"]) else { return };
    for case in cases(Add::Nothing) {
        let found = case.findings("ar-tea", Depth::Summary);
        let expected = &case.expected()["tea"];
        let (yes, amount) = (expected["eligible"] == true, number(&expected["amount"]));
        let ranges: Vec<_> =
            found.units.iter().map(amount_of).filter(|range| range.high > Bound::ZERO).collect();
        let none = Range { low: Bound::ZERO, high: Bound::ZERO };
        let range = ranges.first().copied().unwrap_or(none);
        let agrees =
            says(found.status, yes, false) && ranges.len() <= 1 && near(range, amount, case.tolerance("tea"));
        let told =
            || format!("{} {ranges:?}, the model {yes} {amount} {}", found.status.code(), open(&found, None));
        all.enter(&case, "", case.strict(&["tea"]), &[("ar-tea", agreement(agrees, told))]);
    }
    all.finish();
}

#[test]
fn lifeline_agrees_with_the_independent_model() {
    let Some(mut all) = Comparison::of("Lifeline by household", &["lifeline"]) else { return };
    for case in cases(Add::Nothing) {
        let found = case.findings("lifeline", Depth::Summary);
        let wanted = case.expected()["lifeline"]["eligible"] == true;
        let told = || format!("{}, the model {wanted} {}", found.status.code(), open(&found, None));
        let result = agreement(says(found.status, wanted, false), told);
        all.enter(&case, "", case.strict(&["lifeline"]), &[("lifeline", result)]);
    }
    all.finish();
}

/// Those units of the answer in which people of this tax unit are, each once.
fn units_of<'a>(case: &Case, found: &'a Findings, tax_unit: &str) -> Vec<&'a UnitFinding> {
    let inside = |person: usize| case.tax_units[person] == tax_unit;
    let of = |unit: &&UnitFinding| {
        unit.people.iter().any(|one| one.role != PersonRole::Outside && inside(one.person))
    };
    found.units.iter().filter(of).collect()
}

fn plus(one: Range, two: Range) -> Range {
    Range { low: one.low.plus(two.low), high: one.high.plus(two.high) }
}

/// A step of the worksheet, added over the units.
fn step(units: &[&UnitFinding], name: &str) -> Range {
    let mut sum = Range { low: Bound::ZERO, high: Bound::ZERO };
    for line in units.iter().flat_map(|unit| &unit.worksheet) {
        let Some(id) = line.definition else { continue };
        if book().definitions[id.index()].name == name
            && let Known::Number(range) = line.value
        {
            sum = plus(sum, range);
        }
    }
    sum
}

#[test]
fn eitc_agrees_with_the_independent_model() {
    let Some(mut all) = Comparison::of("EITC by tax return", &["eitc"]) else { return };
    for case in cases(Add::TheYear) {
        let found = case.findings("eitc", Depth::Summary);
        for (tax_unit, expected) in case.expected()["tax_units"].as_object().unwrap() {
            let units = units_of(&case, &found, tax_unit);
            let none = Range { low: Bound::ZERO, high: Bound::ZERO };
            let range = units.iter().map(|unit| amount_of(unit)).fold(none, plus);
            let wanted = number(&expected["eitc"]);
            let status = units.iter().map(|unit| unit.status).fold(Status::NotEligible, Status::best);
            // Under a dollar either side may call it nothing.
            let same = says(status, wanted > Decimal::ZERO, false) || wanted < Decimal::ONE;
            let agrees = same && near(range, wanted, case.tolerance("eitc_ctc"));
            let told = || format!("{} {range:?}, the model {wanted} {}", status.code(), open(&found, None));
            let strict = case.strict(&["eitc_ctc"]);
            all.enter(&case, tax_unit, strict, &[("eitc", agreement(agrees, told))]);
        }
    }
    all.finish();
}

#[test]
fn child_tax_credit_agrees_with_the_independent_model() {
    let title = "Child tax credit, in full and paid out, by tax return";
    let Some(mut all) = Comparison::of(title, &["child-tax-credit"]) else { return };
    for case in cases(Add::TheYear) {
        let found = case.findings("child-tax-credit", Depth::Full);
        for (tax_unit, expected) in case.expected()["tax_units"].as_object().unwrap() {
            let units = units_of(&case, &found, tax_unit);
            let full = step(&units, "child_tax_credit.full_credit");
            let paid = step(&units, "child_tax_credit.paid_out");
            let tolerance = case.tolerance("eitc_ctc");
            let agrees = near(full, number(&expected["ctc_before_liability_limit"]), tolerance)
                && near(paid, number(&expected["refundable_ctc"]), tolerance)
                && units.iter().all(|unit| unit.status != Status::NeedsInformation);
            let told = || {
                format!(
                    "{full:?} and {paid:?}, the model {} and {} {}",
                    expected["ctc_before_liability_limit"],
                    expected["refundable_ctc"],
                    open(&found, None)
                )
            };
            let strict = case.strict(&["eitc_ctc"]);
            all.enter(&case, tax_unit, strict, &[("child-tax-credit", agreement(agrees, told))]);
        }
    }
    all.finish();
}

#[test]
fn marketplace_credit_agrees_with_the_independent_model() {
    let program = "marketplace-tax-credit";
    let Some(mut who) = Comparison::of("Marketplace credit, who, by person", &[program]) else { return };
    let (mut returns, mut same, mut other) = (0, 0, Vec::new());
    for case in cases(Add::Premium) {
        let found = case.findings(program, Depth::Summary);
        let strict = case.strict(&["medicaid", "aca"]);
        let mut excused = BTreeSet::new();
        for person in 0..case.people.len() {
            let label = &case.people[person];
            let tax_unit = &case.tax_units[person];
            let aca = &case.expected()["tax_units"][tax_unit]["aca"];
            // Where nothing is left after the expected share, the answer is no.
            let wanted = case.expected_of(person)["aca_ptc_eligible"] == true
                && number(&aca["ptc_annual"]) > Decimal::ZERO;
            let status = status_of(&found, person);
            let told = || format!("{}, the model {wanted} {}", status.code(), open(&found, Some(person)));
            let result = agreement(says(status, wanted, false), told);
            if divergences().contains(&(case.id.clone(), label.clone(), program.to_owned())) {
                excused.insert(tax_unit.clone());
            }
            who.enter(&case, label, strict, &[(program, result)]);
        }
        for (tax_unit, expected) in case.expected()["tax_units"].as_object().unwrap() {
            // Who shares the credit of a return decides how much it is: one reason explains both.
            if !strict || excused.contains(tax_unit) {
                continue;
            }
            let none = Range { low: Bound::ZERO, high: Bound::ZERO };
            let units = units_of(&case, &found, tax_unit);
            let range = units.iter().map(|unit| amount_of(unit)).fold(none, plus);
            let wanted = number(&expected["aca"]["ptc_annual"]);
            returns += 1;
            if near(range, wanted, case.tolerance("ptc_annual")) {
                same += 1;
            } else {
                other.push(format!("{} {tax_unit}: {range:?}, the model {wanted}", case.id));
            }
        }
    }
    println!("Marketplace credit, how much, by tax return: {returns} compared, {same} agree");
    who.finish();
    assert!(other.is_empty(), "{}\n{}", other.len(), other.join("\n"));
}

/// Facts that SNAP does not ask change nothing in it.
#[test]
fn added_facts_leave_snap_as_it_is() {
    for case in cases(Add::TheYear) {
        let plain = situation(&case.given["situation"]);
        let snap = book().program_named("snap").unwrap();
        let before = answer(book(), &plain, plain.as_of, &[snap], Depth::Summary).remove(0);
        let after = case.findings("snap", Depth::Summary);
        assert_eq!(before.status, after.status, "{}", case.id);
        let amounts = |found: &Findings| found.units.iter().map(amount_of).collect::<Vec<_>>();
        assert_eq!(amounts(&before), amounts(&after), "{}", case.id);
    }
}

#[test]
fn every_divergence_is_of_a_program_that_is_compared() {
    let mut known: BTreeSet<_> = GROUPS.into_iter().chain(ELSEWHERE).collect();
    known.extend(["emergency-medicaid", "wic", "school-meals", "ssi", "ar-tea", "lifeline"]);
    known.extend(["eitc", "child-tax-credit", "marketplace-tax-credit"]);
    for key in divergences() {
        assert!(known.contains(key.2.as_str()), "{key:?}");
    }
}
