//! The JSON Schema of rule files, from the same tables that check them; editors complete from it.

use serde_json::{Map, Value, json};

use super::shape::{Kind, Shape};
use super::shapes::FILES;

/// One schema for every kind of rule file, told apart by the first key.
#[must_use]
pub fn schema() -> Value {
    let mut definitions = Map::new();
    let mut kinds: Vec<Value> = Vec::new();
    for (_, shape) in &FILES {
        let reference = refer(shape, &mut definitions);
        if !kinds.contains(&reference) {
            kinds.push(reference);
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rule files",
        "anyOf": kinds,
        "$defs": definitions,
    })
}

fn refer(shape: &'static Shape, definitions: &mut Map<String, Value>) -> Value {
    let name = shape.name.replace(' ', "-");
    let reference = json!({ "$ref": format!("#/$defs/{name}") });
    if definitions.contains_key(&name) {
        return reference;
    }
    // Put in before its keys are: a shape may hold itself.
    definitions.insert(name.clone(), Value::Null);
    let mut properties = Map::new();
    for field in shape.keys {
        let mut schema = kind(&field.kind, definitions);
        if let Value::Object(schema) = &mut schema {
            schema.insert("description".to_owned(), field.about.into());
        }
        properties.insert(field.key.to_owned(), schema);
    }
    let needed: Vec<_> = shape.keys.iter().filter(|field| field.needed).map(|field| field.key).collect();
    definitions.insert(
        name,
        json!({
            "type": "object",
            "description": shape.about,
            "properties": properties,
            "required": needed,
            "additionalProperties": false,
        }),
    );
    reference
}

fn kind(of: &Kind, definitions: &mut Map<String, Value>) -> Value {
    match of {
        // A number or a boolean without quotation marks is a text to the rule reader too.
        Kind::Text | Kind::Expression => json!({ "type": ["string", "number", "boolean"] }),
        Kind::Id => json!({ "type": ["string", "number"], "pattern": "^[A-Za-z0-9._-]+$" }),
        Kind::Day => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Whole => json!({ "type": "integer" }),
        Kind::Amount => json!({ "type": ["string", "number"], "pattern": "^-?\\$?[0-9]+(\\.[0-9]+)?%?$" }),
        Kind::AmountOrBoolean => {
            json!({ "type": ["string", "number", "boolean"], "pattern": "^-?\\$?[0-9]+(\\.[0-9]+)?%?$" })
        }
        Kind::Test => {
            definitions.entry("test").or_insert_with(|| {
                let list = json!({ "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/test" } });
                json!({ "anyOf": [
                    { "type": ["string", "boolean"] },
                    { "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
                      "properties": { "all": list, "any": list, "not": { "$ref": "#/$defs/test" } } },
                ] })
            });
            json!({ "$ref": "#/$defs/test" })
        }
        Kind::Words => refer(&super::shapes::WORDS, definitions),
        Kind::Cite => json!({ "anyOf": [
            { "type": "string", "pattern": "^[A-Za-z0-9._-]+$" },
            { "type": "array", "items": { "type": "string", "pattern": "^[A-Za-z0-9._-]+$" } },
        ] }),
        Kind::OneOf(words) => json!({ "enum": words }),
        Kind::Shape(shape) => refer(shape, definitions),
        Kind::List(item) => json!({ "type": "array", "items": kind(item, definitions) }),
        Kind::OneOrMany(item) => {
            let one = kind(item, definitions);
            json!({ "anyOf": [one, { "type": "array", "items": one }] })
        }
        Kind::Map(value) => json!({ "type": "object", "additionalProperties": kind(value, definitions) }),
        Kind::MapOr(map, other) => json!({ "anyOf": [kind(map, definitions), kind(other, definitions)] }),
        Kind::Any => json!({}),
    }
}
