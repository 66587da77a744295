//! Units built by rule: which people a program counts together, where that may itself be uncertain.
//!
//! Up to [`MOST_COMPOSITIONS`] compositions are looked at one by one and joined; beyond that, one
//! composition with uncertain membership stands for all of them.

use crate::kernel::{CodeSet, Truth};
use crate::language::Tree;
use crate::rulebook::{RuleBook, Unit, Version, governing};

use super::evaluate::{Engine, UnitState, With};
use super::frame::{about, about_two};
use super::marks::Marks;

/// How many compositions are looked at before membership is left uncertain.
pub(super) const MOST_COMPOSITIONS: usize = 8;

/// One way in which the people may fall into units: for each unit, whether each person is in it.
pub(super) type Partition<M> = Vec<Vec<With<Truth, M>>>;

impl<'a, M: Marks> Engine<'a, M> {
    fn version_of(&self, versions: &'a [Version<Tree>]) -> Option<&'a Tree> {
        let position = governing(versions, self.day, self.law.state)?;
        versions.get(position).map(|version| &version.says)
    }

    /// Every way in which the people of the home may fall into units of this kind, and whether the
    /// ways are all (else one uncertain way stands for them), with what the choice rests on.
    pub(super) fn partitions(&mut self, unit: &'a Unit) -> (Vec<Partition<M>>, M) {
        let people = self.situation.people();
        let (Some(among), Some(together)) = (self.version_of(&unit.among), self.version_of(&unit.together))
        else {
            return (Vec::new(), M::default());
        };
        let mut inside = Vec::with_capacity(people);
        for person in 0..people {
            inside.push(self.truth(among, &about(person)));
        }
        let mut edges = Vec::new();
        let mut open: Vec<Choice> = Vec::new();
        let mut marks = M::default();
        for (person, (truth, more)) in inside.iter().enumerate() {
            if *truth == Truth::Unknown {
                open.push(Choice::Inside(person));
                marks = marks.join(more.clone());
            }
        }
        let can = |person: usize| inside.get(person).is_some_and(|(truth, _)| truth.can_hold());
        for one in 0..people {
            for other in one + 1..people {
                if !can(one) || !can(other) {
                    continue;
                }
                let (truth, more) = self.belong_together(together, one, other);
                match truth {
                    Truth::True => edges.push((one, other)),
                    Truth::Unknown => {
                        open.push(Choice::Together(one, other));
                        marks = marks.join(more);
                    }
                    // Somebody who is not listed may belong with both.
                    Truth::False if self.situation.open => {
                        open.push(Choice::Together(one, other));
                        marks = marks.join(self.of_the_unlisted());
                    }
                    Truth::False => {}
                }
            }
        }
        let certain: Vec<bool> = inside.iter().map(|(truth, _)| *truth == Truth::True).collect();
        // A tie between two people who are in one unit anyway decides nothing.
        let sure = components(&certain, &edges);
        open.retain(|choice| match choice {
            Choice::Together(one, other) => {
                let group = sure.get(*one).copied().flatten();
                group.is_none() || group != sure.get(*other).copied().flatten()
            }
            Choice::Inside(_) => true,
        });
        if open.is_empty() {
            return (vec![partition(&components(&certain, &edges))], M::default());
        }
        if open.len() <= 3 {
            return (enumerate(&certain, &edges, &open), marks);
        }
        (vec![uncertain(&certain, &edges, &open, &marks)], marks)
    }

    fn belong_together(&mut self, together: &Tree, one: usize, other: usize) -> With<Truth, M> {
        let (truth, marks) = self.truth(together, &about_two(one, other));
        if truth == Truth::True {
            return (truth, M::default());
        }
        let (back, more) = self.truth(together, &about_two(other, one));
        super::evaluate::settle(truth.or(back), marks, more)
    }
}

#[derive(Debug, Clone, Copy)]
enum Choice {
    Inside(usize),
    Together(usize, usize),
}

/// The group of each person who is in any.
fn components(inside: &[bool], edges: &[(usize, usize)]) -> Vec<Option<usize>> {
    let mut group: Vec<Option<usize>> =
        inside.iter().enumerate().map(|(person, inside)| inside.then_some(person)).collect();
    for (one, other) in edges {
        let (Some(Some(a)), Some(Some(b))) = (group.get(*one).copied(), group.get(*other).copied()) else {
            continue;
        };
        let (least, most) = (a.min(b), a.max(b));
        for place in &mut group {
            if *place == Some(most) {
                *place = Some(least);
            }
        }
    }
    group
}

fn partition<M: Marks>(groups: &[Option<usize>]) -> Partition<M> {
    let mut heads: Vec<usize> = groups.iter().flatten().copied().collect();
    heads.sort_unstable();
    heads.dedup();
    let unit =
        |head: usize| groups.iter().map(|group| (Truth::from(*group == Some(head)), M::default())).collect();
    heads.into_iter().map(unit).collect()
}

fn enumerate<M: Marks>(certain: &[bool], edges: &[(usize, usize)], open: &[Choice]) -> Vec<Partition<M>> {
    let mut seen: Vec<Vec<Option<usize>>> = Vec::new();
    for choice in 0..1usize << open.len() {
        let (mut inside, mut edges) = (certain.to_vec(), edges.to_vec());
        for (bit, open) in open.iter().enumerate() {
            if choice & (1 << bit) == 0 {
                continue;
            }
            match open {
                Choice::Inside(person) => {
                    if let Some(place) = inside.get_mut(*person) {
                        *place = true;
                    }
                }
                Choice::Together(one, other) => edges.push((*one, *other)),
            }
        }
        let groups = components(&inside, &edges);
        if !seen.contains(&groups) {
            seen.push(groups);
        }
    }
    seen.iter().map(|groups| partition(groups)).collect()
}

/// One partition in which whoever may be in a unit is uncertainly in it.
fn uncertain<M: Marks>(
    certain: &[bool],
    edges: &[(usize, usize)],
    open: &[Choice],
    marks: &M,
) -> Partition<M> {
    let sure = components(certain, edges);
    let (mut inside, mut all) = (certain.to_vec(), edges.to_vec());
    for choice in open {
        match choice {
            Choice::Inside(person) => {
                if let Some(place) = inside.get_mut(*person) {
                    *place = true;
                }
            }
            Choice::Together(one, other) => all.push((*one, *other)),
        }
    }
    let reach = components(&inside, &all);
    let mut heads: Vec<usize> = sure.iter().flatten().copied().collect();
    heads.extend(
        reach
            .iter()
            .enumerate()
            .filter(|(person, _)| sure.get(*person) == Some(&None))
            .filter_map(|(person, group)| group.map(|_| person)),
    );
    heads.sort_unstable();
    heads.dedup();
    let unit = |head: usize| {
        let reached = reach.get(head).copied().flatten();
        let own = sure.get(head).copied().flatten();
        (0..certain.len())
            .map(|person| {
                let group = sure.get(person).copied().flatten();
                if (group.is_some() && group == own) || (own.is_none() && person == head) {
                    // The unit is looked at for its own head, who is in it if there is one.
                    (Truth::True, M::default())
                } else if reach.get(person).copied().flatten() == reached {
                    (Truth::Unknown, marks.clone())
                } else {
                    (Truth::False, M::default())
                }
            })
            .collect()
    };
    heads.into_iter().map(unit).collect()
}

/// A set of one person; nobody beyond the most that a situation may have.
pub(super) fn bit(person: usize) -> u64 {
    u32::try_from(person).ok().and_then(|person| 1u64.checked_shl(person)).unwrap_or_default()
}

/// People who are in the unit of its head whichever way the people fall into units, a bit each. Where one uncertain way
/// stands for all, whose unit stands for others depends on who is named first, so that only the unit of the `first`
/// applicant settles anything.
pub(super) fn settled_with<M>(partitions: &[Partition<M>], head: usize, first: bool) -> u64 {
    let with = |partition: &Partition<M>| {
        let Some(unit) = unit_with(partition, head) else { return 0 };
        if !first && unit.iter().any(|(truth, _)| *truth == Truth::Unknown) {
            return 0;
        }
        let sure = unit.iter().enumerate().filter(|(_, (truth, _))| *truth == Truth::True);
        sure.fold(0, |all, (person, _)| all | bit(person))
    };
    partitions.iter().map(with).reduce(|one, other| one & other).unwrap_or_default()
}

/// People whose unit is not the same in each of the ways, or not certain in one: a bit each.
pub(super) fn unsettled<M>(partitions: &[Partition<M>]) -> u64 {
    let may = |person: &usize| {
        let mates = |partition| -> Option<Vec<Truth>> {
            Some(unit_with(partition, *person)?.iter().map(|(truth, _)| *truth).collect())
        };
        let mut ways = partitions.iter().map(|partition| mates(partition));
        let first = ways.next();
        let doubtful =
            |unit: &Vec<With<Truth, M>>| unit.get(*person).is_some_and(|(truth, _)| *truth == Truth::Unknown);
        partitions.iter().flatten().any(doubtful) || ways.any(|way| Some(way) != first)
    };
    let people = partitions.iter().flatten().map(Vec::len).max().unwrap_or(0);
    (0..people).filter(may).fold(0, |all, person| all | bit(person))
}

/// The unit of a partition that holds a person.
pub(super) fn unit_with<M>(partition: &[Vec<With<Truth, M>>], person: usize) -> Option<&[With<Truth, M>]> {
    let holds =
        |unit: &&Vec<With<Truth, M>>| unit.get(person).is_some_and(|(truth, _)| *truth == Truth::True);
    let may = |unit: &&Vec<With<Truth, M>>| unit.get(person).is_some_and(|(truth, _)| truth.can_hold());
    partition.iter().find(holds).or_else(|| partition.iter().find(may)).map(Vec::as_slice)
}

/// Each way in which the people of a unit may count, where the standings of some are open.
pub(super) fn standings<M: Marks>(
    people: &[With<Truth, M>],
    standing: &[With<CodeSet, M>],
    most: usize,
) -> Vec<UnitState<M>> {
    let open: Vec<usize> = standing
        .iter()
        .enumerate()
        .filter(|(person, (codes, _))| {
            !codes.is_settled() && people.get(*person).is_some_and(|(truth, _)| truth.can_hold())
        })
        .map(|(person, _)| person)
        .collect();
    let count = open.iter().fold(1usize, |count, person| {
        let options = standing.get(*person).map_or(1, |(codes, _)| codes.positions().count());
        count.saturating_mul(options)
    });
    let base = UnitState { people: people.to_vec(), standing: standing.to_vec() };
    if count > most || open.is_empty() {
        return vec![base];
    }
    let mut states = vec![base];
    for person in open {
        let mut next = Vec::new();
        for state in states {
            let options: Vec<usize> =
                state.standing.get(person).map_or_else(Vec::new, |(codes, _)| codes.positions().collect());
            for option in options {
                let mut with = state.clone();
                if let Some(place) = with.standing.get_mut(person) {
                    *place = (CodeSet::only(option), M::default());
                }
                next.push(with);
            }
        }
        states = next;
    }
    states
}

/// The unit of a program.
pub(super) fn unit_of(book: &RuleBook, unit: usize) -> Option<&Unit> {
    book.units.get(unit)
}
