//! Where the parser stands in the words: what comes next, what was expected, how deep it is.
//!
//! For: `parser`. Depends on: `lexer`, `syntax`. Knows no grammar.

use super::lexer::{Token, Word};
use super::syntax::{Fault, Name, Place};

/// How deep an expression may be nested before it must be split into named steps.
pub const MAX_DEPTH: usize = 24;

/// Reads words one after the other.
pub(super) struct Parser<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) depth: usize,
}

/// What was read, or the first fault.
pub(super) type Parsed<T> = Result<T, Fault>;

impl<'a> Parser<'a> {
    pub(super) fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    pub(super) fn peek_word(&self, ahead: usize) -> Option<&'a Word> {
        self.tokens.get(self.at + ahead).map(|token| &token.word)
    }

    pub(super) fn written(&self, token: &Token) -> String {
        match &token.word {
            Word::Name(name) => name.clone(),
            Word::Symbol(symbol) => (*symbol).to_owned(),
            Word::Number(number) => number.to_string(),
            Word::Money(amount) => format!("${amount}"),
            Word::Percent(share) => format!("{}%", share * rust_decimal::Decimal::ONE_HUNDRED),
            Word::Date(day) => day.to_string(),
        }
    }

    pub(super) fn here(&self) -> Place {
        self.peek().map_or(Place { start: self.end, end: self.end }, |token| token.place)
    }

    pub(super) fn previous(&self) -> Place {
        let last = self.at.checked_sub(1).and_then(|index| self.tokens.get(index));
        last.map_or(Place::default(), |token| token.place)
    }

    pub(super) fn is_symbol(&self, symbol: &str) -> bool {
        matches!(self.peek_word(0), Some(Word::Symbol(found)) if *found == symbol)
    }

    pub(super) fn is_keyword(&self, keyword: &str) -> bool {
        self.keyword_ahead(0, keyword)
    }

    pub(super) fn keyword_ahead(&self, ahead: usize, keyword: &str) -> bool {
        matches!(self.peek_word(ahead), Some(Word::Name(found)) if found == keyword)
    }

    pub(super) fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = self.is_symbol(symbol);
        self.at += usize::from(found);
        found
    }

    pub(super) fn take_keyword(&mut self, keyword: &str) -> bool {
        let found = self.is_keyword(keyword);
        self.at += usize::from(found);
        found
    }

    pub(super) fn expected(&self, what: &str) -> Fault {
        let found = match self.peek() {
            Some(token) => format!("found `{}`", self.written(token)),
            None => "the text ends".to_owned(),
        };
        // At the end there is nothing to show but the last word.
        let place = if self.peek().is_some() { self.here() } else { self.previous() };
        let fault = Fault::new(place, "expected", format!("expected {what}, but {found}"));
        match what {
            "`)`" => fault.help("each `(` is closed by a `)`"),
            "`]`" => fault.help("each `[` is closed by a `]`"),
            "`else`" => fault.help("write `if A then B else C`: both ways must be said"),
            _ => fault.help("rules/README.md shows how it is written"),
        }
    }

    pub(super) fn need_symbol(&mut self, symbol: &str) -> Parsed<()> {
        if self.take_symbol(symbol) { Ok(()) } else { Err(self.expected(&format!("`{symbol}`"))) }
    }

    pub(super) fn need_keyword(&mut self, keyword: &str) -> Parsed<()> {
        if self.take_keyword(keyword) { Ok(()) } else { Err(self.expected(&format!("`{keyword}`"))) }
    }

    pub(super) fn name(&mut self, what: &str) -> Parsed<Name> {
        match self.peek() {
            Some(Token { word: Word::Name(text), place }) => {
                self.at += 1;
                Ok(Name { place: *place, text: text.clone() })
            }
            _ => Err(self.expected(what)),
        }
    }

    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAX_DEPTH {
            let fault = Fault::new(self.here(), "too-deep", "this is nested too deeply to be read");
            return Err(fault.help("give a part of it a name, as a definition of its own"));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }
}
