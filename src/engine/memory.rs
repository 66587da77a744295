//! What a run keeps: results of definitions, answers of programs; and the facts that the engine itself reads.

use std::collections::VecDeque;
use std::rc::Rc;

use crate::kernel::{Truth, Value};
use crate::language::{DefinitionId, FactId, ProgramId};
use crate::rulebook::{Law, RuleBook};
use crate::vocabulary::{Role, Situation};

use super::evaluate::{UnitState, With};
use super::marks::Marks;
use super::rows::Rows;

/// So many units are remembered with what rests on them.
const MOST_UNITS: usize = 8;

#[derive(Clone)]
pub(super) struct Memo<M> {
    pub(super) stamp: u32,
    pub(super) value: With<Value, M>,
}

/// What one run leaves to the next over nearly the same situation.
pub(super) struct Memory<M> {
    /// By definition, and in that by person.
    pub(super) definitions: Rows<Memo<M>>,
    /// What definitions about two people came to, by definition.
    pub(super) of_two: Rows<Memo<M>>,
    /// The statuses of programs answered before, for `eligible_for`: of the unit, and by person.
    pub(super) answered: Vec<Option<Answered<M>>>,
    /// Stamp of what rests on the unit looked at.
    pub(super) stamp: u32,
    /// The units looked at last, the newest at the end, each with its stamp.
    units: VecDeque<(Rc<UnitState<M>>, u32)>,
    /// The greatest stamp given so far.
    last: u32,
    /// Entries of one definition.
    pub(super) row: usize,
    pub(super) roles: Roles,
}

impl<M: Marks> Memory<M> {
    pub(super) fn new(book: &RuleBook, situation: &Situation) -> Self {
        let row = situation.people() + 2;
        Self {
            definitions: Rows::new(book.definitions.len()),
            of_two: Rows::new(book.definitions.len()),
            answered: vec![None; book.programs.len()],
            stamp: 0,
            units: VecDeque::with_capacity(MOST_UNITS),
            last: 0,
            row,
            roles: Roles::of(book),
        }
    }

    /// Forgets whatever may change with a fact.
    pub(super) fn forget(&mut self, book: &RuleBook, fact: FactId) {
        for id in book.reach.definitions(fact) {
            self.forget_definition(*id);
        }
    }

    /// Looks at a unit, under the stamp that it had if it was looked at not long ago.
    pub(super) fn look_at(&mut self, unit: UnitState<M>) -> Rc<UnitState<M>> {
        if let Some((known, stamp)) = self.units.iter().rev().find(|(known, _)| **known == unit) {
            self.stamp = *stamp;
            return Rc::clone(known);
        }
        if self.units.len() == MOST_UNITS {
            self.units.pop_front();
        }
        self.last += 1;
        self.stamp = self.last;
        let unit = Rc::new(unit);
        self.units.push_back((Rc::clone(&unit), self.last));
        unit
    }

    /// Forgets what may be another under a later law than under the one before.
    pub(super) fn forget_law(&mut self, book: &RuleBook, before: &Law, after: &Law) {
        for id in book.dependents.between(before, after) {
            self.forget_definition(id);
        }
        self.answered.fill(None);
    }

    fn forget_definition(&mut self, id: DefinitionId) {
        self.definitions.forget(id.index());
        self.of_two.forget(id.index());
    }

    /// Forgets every definition.
    pub(super) fn forget_definitions(&mut self) {
        self.definitions.forget_all();
        self.of_two.forget_all();
    }

    /// Forgets everything.
    pub(super) fn forget_all(&mut self) {
        self.forget_definitions();
        self.answered.fill(None);
    }

    /// What was answered for these programs.
    pub(super) fn answers(&self, programs: &[ProgramId]) -> Vec<Option<Answered<M>>> {
        programs.iter().map(|id| self.answered.get(id.index()).cloned().flatten()).collect()
    }

    /// Puts answers back that were kept.
    pub(super) fn put_back(&mut self, programs: &[ProgramId], answers: Vec<Option<Answered<M>>>) {
        for (id, answer) in programs.iter().zip(answers) {
            if let Some(place) = self.answered.get_mut(id.index()) {
                *place = answer;
            }
        }
    }
}

/// What `eligible_for` says of a program.
#[derive(Debug, Clone)]
pub(super) struct Answered<M> {
    pub(super) unit: With<Truth, M>,
    pub(super) people: Vec<With<Truth, M>>,
}

/// Facts that the engine itself reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Roles {
    pub(super) receives: Option<FactId>,
    pub(super) lives_in_home: Option<FactId>,
    pub(super) relationships: Option<FactId>,
    pub(super) people: Option<FactId>,
    pub(super) as_of: Option<FactId>,
    pub(super) receipt_program: Option<FactId>,
    pub(super) receipt_since: Option<FactId>,
    pub(super) receipt_through: Option<FactId>,
}

impl Roles {
    fn of(book: &RuleBook) -> Self {
        let vocabulary = &book.vocabulary;
        Self {
            receives: vocabulary.role(Role::Receives),
            lives_in_home: vocabulary.role(Role::LivesInHome),
            relationships: vocabulary.role(Role::Relationships),
            people: vocabulary.role(Role::People),
            as_of: vocabulary.role(Role::AsOf),
            receipt_program: vocabulary.role(Role::ReceiptProgram),
            receipt_since: vocabulary.role(Role::ReceiptSince),
            receipt_through: vocabulary.role(Role::ReceiptThrough),
        }
    }
}
