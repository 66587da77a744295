//! Every immigration status and letter, in every means-tested program, on every day on which a law changed: a
//! table written from the law and never from the rules (`fixtures/status-by-program`), cell by cell.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    dead_code,
    unreachable_pub,
    reason = "a test may stop where it stands"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use onward::engine::{Depth, Findings, answer};
use onward::kernel::Day;
use onward::language::ProgramId;
use onward::rulebook::{RuleBook, load_embedded, yaml_as_json};
use serde_json::{Value as Json, json};

fn fixture(name: &str) -> Json {
    let path = format!("{}/fixtures/status-by-program/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    yaml_as_json(&std::fs::read_to_string(path).unwrap()).expect("a fixture is YAML")
}

fn day(text: &Json) -> Day {
    text.as_str().unwrap().parse().unwrap()
}

/// `{days_before: n}` and `{days_after: n}` become days; anything else stands.
fn on(value: &Json, as_of: Day) -> Json {
    let days =
        |key: &str| value.get(key).map(|days| days.to_string().trim_matches('"').parse::<i64>().unwrap());
    match (days("days_before"), days("days_after")) {
        (Some(days), _) => (as_of - chrono::Duration::days(days)).to_string().into(),
        (_, Some(days)) => (as_of + chrono::Duration::days(days)).to_string().into(),
        _ => value.clone(),
    }
}

/// The person of a profile on a day, in a request.
fn request(profiles: &Json, profile: &Json, as_of: Day) -> Json {
    let mut person = serde_json::Map::from_iter([("id".to_owned(), Json::from("a"))]);
    let kind = &profiles["kinds"][profile["kind"].as_str().unwrap()];
    for layer in [&profiles["base"], kind, &profile["facts"]] {
        for (name, value) in layer.as_object().into_iter().flatten() {
            person.insert(name.clone(), on(value, as_of));
        }
    }
    let mut people = vec![Json::Object(person.clone())];
    if person.get("derivative_of").is_some_and(|of| of == "p") {
        people.push(profiles["relative_elsewhere"].clone());
    }
    let mut body = profiles["situation"].clone();
    body["as_of"] = as_of.to_string().into();
    body["people"] = Json::Array(people);
    body
}

/// One stretch of days in which a program answers a profile in one way.
struct Interval {
    from: Day,
    until: Day,
    outcome: String,
    why: String,
}

type Table = BTreeMap<(String, String), Vec<Interval>>;

/// The table with its groups written out: by profile and program.
fn table(profiles: &Json) -> Table {
    let all: Vec<&Json> = profiles["profiles"].as_array().unwrap().iter().collect();
    let id = |profile: &Json| profile["id"].as_str().unwrap().to_owned();
    let kind = |name: &str| {
        let of_kind = all.iter().filter(|profile| profile["kind"] == *name);
        of_kind.map(|profile| id(profile)).collect::<Vec<String>>()
    };
    let named = |name: &str| -> Vec<String> {
        match name {
            "all" => all.iter().map(|profile| id(profile)).collect(),
            "adults" => kind("adult"),
            "children" => kind("child"),
            "pregnant" => kind("pregnant"),
            _ => match profiles["groups"].get(name) {
                Some(group) => {
                    group.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
                }
                None => {
                    assert!(all.iter().any(|profile| profile["id"] == *name), "no profile or group `{name}`");
                    vec![name.to_owned()]
                }
            },
        }
    };
    let mut table: Table = BTreeMap::new();
    for row in fixture("intervals").as_array().unwrap() {
        let names = row["profiles"].as_array().unwrap().iter().flat_map(|name| named(name.as_str().unwrap()));
        for profile in names.collect::<BTreeSet<String>>() {
            table.entry((profile, row["program"].as_str().unwrap().to_owned())).or_default().push(Interval {
                from: day(&row["from"]),
                until: day(&row["until"]),
                outcome: row["outcome"].as_str().unwrap().to_owned(),
                why: row["why"].as_str().unwrap().to_owned(),
            });
        }
    }
    for intervals in table.values_mut() {
        intervals.sort_by_key(|one| one.from);
    }
    table
}

/// What the rules say: the outcome of the requirement on status, or that there is none.
fn says(book: &RuleBook, found: &Findings) -> String {
    let program = &book.programs[found.program.index()];
    if found.status.code() == "not_in_force" {
        return "not_in_force".to_owned();
    }
    let position = program.requirements.iter().position(|requirement| requirement.id == "immigration");
    let finding = found
        .units
        .iter()
        .flat_map(|unit| &unit.findings)
        .find(|one| Some(one.requirement) == position && one.person == Some(0));
    match (position, finding) {
        (Some(_), Some(finding)) => finding.outcome.code().to_owned(),
        _ => "no_test".to_owned(),
    }
}

/// The table says nothing of status here: the person is outside the program for another reason, or has something
/// better, and whatever the rules say of status is right. So the cell is neither tested nor counted; that it is there
/// shows only that no day was forgotten.
const DOES_NOT_ARISE: &str = "does_not_arise";

fn agrees(law: &str, rules: &str) -> bool {
    match law {
        "met" | "no_test" => ["met", "no_test", "not_tested"].contains(&rules),
        _ => law == rules,
    }
}

#[test]
fn every_day_of_every_profile_and_program_is_covered_once() {
    let profiles = fixture("profiles");
    let table = table(&profiles);
    let (first, last) = load_embedded().unwrap().covers;
    let programs: BTreeSet<&String> = table.keys().map(|(_, program)| program).collect();
    for profile in profiles["profiles"].as_array().unwrap() {
        for program in &programs {
            let key = (profile["id"].as_str().unwrap().to_owned(), (*program).clone());
            let intervals = table.get(&key).unwrap_or_else(|| panic!("{key:?} has no interval"));
            assert_eq!(intervals.first().unwrap().from, first, "{key:?}");
            assert_eq!(intervals.last().unwrap().until, last, "{key:?}");
            for pair in intervals.windows(2) {
                assert_eq!(pair[0].until.succ_opt().unwrap(), pair[1].from, "{key:?}");
            }
        }
    }
}

#[test]
fn status_decides_each_program_on_each_day_as_the_law_says() {
    let book = load_embedded().expect("the shipped rules have no fault");
    let profiles = fixture("profiles");
    let table = table(&profiles);
    let boundaries: Vec<Day> = fixture("boundaries")["boundaries"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|one| [day(&one["day"]), day(&one["day"]).pred_opt().unwrap()])
        .collect();
    let all = profiles["profiles"].as_array().unwrap();
    let work = std::sync::Mutex::new(all.iter());
    let wrong = std::sync::Mutex::new(Vec::new());
    let cells = std::sync::atomic::AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let Some(profile) = work.lock().unwrap().next() else { break };
                    let told = one_profile(&book, &profiles, profile, &table, &boundaries, &cells);
                    wrong.lock().unwrap().extend(told);
                }
            });
        }
    });
    let mut wrong = wrong.into_inner().unwrap();
    wrong.sort();
    let cells = cells.into_inner();
    println!("status by program and day: {cells} cells");
    assert!(cells > 50_000, "only {cells} cells");
    assert!(wrong.is_empty(), "{} of {cells} cells:\n{}", wrong.len(), wrong.join("\n"));
}

fn one_profile(
    book: &RuleBook,
    profiles: &Json,
    profile: &Json,
    table: &Table,
    boundaries: &[Day],
    cells: &std::sync::atomic::AtomicUsize,
) -> Vec<String> {
    let name = profile["id"].as_str().unwrap();
    let rows: Vec<(ProgramId, &Vec<Interval>)> = table
        .iter()
        .filter(|((profile, _), _)| profile == name)
        .filter_map(|((_, program), intervals)| Some((book.program_named(program)?, intervals)))
        .collect();
    let edges = rows.iter().flat_map(|(_, intervals)| intervals.iter().flat_map(|one| [one.from, one.until]));
    let (first, last) = book.covers;
    let days: BTreeSet<Day> =
        edges.chain(boundaries.iter().copied()).filter(|day| first <= *day && *day <= last).collect();
    let ids: Vec<ProgramId> = rows.iter().map(|(id, _)| *id).collect();
    let mut wrong = Vec::new();
    for as_of in days {
        let situation = common::situation(book, &request(profiles, profile, as_of));
        let found = answer(book, &situation, as_of, &ids, Depth::Result);
        for (id, intervals) in &rows {
            let law = intervals.iter().find(|one| one.from <= as_of && as_of <= one.until).unwrap();
            if law.outcome == DOES_NOT_ARISE {
                continue;
            }
            let rules = says(book, found.iter().find(|one| one.program == *id).unwrap());
            cells.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if !agrees(&law.outcome, &rules) {
                let program = &book.programs[id.index()].id;
                wrong.push(format!(
                    "{program} {name} {as_of}: {rules}, the law says {}: {}",
                    law.outcome, law.why
                ));
            }
        }
    }
    wrong
}

#[test]
fn the_table_speaks_of_programs_that_exist() {
    let book = load_embedded().unwrap();
    let known: BTreeSet<&str> = book.program_codes().iter().map(|code| code.code.as_str()).collect();
    for row in fixture("intervals").as_array().unwrap() {
        assert!(known.contains(row["program"].as_str().unwrap()), "{row}");
        let cites = json!(row["cite"]);
        assert!(cites.as_array().is_some_and(|all| !all.is_empty()), "{row}");
    }
}
