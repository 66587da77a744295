//! Figures and definitions.

use rust_decimal::Decimal;

use crate::kernel::{Bound, Range, Rounding, RoundingMode};
use crate::language::{Subject, Type};

use super::book::{Amounts, Conversion, Definition, Figure, FigureValue, FormulaText, Version};
use super::check::{factors, rows};
use super::reader::Reader;
use super::yaml::{Key, Node};

/// Whom a definition is about.
pub(super) fn subject_of(node: &Node) -> Subject {
    match node.get("of").and_then(Node::text) {
        Some("person") => Subject::Person,
        Some("pair") => Subject::Pair,
        Some("household") => Subject::Household,
        _ => Subject::Unit,
    }
}

/// Reads the versions of a figure into `figure`.
pub(super) fn figure(
    key: &Key,
    node: &Node,
    state: Option<usize>,
    figure: &mut Figure,
    reader: &mut Reader<'_, '_>,
) {
    let mut read = Vec::new();
    for version in node.get("versions").map_or(&[][..], Node::items) {
        let Some(value) = figure_value(version, figure, state, reader) else { continue };
        if let Some(version) = reader.version(version, state, value) {
            read.push(version);
        }
    }
    let option = reader.flag(node.get("option"));
    if node.get("versions").is_none_or(|versions| versions.items().is_empty()) && !option {
        reader.faults.add(
            key.at,
            "no-version",
            format!("the figure `{}` has no value", key.text),
            Some("give it `versions`, or say `option: true` if each state decides it".to_owned()),
        );
    }
    let versions = node.get("versions").map_or(&[][..], Node::items);
    reader.check_versions_apart(versions, option);
    figure.versions.extend(read);
}

fn figure_value(
    node: &Node,
    figure: &Figure,
    state: Option<usize>,
    reader: &mut Reader<'_, '_>,
) -> Option<FigureValue> {
    if let Some((key, awaited)) = node.entry("awaited") {
        if let Some(known) = ["value", "at"].iter().find(|known| node.get(known).is_some()) {
            let message = format!("this version has `{known}`, and is `awaited` as well");
            let help = Some("keep `awaited` until the figure is published, then take it out".to_owned());
            reader.faults.add(key.at, "known-and-awaited", message, help);
            return None;
        }
        let because = reader.words(awaited.get("because"))?;
        let (low, high) = (awaited.get("low")?, awaited.get("high")?);
        let amounts = match figure.by {
            None if low.text().is_some() && high.text().is_some() => {
                let (least, most) =
                    (quantity(low, figure.kind, reader)?, quantity(high, figure.kind, reader)?);
                if least > most {
                    let help = Some("exchange `low` and `high`".to_owned());
                    reader.faults.add(high.at, "empty-range", "the least is more than the greatest", help);
                    return None;
                }
                Amounts::One(Range::between(Bound::at(least), Bound::at(most)))
            }
            Some(Type::Count) if low.get("at").is_some() && high.get("at").is_some() => {
                let (least, most) = (table(low, figure.kind, reader)?, table(high, figure.kind, reader)?);
                rows::same_counts(high, &least, &most, &mut reader.faults);
                join_tables(least, &most)
            }
            by => {
                let message = match by {
                    None => "this figure is one value: `low` and `high` are too".to_owned(),
                    Some(by) => {
                        format!("this figure is a table by {}: `low` and `high` are too", reader.named(by))
                    }
                };
                reader.faults.add(
                    awaited.head(),
                    "missing-key",
                    message,
                    Some("write `low: $1` for one value, `low: {at: …}` for a table by count".to_owned()),
                );
                return None;
            }
        };
        return Some(FigureValue { amounts, awaited: Some(because) });
    }
    let amounts = match (node.get("value"), node.get("at"), figure.by) {
        (Some(value), None, None) => one_value(value, figure.kind, reader)?,
        (None, Some(_), Some(Type::Code(list))) => by_code(node, list, figure.kind, state, reader)?,
        (None, Some(_), Some(_)) => table(node, figure.kind, reader)?,
        (_, Some(_), None) => {
            let help =
                Some("write `value:`, or say `by: count` or by which code list it is looked up".to_owned());
            reader.faults.add(
                node.head(),
                "missing-key",
                "this figure is one value: this version needs `value` or `awaited`",
                help,
            );
            return None;
        }
        (_, _, None) => {
            let help = Some("write `value:`".to_owned());
            reader.faults.add(node.head(), "missing-key", "this version needs `value` or `awaited`", help);
            return None;
        }
        (_, _, Some(by)) => {
            let message = format!(
                "this figure is a table by {}: this version needs `at` or `awaited`",
                reader.named(by)
            );
            reader.faults.add(
                node.head(),
                "missing-key",
                message,
                Some("write `at: {…}` with a value for each".to_owned()),
            );
            return None;
        }
    };
    Some(FigureValue { amounts, awaited: None })
}

fn one_value(node: &Node, kind: Type, reader: &mut Reader<'_, '_>) -> Option<Amounts> {
    let text = node.text()?;
    if kind == Type::Boolean {
        if matches!(text, "true" | "false") {
            return Some(Amounts::Choice(text == "true"));
        }
        let help = Some("write `true` or `false`".to_owned());
        reader.faults.add(
            node.at,
            "wrong-kind",
            format!("this figure is a choice, and `{text}` is none"),
            help,
        );
        return None;
    }
    quantity(node, kind, reader).map(|value| Amounts::One(Range::exactly(value)))
}

/// An amount that is written as its type wants it: `$35`, `20%` or `3`.
fn quantity(node: &Node, kind: Type, reader: &mut Reader<'_, '_>) -> Option<Decimal> {
    let text = node.text()?;
    let value = super::reader::amount(text);
    let written_right = match kind {
        Type::Money(_) => text.contains('$'),
        Type::Rate => text.ends_with('%'),
        Type::Count => {
            value.is_some_and(|value| value.is_integer()) && !text.contains('$') && !text.ends_with('%')
        }
        _ => !text.contains('$') && !text.ends_with('%'),
    };
    if let Some(value) = value.filter(|_| written_right) {
        if matches!(kind, Type::Money(_) | Type::Rate) && value < Decimal::ZERO {
            let help = "write it without `-`, and take it away in the formula that uses it".to_owned();
            let message = format!("this figure is {kind}, and no law writes one below zero");
            reader.faults.add(node.at, "below-zero", message, Some(help));
            return None;
        }
        return Some(value);
    }
    let help = "money is written $35, a rate 20%, a count 3".to_owned();
    reader.faults.add(
        node.at,
        "unit",
        format!("this figure is {kind}, and `{text}` is not written so"),
        Some(help),
    );
    None
}

fn table(node: &Node, kind: Type, reader: &mut Reader<'_, '_>) -> Option<Amounts> {
    let mut rows: Vec<(i64, Decimal)> = Vec::new();
    for (key, value) in node.get("at")?.entries() {
        // No household holds more than a few; what is far beyond is a slip, and would not fit what counts on from it.
        let Ok(count) = key.text.parse::<u16>().map(i64::from) else {
            let help = Some(format!("the keys of this table are whole numbers up to {}", u16::MAX));
            reader.faults.add(key.at, "wrong-kind", format!("`{}` is not a count", key.text), help);
            continue;
        };
        rows.push((count, quantity(value, kind, reader)?));
    }
    rows.sort_by_key(|(count, _)| *count);
    let at = node.entry("at").map_or(node.at, |(key, _)| key.at);
    let Some((first, _)) = rows.first().copied() else {
        reader.faults.add(
            at,
            "missing-row",
            "this table has no row",
            Some("write a value at each count: `at: {1: $298}`".to_owned()),
        );
        return None;
    };
    if let Some((_, wanted)) = rows.iter().zip(first..).find(|((count, _), wanted)| count != wanted) {
        let help = Some("a table has a row for every count from its first to its last".to_owned());
        reader.faults.add(at, "missing-row", format!("this table has no row for {wanted}"), help);
        return None;
    }
    let mut exact =
        |key: &str| node.get(key).and_then(|node| quantity(node, kind, reader)).map(Range::exactly);
    let (each_further, at_most) = (exact("each_further"), exact("at_most"));
    let at = rows.into_iter().map(|(_, value)| Range::exactly(value)).collect();
    let amounts = Amounts::ByCount { first, at, each_further, at_most };
    rows::by_count(node, &amounts, &mut reader.faults);
    Some(amounts)
}

fn join_tables(low: Amounts, high: &Amounts) -> Amounts {
    match (low, high) {
        (
            Amounts::ByCount { first, at, each_further, at_most },
            Amounts::ByCount { at: high_at, each_further: high_further, at_most: high_most, .. },
        ) => Amounts::ByCount {
            first,
            at: at.into_iter().zip(high_at).map(|(one, two)| one.join(*two)).collect(),
            each_further: each_further.zip(*high_further).map(|(one, two)| one.join(two)),
            at_most: at_most.zip(*high_most).map(|(one, two)| one.join(two)),
        },
        (low, _) => low,
    }
}

fn by_code(
    node: &Node,
    list: crate::language::ListId,
    kind: Type,
    state: Option<usize>,
    reader: &mut Reader<'_, '_>,
) -> Option<Amounts> {
    let list = reader.names.vocabulary.list(list)?;
    let mut values = vec![None; list.codes.len()];
    for (key, value) in node.get("at")?.entries() {
        let amount = quantity(value, kind, reader).map(Range::exactly);
        match list.position(&key.text).and_then(|position| values.get_mut(position)) {
            Some(row) => *row = amount,
            None => {
                let message = format!("`{}` is not a code of the list `{}`", key.text, list.name);
                let codes: Vec<&str> = list.codes.iter().map(|code| code.code.as_str()).collect();
                let help = super::check::relations::near_or_all(&key.text, &list.name, &codes);
                reader.faults.add(key.at, "unknown-code", message, Some(help));
            }
        }
    }
    let states = reader.names.vocabulary.list_named("state").and_then(|id| reader.names.vocabulary.list(id));
    rows::by_code(
        node,
        list,
        state.zip(states).map(|(state, states)| states.code(state)),
        &mut reader.faults,
    );
    Some(Amounts::ByCode(values))
}

/// Reads the versions of a definition into `definition`.
pub(super) fn definition(
    key: &Key,
    node: &Node,
    state: Option<usize>,
    definition: &mut Definition,
    reader: &mut Reader<'_, '_>,
) {
    if let Some(rounded) = node.get("rounded") {
        let mode = match rounded.get("how").and_then(Node::text) {
            Some("half_up") => RoundingMode::HalfUp,
            Some("down") => RoundingMode::Down,
            _ => RoundingMode::Up,
        };
        let cite = reader.cite(rounded.get("cite"));
        match reader.amount(rounded.get("to")) {
            Some(to) if to > Decimal::ZERO => definition.rounding = Some((Rounding { to, mode }, cite)),
            _ => {
                let at = rounded.get("to").map_or(rounded.at, |to| to.at);
                let help = Some("to whole dollars is `$1`, to cents `$0.01`".to_owned());
                reader.faults.add(at, "wrong-kind", "a rounding needs a unit above zero", help);
            }
        }
    }
    let mut read: Vec<Version<(crate::language::Tree, FormulaText)>> = Vec::new();
    for version in node.get("versions").map_or(&[][..], Node::items) {
        let says = body(version, definition, reader);
        if let Some(version) = says.and_then(|says| reader.version(version, state, says)) {
            read.push(version);
        }
    }
    let has_body = node.get("value").is_some() || node.get("test").is_some();
    if has_body && let Some(says) = body(node, definition, reader) {
        // Without dates it is law as long as the rule book covers.
        let (from, _) = super::book::COVERS;
        let cite = reader.cite(node.get("cite"));
        read.push(Version { from, until: None, known_from: None, state, cite, says });
    }
    let option = reader.flag(node.get("option"));
    if !has_body && node.get("versions").is_none() && !option {
        let help = "give it `value`, `test` or `versions`, or say `option: true` if each state decides it"
            .to_owned();
        reader.faults.add(
            key.at,
            "no-version",
            format!("the definition `{}` says nothing", key.text),
            Some(help),
        );
    }
    let versions = node.get("versions").map_or(&[][..], Node::items);
    if has_body && let Some(first) = versions.first() {
        let help = Some("put each formula into a version with its days".to_owned());
        reader.faults.add(first.head(), "value-and-test", "either one formula or `versions`, not both", help);
    }
    reader.check_versions_apart(versions, option);
    let silent = has_body || versions.iter().any(|version| version.get("cite").is_none());
    if definition.cite.is_empty() && node.get("cite").is_none() && silent && !read.is_empty() {
        let message = format!("the definition `{}` cites no law", key.text);
        let help = Some("add `cite:` and the id of a source in rules/sources".to_owned());
        reader.faults.add(key.at, "no-citation", message, help);
    }
    for Version { from, until, known_from, state, cite, says: (tree, text) } in read {
        definition.versions.push(Version { from, until, known_from, state, cite, says: tree });
        definition.texts.push(text);
    }
}

fn body(
    node: &Node,
    definition: &Definition,
    reader: &mut Reader<'_, '_>,
) -> Option<(crate::language::Tree, FormulaText)> {
    match (node.get("value"), node.get("test")) {
        (Some(value), None) => reader.formula(value, definition.of, definition.kind),
        (None, Some(test)) => {
            if definition.kind != Type::Boolean {
                let help = Some("write `value:` and a formula, or `type: boolean`".to_owned());
                reader.faults.add(
                    test.head(),
                    "unit",
                    format!("this definition is {}, and a test is a statement", definition.kind),
                    help,
                );
                return None;
            }
            reader.test(test, definition.of)
        }
        (Some(_), Some(test)) => {
            let help = Some("`test` is for what holds or fails, `value` for everything else".to_owned());
            reader.faults.add(test.head(), "value-and-test", "either `value` or `test`, not both", help);
            None
        }
        (None, None) => {
            reader.faults.add(
                node.head(),
                "missing-key",
                "this version needs `value` or `test`",
                Some("write the formula".to_owned()),
            );
            None
        }
    }
}

/// Reads the conversion of pay periods.
pub(super) fn conversion(node: &Node, reader: &mut Reader<'_, '_>) -> Option<Conversion> {
    let cite = reader.cite(node.get("cite"));
    let mut factors = [(Decimal::ONE, Decimal::ONE); 6];
    for period in crate::kernel::Period::ALL {
        let node = node.get(period.name())?;
        let text = node.text()?;
        let (times, over) = text.split_once('/').unwrap_or((text, "1"));
        let factor = super::reader::amount(times.trim()).zip(super::reader::amount(over.trim()));
        match factor.filter(|(times, over)| *times > Decimal::ZERO && *over > Decimal::ZERO) {
            Some(factor) => {
                factors::check(node, period, factor, &mut reader.faults);
                if let Some(place) = factors.get_mut(period.index()) {
                    *place = factor;
                }
            }
            None => {
                let help = Some("how many of this period make a month".to_owned());
                reader.faults.add(node.at, "wrong-kind", "expected a factor such as 4.3 or 1/12", help);
                return None;
            }
        }
    }
    Some(Conversion { cite, factors })
}
