//! What every part of an answer needs: the book, the situation, the law of the day, the words, the citations.

use std::borrow::Cow;

use foldhash::HashSet;

use crate::engine::{Opening, Turn};
use crate::kernel::{Day, Language, Value, Words};
use crate::language::{FactId, ProgramId};
use crate::rulebook::{Program, RuleBook, SourceId};
use crate::vocabulary::{Absence, FactRef, Given, Role, Situation};

use super::recipients::Receipts;
use super::reply::Citation;
use super::speech::Speaker;

/// The JSON Pointer to the list of people.
const PEOPLE: &str = "/people";

/// What is known of all programs together: what comes, and what would open what.
pub(super) struct Ahead {
    pub(super) turns: Vec<Turn>,
    pub(super) openings: Vec<Opening>,
    /// Programs that are closed to everybody who applies.
    pub(super) closed: Vec<ProgramId>,
}

/// What every part of an answer needs.
pub(super) struct Context<'b> {
    pub(super) book: &'b RuleBook,
    pub(super) situation: &'b Situation,
    /// The day whose law governs.
    pub(super) day: Day,
    /// Fact values and arithmetic are wanted.
    pub(super) full: bool,
    /// Findings are wanted at all.
    pub(super) findings: bool,
    pub(super) speaker: Speaker<'b>,
    pub(super) receipts: Receipts,
    /// Facts that every answer shows anyway.
    plain: [Option<FactId>; 3],
    /// The list of people, where that may be open.
    people: Option<FactId>,
}

impl<'b> Context<'b> {
    pub(super) fn new(
        book: &'b RuleBook,
        situation: &'b Situation,
        language: Language,
        findings: bool,
        full: bool,
    ) -> Self {
        let law = book.on(situation.as_of, situation.state);
        let vocabulary = &book.vocabulary;
        Self {
            book,
            situation,
            day: situation.as_of,
            full,
            findings,
            speaker: Speaker::new(book, situation, language, law),
            receipts: Receipts::of(book, situation),
            plain: [Role::AsOf, Role::State, Role::Applicant].map(|role| vocabulary.role(role)),
            people: vocabulary.role(Role::People),
        }
    }

    /// The same, under the law of another day.
    pub(super) fn on_day(&self, day: Day) -> Self {
        let law = self.book.on(day, self.situation.state);
        Self {
            day,
            speaker: Speaker::new(self.book, self.situation, self.speaker.language, law),
            receipts: Receipts::none(),
            ..*self
        }
    }

    /// Words of a program without values of their own.
    pub(super) fn say(&self, words: &'b Words, program: &'b Program) -> Cow<'b, str> {
        self.speaker.say(words, &program.module)
    }

    /// The label of a person.
    pub(super) fn label(&self, person: usize) -> &'b str {
        self.situation.labels.get(person).map_or("", String::as_str)
    }

    /// Sources as citations, each once, in the order given.
    pub(super) fn citations<'s>(&self, sources: impl IntoIterator<Item = &'s SourceId>) -> Vec<Citation<'b>> {
        let mut seen: Vec<SourceId> = Vec::new();
        let mut citations = Vec::new();
        for id in sources {
            if seen.contains(id) {
                continue;
            }
            seen.push(*id);
            if let Some(source) = self.book.sources.get(usize::from(*id)) {
                citations.push(Citation {
                    source: &source.id,
                    text: &source.text,
                    url: Some(&source.url),
                    review: source.review.name(),
                    reviewed_on: Some(source.reviewed_on),
                });
            }
        }
        citations
    }

    /// Whether a place stands for people who are not listed.
    pub(super) fn is_unlisted(&self, at: FactRef) -> bool {
        at.person != FactRef::NOBODY && usize::from(at.person) >= self.situation.people()
    }

    /// The JSON Pointer to a place; of people who are not listed: to the list of people.
    pub(super) fn pointer(&self, at: FactRef) -> String {
        if self.is_unlisted(at) || (self.people.is_some() && self.people == Some(at.fact)) {
            return PEOPLE.to_owned();
        }
        self.situation.pointer(at, &self.book.vocabulary)
    }

    /// JSON Pointers to places, each once.
    pub(super) fn pointers(&self, places: &[FactRef]) -> Vec<String> {
        // Two places have the same pointer only if both are the list of people.
        let people = |at: FactRef| self.is_unlisted(at) || self.people == Some(at.fact);
        let mut known: HashSet<Option<FactRef>> = HashSet::default();
        let mut first = |at: &FactRef| known.insert(Some(*at).filter(|at| !people(*at)));
        places.iter().filter(|at| first(at)).map(|at| self.pointer(*at)).collect()
    }

    /// Where a fact or a list of items comes from.
    pub(super) fn given(&self, at: FactRef) -> Option<Given> {
        match self.situation.known(at, &self.book.vocabulary) {
            Some(known) => Some(known.given),
            None => self.situation.list(at).map(|list| list.given),
        }
    }

    /// The JSON Pointer to what is missing at a place: of money whose sum was told, how often it comes.
    pub(super) fn missing_pointer(&self, at: FactRef) -> String {
        let pointer = self.pointer(at);
        let known = self.situation.known(at, &self.book.vocabulary);
        let Some(Value::Paid(paid)) =
            known.filter(|known| known.given == Given::Told).map(|known| &known.value)
        else {
            return pointer;
        };
        if !paid.possibilities().iter().any(|(range, _)| range.is_settled()) {
            return pointer;
        }
        match pointer.strip_suffix("/amount") {
            Some(item) => format!("{item}/per"),
            None => format!("{pointer}/per"),
        }
    }

    /// Why a fact is missing, as replies say it. One that was told in part is not known in full.
    pub(super) fn because(&self, at: FactRef) -> &'static str {
        match self.given(at) {
            Some(Given::Absent(absence)) => absence.name(),
            Some(Given::Told | Given::NotShown) => Absence::NotKnown.name(),
            None => Absence::NotAsked.name(),
        }
    }

    /// Whether a fact is worth showing as a ground of a finding.
    pub(super) fn is_ground(&self, fact: FactId) -> bool {
        !self.plain.contains(&Some(fact))
    }
}
