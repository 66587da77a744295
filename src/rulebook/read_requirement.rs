//! Requirements: what a program asks, by date, with its words, exemptions and doubts.

use std::sync::Arc;

use crate::kernel::{Day, Words};
use crate::language::{Subject, Tree};

use super::book::{Asks, Exemption, FormulaText, Program, Requirement, Unsettled, Version};
use super::read_program::{Known, check_agency, check_program, life_of};
use super::reader::Reader;
use super::registry::Review;
use super::yaml::Node;

pub(super) fn requirement(
    node: &Node,
    state: Option<usize>,
    of: Subject,
    program: &Program,
    known: &Known<'_>,
    reader: &mut Reader<'_, '_>,
) -> Option<Requirement> {
    let id = node.get("id")?.text()?.to_owned();
    let of = match node.get("of").and_then(Node::text) {
        Some("person") => Subject::Person,
        Some("unit") => Subject::Unit,
        _ => of,
    };
    let title = reader.words(node.get("title"))?;
    let cite = reader.cite(node.get("cite"));
    let bar = reader.flag(node.get("bar"));
    let mut optional = |key: &str| node.get(key).and_then(|words| reader.words(Some(words)));
    let (excusable, agency_decides) = (optional("excusable"), optional("agency_decides"));
    let (met, not_met, unknown) = (optional("met"), optional("not_met"), optional("unknown"));
    let versions = versions(node, state, of, &cite, life_of(program), known, reader);
    let own_words =
        |pick: fn(&Asks) -> &Option<Words>| versions.iter().all(|version| pick(&version.says).is_some());
    let dated = node.get("versions").map_or(&[][..], Node::items);
    let covered_by = node.get("covered_by").map_or_else(Vec::new, |better| covering(better, node, reader));
    let says_test = |said: &Node| said.get("test").is_some() || said.get("covered_by").is_some();
    let needs_test = std::iter::once(node).chain(dated).any(says_test);
    if !needs_test && !bar && node.get("agency_decides").is_none() {
        let help = Some("write `test`, or say `bar: true` or what `agency_decides`".to_owned());
        reader.faults.add(node.head(), "missing-key", format!("the requirement `{id}` has no test"), help);
    }
    for (key, words, pick, needed) in [
        ("met", &met, (|asks: &Asks| &asks.met) as fn(&Asks) -> &Option<Words>, true),
        ("not_met", &not_met, |asks: &Asks| &asks.not_met, needs_test),
        ("unknown", &unknown, |asks: &Asks| &asks.unknown, needs_test),
    ] {
        if needed && words.is_none() && node.get(key).is_none() && !own_words(pick) {
            let help = Some(format!("add `{key}:` here, or to each of its versions"));
            reader.faults.add(
                node.head(),
                "missing-key",
                format!("the requirement `{id}` needs the words `{key}`"),
                help,
            );
        }
    }
    let unless = match node.get("unless") {
        Some(unless) => Some(reader.test(unless, of)?.0),
        None => None,
    };
    let agency_may_accept = exemptions(node, "agency_may_accept", state, of, reader);
    let agency_must_confirm = exemptions(node, "agency_must_confirm", state, of, reader);
    let exemptions = exemptions(node, "exemptions", state, of, reader);
    let if_not_met = standings(node, of, program, reader);
    if of == Subject::Person && program.unit.is_some() && node.get("if_not_met").is_none() && state.is_none()
    {
        let help = Some("write `if_not_met:` and a standing of the unit".to_owned());
        let message = format!("`{id}` is about a person, but does not say how somebody counts who fails it");
        reader.faults.add(node.head(), "missing-key", message, help);
    }
    let mut opened_by = Vec::new();
    for opener in node.get("opened_by").map_or(&[][..], Node::items) {
        let program = opener.text().unwrap_or_default();
        check_program(opener, program, reader);
        opened_by.push(program.to_owned());
    }
    let mut placeholders = Vec::new();
    for said in std::iter::once(node).chain(node.get("versions").map_or(&[][..], Node::items)) {
        for key in ["met", "not_met", "unknown", "excusable", "agency_decides"] {
            reader.placeholders(said.get(key), of, &mut placeholders);
        }
    }
    for key in ["exemptions", "agency_may_accept", "agency_must_confirm"] {
        for said in node.get(key).map_or(&[][..], Node::items) {
            reader.placeholders(said.get("text"), of, &mut placeholders);
        }
    }
    Some(Requirement {
        id,
        of,
        title,
        cite,
        versions,
        covered_by,
        unless,
        bar,
        exemptions,
        agency_may_accept,
        agency_must_confirm,
        excusable,
        agency_decides,
        if_not_met,
        met: met.unwrap_or_default(),
        not_met: not_met.unwrap_or_default(),
        unknown: unknown.unwrap_or_default(),
        opened_by,
        placeholders,
        facts: Vec::new(),
        state,
    })
}

fn versions(
    node: &Node,
    state: Option<usize>,
    of: Subject,
    cite: &[super::book::SourceId],
    life: (Day, Option<Day>),
    known: &Known<'_>,
    reader: &mut Reader<'_, '_>,
) -> Vec<Version<Asks>> {
    let shared = node.get("unsettled");
    let dated = node.get("versions").map_or(&[][..], Node::items);
    let mut read = Vec::new();
    for version in dated {
        let Some(says) = asks(version, of, shared, known, reader) else { continue };
        if let Some(version) = reader.version(version, state, says) {
            read.push(version);
        }
    }
    if dated.is_empty()
        && let Some(says) = asks(node, of, shared, known, reader)
    {
        read.push(Version {
            from: super::book::COVERS.0,
            until: None,
            known_from: None,
            state,
            cite: Vec::new(),
            says,
        });
    }
    if let Some((key, _)) = node.entry("test")
        && !dated.is_empty()
    {
        let help = Some("put each test into a version with its days".to_owned());
        reader.faults.add(key.at, "value-and-test", "either `test` or `versions`, not both", help);
    }
    reader.check_versions(dated, Some(life));
    for version in &mut read {
        let all: Vec<_> = version.cite.iter().chain(cite).collect();
        let silent = node.get("cite").is_none()
            && (dated.is_empty() || dated.iter().any(|version| version.get("cite").is_none()));
        if all.is_empty() && silent {
            let help = Some("add `cite:` and the id of a source in rules/sources".to_owned());
            reader.faults.add(node.head(), "no-citation", "this requirement cites no law", help);
            break;
        }
        version.says.doubtful = all.iter().all(|id| {
            known.sources.get(usize::from(**id)).is_none_or(|source| source.review == Review::Doubtful)
        });
    }
    read
}

fn asks(
    node: &Node,
    of: Subject,
    shared: Option<&Node>,
    known: &Known<'_>,
    reader: &mut Reader<'_, '_>,
) -> Option<Asks> {
    let (test, text) = match node.get("test") {
        Some(test) => {
            let (tree, text) = reader.test(test, of)?;
            (Some(tree), text)
        }
        None => better_than(node, of, reader),
    };
    let mut own = |key: &str| node.get(key).and_then(|words| reader.words(Some(words)));
    let (met, not_met, unknown) = (own("met"), own("not_met"), own("unknown"));
    let unsettled = match node.get("unsettled").or(shared) {
        Some(node) => unsettled(node, test.as_ref(), of, known, reader).map(Arc::new),
        None => None,
    };
    Some(Asks { test, text, met, not_met, unknown, unsettled, doubtful: false })
}

/// The programs that take this one's place, each with rules of its own.
fn covering(
    better: &Node,
    requirement: &Node,
    reader: &mut Reader<'_, '_>,
) -> Vec<crate::language::ProgramId> {
    if let Some((key, _)) = requirement.entry("test").or_else(|| requirement.entry("versions")) {
        let help = Some("write the test as a requirement of its own".to_owned());
        reader.faults.add(key.at, "value-and-test", "either a test or `covered_by`, not both", help);
    }
    let mut found = Vec::new();
    for one in better.items() {
        let id = one.text().unwrap_or_default();
        check_program(one, id, reader);
        match reader.names.programs.get(id) {
            Some(program) => found.push(*program),
            None if reader.names.program_code(id).is_some() => {
                let message = format!("no rule file answers for `{id}`, so nobody can be covered by it here");
                let help = Some("write that program first".to_owned());
                reader.faults.add(one.at, "unanswered-program", message, help);
            }
            None => {}
        }
    }
    found
}

/// The test that `covered_by` stands for: eligible for none of these programs.
fn better_than(node: &Node, of: Subject, reader: &Reader<'_, '_>) -> (Option<Tree>, FormulaText) {
    let Some(better) = node.get("covered_by") else { return (None, FormulaText::default()) };
    let ids: Vec<&str> = better.items().iter().filter_map(Node::text).collect();
    let person = (of == Subject::Person).then_some(0);
    let programs = ids.iter().filter_map(|id| reader.names.programs.get(*id));
    let tests: Vec<Tree> = programs.map(|id| Tree::EligibleFor(*id, person)).collect();
    let text = ids.iter().map(|id| format!("not eligible_for({id})")).collect::<Vec<_>>().join(" and ");
    (Some(Tree::Not(Box::new(Tree::Or(tests.into())))), FormulaText { text, uses: Vec::new() })
}

fn unsettled(
    node: &Node,
    test: Option<&Tree>,
    of: Subject,
    known: &Known<'_>,
    reader: &mut Reader<'_, '_>,
) -> Option<Unsettled> {
    let other = match (node.get("other"), node.get("also"), test) {
        (Some(other), None, _) => reader.test(other, of)?.0,
        (None, Some(also), Some(test)) => Tree::Or(Box::new([test.clone(), reader.test(also, of)?.0])),
        _ => {
            let message = "the other reading is either `other` (a whole test) or `also` (beside the test)";
            reader.faults.add(node.head(), "missing-key", message, Some("write one of the two".to_owned()));
            return None;
        }
    };
    let text = reader.words(node.get("text"))?;
    let cite = reader.cite(node.get("cite"));
    let advise = node.get("advise")?.text()?.to_owned();
    if reader.names.program_code(&advise).is_none() {
        check_agency(node.get("advise")?, &advise, known, reader);
    }
    Some(Unsettled { other, text, cite, advise })
}

fn exemptions(
    node: &Node,
    key: &str,
    state: Option<usize>,
    of: Subject,
    reader: &mut Reader<'_, '_>,
) -> Vec<Exemption> {
    let mut found = Vec::new();
    for node in node.get(key).map_or(&[][..], Node::items) {
        let (Some(id), Some(text)) = (node.get("id").and_then(Node::text), reader.words(node.get("text")))
        else {
            continue;
        };
        let test = match node.get("test") {
            Some(test) => match reader.test(test, of) {
                Some((tree, _)) => Some(tree),
                None => continue,
            },
            None => None,
        };
        let when = match node.get("when") {
            Some(when) => match reader.test(when, of) {
                Some((tree, _)) => Some(tree),
                None => continue,
            },
            None => None,
        };
        let from = reader.day(node.get("from")).unwrap_or(super::book::COVERS.0);
        let until = reader.day(node.get("until"));
        let cite = reader.cite(node.get("cite"));
        let version = Version { from, until, known_from: None, state, cite, says: test };
        found.push(Exemption { id: id.to_owned(), versions: vec![version], when, text });
    }
    found
}

fn standings(
    node: &Node,
    of: Subject,
    program: &Program,
    reader: &mut Reader<'_, '_>,
) -> Vec<(Option<Tree>, usize)> {
    let Some(given) = node.get("if_not_met") else { return Vec::new() };
    if of != Subject::Person || program.unit.is_none() {
        let help = Some("leave it out, or say `of: person`".to_owned());
        reader.faults.add(given.head(), "whose", "only a test of a person in a unit has `if_not_met`", help);
        return Vec::new();
    }
    let one = std::slice::from_ref(given);
    let items = if given.items().is_empty() { one } else { given.items() };
    let mut found = Vec::new();
    for item in items {
        let (name_node, when) = match item.get("standing") {
            Some(name) => (name, item.get("when")),
            None => (item, None),
        };
        let name = name_node.text().unwrap_or_default();
        let known = reader.names.standings.get(reader.module).map_or(&[][..], Vec::as_slice);
        let Some(position) = known.iter().position(|known| known == name).filter(|position| *position > 0)
        else {
            let others = known.get(1..).unwrap_or_default();
            let help = match crate::kernel::nearest(name, others.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None if others.is_empty() => "declare it under `standings:` of the unit".to_owned(),
                None => format!("somebody who fails can be {}", others.join(", ")),
            };
            reader.faults.add(
                name_node.at,
                "unknown-standing",
                format!("`{name}` is not a standing of this unit"),
                Some(help),
            );
            continue;
        };
        let when = match when {
            Some(when) => match reader.test(when, of) {
                Some((tree, _)) => Some(tree),
                None => continue,
            },
            None => None,
        };
        found.push((when, position));
    }
    if_any_fails(given, &found, reader);
    found
}

/// Tells standings of which none need apply: who fails the test would count as if they had met it.
fn if_any_fails(given: &Node, found: &[(Option<Tree>, usize)], reader: &mut Reader<'_, '_>) {
    let opposite = |one: &Tree| {
        let is_not = |other: &Tree| matches!(other, Tree::Not(inner) if inner.as_ref() == one);
        found.iter().filter_map(|(when, _)| when.as_ref()).any(is_not)
    };
    let always = found.iter().any(|(when, _)| when.as_ref().is_none_or(opposite));
    if !always && !found.is_empty() && found.len() == given.items().len() {
        let at = given.items().last().map_or_else(|| given.head(), Node::head);
        let message =
            "somebody who fails, and of whom none of these holds, would count as a member all the same";
        let help = "end the list with a standing without `when`, or with one whose `when` is the opposite of another";
        reader.faults.add(at, "no-standing", message, Some(help.to_owned()));
    }
}
