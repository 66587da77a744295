//! Running programs over a situation in which some absent facts have been put to a value.

use crate::kernel::Day;
use crate::language::ProgramId;
use crate::rulebook::RuleBook;
use crate::vocabulary::{About, FactRef, Role, Situation};

use super::super::ask::with_needs;
use super::super::contradiction::is_told;
use super::super::evaluate::Engine;
use super::super::findings::{Status, UnitFinding};
use super::super::marks::Open;
use super::super::memory::Memory;
use super::super::requirement::Gather;
use super::super::telling::Change;
use super::face::Face;

/// What programs show, each with its id.
pub(super) type Faces = Vec<(ProgramId, Face)>;

/// A situation that facts are put into and taken out of again.
pub(super) struct Trial<'b> {
    pub(super) book: &'b RuleBook,
    pub(super) situation: Situation,
    day: Day,
    /// What the run over the situation as it stands left: only what rests on a fact that is tried out is
    /// computed again.
    memory: Option<Memory<()>>,
    /// Programs that may still be run.
    left: usize,
}

impl<'b> Trial<'b> {
    pub(super) fn new(book: &'b RuleBook, situation: &Situation, day: Day) -> Self {
        Self { book, situation: situation.clone(), day, memory: None, left: 0 }
    }

    /// Whether so many programs can still be run.
    pub(super) fn affords(&self, runs: usize) -> bool {
        self.left >= runs
    }

    /// Sets how many programs may be run from here on; gives how many were left.
    pub(super) fn allow(&mut self, runs: usize) -> usize {
        std::mem::replace(&mut self.left, runs)
    }

    fn run(&mut self, programs: &[ProgramId]) -> Faces {
        let Some(law) = self.book.on(self.day, self.situation.state) else { return Vec::new() };
        let memory = self.memory.take().unwrap_or_else(|| Memory::new(self.book, &self.situation));
        let mut engine = Engine::resume(self.book, law, self.day, &self.situation, memory);
        let found = engine.run_all(programs, Gather::default());
        self.memory = Some(engine.memory);
        found.iter().map(|one| (one.program, Face::of(one))).collect()
    }

    /// Runs everything over the situation as it stands now.
    pub(super) fn settle_down(&mut self, programs: &[ProgramId]) {
        if let Some(memory) = &mut self.memory {
            memory.forget_all();
        }
        self.left = self.left.saturating_sub(programs.len());
        self.run(programs);
    }

    /// The programs, and those that they ask `eligible_for` and that may change with the fact, in order.
    pub(super) fn affected(&self, at: FactRef, programs: &[ProgramId]) -> Vec<ProgramId> {
        let everything = self.concerns_everything(at);
        let changes = |id: ProgramId| {
            let reach = &self.book.reach;
            everything || reach.reaches(at.list, id) || reach.reaches(at.fact, id)
        };
        let mut wanted = with_needs(self.book, programs);
        wanted.retain(|id| programs.contains(id) || changes(*id));
        wanted
    }

    /// What the programs show with a fact put to a value; `None` where that contradicts another.
    pub(super) fn with(&mut self, at: FactRef, change: &Change, programs: &[ProgramId]) -> Option<Faces> {
        let before = self.put(at, change.clone());
        if self.contradiction(at).is_some() {
            self.put(at, before);
            return None;
        }
        self.left = self.left.saturating_sub(programs.len());
        let answered = self.memory.as_ref().map(|memory| memory.answers(programs));
        let faces = self.run(programs);
        self.put(at, before);
        if let (Some(memory), Some(answered)) = (&mut self.memory, answered) {
            memory.put_back(programs, answered);
        }
        Some(faces)
    }

    /// Puts a value in place, and gives what stood there.
    pub(super) fn put(&mut self, at: FactRef, change: Change) -> Change {
        let before = change.apply(&mut self.situation, at, self.book);
        let everything = self.concerns_everything(at);
        if let Some(memory) = &mut self.memory {
            if everything {
                memory.forget_definitions();
            } else {
                memory.forget(self.book, at.list);
                memory.forget(self.book, at.fact);
            }
        }
        before
    }

    /// Whether a fact takes part in a contradiction, once it is told.
    pub(super) fn may_contradict(&self, at: FactRef) -> bool {
        let reach = &self.book.reach;
        reach.contradicted(at.fact).chain(reach.contradicted(at.list)).next().is_some()
    }

    /// Whether a fact is among those that a contradiction rests on.
    pub(super) fn takes_part(&self, fact: FactRef, contradicted: FactRef) -> bool {
        let reach = &self.book.reach;
        let whose = fact.person == contradicted.person || fact.person == FactRef::NOBODY;
        let part = [fact.fact, fact.list].into_iter().any(|id| reach.takes_part(id, contradicted.fact));
        whose && part
    }

    /// What a program shows as the situation stands, and the absent facts that this rests on.
    pub(super) fn carefully(
        &mut self,
        program: ProgramId,
        wanted: &[ProgramId],
    ) -> Option<(Face, Vec<FactRef>)> {
        let law = self.book.on(self.day, self.situation.state)?;
        self.left = self.left.saturating_sub(wanted.len());
        let mut careful = Engine::<Open>::new(self.book, law, self.day, &self.situation);
        let found = careful.run_all(wanted, Gather::default());
        let own = found.iter().find(|one| one.program == program)?;
        let open = |unit: &&UnitFinding| unit.status != Status::NotEligible;
        let missing = own.units.iter().filter(open).flat_map(|unit| &unit.missing);
        Some((Face::of_careful(own), missing.map(|missing| missing.fact).collect()))
    }

    /// Answers these programs again and keeps what is asked of them.
    pub(super) fn answer(&mut self, programs: &[ProgramId]) -> Faces {
        self.run(programs)
    }

    /// Who is listed, and who is what to whom.
    fn concerns_everything(&self, at: FactRef) -> bool {
        let role = self.book.vocabulary.fact(at.fact).and_then(|fact| fact.role);
        matches!(role, Some(Role::People | Role::Relationships))
    }

    /// A fact that is told and cannot be so beside others, since this one stands as it does.
    pub(super) fn contradiction(&mut self, at: FactRef) -> Option<FactRef> {
        let reach = &self.book.reach;
        let mut facts: Vec<_> = reach.contradicted(at.fact).chain(reach.contradicted(at.list)).collect();
        facts.dedup();
        let relationships = self.book.vocabulary.role(Role::Relationships);
        let between_people = |id| relationships.is_some_and(|of| reach.takes_part(of, id));
        facts.into_iter().find_map(|id| {
            let fact = self.book.vocabulary.fact(id)?;
            let places: Vec<FactRef> = match (fact.about, at.person) {
                (About::Person, FactRef::NOBODY) => {
                    (0..self.situation.people()).map(|person| FactRef::of(person, id)).collect()
                }
                // Through who is what to whom, what one is told to be may be impossible beside another.
                (About::Person, own) if between_people(id) => {
                    let own = usize::from(own);
                    let others = (0..self.situation.people()).filter(|person| *person != own);
                    std::iter::once(own).chain(others).map(|person| FactRef::of(person, id)).collect()
                }
                (About::Person, person) => vec![FactRef::of(usize::from(person), id)],
                _ => vec![FactRef::shared(id)],
            };
            places.into_iter().find(|place| self.contradicts(*place))
        })
    }

    fn contradicts(&mut self, place: FactRef) -> bool {
        if !is_told(&self.situation, place, self.book) {
            return false;
        }
        let fact = self.book.vocabulary.fact(place.fact);
        let (Some(fact), Some(law)) = (fact, self.book.on(self.day, self.situation.state)) else {
            return false;
        };
        let memory = self.memory.take().unwrap_or_else(|| Memory::new(self.book, &self.situation));
        let mut engine = Engine::resume(self.book, law, self.day, &self.situation, memory);
        let holds = fact.conflicts.iter().any(|conflict| engine.contradicts(place, conflict));
        self.memory = Some(engine.memory);
        holds
    }
}
