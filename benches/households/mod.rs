//! Households of which everything is given that SNAP rests on.

#![allow(dead_code, reason = "each bench uses its own part of this")]

use onward::kernel::Day;
use serde_json::{Value as Json, json};

/// A day that stands for today.
pub fn today(_: &str) -> Day {
    Day::from_ymd_opt(2026, 6, 10).expect("a day")
}

/// A survivor with a green card, a spouse, and children, of so many people in all.
pub fn household(people: usize) -> Json {
    let person = |position: usize| {
        let label = ["a", "b", "c", "d", "e", "f", "g", "h"][position];
        let adult = position < 2;
        let income = match position {
            0 => json!([{"kind": "wages", "amount": "14.50", "per": "hour", "hours_per_week": "25"}]),
            1 => {
                json!([{"kind": "self_employment", "amount": "310.00", "per": "month"}, {"kind": "child_support", "amount": "120.00", "per": "month"}])
            }
            _ => json!([]),
        };
        json!({
            "id": label, "applicant": true, "age": if adult { 31 + position } else { 17 - position },
            "lives_in_home": true, "buys_and_prepares_food_with": "everyone",
            "marital_status": if adult { "married" } else { "never_married" }, "military": "none",
            "student": if adult { "none" } else { "k12" }, "federal_work_study": false, "pregnant": false,
            "unfit_for_work": false, "in_treatment": false, "ssi_recipient": false, "disability_benefits": [],
            "in_foster_care": false, "former_foster_care_at_18": false, "incarcerated": false, "has_ssn": true,
            "work_hours_per_week": if position == 0 { "25" } else { "0" }, "child_support_unsafe": false,
            "immigration_status": if position == 0 { "lawful_permanent_resident" } else { "us_citizen" },
            "also_holds": [], "adjusted_from": if position == 0 { "t_nonimmigrant" } else { "none" },
            "status_granted_on": if position == 0 { "2026-02-10" } else { "none" },
            "first_qualified_on": if position == 0 { "2023-02-10" } else { "none" }, "entered_us_on": "2021-01-05",
            "qualifying_quarters": 8, "t_application": if position == 0 { "approved" } else { "none" }, "vawa_petition": "none",
            "adjustment_application": "none", "continued_presence": false,
            "hhs_letter": if position == 0 { "certification" } else { "none" }, "hhs_letter_expires_on": "none",
            "income": income, "receives": [],
            "medical_expenses": {"amount": "0.00", "per": "month"}, "child_support_paid": {"amount": "0.00", "per": "month"},
            "dependent_care_cost": {"amount": if position == 3 { "40.00" } else { "0.00" }, "per": "week"},
            "snap_countable_months_used": 0, "snap_resource_year_began": "none"
        })
    };
    let mut relationships = Vec::new();
    if people > 1 {
        relationships.push(json!({"person": "a", "is": "spouse", "of": "b"}));
        for child in ["c", "d", "e", "f", "g", "h"].iter().take(people.saturating_sub(2)) {
            relationships.push(json!({"person": "a", "is": "parent", "of": child}));
            relationships.push(json!({"person": "b", "is": "parent", "of": child}));
        }
    }
    json!({
        "as_of": "2026-06-10", "state": "AR", "county": "Pulaski",
        "people": (0..people).map(person).collect::<Vec<_>>(),
        "relationships": relationships,
        "household": {
            "lives_in": "own_or_rented_home", "staying_since": "2025-01-01",
            "rent_or_mortgage": {"amount": "850.00", "per": "month"},
            "property_tax_and_insurance": {"amount": "0.00", "per": "month"},
            "homeless_shelter_costs": {"amount": "0.00", "per": "month"},
            "utilities": ["heating_or_cooling", "electricity", "phone"], "liheap_received": false,
            "assets": "350.00", "cash_on_hand": "120.00", "applications": [], "notices": []
        }
    })
}
