//! The names that the expressions of the fuzzers may use.

use std::collections::BTreeMap;

use onward::language::{
    DefinitionId, FactId, FigureId, ListId, MoneyPer, ProgramId, Scope, Subject, Symbol, Type,
};
use onward::rulebook::RuleBook;
use onward::vocabulary::{About, Kind};

/// The names of the vocabulary, each with a type, and a few more.
pub struct Names {
    symbols: BTreeMap<String, Symbol>,
    lists: Vec<(String, Vec<String>)>,
    relationships: ListId,
    standings: Vec<String>,
}

impl Names {
    /// The facts and codes of the rule book, and a few definitions and figures that are made up.
    pub fn of(book: &RuleBook) -> Self {
        let mut symbols = facts(book);
        made_up(&mut symbols);
        let lists = book
            .vocabulary
            .lists
            .iter()
            .map(|list| (list.name.clone(), list.codes.iter().map(|code| code.code.clone()).collect()))
            .collect();
        let relationships = book.vocabulary.list_named("relationship").unwrap();
        Self { symbols, lists, relationships, standings: vec!["member".into(), "prorated".into()] }
    }
}

fn facts(book: &RuleBook) -> BTreeMap<String, Symbol> {
    let mut symbols = BTreeMap::new();
    for (position, fact) in book.vocabulary.facts.iter().enumerate() {
        let id = FactId(u16::try_from(position).unwrap());
        let about = match fact.about {
            About::Person => Subject::Person,
            About::Item(_) => Subject::Item,
            _ => Subject::Household,
        };
        let symbol = match fact.kind {
            Kind::One(kind) => Symbol::Fact { id, about, kind },
            Kind::Items(_) => Symbol::Items { id, about },
        };
        symbols.insert(fact.name.clone(), symbol);
    }
    symbols
}

/// Definitions and figures, each by its whole name and by its own.
fn made_up(symbols: &mut BTreeMap<String, Symbol>) {
    let monthly = Type::Money(MoneyPer::Month);
    let mut named = |name: &str, symbol: Symbol| {
        symbols.insert(name.rsplit_once('.').map_or(name, |(_, own)| own).to_owned(), symbol);
        symbols.insert(name.to_owned(), symbol);
    };
    for name in ["gross_income", "snap.net_income", "allotment"] {
        named(name, Symbol::Definition { id: DefinitionId(0), of: Subject::Unit, kind: monthly });
    }
    for name in ["elderly_or_disabled", "immigration.qualified_alien"] {
        named(name, Symbol::Definition { id: DefinitionId(1), of: Subject::Person, kind: Type::Boolean });
    }
    let by_count = Some(Type::Count);
    named("net_income_limit", Symbol::Figure { id: FigureId(0), kind: monthly, by: by_count });
    named("shelter_cap", Symbol::Figure { id: FigureId(1), kind: monthly, by: None });
}

impl Scope for Names {
    fn symbol(&self, name: &str) -> Option<Symbol> {
        self.symbols.get(name).copied()
    }
    fn field(&self, _: FactId, name: &str) -> Option<Symbol> {
        ["income_item", "receipt", "notice", "application"]
            .iter()
            .find_map(|record| self.symbol(&format!("{record}.{name}")))
    }
    fn elsewhere(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn fields(&self, _: FactId) -> Vec<&str> {
        vec!["kind", "amount"]
    }
    fn near_program(&self, _: &str) -> Option<String> {
        Some("snap".to_owned())
    }
    fn near(&self, name: &str) -> Option<String> {
        self.symbols.keys().find(|known| known.starts_with(name.get(..2).unwrap_or(name))).cloned()
    }
    fn code(&self, list: ListId, code: &str) -> Option<usize> {
        self.lists.get(list.index())?.1.iter().position(|known| known == code)
    }
    fn list(&self, list: ListId) -> (&str, Vec<&str>) {
        self.lists
            .get(list.index())
            .map_or(("", Vec::new()), |(name, codes)| (name, codes.iter().map(String::as_str).collect()))
    }
    fn relationships(&self) -> ListId {
        self.relationships
    }
    fn program(&self, id: &str) -> Option<(Option<ProgramId>, usize)> {
        matches!(id, "snap" | "ssi" | "ar-tea").then_some((Some(ProgramId(0)), 0))
    }
    fn standings(&self) -> &[String] {
        &self.standings
    }
    fn conversion(&self) -> Option<u16> {
        Some(0)
    }
}
