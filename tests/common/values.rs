//! Random values of one fact, most often usual ones or those near to what rules compare it with.

use onward::kernel::{Day, Span, SpanUnit};
use onward::language::{ListId, Type};
use onward::vocabulary::{About, Fact, Kind, Role};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value as Json, json};

use super::household::Generator;
use super::random::Random;

/// Pay periods, with how many are in a month: less than one of them where it is 0 or -1.
const PERIODS: [(&str, i64); 6] =
    [("week", 4), ("two_weeks", 2), ("half_month", 2), ("month", 1), ("quarter", 0), ("year", -1)];

/// Whom a value is made for.
#[derive(Clone, Copy)]
pub struct For<'s> {
    pub as_of: Day,
    pub labels: &'s [&'static str],
    pub person: Option<usize>,
    pub age: i64,
}

impl Generator<'_> {
    /// A whole value of a fact.
    pub fn value(&self, fact: &Fact, of: For, random: &mut Random) -> Json {
        match fact.kind {
            Kind::Items(record) => {
                let most = if fact.role == Some(Role::Income) { 3 } else { 2 };
                let count = if random.chance(40) { 0 } else { random.below(most + 1) };
                Json::Array((0..count).map(|_| self.item(record, of, random)).collect())
            }
            Kind::One(Type::Paid) => {
                if random.chance(45) {
                    return json!({"amount": "0.00", "per": "month"});
                }
                let (per, scale) = *random.pick(&PERIODS);
                json!({"amount": paid(random, 1500, scale), "per": per})
            }
            Kind::One(kind) => self.one(fact, kind, of, random),
        }
    }

    fn one(&self, fact: &Fact, kind: Type, of: For, random: &mut Random) -> Json {
        match kind {
            Type::Boolean => statement(fact, random),
            Type::Count => {
                if random.chance(10) && !fact.never_none {
                    return "none".into();
                }
                self.quantity(fact, random, 12).round().to_i64().unwrap().into()
            }
            Type::Number | Type::Rate => {
                if random.chance(40) {
                    return "0".into();
                }
                let number = self.quantity(fact, random, 60);
                let half = if random.chance(20) { Decimal::new(5, 1) } else { Decimal::ZERO };
                (number + half).min(fact.range.high.finite().unwrap_or(number + half)).to_string().into()
            }
            Type::Money(_) => {
                if random.chance(25) {
                    return "0.00".into();
                }
                let most = *random.pick(&[120, 400, 3500, 6500, 20_000]);
                money(self.quantity(fact, random, most), random).into()
            }
            Type::Date => date(fact, of, random),
            Type::Code(list) => self.code(fact, list, of, random),
            Type::Codes(list) => self.codes(list, random),
            Type::Person => somebody(of, random),
            Type::People => match random.below(4) {
                0 | 1 => "everyone".into(),
                2 => "nobody".into(),
                _ => of.labels.iter().filter(|_| random.chance(40)).map(|label| Json::from(*label)).collect(),
            },
            Type::Paid => unreachable!("no fact is a bare span"),
        }
    }

    fn code(&self, fact: &Fact, list: ListId, of: For, random: &mut Random) -> Json {
        let list = self.book.vocabulary.list(list).unwrap();
        let usual = match list.name.as_str() {
            "immigration_status" if random.chance(45) => Some("us_citizen"),
            "lives_in" if random.chance(55) => Some("own_or_rented_home"),
            "student" if random.chance(if of.age < 18 { 10 } else { 60 }) => Some("none"),
            "student" if of.age < 18 => Some("k12"),
            "marital_status" if random.chance(50) => Some("never_married"),
            "military" if random.chance(70) => Some("none"),
            _ => None,
        };
        if let Some(usual) = usual {
            return usual.into();
        }
        if fact.none.is_some() && list.position("none").is_none() && random.chance(30) {
            return "none".into();
        }
        let here: Vec<_> = list
            .codes
            .iter()
            .filter(|code| code.state.as_deref().is_none_or(|state| state == "AR"))
            .collect();
        random.pick(&here).code.clone().into()
    }

    fn codes(&self, list: ListId, random: &mut Random) -> Json {
        let list = self.book.vocabulary.list(list).unwrap();
        if random.chance(45) {
            return json!([]);
        }
        let percent = 100 / (list.codes.len() as u64).clamp(2, 12);
        let codes = list.codes.iter().filter(|code| code.state.as_deref().is_none_or(|state| state == "AR"));
        codes.filter(|_| random.chance(percent)).map(|code| Json::from(code.code.clone())).collect()
    }

    /// A quantity within the limits of a fact, most often near one of the numbers that rules compare it with.
    fn quantity(&self, fact: &Fact, random: &mut Random, most: i64) -> Decimal {
        let low = fact.range.low.finite().unwrap_or(Decimal::ZERO);
        let high = fact.range.high.finite().unwrap_or(Decimal::from(1_000_000));
        let thresholds = self.book.vocabulary.named(&fact.name).map(|id| self.book.reach.thresholds(id));
        let number = match thresholds {
            Some(thresholds) if !thresholds.is_empty() && random.chance(50) => {
                *random.pick(thresholds) + Decimal::from(random.between(-1, 1))
            }
            _ => Decimal::from(random.between(0, most)),
        };
        number.clamp(low, high)
    }

    fn item(&self, record: u16, of: For, random: &mut Random) -> Json {
        let mut item = Map::new();
        let fields = self.book.vocabulary.facts.iter().filter(|fact| fact.about == About::Item(record));
        let mut hours: Option<String> = None;
        for fact in fields {
            let own = fact.name.rsplit_once('.').map_or(fact.name.as_str(), |(_, own)| own);
            if fact.left_out_is_none && random.chance(75) {
                continue;
            }
            match fact.kind {
                Kind::One(Type::Paid) => hours = pay(own, &mut item, random).or(hours),
                // Only with pay by the hour: set below.
                _ if own == "hours_per_week" => {}
                Kind::One(Type::Code(list)) => {
                    item.insert(own.into(), self.code_of_item(list, random).into());
                }
                Kind::One(kind) => {
                    item.insert(own.into(), self.one(fact, kind, of, random));
                }
                Kind::Items(_) => {}
            }
        }
        if let Some(hours) = hours {
            item.insert("hours_per_week".into(), hours.into());
        }
        Json::Object(item)
    }

    fn code_of_item(&self, list: ListId, random: &mut Random) -> String {
        const PROGRAMS: [&str; 7] = ["snap", "ssi", "ar-tea", "liheap", "public-housing", "medicare", "wic"];
        let list = self.book.vocabulary.list(list).unwrap();
        let usual = match list.name.as_str() {
            "income_kind" if random.chance(40) => Some("wages"),
            "program" => Some(*random.pick(&PROGRAMS)),
            _ => None,
        };
        usual.map_or_else(|| random.pick(&list.codes).code.clone(), str::to_owned)
    }
}

/// Whether a fact holds: of some facts it does more often than of others.
fn statement(fact: &Fact, random: &mut Random) -> Json {
    let percent = match fact.name.as_str() {
        "lives_in_home" => 92,
        "has_ssn" | "tax_filer" | "in_us" => 75,
        "incarcerated" | "in_foster_care" => 3,
        "disabled" | "unfit_for_work" => 15,
        _ => 10,
    };
    random.chance(percent).into()
}

fn date(fact: &Fact, of: For, random: &mut Random) -> Json {
    if fact.none.is_some() && random.chance(30) {
        return "none".into();
    }
    let years = *random.pick(&[0, 0, 0, 1, 1, 2, 3, 4, 5, 5, 5, 6, 8, 20, 32]);
    let day = Span { count: -years, unit: SpanUnit::Years }.after(of.as_of);
    let days = *random.pick(&[-1, 0, 0, 1, 30, 89, 90, 91, -45, -200, 400]);
    let day = Span { count: -days, unit: SpanUnit::Days }.after(day);
    let latest = if fact.not_after_as_of { fact.dates.high.min(of.as_of) } else { fact.dates.high };
    day.clamp(fact.dates.low, latest).to_string().into()
}

/// Another person of the household, or none.
fn somebody(of: For, random: &mut Random) -> Json {
    let others: Vec<_> = (0..of.labels.len()).filter(|other| Some(*other) != of.person).collect();
    if others.is_empty() || random.chance(70) {
        "none".into()
    } else {
        of.labels[*random.pick(&others)].into()
    }
}

/// The pay of an item; by the hour, it gives the hours that belong to it.
fn pay(own: &str, item: &mut Map<String, Json>, random: &mut Random) -> Option<String> {
    if random.chance(25) {
        item.insert(own.into(), money(Decimal::from(random.between(0, 25)), random).into());
        item.insert("per".into(), "hour".into());
        return Some(random.pick(&["0", "8", "12.5", "20", "30", "40"]).to_string());
    }
    let (per, scale) = *random.pick(&PERIODS);
    let most = *random.clone().pick(&[60, 300, 1200, 2600]);
    item.insert(own.into(), paid(random, most, scale).into());
    item.insert("per".into(), per.into());
    None
}

/// An amount of money with or without cents.
pub fn money(whole: Decimal, random: &mut Random) -> String {
    let cents = if random.chance(30) { random.between(0, 99) } else { 0 };
    format!("{}.{cents:02}", whole.trunc().to_i64().unwrap())
}

/// An amount that comes to about `most` in a month at most.
fn paid(random: &mut Random, most: i64, scale: i64) -> String {
    let most = match scale {
        0 => most * 3,
        -1 => most * 12,
        times => most / times,
    };
    money(Decimal::from(random.between(0, most)), random)
}
