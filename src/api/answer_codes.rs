//! The codes that fields of a reply may have, put into their schemas: from the types and tables that make them, so
//! that none is written twice.

use serde_json::{Map, Value as Json};

use crate::answer::DECIDES;
use crate::engine::{Outcome, Status, WhyAmount};
use crate::kernel::Language;
use crate::rulebook::{AMOUNT_PERIODS, CATEGORIES, CONTACTS, PROGRAM_KINDS, PersonRole, Review, WHO_ACTS};
use crate::vocabulary::{Absence, Sensitivity};

/// A component, a field of it, and the codes that the field may have.
type Row = (&'static str, &'static str, Vec<&'static str>);

fn rows() -> Vec<Row> {
    let status = || Status::ALL.map(Status::code).to_vec();
    let review = || Review::ALL.map(Review::name).to_vec();
    let sensitivity = || Sensitivity::ALL.map(Sensitivity::name).to_vec();
    vec![
        ("Reply", "language", Language::ALL.map(Language::tag).to_vec()),
        ("Answer", "category", CATEGORIES.to_vec()),
        ("Answer", "kind", PROGRAM_KINDS.to_vec()),
        ("Answer", "status", status()),
        ("Person", "role", PersonRole::ALL.map(PersonRole::name).to_vec()),
        ("Person", "status", status()),
        ("Unit", "status", status()),
        ("Amount", "per", AMOUNT_PERIODS.to_vec()),
        ("Amount", "why", WhyAmount::ALL.map(WhyAmount::code).to_vec()),
        ("Finding", "outcome", Outcome::ALL.map(Outcome::code).to_vec()),
        ("Citation", "review", review()),
        ("Missing", "because", Absence::ALL.map(Absence::name).to_vec()),
        ("Missing", "decides", DECIDES.to_vec()),
        ("Missing", "sensitivity", sensitivity()),
        ("Unsettled", "other_status", status()),
        ("Upcoming", "to", status()),
        ("Step", "contacts", CONTACTS.to_vec()),
        ("Deadline", "who", WHO_ACTS.to_vec()),
        ("ProgramSummary", "category", CATEGORIES.to_vec()),
        ("ProgramSummary", "kind", PROGRAM_KINDS.to_vec()),
        ("SourceEntry", "review", review()),
        ("FactEntry", "sensitivity", sensitivity()),
    ]
}

/// Puts the codes of every such field in its schema.
pub(super) fn put(schemas: &mut Map<String, Json>) {
    for (component, field, codes) in rows() {
        let component = schemas.get_mut(component);
        let field = component.and_then(|schema| schema.get_mut("properties")?.get_mut(field));
        let Some(Json::Object(field)) = field else { continue };
        let each = match field.get_mut("items") {
            Some(Json::Object(each)) => each,
            _ => field,
        };
        let or_null = each.get("type").is_some_and(Json::is_array).then_some(Json::Null);
        let codes = codes.into_iter().map(Json::from).chain(or_null).collect();
        each.insert("enum".to_owned(), Json::Array(codes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_there_and_has_its_codes() {
        let book = crate::rulebook::load_embedded().expect("sound rules");
        let document: Json = serde_json::from_str(&super::super::openapi(&book)).expect("JSON");
        for (component, field, codes) in rows() {
            let pointer = format!("/components/schemas/{component}/properties/{field}");
            let schema = document.pointer(&pointer).unwrap_or_else(|| panic!("there is no {pointer}"));
            let each = schema.get("items").unwrap_or(schema);
            let listed =
                each["enum"].as_array().unwrap_or_else(|| panic!("{pointer} has no codes: {schema}"));
            assert!(listed.iter().filter_map(Json::as_str).eq(codes), "{pointer}: {schema}");
        }
    }
}
