//! A fact called missing has a witness: two values of it, in one completion of all else, that give two results.

use std::collections::BTreeSet;

use onward::engine::{Depth, Findings, Missing, Status, UnitFinding};
use onward::language::Type;
use onward::rulebook::RuleBook;
use onward::vocabulary::{About, Fact, Kind, Role, Situation};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value as Json;

use crate::answers::answers;
use crate::asked::Asked;
use crate::common;
use crate::common::erase::{Edit, What, places};
use crate::common::household::LABELS;
use crate::common::random::Random;
use crate::common::values::For;

impl Asked<'_> {
    /// Whether some completion of what is known, and two values of this fact, give two results.
    pub fn has_witness(
        &self,
        body: &Json,
        whole: &Json,
        erased: &[Edit],
        situation: &Situation,
        missing: &Missing,
        random: &mut Random,
    ) -> bool {
        let book = self.generator.book;
        let Some(fact) = book.vocabulary.fact(missing.fact.fact) else { return false };
        let pointer = situation.pointer(missing.fact, &book.vocabulary);
        let labels = &LABELS[..situation.people()];
        let person = usize::from(missing.fact.person);
        let of = For {
            as_of: situation.as_of,
            labels,
            person: (person < labels.len()).then_some(person),
            age: random.between(0, 80),
        };
        let read =
            |body: &Json| onward::vocabulary::read(body, &book.vocabulary, common::today, book.covers).ok();
        let mut hopeless = 0;
        for round in 0..400 {
            // What is open is completed as it was, by chance, or as it helps most.
            let mut trial = body.clone();
            for edit in erased.iter().filter(|edit| edit.pointer != pointer) {
                let becomes = if round == 0 {
                    whole.pointer(&edit.pointer).cloned()
                } else {
                    self.completion(edit, whole, random)
                };
                Edit { pointer: edit.pointer.clone(), becomes }.apply(&mut trial);
            }
            let base = read(&trial).map(|read| answers(book, &read.situation, Depth::Result));
            let refused = base.is_none_or(|found| found.iter().all(|one| one.status == Status::NotEligible));
            if refused && round > 2 {
                hopeless += 1;
                if hopeless % 4 != 0 {
                    continue;
                }
            }
            // Of money in an item it may be the period that is open.
            let per = fact
                .name
                .rsplit_once('.')
                .map(|_| pointer.rsplit_once('/').map_or(String::new(), |(item, _)| format!("{item}/per")));
            let per = per.filter(|per| erased.iter().any(|edit| edit.pointer == *per));
            let edit = erased.iter().find(|edit| edit.pointer == pointer);
            let partly = edit
                .and_then(|edit| edit.becomes.as_ref())
                .and_then(Json::as_object)
                .is_some_and(|map| !map.contains_key("unknown"));
            let (pointer, mut values) = match (per, edit) {
                (Some(per), None) => {
                    (per, ["week", "month", "year", "quarter"].map(|per| Some(per.into())).to_vec())
                }
                _ => (pointer.clone(), vec![whole.pointer(&pointer).cloned()]),
            };
            if !partly {
                values.extend(telling(book, fact).into_iter().map(Some));
            }
            for _ in 0..8 {
                values.push(match edit {
                    Some(edit) => self.completion(edit, whole, random),
                    None => Some(self.generator.value(fact, of, random)),
                });
            }
            let mut faces: BTreeSet<Vec<String>> = BTreeSet::new();
            for value in values.into_iter().flatten() {
                let mut trial = trial.clone();
                make_room(&mut trial, &pointer);
                Edit { pointer: pointer.clone(), becomes: Some(value) }.apply(&mut trial);
                let Some(read) = read(&trial) else { continue };
                faces
                    .insert(answers(book, &read.situation, Depth::Result).iter().flat_map(results).collect());
                if faces.len() > 1 {
                    return true;
                }
            }
        }
        false
    }

    /// A whole value within what an edit left known.
    fn completion(&self, edit: &Edit, whole: &Json, random: &mut Random) -> Option<Json> {
        let was = whole.pointer(&edit.pointer).cloned();
        if random.chance(35) {
            return was;
        }
        let told = edit.becomes.as_ref().and_then(Json::as_object);
        if let Some(map) = told.filter(|map| !map.contains_key("unknown")) {
            let one_of = |json: &Json, random: &mut Random| {
                json["one_of"].as_array().map(|all| random.pick(all).clone())
            };
            let between = |json: &Json, random: &mut Random| {
                json["between"].as_array().map(|all| random.pick(all).clone())
            };
            let amount = match map.get("amount") {
                None => between(edit.becomes.as_ref()?, random),
                Some(amount) => between(amount, random).or_else(|| Some(amount.clone())),
            };
            let per = map.get("per").map(|per| one_of(per, random).unwrap_or_else(|| per.clone()));
            return match (map.get("one_of"), amount, per) {
                (Some(_), ..) => one_of(edit.becomes.as_ref()?, random),
                (None, Some(amount), Some(per)) => Some(serde_json::json!({"amount": amount, "per": per})),
                (None, amount, _) => amount,
            };
        }
        let vocabulary = &self.generator.book.vocabulary;
        let place = places(vocabulary, whole).into_iter().find(|place| place.pointer == edit.pointer)?;
        let labels = &LABELS[..whole["people"].as_array()?.len()];
        let as_of = whole["as_of"].as_str()?.parse().ok()?;
        let of = For { as_of, labels, person: place.person, age: random.between(0, 80) };
        match place.what {
            What::Fact(id) => {
                let fact = vocabulary.fact(id)?;
                if fact.role == Some(Role::Relationships) {
                    let all = self.generator.household(random, labels.len());
                    return if random.chance(30) {
                        Some(serde_json::json!([]))
                    } else {
                        all.get("relationships").cloned()
                    };
                }
                if random.chance(60)
                    && let Some(value) = favourable(fact, random)
                {
                    return Some(value);
                }
                // In an item the period stands beside the amount.
                let value = self.generator.value(fact, of, random);
                Some(if matches!(fact.about, About::Item(_)) {
                    value.get("amount").cloned().unwrap_or(value)
                } else {
                    value
                })
            }
            What::Per => Some((*random.pick(&["week", "month", "year"])).into()),
            What::Relation | What::Complete => was,
        }
    }
}

/// What most often keeps a household from being refused, of the facts that most often have it refused.
fn favourable(fact: &Fact, random: &mut Random) -> Option<Json> {
    Some(match (fact.name.as_str(), fact.kind) {
        ("immigration_status", _) => "us_citizen".into(),
        ("lives_in_home", _) => true.into(),
        ("incarcerated" | "in_foster_care", _) => false.into(),
        ("lives_in", _) => "own_or_rented_home".into(),
        ("age", _) => (*random.pick(&[25, 30, 40])).into(),
        ("income", _) => match random.below(3) {
            0 => serde_json::json!([]),
            _ => serde_json::json!([{"kind": "wages", "amount": "450.00", "per": "month"}]),
        },
        (_, Kind::One(Type::Paid)) if matches!(fact.about, About::Item(_)) => "1.00".into(),
        ("rent_or_mortgage", _) => serde_json::json!({"amount": "400.00", "per": "month"}),
        ("assets" | "cash_on_hand", _) => "0.00".into(),
        _ => return None,
    })
}

/// Values of a fact at which rules are likely to change their mind.
fn telling(book: &RuleBook, fact: &Fact) -> Vec<Json> {
    let Kind::One(kind) = fact.kind else { return Vec::new() };
    let numbers = || {
        let known = book.vocabulary.named(&fact.name).map_or(&[][..], |id| book.reach.thresholds(id));
        let around = known.iter().flat_map(|one| [-1, 0, 1].map(|by| *one + Decimal::from(by)));
        let far = [
            fact.range.low.finite().unwrap_or_default(),
            Decimal::from(120),
            Decimal::from(900),
            Decimal::from(9000),
        ];
        around.chain(far).filter(|one| fact.range.contains(*one)).collect::<Vec<_>>()
    };
    match kind {
        Type::Boolean => vec![true.into(), false.into()],
        Type::Code(list) => {
            book.vocabulary.list(list).unwrap().codes.iter().map(|code| code.code.clone().into()).collect()
        }
        Type::Codes(list) => {
            let codes =
                book.vocabulary.list(list).unwrap().codes.iter().map(|code| serde_json::json!([code.code]));
            codes.chain([serde_json::json!([])]).collect()
        }
        Type::Count => numbers().into_iter().filter_map(|one| one.trunc().to_i64()).map(Json::from).collect(),
        Type::Number | Type::Money(_) => numbers().into_iter().map(|one| one.to_string().into()).collect(),
        Type::Paid if matches!(fact.about, About::Item(_)) => {
            ["0", "7", "50", "300", "1200", "9000", "90000"].map(Json::from).to_vec()
        }
        Type::Paid => ["0", "40", "300", "1200", "9000"]
            .map(|amount| serde_json::json!({"amount": amount, "per": "month"}))
            .to_vec(),
        Type::People => vec!["everyone".into(), "nobody".into()],
        _ => Vec::new(),
    }
}

/// Objects on the way to a pointer, where there are none.
fn make_room(body: &mut Json, pointer: &str) {
    let parts: Vec<&str> = pointer.split('/').skip(1).collect();
    let mut at = body;
    for part in &parts[..parts.len().saturating_sub(1)] {
        at = match at {
            Json::Array(list) => match part.parse::<usize>().ok().and_then(|place| list.get_mut(place)) {
                Some(next) => next,
                None => return,
            },
            Json::Object(map) => map.entry(*part).or_insert_with(|| serde_json::json!({})),
            _ => return,
        };
    }
}

/// What a result says: statuses, amounts.
fn results(found: &Findings) -> Vec<String> {
    let unit = |unit: &UnitFinding| {
        let people: Vec<_> =
            unit.people.iter().map(|one| (one.person, one.role.name(), one.status.code())).collect();
        format!("{} {people:?} {:?} {:?}", unit.status.code(), unit.amount, unit.first_period)
    };
    [found.status.code().to_owned()].into_iter().chain(found.units.iter().map(unit)).collect()
}
