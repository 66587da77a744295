//! Situations of `fixtures/situations`, and what is answered to them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use onward::answer::{Answer, Reply, reply};
use onward::kernel::{Day, Language};
use onward::rulebook::{RuleBook, load_embedded};
use onward::vocabulary::{ReadFault, Request, read};
use serde_json::Value;

pub(crate) fn book() -> &'static RuleBook {
    static BOOK: OnceLock<RuleBook> = OnceLock::new();
    BOOK.get_or_init(|| load_embedded().expect("the shipped rules have no fault"))
}

pub(crate) fn day() -> Day {
    Day::from_ymd_opt(2026, 11, 23).expect("a day")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/situations")
}

fn body(file: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(file).expect("a fixture")).expect("JSON")
}

/// Every situation, with its file.
pub(crate) fn situations() -> impl Iterator<Item = (PathBuf, Value)> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder()).expect("fixtures").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files.into_iter().map(|file| {
        let body = body(&file);
        (file, body)
    })
}

/// The situation of that name.
pub(crate) fn situation(name: &str) -> Value {
    body(&folder().join(name).with_extension("json"))
}

pub(crate) fn request(body: &Value) -> Request {
    read(body, &book().vocabulary, |_| day(), book().covers).expect("a situation that can be read")
}

/// The reply as a caller sees it. The hash changes with every rule file, so it is not pinned.
pub(crate) fn told(body: &Value, language: Language) -> Value {
    let request = request(body);
    let mut told = serde_json::to_value(reply(book(), &request, language).expect("an answer")).expect("JSON");
    told["law"]["hash"] = "…".into();
    told
}

pub(crate) fn with_reply<T>(body: &Value, look: impl FnOnce(&Reply<'_>) -> T) -> T {
    let request = request(body);
    look(&reply(book(), &request, Language::English).expect("an answer"))
}

pub(crate) fn one<'r, 'b>(reply: &'r Reply<'b>, program: &str) -> &'r Answer<'b> {
    reply.answers.iter().find(|answer| answer.program == program).expect("an answer of that program")
}

pub(crate) fn refused(body: &Value) -> Vec<ReadFault> {
    match read(body, &book().vocabulary, |_| day(), book().covers) {
        Ok(request) => {
            reply(book(), &request, Language::English).expect_err("a request that cannot be answered")
        }
        Err(faults) => faults,
    }
}
