//! `onward review`: the rules in plain words with their law, program by program, for a lawyer to check on paper.
//! The same rules give the same text.

use std::collections::BTreeMap;

use crate::kernel::{Day, Words};
use crate::language::Subject;
use crate::rulebook::{
    Entry, Exemption, Program, Requirement, Review, RuleBook, SourceId, Version, without_rules,
};

use super::review_figures;

const ABOUT: &str = "# The rules, to be checked on paper

Every program on file with every test that it puts, in the words that an answer gives when the test is met; with its
figures; from when to when each is law; and the law. After each citation stands how it was checked: **P** read in the law or the agency's
own text, **S** read in somebody's account of it, **U** cited and not re-read, **D** doubtful (decides nothing alone).
`GET /v1/sources` has the links. Days are inclusive. A rule without days holds for all the days that are covered.
A *bar* is taken not to apply until somebody says that it does. What stands between braces, such as {net income}, is
filled in when somebody is answered. Figures that programs share stand at the end.

This page is made from the rule files: `onward review > rules/REVIEW.md`. To change it, change them.
";

/// The whole page.
pub(super) fn text(book: &RuleBook) -> String {
    let mut page = ABOUT.to_owned();
    let mut programs: Vec<&Program> = book.programs.iter().collect();
    programs.sort_by_key(|program| program.code);
    let (first, last) = book.covers;
    page.push_str(&format!("\nCovered: {first} to {last}. Programs: {}.\n", programs.len()));
    for program in programs {
        Sheet { book, program, page: &mut page }.write();
    }
    review_figures::shared(book, &mut page);
    let without = without_rules(book);
    if !without.is_empty() {
        page.push_str(&format!("\n## Without rules yet\n\n{}\n", without.join(", ")));
    }
    page
}

/// One program on the page.
struct Sheet<'p> {
    book: &'p RuleBook,
    program: &'p Program,
    page: &'p mut String,
}

impl Sheet<'_> {
    fn line(&mut self, indent: usize, parts: &[String]) {
        let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        self.page.extend(std::iter::repeat_n(' ', indent));
        self.page.push_str("- ");
        self.page.push_str(&parts.join(" "));
        self.page.push('\n');
    }

    fn heading(&mut self, words: &str) {
        self.page.push_str(&format!("\n{words}\n\n"));
    }

    fn write(&mut self) {
        let (book, program) = (self.book, self.program);
        self.heading(&format!("## {} (`{}`)", say(&program.title), program.id));
        let life = program.in_force.iter().map(|(from, until)| Law(self.book).days(*from, *until));
        let life: Vec<String> = life.filter(|days| !days.is_empty()).collect();
        let life = if life.is_empty() { String::new() } else { format!(" In force {}.", life.join("; ")) };
        let decides = if program.unit.is_some() { "people counted together" } else { "each person" };
        let about = format!(
            "{} A {} ({}), for {decides}.{life} {}",
            sentence(&say(&program.summary)),
            program.kind,
            program.jurisdiction,
            self.counts()
        );
        self.page.push_str(&about);
        self.page.push('\n');
        self.heading("Tests:");
        for requirement in &program.requirements {
            self.requirement(requirement);
        }
        if let Some(amount) = &program.amount {
            self.heading(&format!(
                "Amount ({}{}):",
                if amount.up_to { "up to, " } else { "" },
                per(&amount.per)
            ));
            for definition in amount.worksheet.iter().filter_map(|id| book.definition(*id)) {
                let mut cite = definition.cite.clone();
                cite.extend(definition.versions.iter().flat_map(|version| &version.cite));
                let law = Law(self.book).cited(&cite);
                self.line(0, &[sentence(&say(&definition.means)), law]);
            }
        }
        let (law, program) = (Law(book), self.program);
        review_figures::of_module(&law, &program.module, self.page);
        self.deadlines();
    }

    /// How many citations of its tests bear each mark.
    fn counts(&self) -> String {
        let mut counts: BTreeMap<Review, usize> = BTreeMap::new();
        for requirement in &self.program.requirements {
            let versions = requirement.versions.iter().flat_map(|version| &version.cite);
            for source in requirement.cite.iter().chain(versions) {
                if let Some(source) = self.book.sources.get(usize::from(*source)) {
                    *counts.entry(source.review).or_default() += 1;
                }
            }
        }
        let counts: Vec<String> =
            counts.iter().map(|(review, number)| format!("{number} {}", review.name())).collect();
        format!("Citations of its tests: {}.", counts.join(", "))
    }

    fn requirement(&mut self, requirement: &Requirement) {
        let mut marks = Vec::new();
        marks.extend(requirement.bar.then(|| "bar".to_owned()));
        marks.extend(
            (requirement.of == Subject::Person && self.program.unit.is_some())
                .then(|| "each person".to_owned()),
        );
        marks.extend(requirement.state.and_then(|state| self.book.state_code(state)).map(str::to_owned));
        let marks = if marks.is_empty() { String::new() } else { format!(" *({})*", marks.join(", ")) };
        let title = format!("**{}**{marks}.", say(&requirement.title));
        let shared = sentence(&say(&requirement.met));
        let agency = requirement.agency_decides.as_ref();
        let agency =
            agency.map(|words| format!("An agency decides: {}", sentence(&say(words)))).unwrap_or_default();
        if let [only] = requirement.versions.as_slice() {
            let shared = only.says.met.as_ref().map_or(shared, |own| sentence(&say(own)));
            let cite: Vec<SourceId> = only.cite.iter().chain(&requirement.cite).copied().collect();
            self.line(0, &[title, shared, agency, Law(self.book).dated(only), Law(self.book).cited(&cite)]);
        } else {
            let law = Law(self.book).cited(&requirement.cite);
            self.line(0, &[title, shared, agency, law]);
            for version in &requirement.versions {
                let said = |words: &Option<Words>| {
                    words.as_ref().map(|words| sentence(&say(words))).unwrap_or_default()
                };
                let (met, not_met) = (said(&version.says.met), said(&version.says.not_met));
                let not_met = if not_met.is_empty() { not_met } else { format!("If not: {not_met}") };
                self.line(
                    2,
                    &[Law(self.book).dated(version), met, not_met, Law(self.book).cited(&version.cite)],
                );
            }
        }
        let mut doubts = Vec::new();
        for unsettled in requirement.versions.iter().filter_map(|version| version.says.unsettled.as_ref()) {
            let text = format!(
                "Unsettled: {} {}",
                sentence(&say(&unsettled.text)),
                Law(self.book).cited(&unsettled.cite)
            );
            if !doubts.contains(&text) {
                doubts.push(text);
            }
        }
        for doubt in doubts {
            self.line(2, &[doubt]);
        }
        for (title, excuses) in [
            ("Exempt", &requirement.exemptions),
            ("The agency may accept", &requirement.agency_may_accept),
            ("The agency must confirm", &requirement.agency_must_confirm),
        ] {
            for excuse in excuses {
                self.excuse(title, excuse);
            }
        }
        if let Some(words) = &requirement.excusable {
            self.line(2, &[format!("May be forgiven: {}", sentence(&say(words)))]);
        }
    }

    fn excuse(&mut self, title: &str, excuse: &Exemption) {
        let text = format!("{title}: {}", sentence(&say(&excuse.text)));
        if let [only] = excuse.versions.as_slice() {
            self.line(2, &[Law(self.book).dated(only), text, Law(self.book).cited(&only.cite)]);
            return;
        }
        let mut parts = vec![text];
        for version in &excuse.versions {
            parts.extend([Law(self.book).dated(version), Law(self.book).cited(&version.cite)]);
        }
        self.line(2, &parts);
    }

    fn deadlines(&mut self) {
        let program = self.program;
        if program.deadlines.is_empty() && program.if_refused.is_empty() {
            return;
        }
        self.heading("By when:");
        for entry in &program.deadlines {
            let who = format!("({})", entry.says.who);
            self.line(
                0,
                &[
                    sentence(&say(&entry.says.what)),
                    who,
                    self.where_from(entry),
                    Law(self.book).cited(&entry.cite),
                ],
            );
        }
        for entry in &program.if_refused {
            let days = |days: Option<i64>, what: &str| {
                days.map(|days| format!("{what} within {days} days.")).unwrap_or_default()
            };
            let appeal = format!("If refused: {}", sentence(&say(&entry.says.appeal)));
            let keep = days(entry.says.keep_benefits_by_days, "To keep benefits,");
            let by = days(entry.says.by_days, "Appeal");
            self.line(0, &[appeal, by, keep, self.where_from(entry), Law(self.book).cited(&entry.cite)]);
        }
    }

    /// The state and the days of something that is said.
    fn where_from<T>(&self, entry: &Entry<T>) -> String {
        let state = entry.state.and_then(|state| self.book.state_code(state)).unwrap_or_default();
        let from = entry.from.unwrap_or(self.book.covers.0);
        let parts = [state.to_owned(), Law(self.book).days(from, entry.until)];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { String::new() } else { format!("*({})*", parts.join(", ")) }
    }
}

/// Days and citations as the page says them.
pub(super) struct Law<'b>(pub(super) &'b RuleBook);

impl Law<'_> {
    pub(super) fn dated<T>(&self, version: &Version<T>) -> String {
        let days = self.days(version.from, version.until);
        let known = version.known_from.filter(|known| *known != version.from);
        let known = known.map(|known| format!("known from {known}")).unwrap_or_default();
        let state = version.state.and_then(|state| self.0.state_code(state)).unwrap_or_default().to_owned();
        let parts: Vec<String> = [state, days, known].into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() { String::new() } else { format!("*{}:*", parts.join(", ")) }
    }

    fn days(&self, from: Day, until: Option<Day>) -> String {
        match (from > self.0.covers.0, until) {
            (true, Some(until)) => format!("{from} to {until}"),
            (true, None) => format!("from {from}"),
            (false, Some(until)) => format!("until {until}"),
            (false, None) => String::new(),
        }
    }

    /// Citations with their marks, each once.
    pub(super) fn cited(&self, cite: &[SourceId]) -> String {
        let mut seen = Vec::new();
        let mut said = Vec::new();
        for id in cite {
            if seen.contains(id) {
                continue;
            }
            seen.push(*id);
            if let Some(source) = self.0.sources.get(usize::from(*id)) {
                said.push(format!("{} **{}**", source.text, mark(source.review)));
            }
        }
        if said.is_empty() { String::new() } else { format!("[{}]", said.join("; ")) }
    }
}

fn mark(review: Review) -> &'static str {
    match review {
        Review::Primary => "P",
        Review::Secondary => "S",
        Review::Unverified => "U",
        Review::Doubtful => "D",
    }
}

fn per(period: &str) -> String {
    if period == "once" { period.to_owned() } else { format!("per {period}") }
}

/// English words in one line; what is filled in stands between braces, as words.
pub(super) fn say(words: &Words) -> String {
    let mut said = String::with_capacity(words.en.len());
    let mut inside = false;
    for c in words.en.chars() {
        inside = c == '{' || inside && c != '}';
        said.push(if inside && matches!(c, '_' | '.') { ' ' } else { c });
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A sentence with its stop.
pub(super) fn sentence(words: &str) -> String {
    if words.is_empty() || words.ends_with(['.', '!', '?', ')']) {
        words.to_owned()
    } else {
        format!("{words}.")
    }
}
