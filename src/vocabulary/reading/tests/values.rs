//! Values of single facts in a request, read as the contract says.

use serde_json::json;

use super::*;
use crate::kernel::{CodeBag, CodeSet, Paid, Period, Truth};
use crate::vocabulary::Absence;

fn codes(positions: &[usize]) -> CodeSet {
    positions.iter().fold(CodeSet::EMPTY, |set, position| set.join(CodeSet::only(*position)))
}

#[test]
fn a_fact_may_be_unknown_for_a_reason() {
    for (sent, why) in [
        (json!(null), Absence::NotAsked),
        (json!({"unknown": "not_asked"}), Absence::NotAsked),
        (json!({"unknown": "declined"}), Absence::Declined),
        (json!({"unknown": "not_known"}), Absence::NotKnown),
    ] {
        for (name, value) in [
            ("age", Value::Number(number("0", "120"))),
            ("pregnant", Value::Truth(Truth::Unknown)),
            ("child_support_paid", Value::Paid(Paid::unknown())),
            ("hhs_letter", Value::Code(CodeSet::first(2))),
        ] {
            assert_eq!(known(name, sent.clone()), Known { value, given: Given::Absent(why) });
        }
    }
    assert_eq!(wrong("age", json!({"unknown": "decline"})), ("age/unknown".to_owned(), "unknown-code"));
    assert_eq!(wrong("age", json!({"unknown": null})).1, "unknown-code");
}

#[test]
fn none_is_known_for_dates_people_and_counts() {
    assert_eq!(told("granted_on", json!("none")), Value::Date(Dates::none()));
    assert_eq!(told("victimization.reported_on", json!("none")), Value::Date(Dates::none()));
    assert_eq!(told("months_used", json!("none")), Value::Number(Range::ZERO));
    assert_eq!(wrong("age", json!("none")), ("age".to_owned(), "wrong-type"));
    // Where it is a code, it is that code; elsewhere it says nothing.
    assert_eq!(told("hhs_letter", json!("none")), Value::Code(CodeSet::only(0)));
    assert_eq!(wrong("immigration_status", json!("none")).1, "unknown-code");
    for name in ["pregnant", "savings", "work_hours", "child_support_paid"] {
        let (pointer, code) = wrong(name, json!("none"));
        assert_eq!(pointer, name);
        assert!(["wrong-type", "bad-number"].contains(&code), "{name}: {code}");
    }
}

#[test]
fn statements_are_true_or_false() {
    assert_eq!(told("pregnant", json!(true)), Value::Truth(Truth::True));
    assert_eq!(told("pregnant", json!({"one_of": [true, false]})), Value::Truth(Truth::Unknown));
    assert_eq!(told("pregnant", json!({"one_of": [false]})), Value::Truth(Truth::False));
    for sent in [json!("true"), json!(1), json!([true]), json!({"between": [false, true]})] {
        assert_eq!(wrong("pregnant", sent).1, "wrong-type");
    }
}

#[test]
fn counts_are_whole_numbers_in_range() {
    assert_eq!(told("age", json!(27)), Value::Number(number("27", "27")));
    assert_eq!(told("age", json!({"between": [20, 30]})), Value::Number(number("20", "30")));
    assert_eq!(told("months_used", json!({"one_of": [7, 3, "none"]})), Value::Number(number("0", "7")));
    assert_eq!(wrong("age", json!(-1)).1, "out-of-range");
    assert_eq!(wrong("age", json!(121)).1, "out-of-range");
    assert_eq!(wrong("age", json!(u64::MAX)).1, "out-of-range");
    for sent in [json!("27"), json!(27.5), json!(27.0), json!(true), json!([27])] {
        assert_eq!(wrong("age", sent).1, "wrong-type");
    }
    let read = try_read(&one(json!({"age": 500}))).unwrap_err();
    assert_eq!(read[0].expected, "a whole number from 0 to 120");
}

#[test]
fn numbers_are_whole_or_decimal_strings() {
    assert_eq!(told("work_hours", json!(37)), Value::Number(number("37", "37")));
    assert_eq!(told("work_hours", json!("37.5")), Value::Number(number("37.5", "37.5")));
    assert_eq!(wrong("work_hours", json!(37.5)).1, "wrong-type");
    assert_eq!(wrong("work_hours", json!("168.01")).1, "out-of-range");
}

#[test]
fn money_is_a_decimal_string() {
    assert_eq!(told("savings", json!("820.00")), Value::Number(number("820", "820")));
    assert_eq!(told("savings", json!("0.00")), Value::Number(Range::ZERO));
    assert_eq!(told("savings", json!("1.2345")), Value::Number(number("1.2345", "1.2345")));
    assert_eq!(told("savings", json!({"between": ["1", "2.5"]})), Value::Number(number("1", "2.5")));
    assert_eq!(told("gain_or_loss", json!("-12.50")), Value::Number(number("-12.5", "-12.5")));
    assert_eq!(wrong("savings", json!("-1")).1, "out-of-range");
    assert_eq!(wrong("savings", json!(820)).1, "wrong-type");
    assert_eq!(wrong("savings", json!(820.5)).1, "wrong-type");
    for sent in [
        "",
        " 1",
        "1,000.00",
        "$5",
        "1e3",
        "+1",
        ".5",
        "5.",
        "1.23456",
        "1.2.3",
        "--1",
        "-",
        "0x1",
        "١",
        "1234567890123",
    ] {
        assert_eq!(wrong("savings", json!(sent)).1, "bad-number", "{sent}");
    }
    let read = try_read(&one(json!({"savings": 5}))).unwrap_err();
    assert_eq!(read[0].detail, "Money is written as a string of digits, never as a JSON number.");
}

#[test]
fn money_per_period_has_both() {
    let paid = |low: &str, high: &str, period| Value::Paid(Paid::One(number(low, high), period));
    for (sent, value) in [
        (json!({"amount": "65.50", "per": "week"}), paid("65.5", "65.5", Period::Week)),
        (json!({"between": ["1", "9"], "per": "year"}), paid("1", "9", Period::Year)),
        (json!({"amount": {"between": ["1", "9"]}, "per": "year"}), paid("1", "9", Period::Year)),
        (json!({"one_of": ["3", "9", "4"], "per": "half_month"}), paid("3", "9", Period::HalfMonth)),
        (json!({"amount": "1", "per": {"one_of": ["quarter"]}}), paid("1", "1", Period::Quarter)),
    ] {
        assert_eq!(told("child_support_paid", sent), value);
    }
    let several = Value::Paid(Paid::Several(
        [(number("1", "1"), Period::Week), (number("4", "4"), Period::Month)].into(),
    ));
    let sent = json!({"one_of": [{"amount": "1", "per": "week"}, {"amount": "4", "per": "month"}]});
    assert_eq!(told("child_support_paid", sent), several);
    let Value::Paid(open) =
        told("child_support_paid", json!({"amount": "1", "per": {"unknown": "not_known"}}))
    else {
        panic!("money per period")
    };
    assert_eq!(open.possibilities().len(), Period::ALL.len());
}

#[test]
fn money_per_period_with_one_part_is_refused() {
    for (sent, pointer, code) in [
        (json!({"amount": "1"}), "", "required"),
        (json!({"between": ["1", "2"]}), "", "required"),
        (json!({"per": "month"}), "", "wrong-type"),
        (json!({}), "", "wrong-type"),
        (json!("1"), "", "wrong-type"),
        (json!({"amount": 1, "per": "month"}), "/amount", "wrong-type"),
        (json!({"amount": "1", "per": "fortnight"}), "/per", "unknown-code"),
        (json!({"amount": "1", "per": "hour"}), "/per", "unknown-code"),
        (json!({"amount": "1", "between": ["1", "2"], "per": "week"}), "", "contradiction"),
        (json!({"between": ["2", "1"], "per": "week"}), "/between", "contradiction"),
        (
            json!({"one_of": ["2", {"amount": "-1", "per": "week"}], "per": "week"}),
            "/one_of/1/amount",
            "out-of-range",
        ),
    ] {
        let expected = (format!("child_support_paid{pointer}"), code);
        assert_eq!(wrong("child_support_paid", sent.clone()), expected, "{sent}");
    }
}

#[test]
fn dates_are_days_of_the_calendar() {
    let on = |text| Value::Date(Dates::on(day(text)));
    assert_eq!(told("granted_on", json!("2024-02-29")), on("2024-02-29"));
    assert_eq!(told("granted_on", json!("2026-11-23")), on("2026-11-23"));
    let between = Dates { low: day("2024-01-01"), high: day("2024-12-31"), exists: Truth::True };
    assert_eq!(told("granted_on", json!({"between": ["2024-01-01", "2024-12-31"]})), Value::Date(between));
    let perhaps = Dates { low: day("2024-01-01"), high: day("2024-01-01"), exists: Truth::Unknown };
    assert_eq!(told("granted_on", json!({"one_of": ["none", "2024-01-01"]})), Value::Date(perhaps));
    assert_eq!(wrong("granted_on", json!("2026-11-24")).1, "after-as-of");
    assert_eq!(wrong("granted_on", json!("1899-12-31")).1, "out-of-range");
    assert_eq!(wrong("granted_on", json!(20240101)).1, "wrong-type");
    assert_eq!(wrong("granted_on", json!({"between": ["2024-02-01", "2024-01-01"]})).1, "contradiction");
    for sent in ["2023-02-29", "2024-13-01", "24-01-01", "2024-1-1", "2024-01-01T00:00:00Z", "2024/01/01"] {
        assert_eq!(wrong("granted_on", json!(sent)).1, "bad-date", "{sent}");
    }
}

#[test]
fn codes_are_those_of_the_vocabulary() {
    assert_eq!(told("immigration_status", json!("t_visa")), Value::Code(CodeSet::only(1)));
    let either = json!({"one_of": ["t_visa", "u_visa"]});
    assert_eq!(told("immigration_status", either), Value::Code(codes(&[1, 2])));
    let read = try_read(&one(json!({"immigration_status": "t-vsa"}))).unwrap_err();
    assert_eq!((read[0].code, read[0].did_you_mean.as_deref()), ("unknown-code", Some("t_visa")));
    assert_eq!(read[0].expected, "one of: citizen, t_visa, u_visa, no_status");
    assert_eq!(wrong("immigration_status", json!(["t_visa"])).1, "wrong-type");
    assert_eq!(
        wrong("immigration_status", json!({"one_of": ["t_visa", "x"]})).0,
        "immigration_status/one_of/1"
    );
}

#[test]
fn a_list_of_codes_is_whole_and_never_uncertainty() {
    let harm = "victimization.kind";
    assert_eq!(told(harm, json!(["labor"])), Value::Codes(CodeBag::exactly(codes(&[1]))));
    assert_eq!(told(harm, json!([])), Value::Codes(CodeBag::exactly(CodeSet::EMPTY)));
    let partly = CodeBag { certain: codes(&[1]), possible: codes(&[0, 1]) };
    assert_eq!(told(harm, json!({"one_of": [["labor"], ["sex", "labor"]]})), Value::Codes(partly));
    let body = one(json!({"victimization": {"kind": {"one_of": ["labor", ["x"]]}}}));
    let at = |rest: &str| format!("/people/0/victimization/kind/one_of/{rest}");
    assert_eq!(faults(&body), [(at("0"), "wrong-type"), (at("1/0"), "unknown-code")]);
}

#[test]
fn what_is_partly_known_is_said_in_one_way() {
    for sent in [json!({}), json!({"one_of": []}), json!({"one_of": 5}), json!({"between": [1]})] {
        assert_eq!(wrong("age", sent).1, "wrong-type");
    }
    assert_eq!(wrong("age", json!({"between": [3, 2]})), ("age/between".to_owned(), "contradiction"));
    assert_eq!(wrong("age", json!({"one_of": [1], "between": [1, 2]})), ("age".to_owned(), "contradiction"));
    assert_eq!(wrong("age", json!({"one_of": [1, {"between": [3, 4]}]})).1, "wrong-type");
    assert_eq!(wrong("age", json!({"one_of": [1, null]})), ("age/one_of/1".to_owned(), "wrong-type"));
    let read = try_read(&one(json!({"age": {"betwen": [1, 2]}}))).unwrap_err();
    assert_eq!((read[0].code, read[0].did_you_mean.as_deref()), ("unknown-name", Some("between")));
    let many = |count: usize| json!({"one_of": vec![1; count]});
    assert_eq!(told("age", many(200)), Value::Number(number("1", "1")));
    assert_eq!(wrong("age", many(201)), ("age/one_of".to_owned(), "too-many"));
    assert_eq!(wrong("eats_with", json!(vec!["a"; 201])), ("eats_with".to_owned(), "too-many"));
    // Every wrong end has its own fault.
    assert_eq!(faults(&one(json!({"age": {"between": ["x", -1]}}))).len(), 2);
}

#[test]
fn a_reason_may_stand_for_every_fact_of_a_group_an_item_or_the_household() {
    let declined = Given::Absent(Absence::Declined);
    let mut body =
        one(json!({"victimization": {"unknown": "declined"}, "income": [{"unknown": "declined"}]}));
    body["household"] = json!({"unknown": "not_known"});
    let request = understood(&body);
    for name in ["victimization.kind", "victimization.reported_on"] {
        assert_eq!(personal(&request, 0, name).given, declined, "{name}");
    }
    assert_eq!(personal(&request, 0, "pregnant").given, Given::Absent(Absence::NotAsked));
    for name in ["rent", "utilities", "assets"] {
        assert_eq!(shared(&request, name).given, Given::Absent(Absence::NotKnown), "{name}");
    }
    let income = &request.situation.personal_lists[0][0];
    assert_eq!((income.given, income.items.len()), (Given::Told, 1));
    assert!(income.items[0].fields.iter().all(|known| known.given == declined));
    let both = one(json!({"victimization": {"unknown": "declined", "kind": ["sex"]}}));
    assert_eq!(fault(&both), ("/people/0/victimization".to_owned(), "contradiction"));
    assert_eq!(wrong("victimization", json!({"unknown": "why"})).0, "victimization/unknown");
}

#[test]
fn a_sum_or_a_period_that_is_null_is_unknown() {
    let Value::Paid(sum) = told("child_support_paid", json!({"amount": null, "per": "month"})) else {
        panic!("money per period")
    };
    assert_eq!(sum.possibilities().len(), 1, "by the month, whatever the sum");
    let Value::Paid(period) = told("child_support_paid", json!({"amount": "5.00", "per": null})) else {
        panic!("money per period")
    };
    assert!(
        period.possibilities().len() > 1 && period.possibilities().iter().all(|(sum, _)| sum.is_settled())
    );
}
