//! Households of which everything is given that any program rests on.

#![allow(dead_code, reason = "each bench uses its own part of this")]

use onward::kernel::Day;
use serde_json::{Value as Json, json};

/// A day that stands for today.
pub fn today(_: &str) -> Day {
    Day::from_ymd_opt(2026, 6, 10).expect("a day")
}

/// What happened to the survivor, and that nothing did to the others.
fn victimization(survivor: bool) -> Json {
    let day = |day: &'static str| if survivor { day } else { "none" };
    json!({
        "kind": if survivor { json!(["labor_trafficking"]) } else { json!([]) },
        "means": if survivor { json!(["threats"]) } else { json!([]) }, "under_18_at_the_time": false,
        "began_on": day("2021-02-01"), "ended_on": day("2022-06-01"), "discovered_on": day("2022-06-01"),
        "crime_states": if survivor { json!(["AR"]) } else { json!([]) }, "physical_injury": false,
        "catastrophic_injury": false, "out_of_pocket_losses": if survivor { "300.00" } else { "0.00" },
        "reported_to_police_on": day("2022-07-01"), "good_cause_for_late_report": false,
        "asked_to_help_police": if survivor { "helped" } else { "no" },
        "trafficker_is": if survivor { json!(["employer"]) } else { json!([]) }, "lived_together": false,
        "criminal_case": if survivor { "open" } else { "none" }, "assaulted_on": "none",
        "wages_owed": if survivor { "4000.00" } else { "0.00" }, "last_unpaid_day": day("2022-06-01"),
        "debts_in_own_name": false, "identity_misused": false
    })
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
        let told = json!({
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
            "dependent_care_cost": {"amount": if position == 3 { "40.00" } else { "0.00" }, "per": "week"}
        });
        let more = json!({
            "snap_countable_months_used": 0, "snap_resource_year_began": "none",
            "disabled": false, "blind": false, "breastfeeding": false, "pregnancy_ended_on": "none", "due_date": "none",
            "unborn_children": 0, "has_health_insurance": false, "offered_employer_coverage": false, "medicare": false,
            "emergency_medical_condition": false, "tax_filer": adult,
            "files_jointly_with": match position { 0 if people > 1 => "b", 1 => "a", _ => "none" },
            "claimed_as_dependent_by": if adult { "none" } else { "a" }, "work_authorized": true, "in_us": true,
            "u_application": "none", "sij_petition": "none", "asylum_application": "none",
            "t_application_filed_on": "none", "continued_presence_until": "none", "derivative_of": "none",
            "hhs_letter_date": if position == 0 { "2023-03-01" } else { "none" }, "tea_months_used": 0,
            "income_this_year": match position { 0 => "19000.00", 1 => "3720.00", _ => "0.00" }, "record": [],
            "status_expires_on": "none", "victimization": victimization(position == 0)
        });
        let mut whole = told.as_object().cloned().unwrap_or_default();
        whole.extend(more.as_object().cloned().unwrap_or_default());
        Json::Object(whole)
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
            "assets": "350.00", "cash_on_hand": "120.00", "vehicles_value": "2500.00", "eviction_notice": false,
            "utility_shutoff": false, "lives_in_subsidized_housing": false, "shares_phone_plan_with_abuser": false,
            "applications": [], "notices": []
        }
    })
}
