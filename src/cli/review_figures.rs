//! The figures on the page for lawyers: each with its dates, amounts and law.

use rust_decimal::Decimal;

use crate::kernel::Range;
use crate::language::{MoneyPer, Type};
use crate::rulebook::{Amounts, Figure, FigureValue, RuleBook};

use super::review::{Law, say, sentence};
use super::words::dollars;

/// Figures of modules that are no program's.
pub(super) fn shared(book: &RuleBook, page: &mut String) {
    let mut modules: Vec<&str> = book.figures.iter().map(module).collect();
    modules.sort_unstable();
    modules.dedup();
    modules.retain(|module| !book.programs.iter().any(|program| program.module == *module));
    if !modules.is_empty() {
        page.push_str("\n## Figures that programs share\n");
    }
    for module in modules {
        page.push_str(&format!("\n### `{module}`\n"));
        of_module(&Law(book), module, page);
    }
}

fn module(figure: &Figure) -> &str {
    figure.name.split_once('.').map_or("", |(module, _)| module)
}

/// The figures of one module.
pub(super) fn of_module(law: &Law<'_>, of: &str, page: &mut String) {
    let mut figures = law.0.figures.iter().filter(|figure| module(figure) == of).peekable();
    if figures.peek().is_some() {
        page.push_str("\nFigures:\n\n");
    }
    for figure in figures {
        let name = figure.name.split_once('.').map_or(figure.name.as_str(), |(_, name)| name);
        page.push_str(&format!("- **{}** (`{name}`{}).", say(&figure.means), per(figure.kind)));
        if let [only] = figure.versions.as_slice() {
            let parts = [law.dated(only), value(law.0, figure, &only.says), law.cited(&only.cite)];
            parts.iter().filter(|part| !part.is_empty()).for_each(|part| page.push_str(&format!(" {part}")));
            page.push('\n');
            continue;
        }
        page.push('\n');
        for version in &figure.versions {
            let parts = [law.dated(version), value(law.0, figure, &version.says), law.cited(&version.cite)];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            page.push_str(&format!("  - {}\n", parts.join(" ")));
        }
    }
}

fn per(kind: Type) -> &'static str {
    match kind {
        Type::Money(MoneyPer::Week) => ", a week",
        Type::Money(MoneyPer::Month) => ", a month",
        Type::Money(MoneyPer::Year) => ", a year",
        _ => "",
    }
}

fn value(book: &RuleBook, figure: &Figure, value: &FigureValue) -> String {
    let one = |range: &Range| quantity(*range, figure.kind);
    let said = match &value.amounts {
        Amounts::One(range) => one(range),
        Amounts::Choice(holds) => if *holds { "yes" } else { "no" }.to_owned(),
        Amounts::ByCount { first, at, each_further, at_most } => {
            let rows = (*first..).zip(at).map(|(count, range)| format!("for {count} {}", one(range)));
            let mut rows: Vec<String> = rows.collect();
            rows.extend(each_further.as_ref().map(|range| format!("each further {}", one(range))));
            rows.extend(at_most.as_ref().map(|range| format!("at most {}", one(range))));
            rows.join("; ")
        }
        Amounts::ByCode(rows) => {
            let list = match figure.by {
                Some(Type::Code(list)) => book.vocabulary.list(list),
                _ => None,
            };
            let codes = list.map_or(&[][..], |list| list.codes.as_slice());
            let rows = codes.iter().zip(rows);
            let rows =
                rows.filter_map(|(code, range)| Some(format!("{} {}", code.code, one(range.as_ref()?))));
            rows.collect::<Vec<_>>().join("; ")
        }
    };
    match &value.awaited {
        Some(because) => format!("Not on file, within bounds: {said}. {}", sentence(&say(because))),
        None => format!("{said}."),
    }
}

fn quantity(range: Range, kind: Type) -> String {
    let show = |value: Decimal| match kind {
        Type::Money(_) => dollars(&value.to_string()),
        Type::Rate => {
            let percent = value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value);
            format!("{}%", percent.normalize())
        }
        _ => value.normalize().to_string(),
    };
    match (range.low.finite(), range.high.finite()) {
        (Some(low), Some(high)) if low == high => show(low),
        (Some(low), Some(high)) => format!("{} to {}", show(low), show(high)),
        (Some(low), None) => format!("at least {}", show(low)),
        (None, Some(high)) => format!("at most {}", show(high)),
        (None, None) => "not known".to_owned(),
    }
}
