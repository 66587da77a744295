//! A household that breaks a property, made as small as it can be.

use std::fmt::Write as _;

use onward::rulebook::RuleBook;
use serde_json::Value as Json;

use crate::common;
use crate::common::erase::{Edit, What, applied, places};
use crate::common::household::remove;

/// The fewest edits and facts with which it still goes wrong.
pub fn smaller(
    book: &RuleBook,
    body: &Json,
    edits: &[Edit],
    wrong: impl Fn(&Json, &[Edit]) -> Vec<String>,
) -> String {
    let (mut body, mut edits) = (body.clone(), edits.to_vec());
    let fails = |body: &Json, edits: &[Edit]| readable(book, body, edits) && !wrong(body, edits).is_empty();
    let mut at = 0;
    while at < edits.len() {
        let mut fewer = edits.clone();
        fewer.remove(at);
        if fails(&body, &fewer) { edits = fewer } else { at += 1 }
    }
    for _ in 0..2 {
        for place in places(&book.vocabulary, &body) {
            if place.what == What::Complete
                || edits.iter().any(|edit| edit.pointer.starts_with(&place.pointer))
            {
                continue;
            }
            let mut fewer = body.clone();
            remove(&mut fewer, &place.pointer);
            if fails(&fewer, &edits) {
                body = fewer;
            }
        }
        while let Some(fewer) = without_last(&body)
            && fails(&fewer, &edits)
        {
            body = fewer;
        }
    }
    let mut text = String::new();
    for line in wrong(&body, &edits) {
        writeln!(text, "  {line}").unwrap();
    }
    writeln!(text, "  {body}").unwrap();
    for edit in &edits {
        writeln!(
            text,
            "    {} -> {}",
            edit.pointer,
            edit.becomes.as_ref().map_or("(left out)".to_owned(), Json::to_string)
        )
        .unwrap();
    }
    text
}

fn readable(book: &RuleBook, body: &Json, edits: &[Edit]) -> bool {
    let reads =
        |body: &Json| onward::vocabulary::read(body, &book.vocabulary, common::today, book.covers).is_ok();
    reads(body) && reads(&applied(body, edits))
}

fn without_last(body: &Json) -> Option<Json> {
    let mut body = body.clone();
    let last = body["people"].as_array_mut()?.pop()?;
    let label = &last["id"];
    if let Some(entries) = body["relationships"].as_array_mut() {
        entries.retain(|entry| entry["person"] != *label && entry["of"] != *label);
    }
    Some(body)
}
