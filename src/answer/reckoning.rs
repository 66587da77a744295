//! The facts that bear on a finding with their values, and the steps of a reckoning.

use std::borrow::Cow;

use crate::engine::Line;
use crate::kernel::Value;
use crate::language::Tree;
use crate::rulebook::SourceId;
use crate::vocabulary::{About, FactRef, Given, Kind};

use super::context::Context;
use super::reply;

impl<'b> Context<'b> {
    /// A fact with its value.
    pub(super) fn fact_value(&self, at: FactRef) -> Option<reply::FactValue> {
        let fact = self.book.vocabulary.fact(at.fact)?;
        let value = match fact.kind {
            Kind::One(kind) => {
                self.speaker.value(&self.situation.known(at, &self.book.vocabulary)?.value, kind)
            }
            Kind::Items(record) => {
                let list = self.situation.list(at)?;
                let items: Vec<_> = list.items.iter().map(|item| self.item(item, record)).collect();
                items.join("; ")
            }
        };
        Some(reply::FactValue { pointer: self.pointer(at), value })
    }

    fn item(&self, item: &crate::vocabulary::Item, record: u16) -> String {
        let mut fields: Vec<(u16, String)> = Vec::new();
        for fact in self.book.vocabulary.facts.iter().filter(|fact| fact.about == About::Item(record)) {
            let (Kind::One(kind), Some(known)) = (fact.kind, item.fields.get(usize::from(fact.slot))) else {
                continue;
            };
            let left_out = fact.left_out_is_none && known.value == crate::vocabulary::Vocabulary::none(fact);
            if known.given == Given::Told && !left_out {
                fields.push((fact.slot, self.speaker.value(&known.value, kind)));
            }
        }
        fields.sort();
        fields.into_iter().map(|(_, said)| said).collect::<Vec<_>>().join(", ")
    }

    /// One step of a reckoning.
    pub(super) fn arithmetic(&self, line: &Line) -> reply::Arithmetic<'b> {
        let definition = line.definition.and_then(|id| self.book.definition(id));
        let mut with = String::with_capacity(line.formula.len() + 16);
        let mut at = 0;
        for part in &line.parts {
            with.push_str(line.formula.get(at..part.start).unwrap_or_default());
            let said = self.speaker.in_formula(&part.value, part.kind);
            let open = matches!(part.value, Value::Number(range) if !range.is_settled());
            if open {
                with.push('(');
            }
            with.push_str(&said);
            if open {
                with.push(')');
            }
            at = part.end;
        }
        with.push_str(line.formula.get(at..).unwrap_or_default());
        let rounding = definition.and_then(|definition| definition.rounding.as_ref());
        let law = self.speaker.law;
        let version = line.definition.and_then(|id| law?.formula(self.book, id));
        let formula = version.map_or(&[][..], |version| &version.cite);
        let figures = version.map_or_else(Vec::new, |version| self.figures_in(&version.says));
        let sources = definition.map_or(&[][..], |definition| &definition.cite);
        let more = rounding.map_or(&[][..], |(_, cite)| cite);
        let name = definition.map_or("test", |definition| &definition.name);
        let step = name.rsplit_once('.').map_or(name, |(_, own)| own);
        let module = name.split_once('.').map_or("", |(module, _)| module);
        let title = match definition {
            Some(definition) => self.speaker.say(&definition.means, module),
            None => Cow::Borrowed(self.speaker.own("The test", "La prueba")),
        };
        reply::Arithmetic {
            step,
            title,
            formula: line.formula.clone(),
            with,
            value: self.speaker.value(&line.value, line.kind),
            citations: self.citations(formula.iter().chain(sources).chain(more).chain(&figures)),
            untranslated: self.speaker.fell_back(),
        }
    }

    /// The sources of the figures that a formula names.
    fn figures_in(&self, formula: &Tree) -> Vec<SourceId> {
        let mut sources = Vec::new();
        formula.visit(&mut |node| {
            if let Tree::Figure(id, _) = node
                && let Some(version) = self.speaker.law.and_then(|law| law.figure(self.book, *id))
            {
                sources.extend(&version.cite);
            }
        });
        sources
    }
}
