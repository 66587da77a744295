//! What changes in the law, by day, in words. Nothing of it is about a person.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::kernel::{Day, Language, Words};
use crate::language::{ProgramId, Type};
use crate::rulebook::{
    Amounts, Asks, Change, Changed, Figure, FigureValue, Requirement, RuleBook, SourceId, Version,
};

use super::reply::{Citation, LawStamp};
use super::{speech, stamp};

/// Everything that changes in a span of days.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LawChanges<'b> {
    /// Which law is on file.
    pub law: LawStamp<'b>,
    /// The first day looked at. The first day covered opens the record and is no change.
    pub from: NaiveDate,
    /// The last day looked at.
    pub until: NaiveDate,
    /// The days on which something changes, in order.
    pub days: Vec<DayOfChange<'b>>,
}

/// A day on which law changes.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DayOfChange<'b> {
    /// The first day of the new law.
    pub on: NaiveDate,
    /// What changes on it.
    pub changes: Vec<LawChange<'b>>,
}

/// One thing that is law in another way from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LawChange<'b> {
    /// `requirement`, `definition`, `figure`, `program_begins` or `program_ends` (the day after its last).
    pub kind: &'static str,
    /// The id of the requirement or program, or the name of the definition or figure.
    #[schema(value_type = String)]
    pub id: &'b str,
    /// The program whose requirement it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub program: Option<&'b str>,
    /// What it is, in words.
    pub title: String,
    /// What the new version of a requirement says of itself, if it has words of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The state whose law it is; every state, if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub state: Option<&'b str>,
    /// The day when it could be known, where that is not its first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_from: Option<NaiveDate>,
    /// The value of a figure before; left out where there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The value of a figure from this day on; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// What excuses from a requirement, or leaves it to an agency, in another way from this day on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exemptions: Vec<String>,
    /// The law.
    pub citations: Vec<Citation<'b>>,
    /// Every program that it touches, by id.
    #[schema(value_type = Vec<String>)]
    pub programs: Vec<&'b str>,
    /// Some words are in English for want of a translation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub untranslated: bool,
}

/// What changes from one day to another, both included, for one program or for all.
#[must_use]
pub fn law_changes(
    book: &RuleBook,
    (from, until): (Day, Day),
    program: Option<ProgramId>,
    language: Language,
) -> LawChanges<'_> {
    let mut days: Vec<DayOfChange<'_>> = Vec::new();
    let wanted = |change: &&Change| {
        from <= change.on
            && change.on <= until
            && program.is_none_or(|program| change.programs.contains(&program))
    };
    for change in book.changes.iter().filter(wanted) {
        let told = Teller { book, language, untranslated: false }.change(change);
        match days.last_mut().filter(|day| day.on == change.on) {
            Some(day) => day.changes.push(told),
            None => days.push(DayOfChange { on: change.on, changes: vec![told] }),
        }
    }
    LawChanges { law: stamp(book), from, until, days }
}

/// Sources as citations, in the order given.
#[must_use]
pub fn citations<'b>(book: &'b RuleBook, cite: &[SourceId]) -> Vec<Citation<'b>> {
    let sources = cite.iter().filter_map(|id| book.sources.get(usize::from(*id)));
    let citation = |source: &'b crate::rulebook::Source| Citation {
        source: &source.id,
        text: &source.text,
        url: Some(&source.url),
        review: source.review.name(),
        reviewed_on: Some(source.reviewed_on),
    };
    sources.map(citation).collect()
}

/// Words as they are without a situation: a name between braces stands as words.
#[must_use]
pub fn plain_words(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        said.push_str(&name.replace(['_', '.'], " "));
        rest = after;
    }
    said.push_str(rest);
    said
}

/// Says changes in one language.
struct Teller<'b> {
    book: &'b RuleBook,
    language: Language,
    untranslated: bool,
}

impl<'b> Teller<'b> {
    fn say(&mut self, words: &Words) -> String {
        let (text, translated) = words.in_language(self.language);
        self.untranslated |= !translated;
        plain_words(text)
    }

    fn change(mut self, change: &Change) -> LawChange<'b> {
        let book = self.book;
        let programs = change.programs.iter().filter_map(|id| Some(book.program(*id)?.id.as_str()));
        let mut told = LawChange {
            kind: "",
            id: "",
            program: None,
            title: String::new(),
            text: None,
            state: change.state.and_then(|state| book.state_code(state)),
            known_from: change.known_from,
            before: None,
            after: None,
            exemptions: Vec::new(),
            citations: citations(book, &change.cite),
            programs: programs.collect(),
            untranslated: false,
        };
        self.tell(&change.what, &mut told);
        told.untranslated = self.untranslated;
        told
    }

    fn tell(&mut self, what: &Changed, told: &mut LawChange<'b>) -> Option<()> {
        match what {
            Changed::ProgramBegins(id) | Changed::ProgramEnds(id) => {
                let program = self.book.program(*id)?;
                let begins = matches!(what, Changed::ProgramBegins(_));
                told.kind = if begins { "program_begins" } else { "program_ends" };
                told.id = &program.id;
                told.title = self.say(&program.title);
            }
            Changed::Requirement { program, requirement, before, after, excuses } => {
                let program = self.book.program(*program)?;
                let requirement = program.requirements.get(*requirement)?;
                told.kind = "requirement";
                told.id = &requirement.id;
                told.program = Some(&program.id);
                told.title = self.say(&requirement.title);
                if before != after {
                    told.text = self.own_words(requirement, *before, *after);
                }
                let all: Vec<_> = requirement.excuses().collect();
                let changed = excuses.iter().filter_map(|position| all.get(*position));
                told.exemptions = changed.map(|exemption| self.say(&exemption.text)).collect();
            }
            Changed::Definition { id, .. } => {
                let definition = self.book.definition(*id)?;
                told.kind = "definition";
                told.id = &definition.name;
                told.title = self.say(&definition.means);
            }
            Changed::Figure { id, before, after } => {
                let figure = self.book.figure(*id)?;
                told.kind = "figure";
                told.id = &figure.name;
                told.title = self.say(&figure.means);
                told.before = before.and_then(|position| self.value(figure, position));
                told.after = after.and_then(|position| self.value(figure, position));
            }
        }
        Some(())
    }

    /// What a version says of itself that the one before did not: for whom it closes, or else for whom it opens.
    fn own_words(
        &mut self,
        requirement: &Requirement,
        before: Option<usize>,
        after: Option<usize>,
    ) -> Option<String> {
        let of = |position: Option<usize>, pick: fn(&Asks) -> &Option<Words>| {
            let version: &Version<Asks> = requirement.versions.get(position?)?;
            pick(&version.says).as_ref()
        };
        let picks: [fn(&Asks) -> &Option<Words>; 2] = [|asks| &asks.not_met, |asks| &asks.met];
        let own = picks.into_iter().find_map(|pick| {
            let (old, new) = (of(before, pick), of(after, pick));
            new.filter(|_| old != new)
        });
        own.map(|words| self.say(words))
    }

    /// The value of a figure in one version.
    fn value(&mut self, figure: &Figure, version: usize) -> Option<String> {
        let FigureValue { amounts, awaited } = &figure.versions.get(version)?.says;
        let value = self.amounts(figure, amounts);
        Some(match awaited {
            None => value,
            Some(_) => format!("{value} ({})", self.own("not on file yet", "aún no la tenemos")),
        })
    }

    fn own(&self, en: &'static str, es: &'static str) -> &'static str {
        speech::own(self.language, en, es)
    }

    fn amounts(&self, figure: &Figure, amounts: &Amounts) -> String {
        let one = |range| speech::range(self.language, range, figure.kind);
        match amounts {
            Amounts::One(range) => one(*range),
            Amounts::Choice(holds) => {
                if *holds { self.own("yes", "sí") } else { self.own("no", "no") }.to_owned()
            }
            Amounts::ByCount { first, at, each_further, at_most } => {
                let mut rows: Vec<String> = Vec::new();
                let counts = (*first..).zip(at);
                rows.extend(counts.map(|(count, range)| format!("{count}: {}", one(*range))));
                let further = each_further
                    .map(|range| format!("{}: {}", self.own("each further", "cada una más"), one(range)));
                let most =
                    at_most.map(|range| format!("{}: {}", self.own("at most", "como máximo"), one(range)));
                rows.extend(further.into_iter().chain(most));
                rows.join("; ")
            }
            Amounts::ByCode(rows) => {
                let Some(Type::Code(list)) = figure.by else { return String::new() };
                let codes = self.book.vocabulary.list(list).map_or(&[][..], |list| &list.codes);
                let rows = codes.iter().zip(rows).filter_map(|(code, range)| {
                    Some(format!("{}: {}", code.title.get(self.language), one((*range)?)))
                });
                rows.collect::<Vec<_>>().join("; ")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain_words;

    #[test]
    fn names_between_braces_are_said_as_words() {
        assert_eq!(plain_words("Income ({net_income} a month) fits."), "Income (net income a month) fits.");
        assert_eq!(plain_words("No names."), "No names.");
        assert_eq!(plain_words("{open"), "open");
    }
}
