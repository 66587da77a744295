//! Tests that can never hold, such as `age < 18 and age >= 60`: whatever follows from them is never reached.
//!
//! Sound, not complete: a test that is told can never hold; one that is not told may still be so.

use crate::kernel::{Bound, CodeSet, Range};
use crate::language::{Comparison, FactId, Tree};
use crate::vocabulary::Vocabulary;

/// How many alternatives of one test are followed.
const MOST: usize = 64;

/// Whether some part of a tree is a test that can never hold.
pub(in crate::rulebook) fn within(tree: &Tree, vocabulary: &Vocabulary) -> bool {
    let mut found = false;
    tree.visit(&mut |node| {
        let asks = matches!(node, Tree::And(_) | Tree::CompareNumbers(..));
        found = found || (asks && never(&[node], vocabulary));
    });
    found
}

/// Whether these tests can never hold together.
pub(in crate::rulebook) fn never(tests: &[&Tree], vocabulary: &Vocabulary) -> bool {
    let mut conjuncts = Vec::new();
    tests.iter().for_each(|test| flatten(test, &mut conjuncts));
    if clash(&conjuncts, vocabulary) {
        return true;
    }
    let alternatives =
        conjuncts.iter().filter_map(|one| if let Tree::Or(parts) = one { Some(parts) } else { None });
    for parts in alternatives.take(MOST) {
        let others: Vec<&Tree> =
            conjuncts.iter().filter(|one| !matches!(one, Tree::Or(_))).copied().collect();
        let all_clash = parts.iter().all(|part| {
            let mut with = others.clone();
            flatten(part, &mut with);
            clash(&with, vocabulary)
        });
        if all_clash && !parts.is_empty() {
            return true;
        }
    }
    false
}

fn flatten<'t>(tree: &'t Tree, into: &mut Vec<&'t Tree>) {
    match tree {
        Tree::And(parts) => parts.iter().for_each(|part| flatten(part, into)),
        other => into.push(other),
    }
}

/// What one expression may still be.
struct May<'t> {
    of: &'t Tree,
    codes: CodeSet,
    least: (Bound, bool),
    most: (Bound, bool),
}

fn clash(conjuncts: &[&Tree], vocabulary: &Vocabulary) -> bool {
    let mut all: Vec<May<'_>> = Vec::new();
    for test in conjuncts {
        let opposite =
            conjuncts.iter().any(|other| matches!(other, Tree::Not(inner) if inner.as_ref() == *test));
        if opposite || !narrow(test, vocabulary, &mut all) {
            return true;
        }
    }
    false
}

/// Takes one test for true; whether that leaves anything possible.
fn narrow<'t>(test: &'t Tree, vocabulary: &Vocabulary, all: &mut Vec<May<'t>>) -> bool {
    match test {
        Tree::CodeIn(of, codes) => {
            let Some(may) = entry(of, vocabulary, all) else { return true };
            may.codes = may.codes.meet(*codes);
            !may.codes.is_empty()
        }
        Tree::Not(inner) => {
            let Tree::CodeIn(of, codes) = inner.as_ref() else { return true };
            let Some(may) = entry(of, vocabulary, all) else { return true };
            may.codes = may.codes.without(*codes);
            !may.codes.is_empty()
        }
        Tree::CompareNumbers(comparison, one, two) => match (constant(one), constant(two)) {
            (None, Some(value)) => bound(*comparison, one, value, vocabulary, all),
            (Some(value), None) => bound(turned(*comparison), two, value, vocabulary, all),
            _ => true,
        },
        _ => true,
    }
}

fn bound<'t>(
    comparison: Comparison,
    of: &'t Tree,
    value: Bound,
    vocabulary: &Vocabulary,
    all: &mut Vec<May<'t>>,
) -> bool {
    let Some(may) = entry(of, vocabulary, all) else { return true };
    let (least, most) = match comparison {
        Comparison::Less => (None, Some((value, true))),
        Comparison::AtMost => (None, Some((value, false))),
        Comparison::More => (Some((value, true)), None),
        Comparison::AtLeast => (Some((value, false)), None),
        Comparison::Equal => (Some((value, false)), Some((value, false))),
        Comparison::Different => (None, None),
    };
    // Of two ends at one place the one that leaves it out is narrower.
    may.least = least.map_or(may.least, |least| may.least.max(least));
    may.most = most
        .map_or(may.most, |most| if (most.0, !most.1) < (may.most.0, !may.most.1) { most } else { may.most });
    may.least.0 < may.most.0 || (may.least.0 == may.most.0 && !may.least.1 && !may.most.1)
}

fn entry<'t, 'a>(
    of: &'t Tree,
    vocabulary: &Vocabulary,
    all: &'a mut Vec<May<'t>>,
) -> Option<&'a mut May<'t>> {
    let position = all.iter().position(|known| known.of == of).unwrap_or(all.len());
    if position == all.len() {
        // A fact that may be none counts as zero then, whatever its range.
        let ranged = fact(of)
            .and_then(|id| vocabulary.fact(id))
            .filter(|fact| fact.none.is_none() && !fact.left_out_is_none);
        let range = ranged.map_or(Range::ANY, |fact| fact.range);
        let codes = CodeSet::first(crate::kernel::MAX_CODES).join(CodeSet::NOT_THERE);
        all.push(May { of, codes, least: (range.low, false), most: (range.high, false) });
    }
    all.get_mut(position)
}

fn fact(tree: &Tree) -> Option<FactId> {
    match tree {
        Tree::Fact(id) | Tree::FactOf(id, _) | Tree::Field(id, _) => Some(*id),
        _ => None,
    }
}

fn constant(tree: &Tree) -> Option<Bound> {
    match tree {
        Tree::Constant(value) => value.number().known().map(Bound::at),
        Tree::Negative(inner) => constant(inner).map(Bound::negated),
        _ => None,
    }
}

fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::More,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::More => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    }
}
