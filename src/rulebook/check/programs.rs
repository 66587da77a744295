//! What a program's own file says of itself that cannot be so.

use crate::kernel::{Day, iso_day};

use super::super::shape::Faults;
use super::super::yaml::Node;
use super::repeats;

/// Tells what is wrong in one file of a program, whatever other files say.
pub(in crate::rulebook) fn check(root: &Node, faults: &mut Faults<'_>) {
    lives(root, faults);
    refusal(root, faults);
    standings(root, faults);
    let own = ["program", "extends"].iter().find_map(|key| root.get(key)?.text());
    for node in root.get("instead").map_or(&[][..], Node::items) {
        if own.is_some() && node.text() == own {
            let message = "a program cannot help in its own place";
            let help = "name another program under `instead`, or take this one out".to_owned();
            faults.add(node.at, "instead-of-itself", message, Some(help));
        }
    }
}

/// Tells two spans of a program's life that share a day.
fn lives(root: &Node, faults: &mut Faults<'_>) {
    let spans = root.get("in_force").map_or(&[][..], Node::items).iter();
    let day = |node: &Node, key: &str| node.get(key).and_then(Node::text).and_then(iso_day);
    let mut spans: Vec<(Day, Option<Day>, &Node)> =
        spans.filter_map(|node| Some((day(node, "from")?, day(node, "until"), node))).collect();
    spans.sort_by_key(|(from, ..)| *from);
    for ((_, until, _), (from, _, node)) in spans.iter().zip(spans.iter().skip(1)) {
        if until.is_none_or(|until| until >= *from) {
            let message = format!("the program is in force twice on {from}");
            let help = "end each span of `in_force` before the next begins, or write one span".to_owned();
            faults.add(node.head(), "overlap", message, Some(help));
        }
    }
}

fn refusal(root: &Node, faults: &mut Faults<'_>) {
    let Some(refused) = root.get("if_refused") else { return };
    let days = |key: &str| {
        let node = refused.get(key)?;
        Some((node, node.text()?.parse::<i64>().ok()?))
    };
    let keys = ["by_days", "keep_benefits_by_days"];
    for (node, _) in keys.iter().filter_map(|key| days(key)).filter(|(_, days)| *days < 1) {
        let message = "nobody can appeal in less than a day";
        let help = "write how many days there are after the decision, such as 30".to_owned();
        faults.add(node.at, "days", message, Some(help));
    }
    if let (Some((_, by)), Some((node, keep))) = (days("by_days"), days("keep_benefits_by_days"))
        && keep > by
    {
        let message =
            format!("benefits would go on for an appeal after {keep} days, and after {by} there is none");
        let help = "`keep_benefits_by_days` is not more than `by_days`: exchange or correct them".to_owned();
        faults.add(node.at, "days", message, Some(help));
    }
}

fn standings(root: &Node, faults: &mut Faults<'_>) {
    let list = root.get("unit").and_then(|unit| unit.get("standings"));
    repeats::check(list, "a standing", faults);
    for id in list.map_or(&[][..], Node::items).iter().filter_map(|one| one.get("id")) {
        if id.text() == Some("member") {
            let help =
                "give it another name; whoever meets every test is `member` without being listed".to_owned();
            faults.add(id.at, "name-taken", "`member` is the standing of those who fail nothing", Some(help));
        }
    }
}
