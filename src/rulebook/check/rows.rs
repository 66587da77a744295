//! Tables have a value for everything that can be looked up in them.

use crate::vocabulary::CodeList;

use super::super::book::Amounts;
use super::super::shape::Faults;
use super::super::yaml::{At, Node};

/// How many missing codes are named.
const NAMED: usize = 6;

/// Tells a table by count that says nothing of smaller or larger counts.
pub(in crate::rulebook) fn by_count(node: &Node, amounts: &Amounts, faults: &mut Faults<'_>) {
    if let Amounts::ByCount { first, .. } = amounts
        && *first > 1
    {
        let message = format!("this table says nothing of a count below {first}");
        let help = "begin it at 1, so that every household finds its row".to_owned();
        faults.add(key_of(node, "at"), "missing-row", message, Some(help));
    }
    let Amounts::ByCount { first, at, each_further: None, .. } = amounts else { return };
    let last = i64::try_from(at.len()).unwrap_or(i64::MAX).saturating_add(*first).saturating_sub(1);
    let message = format!("this table says nothing of counts above {last}");
    let help = "add `each_further:`, what each further one adds (such as $0 if nothing)".to_owned();
    faults.add(key_of(node, "at"), "missing-row", message, Some(help));
}

/// Tells a table by code that leaves codes out. What a state writes need say nothing of places in other states.
pub(in crate::rulebook) fn by_code(
    node: &Node,
    list: &CodeList,
    state: Option<&str>,
    faults: &mut Faults<'_>,
) {
    let rows = node.get("at").map_or(&[][..], Node::entries);
    let elsewhere =
        |of: &Option<String>| state.is_some() && of.as_deref().is_some_and(|of| state != Some(of));
    let missing: Vec<&str> = list
        .codes
        .iter()
        .filter(|code| !elsewhere(&code.state) && !rows.iter().any(|(key, _)| key.text == code.code))
        .map(|code| code.code.as_str())
        .collect();
    if missing.is_empty() {
        return;
    }
    let mut named = missing.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    if missing.len() > NAMED {
        named.push_str(", …");
    }
    let message = format!("this table lacks {} of the codes of `{}`: {named}", missing.len(), list.name);
    faults.add(
        key_of(node, "at"),
        "missing-row",
        message,
        Some("a table has a value for every code".to_owned()),
    );
}

/// Tells two tables of bounds that are not about the same counts.
pub(in crate::rulebook) fn same_counts(high: &Node, one: &Amounts, two: &Amounts, faults: &mut Faults<'_>) {
    let (
        Amounts::ByCount { first, at, each_further, at_most },
        Amounts::ByCount {
            first: other_first,
            at: other_at,
            each_further: other_further,
            at_most: other_most,
        },
    ) = (one, two)
    else {
        return;
    };
    let alike = first == other_first
        && at.len() == other_at.len()
        && each_further.is_some() == other_further.is_some()
        && at_most.is_some() == other_most.is_some();
    if !alike {
        let help = "give `low` and `high` the same counts, `each_further` and `at_most`".to_owned();
        faults.add(
            high.head(),
            "missing-row",
            "`low` and `high` are not tables of the same rows",
            Some(help),
        );
    }
}

fn key_of(node: &Node, key: &str) -> At {
    node.entry(key).map_or_else(|| node.head(), |(key, _)| key.at)
}
