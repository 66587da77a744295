//! A figure or definition has a value on every day on which a program may ask for it.

use crate::kernel::{Day, iso_day};

use super::super::book::{COVERS, RuleBook};
use super::super::check::versions::{self, Stretch};
use super::super::read_file::module_of;
use super::super::read_program::life_of;
use super::super::rests::{Ground, RestsOn};
use super::super::shape::Faults;
use super::super::yaml::Node;
use super::Loader;

impl Loader<'_> {
    /// Tells each figure and definition that leaves days open on which some program that rests on it is in force.
    pub(super) fn lives(&mut self, book: &RuleBook, ground: &Ground) {
        let conflicts = book.vocabulary.facts.iter().flat_map(|fact| &fact.conflicts);
        let always = ground.whole(book, conflicts.map(|conflict| &conflict.test));
        for read in self.read {
            let Some(module) = module_of(&read.root) else { continue };
            for section in ["figures", "definitions"] {
                for (key, node) in read.bodies.get(section).map_or(&[][..], Node::entries) {
                    if node.get("option").and_then(Node::text) == Some("true") {
                        continue;
                    }
                    let name = format!("{module}.{}", key.text);
                    let stretches = stretches(node.get("versions").map_or(&[][..], Node::items));
                    let (begins, ends) = asked_for(book, ground, &always, section, &name);
                    let mut faults = Faults { file: &read.file, report: &mut self.report };
                    versions::cover(&stretches, begins, ends, &mut faults);
                }
            }
        }
    }
}

/// From when until when something is asked for: as long as the programs live that rest on it. What is asked of every
/// household, or of none yet, is asked for as long as the rule book covers.
fn asked_for(
    book: &RuleBook,
    ground: &Ground,
    always: &RestsOn,
    section: &str,
    name: &str,
) -> (Day, Option<Day>) {
    let whole = (COVERS.0, None);
    let position = match section {
        "figures" => book.figures.iter().position(|one| one.name == name),
        _ => book.definitions.iter().position(|one| one.name == name),
    };
    let Some(position) = position else { return whole };
    let rests = |rests: &RestsOn| match section {
        "figures" => rests.figures.iter().any(|id| id.index() == position),
        _ => rests.definitions.iter().any(|id| id.index() == position),
    };
    if rests(always) {
        return whole;
    }
    let lives = book.programs.iter().zip(&ground.programs).filter(|(_, own)| rests(&own.own));
    let lives = lives.map(|(program, _)| life_of(program));
    let joined = |one: (Day, Option<Day>), two: (Day, Option<Day>)| {
        (one.0.min(two.0), one.1.zip(two.1).map(|(one, two)| one.max(two)))
    };
    lives.reduce(joined).unwrap_or(whole)
}

fn stretches(versions: &[Node]) -> Vec<Stretch> {
    let day = |node: &Node, key: &str| node.get(key).and_then(Node::text).and_then(iso_day);
    versions
        .iter()
        .filter_map(|node| Some(Stretch::of(node, day(node, "from")?, day(node, "until"))))
        .collect()
}
