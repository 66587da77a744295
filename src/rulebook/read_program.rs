//! Programs, and what a state adds to them.

use crate::kernel::{Day, did_you_mean, nearest};
use crate::language::{Subject, Tree, Type};
use crate::vocabulary::Role;

use super::book::{
    AmountRule, Caution, Deadline, Entry, FirstPeriod, Ongoing, Paper, PersonRole, Program, Refusal,
    Standing, Step, Unit, Version,
};
use super::check::days::{self, Tell};
use super::check::{amounts, repeats};
use super::read_requirement::requirement;
use super::reader::Reader;
use super::registry::{Document, Source};
use super::yaml::Node;

/// What a program may refer to beside names of the language.
pub(super) struct Known<'a> {
    pub(super) documents: &'a [Document],
    pub(super) agencies: &'a [super::registry::Agency],
    pub(super) sources: &'a [Source],
}

/// The life of a program.
pub(super) fn life(node: &Node, reader: &Reader<'_, '_>) -> Vec<(Day, Option<Day>)> {
    let Some(in_force) = node.get("in_force") else { return Vec::new() };
    let one = std::slice::from_ref(in_force);
    let items = if in_force.items().is_empty() { one } else { in_force.items() };
    items
        .iter()
        .filter_map(|item| Some((reader.day(item.get("from"))?, reader.day(item.get("until")))))
        .collect()
}

/// The days of a program that the rule book covers, from its first to its last.
pub(super) fn life_of(program: &Program) -> (Day, Option<Day>) {
    let first = super::book::COVERS.0;
    let begins = program.in_force.iter().map(|(from, _)| *from).min().unwrap_or(first);
    let ends: Option<Vec<Day>> = program.in_force.iter().map(|(_, until)| *until).collect();
    (begins.max(first), ends.and_then(|ends| ends.into_iter().max()))
}

/// Reads the unit that a program declares.
pub(super) fn unit(
    node: &Node,
    program: crate::language::ProgramId,
    reader: &mut Reader<'_, '_>,
) -> Option<Unit> {
    let always = |tree: Tree| Version {
        from: super::book::COVERS.0,
        until: None,
        known_from: None,
        state: None,
        cite: Vec::new(),
        says: tree,
    };
    let cite = reader.cite(node.get("cite"));
    let id = node.get("id").and_then(Node::text).unwrap_or_default().to_owned();
    let (among, together) = (node.get("among"), node.get("together"));
    if id.is_empty() || among.is_none() || together.is_none() || cite.is_empty() {
        let missing: Vec<String> = ["id", "cite", "among", "together"]
            .into_iter()
            .filter(|key| node.get(key).is_none())
            .map(|key| format!("`{key}`"))
            .collect();
        if !missing.is_empty() {
            let help = Some("or write `same_as:` and the program whose unit it is".to_owned());
            reader.faults.add(
                node.head(),
                "missing-key",
                format!("this unit needs {}", missing.join(", ")),
                help,
            );
        }
        return None;
    }
    let among = reader.test(among?, Subject::Person).map(|(tree, _)| tree);
    let together = reader.test(together?, Subject::Pair).map(|(tree, _)| tree);
    let mut standings = vec![Standing { id: "member".to_owned(), role: PersonRole::Member }];
    for standing in node.get("standings").map_or(&[][..], Node::items) {
        let role = match standing.get("role").and_then(Node::text) {
            Some("outside") => PersonRole::Outside,
            _ => PersonRole::CountedOnly,
        };
        if let Some(id) = standing.get("id").and_then(Node::text) {
            standings.push(Standing { id: id.to_owned(), role });
        }
    }
    Some(Unit {
        id,
        program,
        cite,
        among: vec![always(among?)],
        together: vec![always(together?)],
        standings,
    })
}

/// Reads everything of a program, or of a state's part of one, but its names.
pub(super) fn sections(
    root: &Node,
    state: Option<usize>,
    program: &mut Program,
    known: &Known<'_>,
    reader: &mut Reader<'_, '_>,
) {
    let of = if program.unit.is_some() { Subject::Unit } else { Subject::Person };
    for (key, what) in [("steps", "a step"), ("deadlines", "a deadline"), ("cautions", "a caution")] {
        repeats::check(root.get(key), what, &mut reader.faults);
    }
    for node in root.get("requirements").map_or(&[][..], Node::items) {
        for key in ["exemptions", "agency_may_accept", "agency_must_confirm"] {
            repeats::check(node.get(key), "an exemption", &mut reader.faults);
        }
        if let Some(requirement) = requirement(node, state, of, program, known, reader) {
            if program
                .requirements
                .iter()
                .any(|other| other.id == requirement.id && other.state == requirement.state)
            {
                let message = format!("there is a requirement `{}` already", requirement.id);
                let at = node.get("id").map_or(node.at, |id| id.at);
                reader.faults.add(
                    at,
                    "duplicate-id",
                    message,
                    Some("give one of the two another id".to_owned()),
                );
            }
            program.requirements.push(requirement);
        }
    }
    if let Some(pathway) = root.get("pathway") {
        program.pathway = super::read_pathway::pathway(pathway, reader);
    }
    if let Some(amount) = root.get("amount") {
        program.amount = self::amount(amount, of, reader);
    }
    if let Some(first) = root.get("first_period") {
        program.first_period = first_period(first, of, root.get("amount"), reader);
    }
    if let Some(agency) = root.get("agency") {
        let id = agency.text().unwrap_or_default().to_owned();
        check_agency(agency, &id, known, reader);
        program.agency.push(Entry {
            when: None,
            of,
            with: Vec::new(),
            from: None,
            until: None,
            state,
            cite: Vec::new(),
            says: id,
        });
    }
    entries(root, state, of, program, known, reader);
    for node in root.get("instead").map_or(&[][..], Node::items) {
        let id = node.text().unwrap_or_default();
        check_program(node, id, reader);
        program.instead.push(id.to_owned());
    }
}

fn entries(
    root: &Node,
    state: Option<usize>,
    of: Subject,
    program: &mut Program,
    known: &Known<'_>,
    reader: &mut Reader<'_, '_>,
) {
    for node in root.get("documents").map_or(&[][..], Node::items) {
        let Some(id) = node.get("document").and_then(Node::text) else { continue };
        let Some(document) = known.documents.iter().position(|document| document.id == id) else {
            let near = nearest(id, known.documents.iter().map(|document| document.id.as_str()));
            let help = did_you_mean(near, "register it in rules/documents.yaml");
            let at = node.get("document").map_or(node.at, |document| document.at);
            reader.faults.add(at, "unknown-document", format!("no document has the id `{id}`"), Some(help));
            continue;
        };
        let proves = node.get("proves").and_then(|proves| reader.words(Some(proves))).unwrap_or_default();
        program.documents.extend(entry(node, state, of, Paper { document, proves }, reader));
    }
    for node in root.get("steps").map_or(&[][..], Node::items) {
        if let Some(step) = step(node, known, reader) {
            program.steps.extend(entry(node, state, of, step, reader));
        }
    }
    for node in root.get("deadlines").map_or(&[][..], Node::items) {
        if let Some(deadline) = deadline(node, of, reader) {
            program.deadlines.extend(entry(node, state, of, deadline, reader));
        }
    }
    for node in root.get("cautions").map_or(&[][..], Node::items) {
        let id = node.get("id").and_then(Node::text).unwrap_or_default().to_owned();
        if let Some(text) = reader.words(node.get("text")) {
            program.cautions.extend(entry(node, state, of, Caution { id, text }, reader));
        }
    }
    if let Some(node) = root.get("if_refused")
        && let Some(refusal) = refusal(node, reader)
    {
        program.if_refused.extend(entry(node, state, of, refusal, reader));
    }
    if let Some(ongoing) = root.get("ongoing") {
        let one = std::slice::from_ref(ongoing);
        let items = if ongoing.items().is_empty() { one } else { ongoing.items() };
        for node in items {
            let Some(text) = reader.words(node.get("text")) else { continue };
            let review = node.get("review").and_then(|review| reader.words(Some(review))).unwrap_or_default();
            let until = node
                .get("until")
                .and_then(|until| reader.formula(until, of, Type::Date))
                .map(|(tree, _)| tree);
            program.ongoing.extend(entry(node, state, of, Ongoing { text, review, until }, reader));
        }
    }
}

fn entry<T>(
    node: &Node,
    state: Option<usize>,
    of: Subject,
    says: T,
    reader: &mut Reader<'_, '_>,
) -> Option<Entry<T>> {
    let when = match node.get("when") {
        Some(when) => Some(reader.test(when, of)?.0),
        None => None,
    };
    let (from, until) = (reader.day(node.get("from")), reader.day(node.get("until")));
    let cite = reader.cite(node.get("cite"));
    let with = reader.texts(node.get("with"));
    Some(Entry { when, of, with, from, until, state, cite, says })
}

fn step(node: &Node, known: &Known<'_>, reader: &mut Reader<'_, '_>) -> Option<Step> {
    let agency = node.get("agency").and_then(Node::text).map(str::to_owned);
    if let (Some(at), Some(id)) = (node.get("agency"), &agency) {
        check_agency(at, id, known, reader);
    }
    let contacts = reader.texts(node.get("contacts"));
    let before = node.get("before").and_then(|before| reader.words(Some(before)));
    if !contacts.is_empty() && before.is_none() {
        let at = node.entry("contacts").map_or(node.at, |(key, _)| key.at);
        let message = "a step that contacts somebody who may be a danger must say what comes `before`";
        let help = Some("add `before:` and what to settle first, such as talking with a lawyer".to_owned());
        reader.faults.add(at, "missing-key", message, help);
    }
    Some(Step {
        id: node.get("id")?.text()?.to_owned(),
        title: reader.words(node.get("title"))?,
        how: reader.words(node.get("how"))?,
        agency,
        after: reader.texts(node.get("after")),
        contacts,
        before,
    })
}

fn deadline(node: &Node, of: Subject, reader: &mut Reader<'_, '_>) -> Option<Deadline> {
    let what = reader.words(node.get("what"))?;
    let who = node.get("who").and_then(Node::text).unwrap_or_default().to_owned();
    let last = node.get("on")?;
    let on = reader.formula(last, of, Type::Date).map(|(tree, _)| tree);
    let counted_from = reader.formula(node.get("counted_from")?, of, Type::Date).map(|(tree, _)| tree);
    let (counted_from, on) = (counted_from?, on?);
    let as_of = reader.names.vocabulary.role(Role::AsOf);
    let said = (reader.day(node.get("from")), reader.day(node.get("until")));
    days::in_order(
        &counted_from,
        &on,
        as_of,
        (last.at, ["counted_from", "on"]),
        said,
        Tell::OnEveryDay,
        &mut reader.faults,
    );
    Some(Deadline { what, who, counted_from, on })
}

fn refusal(node: &Node, reader: &mut Reader<'_, '_>) -> Option<Refusal> {
    let days = |key: &str| node.get(key).and_then(Node::text).and_then(|text| text.parse().ok());
    Some(Refusal {
        say: reader.words(node.get("say"))?,
        for_the_worker: reader.words(node.get("for_the_worker"))?,
        appeal: reader.words(node.get("appeal"))?,
        by_days: days("by_days"),
        keep_benefits_by_days: days("keep_benefits_by_days"),
    })
}

pub(super) fn check_agency(at: &Node, id: &str, known: &Known<'_>, reader: &mut Reader<'_, '_>) {
    if !known.agencies.iter().any(|agency| agency.id == id) {
        let near = nearest(id, known.agencies.iter().map(|agency| agency.id.as_str()));
        let help = did_you_mean(near, "register it in rules/agencies.yaml");
        reader.faults.add(at.at, "unknown-agency", format!("no agency has the id `{id}`"), Some(help));
    }
}

pub(super) fn check_program(at: &Node, id: &str, reader: &mut Reader<'_, '_>) {
    if reader.names.program_code(id).is_none() {
        use crate::language::Scope;
        let near = reader.names.in_module(reader.module).near_program(id);
        let help = did_you_mean(near, "programs are listed under `codes: program:` in rules/vocabulary");
        reader.faults.add(at.at, "unknown-program", format!("no program has the id `{id}`"), Some(help));
    }
}

fn amount(node: &Node, of: Subject, reader: &mut Reader<'_, '_>) -> Option<AmountRule> {
    let per = node.get("per")?.text()?.to_owned();
    let value = node.get("value")?;
    let (checked, _) = reader.expression(value, of)?;
    if !matches!(checked.kind, Type::Money(_)) {
        let message = format!("an amount is money, but this is {}", reader.named(checked.kind));
        reader.faults.add(value.at, "unit", message, Some("give a formula that comes to money".to_owned()));
        return None;
    }
    amounts::period(node, checked.kind, &mut reader.faults);
    let mut worksheet = Vec::new();
    for step in node.get("worksheet").map_or(&[][..], Node::items) {
        let Some(name) = step.text() else { continue };
        let own = format!("{}.{name}", reader.module);
        match reader.names.definitions.get(&own).or_else(|| reader.names.definitions.get(name)) {
            Some(found) => {
                amounts::about_the_unit(step, found.of, of, &mut reader.faults);
                worksheet.push(found.id);
            }
            None => {
                let own = format!("{}.", reader.module);
                let known =
                    reader.names.definitions.keys().map(|full| full.strip_prefix(&own).unwrap_or(full));
                let otherwise = "a worksheet names definitions, in the order of the form";
                let help = Some(did_you_mean(nearest(name, known), otherwise));
                reader.faults.add(step.at, "unknown-name", format!("no definition is called `{name}`"), help);
            }
        }
    }
    amounts::shown(node, &checked.tree, &worksheet, &mut reader.faults);
    let zero = reader.words(node.get("zero"))?;
    Some(AmountRule { per, value: checked.tree, worksheet, zero, up_to: reader.flag(node.get("up_to")) })
}

fn first_period(
    node: &Node,
    of: Subject,
    amount: Option<&Node>,
    reader: &mut Reader<'_, '_>,
) -> Option<FirstPeriod> {
    let formula = node.get("value")?;
    let value = reader.expression(formula, of).map(|(checked, _)| checked);
    let from = reader.formula(node.get("from")?, of, Type::Date).map(|(tree, _)| tree);
    let last = node.get("to")?;
    let to = reader.formula(last, of, Type::Date).map(|(tree, _)| tree);
    if let Some(checked) = &value {
        amounts::first(formula, checked.kind, amount, &mut reader.faults);
    }
    let (from, to) = (from?, to?);
    let as_of = reader.names.vocabulary.role(Role::AsOf);
    days::in_order(
        &from,
        &to,
        as_of,
        (last.at, ["from", "to"]),
        (None, None),
        Tell::OnAnyDay,
        &mut reader.faults,
    );
    Some(FirstPeriod { value: value?.tree, from, to })
}
