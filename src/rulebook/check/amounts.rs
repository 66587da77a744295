//! What a program pays: per which period, by which steps, and what of it comes first.

use crate::language::{DefinitionId, MoneyPer, Subject, Tree, Type};

use super::super::shape::Faults;
use super::super::yaml::Node;

/// The unit of a formula that is shown per `per`.
fn unit_of(per: &str) -> Option<MoneyPer> {
    Some(match per {
        "week" => MoneyPer::Week,
        "month" => MoneyPer::Month,
        "year" => MoneyPer::Year,
        "once" => MoneyPer::Once,
        _ => return None,
    })
}

/// The word for the unit of a formula.
fn word_for(unit: MoneyPer) -> Option<&'static str> {
    Some(match unit {
        MoneyPer::Week => "week",
        MoneyPer::Month => "month",
        MoneyPer::Year => "year",
        MoneyPer::Once => "once",
        MoneyPer::Literal => return None,
    })
}

/// Tells an amount that is shown per another period than its formula is.
pub(in crate::rulebook) fn period(amount: &Node, kind: Type, faults: &mut Faults<'_>) {
    let (Some(per), Type::Money(unit)) = (amount.get("per"), kind) else { return };
    let said = per.text().unwrap_or_default();
    if let (Some(wanted), Some(word)) = (unit_of(said), word_for(unit))
        && wanted != unit
    {
        let message =
            format!("the formula is {kind}, and would be shown as if it were {}", Type::Money(wanted));
        let help = format!("write `per: {word}`, or convert the formula");
        faults.add(per.at, "unit", message, Some(help));
    }
}

/// Tells a first period that is no money, or money of another period than the amount.
pub(in crate::rulebook) fn first(value: &Node, kind: Type, amount: Option<&Node>, faults: &mut Faults<'_>) {
    let wanted = amount.and_then(|amount| unit_of(amount.get("per")?.text()?)).map(Type::Money);
    let fits = match (wanted, kind) {
        (Some(wanted), kind) => kind.unify(wanted).is_some(),
        (None, kind) => matches!(kind, Type::Money(_)),
    };
    if !fits {
        let wanted = wanted.unwrap_or(Type::Money(MoneyPer::Once));
        let message = format!("what the first period pays is {wanted}, as the amount is, but this is {kind}");
        let help = "give a formula of the same unit as the `amount`".to_owned();
        faults.add(value.at, "unit", message, Some(help));
    }
}

/// Tells a step of a worksheet that is about one person, where the program decides for a unit.
pub(in crate::rulebook) fn about_the_unit(
    step: &Node,
    of: Subject,
    program: Subject,
    faults: &mut Faults<'_>,
) {
    if program == Subject::Unit && matches!(of, Subject::Person | Subject::Pair) {
        let message = format!(
            "`{}` is about one person, and the worksheet about the unit",
            step.text().unwrap_or_default()
        );
        let help = "name a definition of the unit, such as the sum of it over the members".to_owned();
        faults.add(step.at, "whose", message, Some(help));
    }
}

/// Tells a worksheet that leaves out the definition that the amount is.
pub(in crate::rulebook) fn shown(
    amount: &Node,
    value: &Tree,
    worksheet: &[DefinitionId],
    faults: &mut Faults<'_>,
) {
    let (Tree::Definition(id) | Tree::DefinitionOf(id, _)) = value else { return };
    let Some((key, list)) = amount.entry("worksheet") else { return };
    if !list.items().is_empty() && !worksheet.contains(id) {
        let name = amount.get("value").and_then(Node::text).unwrap_or_default();
        let message = format!("the worksheet leaves out `{name}`, which is the amount itself");
        faults.add(key.at, "worksheet", message, Some(format!("add `{name}` as its last step")));
    }
}
