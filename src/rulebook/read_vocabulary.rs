//! Code lists and facts.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::kernel::{Bound, Dates, Day, Range, Truth, did_you_mean, nearest};
use crate::language::{FactId, Subject, Type};
use crate::vocabulary::{
    About, Closure, Code, CodeList, Conflict, Derived, Fact, Kind, Role, Sensitivity, Vocabulary,
};

use super::names::Names;
use super::reader::Reader;
use super::yaml::Node;

/// Puts the code lists of one file into the vocabulary.
pub(super) fn lists(root: &Node, vocabulary: &mut Vocabulary, reader: &mut Reader<'_, '_>) {
    let Some(codes) = root.get("codes") else { return };
    for (key, list) in codes.entries() {
        let place = match vocabulary.lists.iter().position(|known| known.name == key.text) {
            Some(place) => place,
            None => {
                vocabulary.lists.push(CodeList { name: key.text.clone(), codes: Vec::new() });
                vocabulary.lists.len() - 1
            }
        };
        for (code, node) in list.entries() {
            let title = reader.words(node.get("title")).unwrap_or_default();
            let closure = node.get("closes").and_then(closure);
            let known = Code {
                code: code.text.clone(),
                title,
                symmetric: reader.flag(node.get("symmetric")),
                closure,
                state: reader.text(node.get("state")),
                time_zone: reader.text(node.get("time_zone")),
            };
            let Some(list) = vocabulary.lists.get_mut(place) else { continue };
            if list.codes.len() >= crate::kernel::MAX_CODES {
                let message =
                    format!("the list `{}` has more than {} codes", key.text, crate::kernel::MAX_CODES);
                reader.faults.add(
                    code.at,
                    "too-many-codes",
                    message,
                    Some("split the list by what its codes have in common".to_owned()),
                );
            } else {
                list.codes.push(known);
            }
        }
    }
}

fn closure(node: &Node) -> Option<Closure> {
    if let Some(shared) = node.get("shares").and_then(Node::text) {
        return Some(Closure::Shares(shared.to_owned()));
    }
    let [first, second] = node.get("through")?.items() else { return None };
    Some(Closure::Through {
        chain: [first.text()?.to_owned(), second.text()?.to_owned()],
        unless: node.get("unless")?.text()?.to_owned(),
    })
}

/// Puts the facts of one file into the vocabulary: names, types and words; derivations come later.
pub(super) fn facts(root: &Node, vocabulary: &mut Vocabulary, reader: &mut Reader<'_, '_>) {
    let Some(facts) = root.get("facts") else { return };
    for (key, node) in facts.entries() {
        let Some(fact) = fact(&key.text, node, vocabulary, reader) else {
            reader.faults.report.lost.name(&key.text);
            continue;
        };
        let Ok(id) = u16::try_from(vocabulary.facts.len()).map(FactId) else { continue };
        vocabulary.by_name.insert(key.text.clone(), id);
        vocabulary.facts.push(fact);
    }
}

fn record(name: &str, vocabulary: &mut Vocabulary) -> u16 {
    let place = match vocabulary.records.iter().position(|known| known == name) {
        Some(place) => place,
        None => {
            vocabulary.records.push(name.to_owned());
            vocabulary.records.len() - 1
        }
    };
    u16::try_from(place).unwrap_or(u16::MAX)
}

fn fact(name: &str, node: &Node, vocabulary: &mut Vocabulary, reader: &mut Reader<'_, '_>) -> Option<Fact> {
    let about = match node.get("about")?.text()? {
        "situation" => About::Situation,
        "person" => About::Person,
        "household" => About::Household,
        other => About::Item(record(other, vocabulary)),
    };
    let kind_node = node.get("type")?;
    let kind = kind_of(kind_node, vocabulary, reader)?;
    let question = reader.words(node.get("question")).unwrap_or_default();
    let help = node.get("help").and_then(|help| reader.words(Some(help)));
    let none = node.get("none").and_then(|none| reader.words(Some(none)));
    let sensitivity = match node.get("sensitivity").and_then(Node::text) {
        Some("ordinary") => Sensitivity::Ordinary,
        Some("personal") => Sensitivity::Personal,
        Some("immigration") => Sensitivity::Immigration,
        _ => Sensitivity::Victimization,
    };
    let role = match node.get("role").and_then(|role| role.text().map(|text| (role, text))) {
        None => None,
        Some((at, text)) => match Role::NAMES.iter().find(|(known, _)| *known == text) {
            Some((_, role)) => Some(*role),
            None => {
                let known: Vec<_> = Role::NAMES.iter().map(|(known, _)| *known).collect();
                let near = nearest(text, known.iter().copied());
                let help = did_you_mean(near, format!("roles are {}", known.join(", ")));
                reader.faults.add(
                    at.at,
                    "unknown-role",
                    format!("the engine knows no role `{text}`"),
                    Some(help),
                );
                None
            }
        },
    };
    let (range, dates, not_after_as_of) = bounds(node.get("range"), kind, reader)?;
    Some(Fact {
        name: name.to_owned(),
        about,
        kind,
        range,
        dates,
        not_after_as_of,
        question,
        help,
        sensitivity,
        never_asked: reader.flag(node.get("never_asked")),
        of_applicants_only: reader.flag(node.get("of_applicants_only")),
        none,
        never_none: reader.flag(node.get("never_none")),
        left_out_is_none: node.get("if_left_out").is_some(),
        required: reader.flag(node.get("required")),
        role,
        derived: None,
        conflicts: Vec::new(),
        slot: slot(about, kind, vocabulary),
    })
}

/// The next free position among the facts about the same thing (lists of items have their own).
fn slot(about: About, kind: Kind, vocabulary: &mut Vocabulary) -> u16 {
    if matches!(kind, Kind::Items(_)) {
        return 0;
    }
    match about {
        About::Situation | About::Household => {
            vocabulary.shared += 1;
            vocabulary.shared - 1
        }
        About::Person => {
            vocabulary.personal += 1;
            vocabulary.personal - 1
        }
        About::Item(_) => {
            let before = vocabulary.facts.iter().filter(|fact| fact.about == about).count();
            u16::try_from(before).unwrap_or(u16::MAX)
        }
    }
}

fn kind_of(node: &Node, vocabulary: &mut Vocabulary, reader: &mut Reader<'_, '_>) -> Option<Kind> {
    let text = node.text()?;
    if let Some(items) = text.strip_prefix("items ") {
        return Some(Kind::Items(record(items.trim(), vocabulary)));
    }
    let list = |name: &str| vocabulary.list_named(name.trim());
    let kind = if let Some(name) = text.strip_prefix("code ") {
        list(name).map(Type::Code)
    } else if let Some(name) = text.strip_prefix("codes ") {
        list(name).map(Type::Codes)
    } else {
        Type::named(text)
    };
    if kind.is_none() {
        let message = format!("`{text}` is no type of a fact");
        let lists: Vec<&str> = vocabulary.lists.iter().map(|list| list.name.as_str()).collect();
        let name = text.rsplit(' ').next().unwrap_or(text);
        let help = match nearest(name, lists) {
            Some(near) if text.contains(' ') => format!("did you mean the list `{near}`?"),
            _ => "types are boolean, count, number, money, money/any, date, code LIST, codes LIST, person, people, items RECORD".to_owned(),
        };
        reader.faults.add(node.at, "unknown-type", message, Some(help));
    }
    kind.map(Kind::One)
}

fn bounds(node: Option<&Node>, kind: Kind, reader: &mut Reader<'_, '_>) -> Option<(Range, Dates, bool)> {
    let mut range = Range::ANY;
    let mut dates = Dates { low: day(1900, 1, 1), high: day(2100, 12, 31), exists: Truth::True };
    let mut not_after = false;
    let kind = if let Kind::One(kind) = kind { kind } else { Type::Boolean };
    if matches!(kind, Type::Money(_) | Type::Paid) {
        range = Range::NOT_NEGATIVE;
    }
    let Some(node) = node else { return Some((range, dates, not_after)) };
    for (key, value) in node.entries() {
        let text = value.text().unwrap_or_default();
        let low = key.text == "low";
        if kind == Type::Date {
            if text == "as_of" {
                not_after |= !low;
                continue;
            }
            match Day::from_str(text) {
                Ok(day) if low => dates.low = day,
                Ok(day) => dates.high = day,
                Err(_) => {
                    let help = Some("`high: as_of` is a day that may not lie in the future".to_owned());
                    reader.faults.add(
                        value.at,
                        "wrong-kind",
                        "expected a day such as 1900-01-01, or `as_of`",
                        help,
                    );
                }
            }
            continue;
        }
        match super::reader::amount(text) {
            Some(value) if low => range.low = Bound::at(value),
            Some(value) => range.high = Bound::at(value),
            None => {
                let help = Some("a range is of numbers, amounts such as $35, or days".to_owned());
                reader.faults.add(
                    value.at,
                    "wrong-kind",
                    format!("expected a number, but this is `{text}`"),
                    help,
                );
            }
        }
    }
    if range.low > range.high || dates.low > dates.high {
        reader.faults.add(
            node.head(),
            "empty-range",
            "the least is more than the greatest",
            Some("exchange `low` and `high`".to_owned()),
        );
        return None;
    }
    Some((range, dates, not_after))
}

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// What is read of a fact once all names are known.
#[derive(Default)]
pub(super) struct Follows {
    derived: Option<Derived>,
    conflicts: Vec<Conflict>,
}

/// Reads how a fact follows from others.
pub(super) fn follows(node: &Node, fact: &Fact, names: &Names, reader: &mut Reader<'_, '_>) -> Follows {
    let subject = match fact.about {
        About::Person => Subject::Person,
        About::Situation | About::Household => Subject::Household,
        About::Item(_) => Subject::Item,
    };
    let mut follows = Follows::default();
    let mut derived = Derived::default();
    let value = node.get("derived").and_then(|derived| derived.get("value"));
    if let (Some(value), Kind::One(kind)) = (value, fact.kind) {
        derived.value = reader.formula(value, subject, kind).map(|(tree, _)| tree);
    }
    for node in node.get("contradictions").map_or(&[][..], Node::items) {
        let test = node.get("when").and_then(|when| reader.test(when, subject));
        let says = node.get("says").and_then(|says| reader.words(Some(says)));
        if let (Some((test, _)), Some(says)) = (test, says) {
            follows.conflicts.push(Conflict { test, says });
        }
    }
    let mut one = |key: &str| node.get(key).and_then(|test| reader.test(test, subject)).map(|(tree, _)| tree);
    derived.true_when = one("derived_true_when");
    derived.false_when = one("derived_false_when");
    derived.none_when = one("derived_none_when");
    for (key, into) in [("derived_has", &mut derived.has), ("derived_has_not", &mut derived.has_not)] {
        let Kind::One(Type::Codes(list)) = fact.kind else { continue };
        for (code, test) in node.get(key).map_or(&[][..], Node::entries) {
            let position = names.vocabulary.list(list).and_then(|list| list.position(&code.text));
            match (position, reader.test(test, subject)) {
                (Some(position), Some((tree, _))) => into.push((position, tree)),
                (None, _) => {
                    let (name, codes): (&str, Vec<&str>) =
                        names.vocabulary.list(list).map_or(("", Vec::new()), |list| {
                            (list.name.as_str(), list.codes.iter().map(|code| code.code.as_str()).collect())
                        });
                    let message = format!("`{}` is not a code of the list `{name}`", code.text);
                    let help = super::check::relations::near_or_all(&code.text, name, &codes);
                    reader.faults.add(code.at, "unknown-code", message, Some(help));
                }
                (Some(_), None) => {}
            }
        }
    }
    if derived != Derived::default() {
        follows.derived = Some(derived);
    }
    follows
}

/// Puts what was read into the vocabulary.
pub(super) fn settle(vocabulary: &mut Vocabulary, all: BTreeMap<FactId, Follows>) {
    for (id, follows) in all {
        if let Some(fact) = vocabulary.facts.get_mut(id.index()) {
            fact.derived = follows.derived;
            fact.conflicts = follows.conflicts;
        }
    }
}
