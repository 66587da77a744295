//! The words of the readable answer: codes, programs and money as people say them, in the language of the answer.
//!
//! For: `text`, `overview`. Depends on: the book, for the titles of programs.

use crate::answer::Answer;
use crate::kernel::{Day, Language};
use crate::rulebook::RuleBook;

/// Our own words in the language of the answer.
#[derive(Clone, Copy)]
pub(super) struct Own<'b> {
    language: Language,
    book: &'b RuleBook,
    day: Option<Day>,
}

impl<'b> Own<'b> {
    pub(super) fn new(language: Language, book: &'b RuleBook) -> Self {
        Self { language, book, day: None }
    }

    /// The same, of an answer for that day.
    pub(super) fn on(self, day: Day) -> Self {
        Self { day: Some(day), ..self }
    }

    pub(super) fn say(self, en: &'static str, es: &'static str) -> &'static str {
        match self.language {
            Language::English => en,
            Language::Spanish => es,
        }
    }

    /// A program by its title, with the id by which it can be asked about.
    pub(super) fn program(self, id: &str) -> String {
        let known = self.book.program_named(id).and_then(|id| self.book.program(id));
        match known {
            Some(program) => format!("{} [{id}]", program.title.get(self.language)),
            None => id.to_owned(),
        }
    }

    /// Programs by their titles.
    pub(super) fn programs(self, ids: &[&str]) -> String {
        let titles: Vec<String> = ids.iter().map(|id| self.program(id)).collect();
        titles.join("; ")
    }

    /// Whom a step reaches.
    pub(super) fn contacts(self, contacts: &[&str]) -> String {
        let word = |contact: &str| match contact {
            "police" => self.say("police", "la policía").to_owned(),
            "immigration" => self.say("immigration authorities", "autoridades de inmigración").to_owned(),
            "consulate" => self.say("a consulate", "un consulado").to_owned(),
            "other_parent" => self.say("the other parent", "el otro padre o la otra madre").to_owned(),
            "landlord" => self.say("the landlord", "el dueño de la vivienda").to_owned(),
            "employer" => self.say("the employer", "el empleador").to_owned(),
            other => other.to_owned(),
        };
        contacts.iter().map(|contact| word(contact)).collect::<Vec<_>>().join(", ")
    }

    /// The result of a program. Another state's own program is none here, whatever the day.
    pub(super) fn result(self, answer: &Answer<'_>) -> String {
        let program = self.book.program_named(answer.program).and_then(|id| self.book.program(id));
        let of_a_state = program.filter(|program| self.book.state_of(program).is_some());
        match of_a_state.filter(|_| answer.status == "not_in_force") {
            Some(program) if self.day.is_some_and(|day| program.is_law_on(day)) => {
                let only = self.say("only in", "solo en");
                format!(
                    "{} ({only} {})",
                    self.say("not in this state", "no existe en este estado"),
                    program.jurisdiction
                )
            }
            _ => self.code(answer.status).to_owned(),
        }
    }

    /// A code of the contract in words.
    pub(super) fn code(self, code: &'static str) -> &'static str {
        match code {
            "eligible" => self.say("eligible", "califica"),
            "may_qualify" => self.say(
                "may qualify: an agency decides the rest",
                "puede calificar: lo demás lo decide una agencia",
            ),
            "needs_information" => self.say("needs information", "falta información"),
            "not_eligible" => self.say("not eligible", "no califica"),
            "not_in_force" => self.say("not in force on that day", "no existe en esa fecha"),
            "member" => self.say("in the group", "en el grupo"),
            "counted_only" => self.say("counted only", "solo se cuenta"),
            "outside" => self.say("not counted", "no se cuenta"),
            "met" => self.say("yes", "sí"),
            "not_met" => self.say("no", "no"),
            "unknown" => self.say("open", "abierto"),
            "agency_decides" => self.say("agency decides", "decide la agencia"),
            "not_tested" => self.say("not asked", "no se pide"),
            "facts_missing" => self.say("facts are missing", "faltan datos"),
            "up_to" => self.say("at most this", "como máximo esto"),
            "figure_not_on_file" => self.say("a figure is not on file", "falta una cifra oficial"),
            "primary" => self.say("read in the law", "leído en la ley"),
            "secondary" => self.say("read in an account of it", "leído en un resumen"),
            "unverified" => self.say("not re-read", "sin volver a leer"),
            "doubtful" => self.say("doubtful", "dudoso"),
            other => other,
        }
    }
}

/// Dollars as they are written: a mark after each three digits before the point.
pub(super) fn dollars(amount: &str) -> String {
    let (whole, cents) = amount.split_once('.').map_or((amount, None), |(whole, cents)| (whole, Some(cents)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut marked = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            marked.push(',');
        }
        marked.push(digit);
    }
    match cents {
        Some(cents) => format!("{sign}${marked}.{cents}"),
        None => format!("{sign}${marked}"),
    }
}

#[cfg(test)]
mod tests {
    use super::dollars;

    #[test]
    fn thousands_are_marked() {
        for (amount, said) in [
            ("0.00", "$0.00"),
            ("999.50", "$999.50"),
            ("25000.00", "$25,000.00"),
            ("1234567.00", "$1,234,567.00"),
            ("-1000.00", "-$1,000.00"),
            ("12", "$12"),
        ] {
            assert_eq!(dollars(amount), said);
        }
    }
}
