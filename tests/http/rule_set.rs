//! The rule set: programs and facts, kept until the law changes.

use onward::rulebook::load_folder;
use serde_json::{Value as Json, json};

use crate::KEPT;
use crate::bodies::person_with;
use crate::files::copy_of_the_rules;
use crate::server::{Server, header, server};

#[test]
fn the_rule_set_may_be_kept_until_the_law_changes() {
    for path in KEPT.into_iter().filter(|path| *path != "/problems") {
        let first = server().get(path).send().unwrap();
        assert_eq!(first.status(), 200, "{path}");
        let cache = header(&first, "cache-control");
        assert!(cache.starts_with("public") && cache.ends_with("must-revalidate"), "{path}: {cache}");
        let tag = header(&first, "etag").to_owned();
        let again = server().get(path).header("if-none-match", format!("\"other\", {tag}")).send().unwrap();
        assert_eq!(again.status(), 304, "{path}");
        assert_eq!(header(&again, "etag"), tag);
        assert_eq!(again.bytes().unwrap().len(), 0);
        let other = server().get(path).header("if-none-match", "\"other\"").send().unwrap();
        assert_eq!(other.status(), 200, "{path}");
    }
    let tag = |path: &str, language: &str| {
        let response = server().get(path).header("accept-language", language).send().unwrap();
        assert!(header(&response, "vary").contains("Accept-Language"));
        header(&response, "etag").to_owned()
    };
    let tags = [
        tag("/v1/programs", "en"),
        tag("/v1/programs", "es"),
        tag("/v1/programs?as_of=2026-11-23", "en"),
        tag("/v1/programs?as_of=2026-11-24", "en"),
        tag("/v1/programs?category=food", "en"),
    ];
    for (position, one) in tags.iter().enumerate() {
        assert!(!tags[position + 1..].contains(one), "{tags:?}");
    }
}

#[test]
fn a_tag_names_the_version_of_the_program_beside_the_law() {
    let hash = server().json("/v1/law")["hash"].as_str().unwrap().to_owned();
    for path in KEPT.into_iter().chain(["/v1/law/changes.atom"]).filter(|path| *path != "/problems") {
        let response = server().get(path).send().unwrap();
        let tag = header(&response, "etag").to_owned();
        assert!(tag.contains(&hash) && tag.contains(env!("CARGO_PKG_VERSION")), "{path}: {tag}");
        // What an older version gave is not taken for what this one gives.
        let older = tag.replace(concat!("-", env!("CARGO_PKG_VERSION")), "");
        let again = server().get(path).header("if-none-match", older).send().unwrap();
        assert_eq!(again.status(), 200, "{path}");
    }
}

#[test]
fn programs_are_listed_and_told_whole() {
    let all = server().json("/v1/programs");
    let ids: Vec<&str> =
        all["programs"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"snap") && ids.contains(&"snap-expedited"), "{ids:?}");
    let food = server().json("/v1/programs?as_of=2026-11-23&category=food");
    assert!(food["programs"].as_array().unwrap().iter().all(|one| one["category"] == "food"));
    let whole = server().json("/v1/programs/snap");
    let day = server().json("/v1/programs/snap?as_of=2025-07-03");
    let versions = |program: &Json| -> usize {
        let requirements = program["requirements"].as_array().unwrap();
        requirements.iter().map(|one| one["versions"].as_array().unwrap().len()).sum()
    };
    assert!(versions(&whole) > versions(&day));
    for requirement in whole["requirements"].as_array().unwrap() {
        let cited = |one: &Json| !one["citations"].as_array().unwrap().is_empty();
        let versions = requirement["versions"].as_array().unwrap();
        assert!(cited(requirement) || versions.iter().all(cited), "{requirement}");
    }
}

#[test]
fn the_law_and_its_sources_are_told_as_of_a_day() {
    let programs = |path: &str| -> Vec<Json> { server().json(path)["programs"].as_array().unwrap().clone() };
    let day = "2023-10-01";
    let listed = server().json(&format!("/v1/programs?as_of={day}"));
    let listed: Vec<Json> =
        listed["programs"].as_array().unwrap().iter().map(|program| program["id"].clone()).collect();
    assert_eq!(programs(&format!("/v1/law?as_of={day}")), listed);
    assert!(programs("/v1/law").len() > listed.len(), "some program began later");
    let sources = |path: &str| server().json(path)["sources"].as_array().unwrap().clone();
    let late = sources("/v1/sources?as_of=2027-12-31");
    assert!(late.iter().all(|one| one["until"].as_str().is_none_or(|until| until >= "2027-12-31")));
    assert!(!late.is_empty() && late.len() <= sources("/v1/sources").len());
    let changes = server().json("/v1/law/changes?until=2025-06-30");
    assert_eq!((&changes["from"], &changes["until"]), (&json!("2023-10-01"), &json!("2025-06-30")));
}

#[test]
fn every_fact_is_told_in_both_languages() {
    let get = |language: &str| -> Json {
        server().get("/v1/facts").header("accept-language", language).send().unwrap().json().unwrap()
    };
    let (english, spanish) = (get("en"), get("es"));
    let facts = english["facts"].as_array().unwrap();
    assert!(facts.len() > 100);
    for (one, other) in facts.iter().zip(spanish["facts"].as_array().unwrap()) {
        assert_eq!(one["name"], other["name"]);
        assert_ne!(one["question"], other["question"], "{}", one["name"]);
        assert!(one["pointer"].as_str().unwrap().starts_with('/'));
        if one["type"] == "code" || one["type"] == "codes" {
            assert!(!one["codes"].as_array().unwrap().is_empty(), "{}", one["name"]);
        }
    }
    let named =
        |name: &str| facts.iter().find(|fact| fact["name"] == name).unwrap_or_else(|| panic!("{name}"));
    assert_eq!(named("victimization.kind")["pointer"], "/people/*/victimization/kind");
    assert_eq!(named("victimization.kind")["sensitivity"], "victimization");
    assert_eq!(named("income_item.amount")["pointer"], "/people/*/income/*/amount");
    assert_eq!(named("assets")["unit"], "US dollars");
    assert_eq!(named("age")["range"], json!({ "low": "0", "high": "120" }));
}

#[test]
fn a_fact_is_added_by_one_edit_of_the_vocabulary() {
    let folder = copy_of_the_rules();
    let extra = "\
facts:
  has_service_animal:
    about: person
    type: count
    range: {low: 0, high: 9}
    sensitivity: ordinary
    question: {en: Does this person have service animals?, es: ¿Esta persona tiene animales de servicio?}
    help: {en: How many. You can skip this., es: Cuántos. Puede saltar esta pregunta.}
translations: {es: machine}
";
    std::fs::write(folder.path().join("vocabulary/extra.yaml"), extra).expect("a file");
    let server = Server::start(load_folder(folder.path()).expect("sound rules"));
    let facts = server.json("/v1/facts");
    assert!(facts["facts"].as_array().unwrap().iter().any(|fact| fact["name"] == "has_service_animal"));
    let document = server.json("/openapi.json");
    let property = &document["components"]["schemas"]["SituationPerson"]["properties"]["has_service_animal"];
    assert_eq!(property["anyOf"][0]["anyOf"][0]["maximum"], 9, "{property}");
    assert_eq!(server.ask(&person_with(json!({ "has_service_animal": 1 }))).status(), 200);
    assert_eq!(server.ask(&person_with(json!({ "has_service_animal": 10 }))).status(), 422);
    assert_eq!(self::server().ask(&person_with(json!({ "has_service_animal": 1 }))).status(), 422);
}
