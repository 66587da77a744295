//! Figures and definitions.

use rust_decimal::Decimal;

use crate::kernel::{Bound, Range, Rounding, RoundingMode};
use crate::language::{Subject, Type};

use super::book::{Amounts, Conversion, Definition, Figure, FigureValue, FormulaText, Version};
use super::reader::Reader;
use super::yaml::{Key, Node};

/// Whom a definition is about.
pub(super) fn subject_of(node: &Node) -> Subject {
    match node.get("of").and_then(Node::text) {
        Some("person") => Subject::Person,
        Some("household") => Subject::Household,
        _ => Subject::Unit,
    }
}

/// Reads the versions of a figure into `figure`.
pub(super) fn figure(key: &Key, node: &Node, state: Option<usize>, figure: &mut Figure, reader: &mut Reader<'_, '_>) {
    let mut read = Vec::new();
    for version in node.get("versions").map_or(&[][..], Node::items) {
        let Some(value) = figure_value(version, figure, reader) else { continue };
        if let Some(version) = reader.version(version, state, value) {
            read.push(version);
        }
    }
    let option = reader.flag(node.get("option"));
    if read.is_empty() && !option {
        reader.faults.add(key.at, "no-version", format!("the figure `{}` has no value", key.text), Some("give it `versions`, or say `option: true` if each state decides it".to_owned()));
    }
    reader.check_versions(key.at, &read, (!option).then_some((super::load::COVERS.0, None)));
    figure.versions.extend(read);
}

fn figure_value(node: &Node, figure: &Figure, reader: &mut Reader<'_, '_>) -> Option<FigureValue> {
    if let Some(awaited) = node.get("awaited") {
        let because = reader.words(awaited.get("because"))?;
        let (low, high) = (awaited.get("low")?, awaited.get("high")?);
        let amounts = if low.entries().is_empty() {
            let (low, high) = (reader.amount(Some(low))?, reader.amount(Some(high))?);
            if low > high {
                reader.faults.add(awaited.at, "empty-range", "the least is more than the greatest", None);
                return None;
            }
            Amounts::One(Range::between(Bound::at(low), Bound::at(high)))
        } else {
            join_tables(table(low, reader)?, &table(high, reader)?)
        };
        return Some(FigureValue { amounts, awaited: Some(because) });
    }
    let amounts = match (node.get("value"), node.get("at"), figure.by) {
        (Some(value), None, None) => one_value(value, figure.kind, reader)?,
        (None, Some(_), Some(Type::Code(list))) => by_code(node, list, reader)?,
        (None, Some(_), Some(_)) => table(node, reader)?,
        (_, _, None) => {
            reader.faults.add(node.at, "missing-key", "this version needs `value` or `awaited`", None);
            return None;
        }
        (_, _, Some(by)) => {
            let message = format!("this figure is a table by {by}: this version needs `at` or `awaited`");
            reader.faults.add(node.at, "missing-key", message, None);
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
        reader.faults.add(node.at, "wrong-kind", "this figure is a choice: `true` or `false`", None);
        return None;
    }
    let value = super::reader::amount(text);
    let written_right = match kind {
        Type::Money(_) => text.contains('$'),
        Type::Rate => text.ends_with('%'),
        _ => !text.contains('$') && !text.ends_with('%'),
    };
    match value {
        Some(value) if written_right => Some(Amounts::One(Range::exactly(value))),
        _ => {
            let help = "money is written $35, a rate 20%, a count 3".to_owned();
            reader.faults.add(node.at, "unit", format!("this figure is {kind}"), Some(help));
            None
        }
    }
}

fn table(node: &Node, reader: &mut Reader<'_, '_>) -> Option<Amounts> {
    let mut rows: Vec<(i64, Decimal)> = Vec::new();
    for (key, value) in node.get("at")?.entries() {
        let Ok(count) = key.text.parse::<i64>() else {
            reader.faults.add(key.at, "wrong-kind", format!("`{}` is not a count", key.text), None);
            continue;
        };
        rows.push((count, reader.amount(Some(value))?));
    }
    rows.sort_by_key(|(count, _)| *count);
    let first = rows.first()?.0;
    if rows.iter().zip(first..).any(|((count, _), wanted)| *count != wanted) {
        reader.faults.add(node.at, "gap", "the counts of this table leave a gap", None);
        return None;
    }
    let exact = |node: Option<&Node>| reader.amount(node).map(Range::exactly);
    Some(Amounts::ByCount {
        first,
        at: rows.into_iter().map(|(_, value)| Range::exactly(value)).collect(),
        each_further: exact(node.get("each_further")),
        at_most: exact(node.get("at_most")),
    })
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

fn by_code(node: &Node, list: crate::language::ListId, reader: &mut Reader<'_, '_>) -> Option<Amounts> {
    let list = reader.names.vocabulary.list(list)?;
    let mut rows = vec![None; list.codes.len()];
    for (key, value) in node.get("at")?.entries() {
        let amount = reader.amount(Some(value)).map(Range::exactly);
        match list.position(&key.text).and_then(|position| rows.get_mut(position)) {
            Some(row) => *row = amount,
            None => {
                let message = format!("`{}` is not a code of the list `{}`", key.text, list.name);
                reader.faults.add(key.at, "unknown-code", message, None);
            }
        }
    }
    Some(Amounts::ByCode(rows))
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
            _ => reader.faults.add(rounded.at, "wrong-kind", "a rounding needs a unit above zero", None),
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
        let (from, _) = super::load::COVERS;
        let cite = reader.cite(node.get("cite"));
        read.push(Version { from, until: None, known_from: None, state, cite, says });
    }
    let option = reader.flag(node.get("option"));
    if !has_body && node.get("versions").is_none() && !option {
        let help = "give it `value`, `test` or `versions`, or say `option: true` if each state decides it".to_owned();
        reader.faults.add(key.at, "no-version", format!("the definition `{}` says nothing", key.text), Some(help));
    }
    reader.check_versions(key.at, &read, (!option && !read.is_empty()).then_some((super::load::COVERS.0, None)));
    let uncited = definition.cite.is_empty() && read.iter().any(|version| version.cite.is_empty());
    if uncited {
        let message = format!("the definition `{}` cites no law", key.text);
        reader.faults.add(key.at, "no-citation", message, Some("add `cite:`".to_owned()));
    }
    for Version { from, until, known_from, state, cite, says: (tree, text) } in read {
        definition.versions.push(Version { from, until, known_from, state, cite, says: tree });
        definition.texts.push(text);
    }
}

fn body(node: &Node, definition: &Definition, reader: &mut Reader<'_, '_>) -> Option<(crate::language::Tree, FormulaText)> {
    match (node.get("value"), node.get("test")) {
        (Some(value), None) => reader.formula(value, definition.of, definition.kind),
        (None, Some(test)) => {
            if definition.kind != Type::Boolean {
                reader.faults.add(test.at, "unit", format!("this definition is {}: write `value`", definition.kind), None);
                return None;
            }
            reader.test(test, definition.of)
        }
        (Some(_), Some(test)) => {
            reader.faults.add(test.at, "value-and-test", "either `value` or `test`, not both", None);
            None
        }
        (None, None) => {
            reader.faults.add(node.at, "missing-key", "this version needs `value` or `test`", None);
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
                if let Some(place) = factors.get_mut(period.index()) {
                    *place = factor;
                }
            }
            None => {
                reader.faults.add(node.at, "wrong-kind", "expected a factor such as 4.3 or 1/12", None);
                return None;
            }
        }
    }
    Some(Conversion { cite, factors })
}
