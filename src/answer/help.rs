//! What is said with an answer: papers, steps, deadlines, cautions, refusals, and what recipients should know.

use crate::engine::{Status, UnitFinding};
use crate::kernel::{Dates, Day, Truth, Words};
use crate::rulebook::{Entry, PersonRole, Program, SourceId, Step};

use super::context::Context;
use super::reply;

/// The word of an entry's `with` for people who receive the program already.
const RECEIVING: &str = "receiving";

/// A day that can lie anywhere in a longer time than this is no use as a deadline.
const MOST_DAYS_APART: i64 = 92;

/// To whom an answer speaks: what it found, and whether they receive the program already.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) status: Status,
    pub(super) receiving: bool,
}

impl Told {
    /// Whether somebody should apply now.
    pub(super) fn apply(self) -> bool {
        !self.receiving
            && matches!(self.status, Status::Eligible | Status::MayQualify | Status::NeedsInformation)
    }

    /// Whether an entry that helps with an application is for them.
    fn to_apply<T>(self, entry: &Entry<T>) -> bool {
        if entry.with.is_empty() { self.apply() } else { self.named(entry) }
    }

    /// Whether an entry that holds for everybody is for them.
    fn to_all<T>(self, entry: &Entry<T>) -> bool {
        entry.with.is_empty() || self.named(entry)
    }

    fn named<T>(self, entry: &Entry<T>) -> bool {
        let status = if self.receiving { RECEIVING } else { self.status.code() };
        entry.with.iter().any(|word| word == status)
    }
}

/// The entries of a program that are said of any of the units, each once, in the order of the file.
fn said<'b, T>(
    entries: &'b [Entry<T>],
    units: &[&UnitFinding],
    places: impl Fn(&UnitFinding) -> &[usize],
    wanted: impl Fn(&Entry<T>) -> bool,
) -> Vec<&'b Entry<T>> {
    let is_said = |place: &usize| units.iter().any(|unit| places(unit).contains(place));
    let each = entries.iter().enumerate().filter(|(place, _)| is_said(place)).map(|(_, entry)| entry);
    each.filter(|entry| wanted(entry)).collect()
}

/// Of entries with the same id, a state's own wins.
fn own_first<T>(entries: Vec<&Entry<T>>, id: impl Fn(&T) -> &str) -> Vec<&Entry<T>> {
    let beaten = |entry: &Entry<T>| {
        entry.state.is_none()
            && entries.iter().any(|other| other.state.is_some() && id(&other.says) == id(&entry.says))
    };
    entries.iter().filter(|entry| !beaten(entry)).copied().collect()
}

impl<'b> Context<'b> {
    /// What to bring, each paper once.
    pub(super) fn documents(
        &self,
        program: &'b Program,
        units: &[&UnitFinding],
        told: Told,
    ) -> Vec<reply::Document<'b>> {
        let mut papers: Vec<(usize, Vec<&'b Words>, Vec<SourceId>)> = Vec::new();
        for entry in
            said(&program.documents, units, |unit| &unit.said.documents, |entry| told.to_apply(entry))
        {
            let proves = Some(&entry.says.proves).filter(|words| !words.en.is_empty());
            match papers.iter_mut().find(|(document, ..)| *document == entry.says.document) {
                Some((_, all, cite)) => {
                    all.extend(proves.filter(|words| !all.contains(words)));
                    cite.extend(&entry.cite);
                }
                None => papers.push((entry.says.document, proves.into_iter().collect(), entry.cite.clone())),
            }
        }
        let paper = |(position, proves, cite): (usize, Vec<&'b Words>, Vec<SourceId>)| {
            let document = self.book.documents.get(position)?;
            Some(reply::Document {
                document: &document.id,
                title: self.say(&document.title, program),
                proves: proves.into_iter().map(|words| self.say(words, program)).collect(),
                any_of: document.any_of.iter().map(|words| self.say(words, program)).collect(),
                if_missing: self.say(&document.if_missing, program),
                citations: self.citations(cite.iter().chain(&document.cite)),
                untranslated: self.speaker.fell_back(),
            })
        };
        papers.into_iter().filter_map(paper).collect()
    }

    /// What to do: what needs nothing before it first, then what comes after that, and so on; of equals
    /// a state's own first, then in the order of the files.
    pub(super) fn steps(
        &self,
        program: &'b Program,
        units: &[&UnitFinding],
        told: Told,
    ) -> Vec<reply::Step<'b>> {
        let entries = said(&program.steps, units, |unit| &unit.said.steps, |entry| told.to_apply(entry));
        let mut waiting = own_first(entries, |step| &step.id);
        waiting.sort_by_key(|entry| entry.state.is_none());
        let said: Vec<&str> = waiting.iter().map(|entry| entry.says.id.as_str()).collect();
        let mut steps: Vec<reply::Step<'b>> = Vec::new();
        while !waiting.is_empty() {
            let waits = |entry: &&Entry<Step>| {
                let before = |id: &String| {
                    waiting.iter().any(|other| other.says.id == *id && other.says.id != entry.says.id)
                };
                entry.says.after.iter().any(before)
            };
            let (later, ready): (Vec<_>, Vec<_>) = waiting.iter().copied().partition(waits);
            // Steps that wait for each other in a circle stay in the order of the files.
            let (later, ready) = if ready.is_empty() { (ready, later) } else { (later, ready) };
            steps.extend(ready.into_iter().map(|entry| self.step(program, entry, &said)));
            waiting = later;
        }
        steps
    }

    fn step(&self, program: &'b Program, entry: &'b Entry<Step>, said: &[&str]) -> reply::Step<'b> {
        let step = &entry.says;
        reply::Step {
            id: &step.id,
            title: self.say(&step.title, program),
            how: self.say(&step.how, program),
            agency: step.agency.as_deref(),
            after: step.after.iter().map(String::as_str).filter(|id| said.contains(id)).collect(),
            contacts: step.contacts.iter().map(String::as_str).collect(),
            before: step.before.as_ref().map(|words| self.say(words, program)),
            citations: self.citations(&entry.cite),
            untranslated: self.speaker.fell_back(),
        }
    }

    /// Days by which somebody must act, soonest first. What is counted from the day of application is
    /// only for people who should apply.
    pub(super) fn deadlines(
        &self,
        program: &'b Program,
        units: &[&UnitFinding],
        told: Told,
    ) -> Vec<reply::Deadline<'b>> {
        let mut deadlines: Vec<reply::Deadline<'b>> = Vec::new();
        // Where somebody can have the program, the days of those who cannot are theirs no more.
        let closed =
            |unit: &&&UnitFinding| told.status != Status::NotEligible && unit.status == Status::NotEligible;
        for (place, entry) in program.deadlines.iter().enumerate().filter(|(_, entry)| told.to_all(entry)) {
            // Each of several people may have a day of their own.
            let mut days: Vec<((Dates, Dates), Vec<&str>)> = Vec::new();
            for unit in units.iter().filter(|unit| !closed(unit)) {
                let said = unit.said.deadlines.iter().find(|(at, ..)| *at == place);
                let Some((_, on, from)) = said else { continue };
                let who = unit.people.iter().filter(|one| one.role != PersonRole::Outside);
                let who = who.map(|one| self.label(one.person));
                match days.iter_mut().find(|(known, _)| *known == (*on, *from)) {
                    Some((_, people)) => people.extend(who),
                    None => days.push(((*on, *from), who.collect())),
                }
            }
            let several = days.len() > 1;
            for ((on, from), people) in days {
                let (Some(last), Some(first)) = (near(on), near(from)) else { continue };
                let of_application = from.known() == Some(self.situation.as_of);
                if of_application && !told.apply() && entry.with.is_empty() {
                    continue;
                }
                deadlines.push(reply::Deadline {
                    what: self.say(&entry.says.what, program),
                    who: &entry.says.who,
                    people: if several { people } else { Vec::new() },
                    on: last,
                    counted_from: first,
                    not_certain: on.known().is_none() || from.known().is_none(),
                    citations: self.citations(&entry.cite),
                    untranslated: self.speaker.fell_back(),
                });
            }
        }
        deadlines.sort_by_key(|deadline| deadline.on);
        deadlines
    }

    /// What to beware of.
    pub(super) fn cautions(
        &self,
        program: &'b Program,
        units: &[&UnitFinding],
        told: Told,
    ) -> Vec<reply::Caution<'b>> {
        let entries = said(&program.cautions, units, |unit| &unit.said.cautions, |entry| told.to_all(entry));
        let entries = own_first(entries, |caution| &caution.id);
        let caution = |entry: &'b Entry<crate::rulebook::Caution>| reply::Caution {
            id: &entry.says.id,
            text: self.say(&entry.says.text, program),
            citations: self.citations(&entry.cite),
            untranslated: self.speaker.fell_back(),
        };
        entries.into_iter().map(caution).collect()
    }

    /// What to do about a refusal: a state's entry before the federal one.
    pub(super) fn if_refused(
        &self,
        program: &'b Program,
        units: &[&UnitFinding],
        told: Told,
    ) -> Option<reply::IfRefused<'b>> {
        let entries =
            said(&program.if_refused, units, |unit| &unit.said.if_refused, |entry| told.to_all(entry));
        let entry = entries.iter().find(|entry| entry.state.is_some()).or(entries.first())?;
        let refusal = &entry.says;
        Some(reply::IfRefused {
            say: self.say(&refusal.say, program),
            for_the_worker: self.say(&refusal.for_the_worker, program),
            appeal: self.say(&refusal.appeal, program),
            by_days: refusal.by_days,
            keep_benefits_by_days: refusal.keep_benefits_by_days,
            citations: self.citations(&entry.cite),
            untranslated: self.speaker.fell_back(),
        })
    }

    /// What people who receive the program should know: a state's entry before the federal one.
    pub(super) fn ongoing(
        &self,
        program: &'b Program,
        units: &[&UnitFinding],
        who: &[usize],
    ) -> Option<reply::Ongoing<'b>> {
        if who.is_empty() {
            return None;
        }
        let mut places: Vec<(usize, Option<Dates>)> = Vec::new();
        for (place, until) in units.iter().flat_map(|unit| &unit.said.ongoing) {
            if !places.iter().any(|(known, _)| known == place) {
                places.push((*place, *until));
            }
        }
        let known = places.iter().filter_map(|(place, until)| Some((program.ongoing.get(*place)?, until)));
        let known: Vec<_> = known.collect();
        let (entry, until) = known.iter().find(|(entry, _)| entry.state.is_some()).or(known.first())?;
        Some(reply::Ongoing {
            people: who.iter().map(|person| self.label(*person)).collect(),
            until: self.receipts.last_day(who, program).or(until.and_then(Dates::known)),
            text: self.say(&entry.says.text, program),
            review: self.say(&entry.says.review, program),
            citations: self.citations(&entry.cite),
            untranslated: self.speaker.fell_back(),
        })
    }

    /// Who runs the program, then everybody whom its steps name.
    pub(super) fn agencies(
        &self,
        program: &'b Program,
        units: &[&UnitFinding],
        told: Told,
        steps: &[reply::Step<'b>],
    ) -> Vec<reply::Agency<'b>> {
        let runs = said(&program.agency, units, |unit| &unit.said.agency, |entry| told.to_all(entry));
        let mut ids: Vec<&'b str> = Vec::new();
        for id in runs
            .into_iter()
            .map(|entry| entry.says.as_str())
            .chain(steps.iter().filter_map(|step| step.agency))
        {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let agency = |id: &'b str| {
            let agency = self.book.agency(id)?;
            Some(reply::Agency {
                id: &agency.id,
                title: self.say(&agency.title, program),
                phone: agency.phone.as_deref(),
                url: agency.url.as_deref(),
                hours: agency.hours.as_ref().map(|words| self.say(words, program)),
                how: agency.how.as_ref().map(|words| self.say(words, program)),
                checked_on: agency.checked_on,
                untranslated: self.speaker.fell_back(),
            })
        };
        ids.into_iter().filter_map(agency).collect()
    }
}

/// The earliest day that a date may be, if it is certain that there is one and roughly when.
fn near(dates: Dates) -> Option<Day> {
    let apart = dates.high.signed_duration_since(dates.low).num_days();
    (dates.exists == Truth::True && apart <= MOST_DAYS_APART).then_some(dates.low)
}
