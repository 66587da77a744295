//! Numbers, money, and money per period. Every amount is an exact decimal from its first digit on.

use super::json::Json;
use rust_decimal::Decimal;

use crate::kernel::{Paid, Period, Range, Value};
use crate::language::Type;
use crate::vocabulary::{Absence, Fact};

use super::faults::At;
use super::limits::{MOST_DECIMALS, MOST_DIGITS};
use super::partly::{AMOUNT, BETWEEN, Form, ONE_OF, PER, Partly};
use super::values::{Reader, Reading, range};

const HOUR: &str = "hour";

/// How often money may come: a bit for each period, and one for the hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Periods(u8);

impl Periods {
    const HOUR: Self = Self(1 << Period::ALL.len());

    fn only(period: Period) -> Self {
        Self(1 << period.index())
    }

    fn any(hourly: bool) -> Self {
        Self(if hourly { (Self::HOUR.0 << 1) - 1 } else { Self::HOUR.0 - 1 })
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What stands beside an amount in an item.
pub(super) struct Beside<'j> {
    /// How often the money comes.
    pub(super) per: Option<&'j Json<'j>>,
    /// Hours worked in a week, where pay may be by the hour.
    pub(super) hours: Option<Range>,
}

impl Reader<'_> {
    /// Reads money per period.
    pub(super) fn paid(&mut self, fact: &Fact, json: &Json, at: &At, item: Option<(&At, Beside)>) -> Reading {
        let hours = item.as_ref().and_then(|(_, beside)| beside.hours);
        // In an item the period stands beside the amount, and may be unknown like any field.
        let beside = match &item {
            None => None,
            Some((holder, beside)) => match beside.per.filter(|per| !per.is_null()) {
                None => Some(None),
                Some(per) => match self.periods(per, &holder.name(PER), hours.is_some()) {
                    None => return self.amount_alone(fact, json, at),
                    periods => Some(periods),
                },
            },
        };
        let map = match json {
            Json::Null => return Reading::Absent(Absence::NotAsked),
            Json::Object(map) => map,
            plain => {
                let Some(beside) = beside else {
                    self.wrong_paid(at);
                    return Reading::Faulty;
                };
                let amount = self.amount(fact, Type::Paid, plain, at);
                let periods = beside.unwrap_or(Periods::any(hours.is_some()));
                return amount.map(|amount| paid(Range::exactly(amount), periods, hours)).into();
            }
        };
        let Some(Partly { form, per }) = self.partly(map, at, true) else { return Reading::Faulty };
        let own = match per {
            None => None,
            Some(_) if matches!(beside, Some(Some(_))) => {
                self.faults.add(at, "contradiction", "The period is given twice.", "per in one place");
                return Reading::Faulty;
            }
            Some(per) => match self.periods(per, &at.name(PER), hours.is_some()) {
                None => return Reading::Faulty,
                periods => periods,
            },
        };
        let periods = match (own, beside) {
            (Some(periods), _) | (None, Some(Some(periods))) => Some(periods),
            (None, Some(None)) => Some(Periods::any(hours.is_some())),
            (None, None) => None,
        };
        self.paid_form(fact, form, periods, hours, at)
    }

    fn paid_form(
        &mut self,
        fact: &Fact,
        form: Form,
        periods: Option<Periods>,
        hours: Option<Range>,
        at: &At,
    ) -> Reading {
        if let Form::Unknown(why) = form {
            return Reading::Absent(why);
        }
        if let Form::OneOf(choices) = form {
            let each = |reader: &mut Self, choice: &Json, at: &At| {
                reader.paid_choice(fact, choice, periods, hours, at)
            };
            return self.any_of(choices, &at.name(ONE_OF), each).map(merged).into();
        }
        let amount = match form {
            Form::Amount(json) => self.range_of(fact, json, &at.name(AMOUNT)),
            Form::Between(low, high) => {
                self.amounts_between(fact, Type::Paid, [low, high], &at.name(BETWEEN))
            }
            Form::Unknown(_) | Form::OneOf(_) => None,
        };
        if periods.is_none() {
            self.no_period(at);
        }
        amount.zip(periods).map(|(amount, periods)| paid(amount, periods, hours)).into()
    }

    /// One of several amounts: with its own period, or with the one beside them all.
    fn paid_choice(
        &mut self,
        fact: &Fact,
        json: &Json,
        shared: Option<Periods>,
        hours: Option<Range>,
        at: &At,
    ) -> Option<Value> {
        let Json::Object(map) = json else {
            let amount = self.amount(fact, Type::Paid, json, at)?;
            if shared.is_none() {
                self.no_period(at);
            }
            return shared.map(|periods| paid(Range::exactly(amount), periods, hours));
        };
        let Partly { form, per } = self.partly(map, at, true)?;
        let amount = match form {
            Form::Amount(json) => self.range_of(fact, json, &at.name(AMOUNT)),
            Form::Between(low, high) => {
                self.amounts_between(fact, Type::Paid, [low, high], &at.name(BETWEEN))
            }
            Form::Unknown(_) | Form::OneOf(_) => {
                self.wrong_paid(at);
                None
            }
        };
        let periods = match per {
            Some(per) => self.periods(per, &at.name(PER), hours.is_some()),
            None => {
                if shared.is_none() {
                    self.no_period(at);
                }
                shared
            }
        };
        amount.zip(periods).map(|(amount, periods)| paid(amount, periods, hours))
    }

    /// An amount whose period is at fault: only its own faults matter.
    fn amount_alone(&mut self, fact: &Fact, json: &Json, at: &At) -> Reading {
        if !matches!(json, Json::Null | Json::Object(_)) {
            self.amount(fact, Type::Paid, json, at);
        }
        Reading::Faulty
    }

    /// The amount of an `{"amount", "per"}`: itself perhaps known only in part.
    fn range_of(&mut self, fact: &Fact, json: &Json, at: &At) -> Option<Range> {
        let map = match json {
            Json::Object(map) => map,
            Json::Null => return Some(any_sum(fact)),
            plain => return self.amount(fact, Type::Paid, plain, at).map(Range::exactly),
        };
        match self.partly(map, at, false)?.form {
            Form::Unknown(_) => Some(any_sum(fact)),
            Form::Between(low, high) => {
                self.amounts_between(fact, Type::Paid, [low, high], &at.name(BETWEEN))
            }
            Form::OneOf(choices) => {
                let each = |reader: &mut Self, choice: &Json, at: &At| {
                    reader.amount(fact, Type::Paid, choice, at).map(|one| Value::Number(Range::exactly(one)))
                };
                self.any_of(choices, &at.name(ONE_OF), each).map(|value| value.number())
            }
            Form::Amount(_) => None,
        }
    }

    fn no_period(&mut self, at: &At) {
        self.faults.add(at, "required", "It is not said how often this money comes.", "per, with a period");
    }

    fn wrong_paid(&mut self, at: &At) {
        let detail = "Money that comes every so often needs its amount and its period.";
        self.faults.add(at, "wrong-type", detail, "{\"amount\": \"...\", \"per\": \"...\"}");
    }

    fn periods(&mut self, json: &Json, at: &At, hourly: bool) -> Option<Periods> {
        let map = match json {
            Json::Object(map) => map,
            Json::Null => return Some(Periods::any(hourly)),
            plain => return self.period(plain, at, hourly),
        };
        match self.partly(map, at, false)?.form {
            Form::Unknown(_) => Some(Periods::any(hourly)),
            Form::OneOf(choices) => {
                let at = at.name(ONE_OF);
                let mut all = Some(Periods(0));
                for (position, choice) in choices.iter().enumerate() {
                    let one = self.period(choice, &at.index(position), hourly);
                    all = all.zip(one).map(|(all, one)| Periods(all.0 | one.0));
                }
                all
            }
            Form::Between(..) | Form::Amount(_) => {
                self.faults.add(at, "wrong-type", "A period has no ends.", "a period");
                None
            }
        }
    }

    fn period(&mut self, json: &Json, at: &At, hourly: bool) -> Option<Periods> {
        let name = json.as_str().unwrap_or_default();
        if name == HOUR {
            if hourly {
                return Some(Periods::HOUR);
            }
            let detail = "Only income with its hours of work can be by the hour.";
            self.faults.add(at, "unknown-code", detail, "a period of a week or more");
            return None;
        }
        let period = Period::named(name);
        if period.is_none() {
            let known = Period::ALL.into_iter().map(Period::name).chain(hourly.then_some(HOUR));
            self.faults.misspelt(at, "unknown-code", ["This is not a period.", ""], name, known);
        }
        period.map(Periods::only)
    }

    /// Two ends of a quantity.
    pub(super) fn amounts_between(
        &mut self,
        fact: &Fact,
        kind: Type,
        [low, high]: [&Json; 2],
        at: &At,
    ) -> Option<Range> {
        let low = self.amount(fact, kind, low, &at.index(0));
        let (low, high) = low.zip(self.amount(fact, kind, high, &at.index(1)))?;
        self.in_order(low <= high, at)?;
        Some(range(low, high))
    }

    /// A quantity that is known exactly, within the limits of its fact.
    pub(super) fn amount(&mut self, fact: &Fact, kind: Type, json: &Json, at: &At) -> Option<Decimal> {
        let amount = match json {
            Json::String(text) if kind != Type::Count => {
                let amount = decimal(text);
                if amount.is_none() {
                    let detail =
                        "This is not a plain decimal number: digits, and a point with up to four more.";
                    self.faults.add(at, "bad-number", detail, self.expected(fact));
                }
                amount?
            }
            Json::Number(number) if matches!(kind, Type::Count | Type::Number | Type::Rate) => {
                match (number.as_i64(), number.as_u64()) {
                    (Some(whole), _) => Decimal::from(whole),
                    (None, Some(whole)) => Decimal::from(whole),
                    (None, None) => {
                        self.wrong_type(fact, at);
                        return None;
                    }
                }
            }
            Json::Number(_)
            | Json::String(_)
            | Json::Bool(_)
            | Json::Null
            | Json::Array(_)
            | Json::Object(_) => {
                self.wrong_type(fact, at);
                return None;
            }
        };
        if !fact.range.contains(amount) {
            self.faults.add(at, "out-of-range", "This is out of range.", self.expected(fact));
            return None;
        }
        Some(amount)
    }
}

/// Whatever a sum may be that nobody has told.
fn any_sum(fact: &Fact) -> Range {
    fact.range.meet(Range::NOT_NEGATIVE).unwrap_or(Range::NOT_NEGATIVE)
}

/// Money in any of some periods. Pay by the hour becomes pay by the week.
fn paid(amount: Range, periods: Periods, hours: Option<Range>) -> Value {
    let weekly = hours.filter(|_| periods.has(Periods::HOUR)).map(|hours| amount.times(hours));
    let plain = Period::ALL.into_iter().filter(|period| periods.has(Periods::only(*period)));
    let mut options =
        weekly.map(|weekly| (weekly, Period::Week)).into_iter().chain(plain.map(|period| (amount, period)));
    let one = match (options.next(), options.next()) {
        (Some((amount, period)), None) => Paid::One(amount, period),
        (Some(one), Some(two)) => Paid::Several([one, two].into_iter().chain(options).collect()),
        (None, _) => Paid::unknown(),
    };
    Value::Paid(one)
}

/// The same, with one range for each period.
fn merged(value: Value) -> Value {
    let Value::Paid(Paid::Several(options)) = &value else { return value };
    let of = |period| {
        let ranges = options.iter().filter(|(_, other)| *other == period).map(|(range, _)| *range);
        ranges.reduce(Range::join).map(|range| (range, period))
    };
    Value::Paid(Paid::Several(Period::ALL.into_iter().filter_map(of).collect()))
}

/// Digits, perhaps with a point and a few more, perhaps below zero. Nothing else.
fn decimal(text: &str) -> Option<Decimal> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let (whole, part) = match digits.split_once('.') {
        Some((_, "")) => return None,
        Some((whole, part)) => (whole, part),
        None => (digits, ""),
    };
    if whole.is_empty() || whole.len() > MOST_DIGITS || part.len() > MOST_DECIMALS {
        return None;
    }
    let number = whole.bytes().chain(part.bytes()).try_fold(0i64, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0'))
    })?;
    let scale = u32::try_from(part.len()).ok()?;
    Some(Decimal::new(if negative { -number } else { number }, scale))
}
