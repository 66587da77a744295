//! Text -> words. A `-` between two names needs spaces, since codes and ids may hold one (`T-1`).

use std::str::FromStr;

use rust_decimal::Decimal;

use super::syntax::{Fault, Place};
use crate::kernel::Day;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Word {
    Number(Decimal),
    Money(Decimal),
    Percent(Decimal),
    Date(Day),
    Name(String),
    Symbol(&'static str),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) place: Place,
}

const SYMBOLS: [&str; 16] =
    ["<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "×", "/", "(", ")", "[", "]", ","];

/// Splits a text into words, with every character that no word starts with as a fault.
pub(super) fn words(text: &str) -> Result<Vec<Token>, Vec<Fault>> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new(), faults: Vec::new() };
    lexer.run();
    if lexer.faults.is_empty() { Ok(lexer.tokens) } else { Err(lexer.faults) }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    faults: Vec<Fault>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn run(&mut self) {
        while let Some(first) = self.rest().chars().next() {
            if first.is_whitespace() {
                self.at += first.len_utf8();
            } else if first.is_ascii_digit() {
                self.number_or_date();
            } else if first == '$' {
                self.money();
            } else if first.is_alphabetic() || first == '_' {
                self.name();
            } else {
                self.symbol(first);
            }
        }
    }

    fn push(&mut self, length: usize, word: Word) {
        let place = Place { start: self.at, end: self.at + length };
        self.tokens.push(Token { word, place });
        self.at += length;
    }

    fn fault(&mut self, length: usize, code: &'static str, message: String, help: &str) {
        let place = Place { start: self.at, end: self.at + length };
        self.faults.push(Fault::new(place, code, message).help(help));
        self.at += length;
    }

    fn digits(text: &str) -> usize {
        text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len())
    }

    fn number_or_date(&mut self) {
        let rest = self.rest();
        if let Some(head) = rest.get(..10)
            && is_date_shape(head)
        {
            match Day::from_str(head) {
                Ok(day) => self.push(10, Word::Date(day)),
                Err(_) => self.fault(
                    10,
                    "no-such-day",
                    format!("`{head}` is not a day of the calendar"),
                    "write dates as year-month-day",
                ),
            }
            return;
        }
        let length = Self::digits(rest);
        let written = rest.get(..length).unwrap_or_default();
        let Ok(number) = Decimal::from_str(written) else {
            let message = format!("`{written}` is not a number");
            self.fault(length.max(1), "not-a-number", message, "write plain digits, such as 4.3");
            return;
        };
        if rest.get(length..).is_some_and(|after| after.starts_with('%')) {
            let share = number.checked_div(Decimal::ONE_HUNDRED).unwrap_or(number);
            self.push(length + 1, Word::Percent(share.normalize()));
        } else {
            self.push(length, Word::Number(number));
        }
    }

    fn money(&mut self) {
        let rest = self.rest();
        let after = rest.get(1..).unwrap_or_default();
        let length = Self::digits(after);
        let thousands = Self::thousands(after.get(length..).unwrap_or_default());
        if length > 0 && thousands > 0 {
            let written = after.get(..length + thousands).unwrap_or_default();
            let message = format!("`${written}` is written with a comma");
            let help = format!("leave it out: ${}", written.replace(',', ""));
            self.fault(1 + length + thousands, "not-an-amount", message, &help);
            return;
        }
        match after.get(..length).map(Decimal::from_str) {
            Some(Ok(amount)) => self.push(1 + length, Word::Money(amount)),
            _ => self.fault(
                1 + length,
                "not-an-amount",
                "`$` must be followed by an amount".to_owned(),
                "write plain digits, such as $1305 or $205.66",
            ),
        }
    }

    /// How long the groups of three digits are that follow, each after a comma.
    fn thousands(text: &str) -> usize {
        let mut length = 0;
        while let Some(group) = text.get(length..).and_then(|rest| rest.strip_prefix(',')) {
            let digits = group.find(|c: char| !c.is_ascii_digit()).unwrap_or(group.len());
            if digits != 3 {
                break;
            }
            length += 1 + digits;
        }
        if length > 0 && text.get(length..).is_some_and(|rest| rest.starts_with('.')) {
            length += Self::digits(text.get(length..).unwrap_or_default());
        }
        length
    }

    fn name(&mut self) {
        let rest = self.rest();
        let mut length = 0;
        let mut characters = rest.char_indices().peekable();
        while let Some((index, character)) = characters.next() {
            let joins = (character == '-' || character == '.')
                && characters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
            if character.is_alphanumeric() || character == '_' || joins {
                length = index + character.len_utf8();
            } else {
                break;
            }
        }
        let word = rest.get(..length).unwrap_or_default().to_owned();
        self.push(length, Word::Name(word));
    }

    fn symbol(&mut self, first: char) {
        let rest = self.rest();
        match SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            Some(&"×") => self.push("×".len(), Word::Symbol("*")),
            Some(&symbol) => self.push(symbol.len(), Word::Symbol(symbol)),
            None if first == '=' => {
                let help = match rest.get(1..2) {
                    Some(">") => "write `>=`",
                    Some("<") => "write `<=`",
                    _ => "write `==` for numbers and dates, `is` for codes",
                };
                self.fault(1, "single-equals", "`=` alone compares nothing".to_owned(), help);
            }
            None if first == '\'' || first == '"' => {
                let help = "write a code or a day without quotation marks";
                let inside = rest.get(1..).and_then(|inside| inside.find(first));
                let length = inside.map_or(1, |end| end + 2);
                self.fault(length, "quotation-mark", format!("`{first}` starts no word"), help);
            }
            None => {
                let help = match first {
                    '&' => "write `and`",
                    '|' => "write `or`",
                    '!' => "write `not`, or `!=` for numbers and dates",
                    '%' => "a rate is a number and `%` without a space, such as 20%",
                    '–' | '—' | '−' => "write `-`",
                    '≤' => "write `<=`",
                    '≥' => "write `>=`",
                    '≠' => "write `!=` for numbers and dates, `is not` for codes",
                    '÷' | ':' => "write `/` to divide",
                    '“' | '”' | '‘' | '’' => "write a code without quotation marks",
                    '{' | '}' => "lists stand between `[` and `]`, parts of a test between `(` and `)`",
                    _ => "the language page in rules/README.md lists what may be written",
                };
                let twice = rest.chars().take_while(|next| *next == first).count();
                let length = first.len_utf8() * twice;
                let message = format!("`{}` has no meaning here", rest.get(..length).unwrap_or_default());
                self.fault(length, "strange-character", message, help);
            }
        }
    }
}

fn is_date_shape(text: &str) -> bool {
    text.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    })
}
