//! Every name that rules may use, declared before any rule is checked.

use std::collections::{BTreeMap, HashMap};

use crate::kernel::nearest;
use crate::language::{DefinitionId, FactId, FigureId, ListId, ProgramId, Scope, Subject, Symbol, Type};
use crate::vocabulary::{About, Kind, Vocabulary};

/// A declared definition.
#[derive(Debug, Clone, Copy)]
pub(super) struct DefinitionName {
    pub(super) id: DefinitionId,
    pub(super) of: Subject,
    pub(super) kind: Type,
}

/// A declared figure.
#[derive(Debug, Clone, Copy)]
pub(super) struct FigureName {
    pub(super) id: FigureId,
    pub(super) kind: Type,
    pub(super) by: Option<Type>,
}

/// All names.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) vocabulary: Vocabulary,
    pub(super) definitions: BTreeMap<String, DefinitionName>,
    pub(super) figures: BTreeMap<String, FigureName>,
    pub(super) programs: BTreeMap<String, ProgramId>,
    /// The standings of each module's unit, `member` first.
    pub(super) standings: HashMap<String, Vec<String>>,
    /// The module whose unit another takes, where its name is misspelt.
    pub(super) meant_units: HashMap<String, String>,
    /// The conversion of pay of each module.
    pub(super) conversions: HashMap<String, u16>,
}

impl Names {
    /// The names as one module sees them.
    pub(super) fn in_module<'a>(&'a self, module: &'a str) -> InModule<'a> {
        InModule { names: self, module }
    }

    /// A type as a rule file writes it.
    pub(super) fn kind(&self, text: &str) -> Option<Type> {
        if let Some(list) = text.strip_prefix("code ") {
            return self.vocabulary.list_named(list.trim()).map(Type::Code);
        }
        if let Some(list) = text.strip_prefix("codes ") {
            return self.vocabulary.list_named(list.trim()).map(Type::Codes);
        }
        Type::named(text)
    }

    /// The position of a program's code.
    pub(super) fn program_code(&self, id: &str) -> Option<usize> {
        let list = self.vocabulary.list_named("program")?;
        self.vocabulary.list(list)?.position(id)
    }
}

/// The names as one module sees them: its own first, then facts, then other modules' by full name.
pub(super) struct InModule<'a> {
    names: &'a Names,
    module: &'a str,
}

impl InModule<'_> {
    fn qualified(&self, name: &str) -> Option<Symbol> {
        if let Some(found) = self.names.definitions.get(name) {
            return Some(Symbol::Definition { id: found.id, of: found.of, kind: found.kind });
        }
        let found = self.names.figures.get(name)?;
        Some(Symbol::Figure { id: found.id, kind: found.kind, by: found.by })
    }

    fn fact(&self, id: FactId) -> Option<Symbol> {
        let fact = self.names.vocabulary.fact(id)?;
        let about = match fact.about {
            About::Situation | About::Household => Subject::Household,
            About::Person => Subject::Person,
            About::Item(_) => Subject::Item,
        };
        Some(match fact.kind {
            Kind::One(kind) => Symbol::Fact { id, about, kind },
            Kind::Items(_) => Symbol::Items { id, about },
        })
    }
}

impl Scope for InModule<'_> {
    fn symbol(&self, name: &str) -> Option<Symbol> {
        let own = format!("{}.{name}", self.module);
        if let Some(found) = self.qualified(&own) {
            return Some(found);
        }
        if let Some(id) = self.names.vocabulary.named(name) {
            return self.fact(id);
        }
        self.qualified(name)
    }

    fn field(&self, items: FactId, name: &str) -> Option<Symbol> {
        let Kind::Items(record) = self.names.vocabulary.fact(items)?.kind else { return None };
        self.fact(self.names.vocabulary.field(record, name)?)
    }

    fn near(&self, name: &str) -> Option<String> {
        let names = self.names;
        let own = format!("{}.", self.module);
        let local =
            names.definitions.keys().chain(names.figures.keys()).filter_map(|full| full.strip_prefix(&own));
        let full = names.definitions.keys().chain(names.figures.keys()).map(String::as_str);
        let facts = names.vocabulary.by_name.keys().map(String::as_str);
        let mut known: Vec<&str> = local.chain(full).chain(facts).collect();
        known.sort_unstable();
        nearest(name, known).map(str::to_owned)
    }

    fn elsewhere(&self, name: &str) -> Vec<String> {
        let all = self.names.definitions.keys().chain(self.names.figures.keys());
        let same = |full: &&String| full.split_once('.').is_some_and(|(_, own)| own == name);
        all.filter(same).cloned().collect()
    }

    fn fields(&self, items: FactId) -> Vec<&str> {
        let vocabulary = &self.names.vocabulary;
        let Some(Kind::Items(record)) = vocabulary.fact(items).map(|fact| fact.kind) else {
            return Vec::new();
        };
        let prefix = vocabulary
            .records
            .get(usize::from(record))
            .map(|record| format!("{record}."))
            .unwrap_or_default();
        vocabulary.facts.iter().filter_map(|fact| fact.name.strip_prefix(&prefix)).collect()
    }

    fn near_program(&self, id: &str) -> Option<String> {
        let list =
            self.names.vocabulary.list_named("program").and_then(|id| self.names.vocabulary.list(id))?;
        nearest(id, list.codes.iter().map(|code| code.code.as_str())).map(str::to_owned)
    }

    fn code(&self, list: ListId, code: &str) -> Option<usize> {
        self.names.vocabulary.list(list)?.position(code)
    }

    fn list(&self, list: ListId) -> (&str, Vec<&str>) {
        match self.names.vocabulary.list(list) {
            Some(list) => (&list.name, list.codes.iter().map(|code| code.code.as_str()).collect()),
            None => ("", Vec::new()),
        }
    }

    fn relationships(&self) -> ListId {
        self.names.vocabulary.list_named("relationship").unwrap_or(ListId(u16::MAX))
    }

    fn program(&self, id: &str) -> Option<(Option<ProgramId>, usize)> {
        let code = self.names.program_code(id)?;
        Some((self.names.programs.get(id).copied(), code))
    }

    fn standings(&self) -> &[String] {
        self.names.standings.get(self.module).map_or(&[], Vec::as_slice)
    }

    fn conversion(&self) -> Option<u16> {
        self.names.conversions.get(self.module).copied()
    }
}
