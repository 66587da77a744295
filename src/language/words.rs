//! Types and advice in plain words, for whoever wrote the rule.

use super::check::Scope;
use super::types::{MoneyPer, Type};

/// A type in words, with the name of its code list.
#[must_use]
pub fn in_words(kind: Type, scope: &dyn Scope) -> String {
    match kind {
        Type::Code(list) => format!("a code of `{}`", scope.list(list).0),
        Type::Codes(list) => format!("a list of codes of `{}`", scope.list(list).0),
        other => other.to_string(),
    }
}

/// How to bring something to the type that is wanted, if there is a way.
#[must_use]
pub fn conversion_help(wanted: Type, found: Type) -> Option<&'static str> {
    use MoneyPer::{Month, Once, Week, Year};
    Some(match (wanted, found) {
        (Type::Money(Month), Type::Paid | Type::Money(Week | Year)) => "convert it with `monthly(…)`",
        (Type::Money(Year), Type::Money(Month)) => "convert it with `yearly(…)`",
        (Type::Money(Year), Type::Paid | Type::Money(Week)) => "convert it with `yearly(monthly(…))`",
        (Type::Money(Once), Type::Money(Month)) => "write `for_one_month(…)` if one month of it is meant",
        (Type::Money(Once), Type::Money(Year)) => "write `for_one_year(…)` if one year of it is meant",
        (_, Type::Paid) => "money per any period must be converted: `monthly(…)`",
        (Type::Money(_), Type::Money(_)) => {
            "bring both to one period: `monthly(…)`, `yearly(…)` or `for_one_month(…)`"
        }
        (Type::Money(_), other) | (other, Type::Money(_)) if other.is_plain() => {
            "amounts of money are written with `$`, such as $35"
        }
        (Type::Rate, other) | (other, Type::Rate) if other.is_plain() => {
            "a share is written with `%`: 50% is half, 100% the whole"
        }
        (Type::Date, Type::Count | Type::Number) | (Type::Count | Type::Number, Type::Date) => {
            "write a day as 2026-10-01, or count with `years_between(…)`, `months_between(…)` or `days_between(…)`"
        }
        (Type::Boolean, Type::Code(_)) | (Type::Code(_), Type::Boolean) => {
            "write `x is code` or `x in [code, code]`"
        }
        (Type::Boolean, Type::Codes(_)) | (Type::Codes(_), Type::Boolean) => {
            "write `x has code` or `x has any [code, code]`"
        }
        (Type::Code(_), _) | (_, Type::Code(_)) => "write `x is code` or `x in [code, code]`",
        (Type::Boolean, Type::Date) | (Type::Date, Type::Boolean) => {
            "compare it with a day, or write `x is given`"
        }
        (Type::Boolean, other) if other.is_quantity() => "compare it with something: `x > 0`",
        (other, Type::Boolean) if other.is_quantity() => {
            "to choose between two quantities write `if … then … else …`"
        }
        _ => return None,
    })
}
