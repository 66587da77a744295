//! The command line from outside: the built program, its output and its exit status.
#![expect(clippy::expect_used, reason = "a test stops at the first thing that is not as it should be")]

#[path = "common/files.rs"]
mod files;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use files::copy_of_the_rules;

fn onward(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_onward")).args(arguments).output().expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn fixture(name: &str) -> String {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/situations").join(name).with_extension("json");
    path.display().to_string()
}

fn piped(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_onward"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

#[test]
fn an_answer_in_readable_text() {
    let output = onward(&["answer", &fixture("mixed-household")]);
    assert!(output.status.success(), "{}", err(&output));
    let text = out(&output);
    for words in [
        "[snap]",
        "Result: eligible",
        "Amount: $",
        "How the amount comes about",
        "What to do",
        "By when",
        "7 CFR",
    ] {
        assert!(text.contains(words), "{words} is not in:\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 80 || !line.trim().contains(' ')), "{text}");
    assert!(!text.contains('\u{1b}'), "no colour in a pipe");
}

#[test]
fn every_program_in_brief_tells_what_is_open_first_and_in_words() {
    let told = r#"{"state": "AR", "as_of": "2026-11-29", "people": [
        {"id": "a", "applicant": true, "age": 27, "immigration_status": "us_citizen"},
        {"id": "b", "applicant": true, "age": 4, "immigration_status": "us_citizen"}]}"#;
    for (language, parts, question, title) in [
        (
            "en",
            ["Open now", "Not clear before more is told", "Closed, and why"],
            "1. With whom does this person buy",
            "A free lawyer (legal aid) [legal-aid]",
        ),
        (
            "es",
            ["Abierto ahora", "No está claro sin saber más", "Cerrado, y por qué"],
            "1. ¿Con quién compra",
            "Abogado gratis (ayuda legal) [legal-aid]",
        ),
    ] {
        let output = piped(&["answer", "-", "--lang", language], told);
        let text = out(&output);
        assert!(output.status.success(), "{}", err(&output));
        let places = parts.map(|part| text.find(&format!("\n{part}\n")).expect(part));
        assert!(places.is_sorted(), "{places:?}");
        // Questions, not only where the answers go; programs by their titles.
        assert!(text.contains(question), "{text}");
        // What happened to a person is asked last.
        let asked = ["[/household/utilities]", "[/people/0/victimization/kind"].map(|place| text.find(place));
        assert!(asked[0].is_some() && asked.is_sorted(), "{text}");
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(title), "{text}");
    }
}

#[test]
fn an_answer_as_json_is_the_reply_of_the_service() {
    let output = onward(&["answer", &fixture("mixed-household"), "--json"]);
    assert!(output.status.success(), "{}", err(&output));
    let reply: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let programs: Vec<_> =
        reply["answers"].as_array().expect("answers").iter().map(|one| one["program"].clone()).collect();
    assert_eq!(programs, ["snap", "snap-expedited"]);
    assert_eq!(reply["answers"][0]["people"][1]["role"], "counted_only");
}

#[test]
fn a_situation_from_standard_input_in_spanish() {
    let body = std::fs::read_to_string(fixture("income-not-asked")).expect("a fixture");
    let output = piped(&["answer", "-", "--lang", "es", "--program", "snap", "--explain", "summary"], &body);
    assert!(output.status.success(), "{}", err(&output));
    let text = out(&output);
    assert!(text.contains("Resultado: falta información"), "{text}");
    assert!(!text.contains("Cómo se calcula"), "{text}");
}

#[test]
fn every_fault_of_a_situation_in_one_run() {
    let body = r#"{"state":"AR","people":[{"id":"a","applicant":true,"incom":3,"pregnant":"ZZSECRET"}]}"#;
    let output = piped(&["answer", "-"], body);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    assert!(said.contains("2 faults"), "{said}");
    assert!(said.contains("Did you mean income?"), "{said}");
    assert!(said.contains("/people/0/pregnant"), "{said}");
    assert!(!said.contains("ZZSECRET"), "no value is repeated: {said}");
    assert!(output.stdout.is_empty());
    let body = r#"{"state":"AR","state":"AR","people":[{"id":"a","applicant":true,"age":40,"date_of_birth":"2015-05-05","incom":3}]}"#;
    let said = err(&piped(&["answer", "-", "--program", "snapp"], body));
    for fault in [
        "A name stands twice",
        "Did you mean income?",
        "/people/0/age",
        "/people/0/date_of_birth",
        "Did you mean snap?",
    ] {
        assert!(said.contains(fault), "{fault} is not in {said}");
    }
}

#[test]
fn files_that_cannot_be_used() {
    let missing = onward(&["answer", "/nowhere/at/all.json"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(err(&missing).contains("there is no file"), "{}", err(&missing));
    let folder = onward(&["answer", env!("CARGO_MANIFEST_DIR")]);
    assert_eq!(folder.status.code(), Some(2));
    assert!(err(&folder).contains("folder"), "{}", err(&folder));
    let broken = piped(&["answer", "-"], "{\"state\": ZZSECRET");
    assert_eq!(broken.status.code(), Some(2));
    assert!(err(&broken).contains("not JSON"), "{}", err(&broken));
    assert!(!err(&broken).contains("ZZSECRET"));
    let cut = piped(&["answer", "-"], "{\"state\": \"AR\"");
    assert!(err(&cut).contains("ends too early"), "{}", err(&cut));
}

#[test]
fn wrong_flags_and_programs() {
    for arguments in
        [&["answer"][..], &["anwser", "x"], &["answer", "x", "--explain", "all"], &["serve", "--bund", "x"]]
    {
        let output = onward(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!err(&output).is_empty());
    }
    let output = onward(&["answer", &fixture("mixed-household"), "--program", "snapp"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("Did you mean snap?"), "{}", err(&output));
    for (flag, value, words) in [
        ("--bind", "nonsense", "such as 127.0.0.1:8080"),
        ("--bind", "127.0.0.1:99999", "such as 127.0.0.1:8080"),
        ("--workers", "0", "from 1 to"),
        ("--workers", "many", "from 1 to"),
        ("--at-once", "0", "from 1 to 65536"),
        ("--log", "blah", "error, warn, info"),
        ("--log", "info,onward=loud", "error, warn, info"),
    ] {
        let output = onward(&["serve", flag, value]);
        assert_eq!(output.status.code(), Some(2), "{flag} {value}");
        assert!(err(&output).contains(words), "{flag} {value}: {}", err(&output));
    }
    let output = onward(&["check", "/nowhere"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn an_address_that_cannot_be_used_is_told_with_what_to_do() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("its address").to_string();
    let output = onward(&["serve", "--bind", &address]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("choose another port with --bind"), "{}", err(&output));
    // An address for documentation, which no machine has.
    let output = onward(&["serve", "--bind", "192.0.2.1:0"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("this machine has no such address"), "{}", err(&output));
}

#[test]
fn the_shipped_rules_pass_the_check() {
    let output = onward(&["check"]);
    assert!(output.status.success(), "{}\n{}", out(&output), err(&output));
    let text = out(&output);
    assert!(
        text.contains("primary") && text.contains("oldest review") && text.contains("No faults"),
        "{text}"
    );
    let json = onward(&["check", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let book = &found["book"];
    assert!(book["sources"]["all"].as_u64().is_some_and(|all| all > 10));
    assert!(book["requirements_by_review"]["primary"].as_u64().is_some_and(|all| all > 10));
    let programs = &book["programs"];
    let number = |key: &str| programs[key].as_u64().expect("a number");
    assert!(
        text.contains(&format!("{} of {} programs have rules", number("with_rules"), number("all"))),
        "{text}"
    );
    let without = programs["without_rules"].as_array().expect("a list").len();
    assert_eq!(number("with_rules") + without as u64, number("all"));
    assert_eq!(programs["lacking"], serde_json::json!([]), "{text}");
}

#[test]
fn the_rules_on_paper_are_those_of_the_program() {
    let output = onward(&["review"]);
    assert!(output.status.success(), "{}", err(&output));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/REVIEW.md");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == out(&output), "rules/REVIEW.md is stale: run `onward review > rules/REVIEW.md`");
    assert!(committed.contains("`snap`") && committed.contains("7 CFR"), "it tells the rules");
}

#[test]
fn a_faulty_rule_file_is_told_with_its_place() {
    let folder = copy_of_the_rules();
    std::fs::write(folder.path().join("broken.yaml"), "module: broken\nfigurs:\n  x: 1\n").expect("a file");
    let name = folder.path().display().to_string();
    let output = onward(&["check", &name]);
    assert_eq!(output.status.code(), Some(1));
    let text = out(&output);
    assert!(text.contains("broken.yaml") && text.contains("figures"), "{text}");
    let json = onward(&["check", &name, "--format", "json"]);
    assert_eq!(json.status.code(), Some(1));
    let found: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let fault = &found["faults"][0];
    assert_eq!((fault["file"].as_str(), fault["line"].as_u64()), (Some("broken.yaml"), Some(2)), "{found}");
    // Cases wait until the rules have no fault, and that is said.
    let waiting = found["cases_not_run"].as_u64().expect("a number");
    assert!(waiting > 1000, "{found}");
    let last = text.trim_end().lines().last().unwrap_or_default();
    assert!(last.starts_with(&format!("{waiting} worked cases were not run")), "{text}");
    let answer = err(&onward(&["answer", &fixture("mixed-household"), "--rules", &name]));
    assert!(answer.contains("2 faults in the rule files"), "{answer}");
}

#[test]
fn one_fault_is_one_and_not_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = onward(&["review", "--rules", &folder.path().display().to_string()]);
    assert!(err(&output).contains("1 fault in the rule files"), "{}", err(&output));
}

#[test]
fn another_states_own_program_is_told_as_such_and_not_as_one_of_another_day() {
    let told = |state: &str, day: &str| {
        let body = format!(
            r#"{{"state": "{state}", "as_of": "{day}", "people": [{{"id": "a", "applicant": true, "age": 27}}]}}"#
        );
        out(&piped(&["answer", "-", "--program", "ar-tea"], &body))
    };
    assert!(
        told("TX", "2026-11-29").contains("Result: not in this state (only in AR)"),
        "{}",
        told("TX", "2026-11-29")
    );
    assert!(!told("AR", "2026-11-29").contains("not in this state"));
}

#[test]
fn a_file_that_is_no_text_hides_no_fault_of_the_others() {
    let folder = copy_of_the_rules();
    std::fs::write(folder.path().join("broken.yaml"), "module: broken\nfigurs:\n  x: 1\n").expect("a file");
    std::fs::write(folder.path().join("picture.yaml"), b"module: \xff\xfe\n").expect("a file");
    let output = onward(&["check", &folder.path().display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    let text = out(&output);
    for words in ["broken.yaml", "figures", "picture.yaml", "UTF-8", "3 faults."] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_in_the_folder_of_rules_is_passed_over_in_silence() {
    let folder = tempfile::tempdir().expect("a folder");
    let link = |to: &str, name: &str| {
        std::os::unix::fs::symlink(to, folder.path().join(name)).expect("a link");
    };
    link("/nowhere/at/all", "texas");
    link(".", "circle");
    let output = onward(&["check", &folder.path().display().to_string(), "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let faults = found["faults"].as_array().expect("a list");
    let told = |name: &str| {
        faults.iter().any(|fault| {
            fault["code"] == "unreadable" && fault["file"].as_str().is_some_and(|file| file.ends_with(name))
        })
    };
    assert!(told("/texas"), "{found}");
    assert!(told("/circle/circle"), "{found}");
}

#[test]
fn the_documents_for_machines() {
    let openapi = onward(&["openapi"]);
    assert!(openapi.status.success(), "{}", err(&openapi));
    let document: serde_json::Value = serde_json::from_slice(&openapi.stdout).expect("JSON");
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    let schema = onward(&["schema"]);
    assert!(schema.status.success(), "{}", err(&schema));
    let document: serde_json::Value = serde_json::from_slice(&schema.stdout).expect("JSON");
    assert!(document["$defs"].is_object());
}

#[test]
fn help_says_what_there_is() {
    let output = onward(&["--help"]);
    assert!(output.status.success());
    let text = out(&output);
    for command in ["serve", "answer", "check", "openapi", "schema", "review"] {
        assert!(text.contains(command), "{text}");
    }
}
