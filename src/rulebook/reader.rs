//! Common readings: words, days, amounts, citations, expressions and tests.

use std::collections::BTreeMap;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::kernel::{Day, Words};
use crate::language::{Checked, Expression, MoneyPer, Part, Subject, Tree, Type, check, parse};

use super::book::{FormulaText, Placeholder, SourceId, Use, Version};
use super::check::{
    contradiction,
    versions::{self, Stretch},
};
use super::names::{InModule, Names};
use super::shape::Faults;
use super::yaml::{At, Node, What};

/// A number, an amount (`$35`) or a rate (`20%`), in plain digits.
pub(super) fn amount(text: &str) -> Option<Decimal> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let rest = rest.strip_prefix('$').unwrap_or(rest);
    let (digits, rate) = match rest.strip_suffix('%') {
        Some(digits) => (digits, true),
        None => (rest, false),
    };
    let plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let value = Decimal::from_str(digits).ok().filter(|_| plain)?;
    let value = if rate { value.checked_div(Decimal::ONE_HUNDRED)? } else { value };
    Some(if negative { -value } else { value })
}

/// Reads values of one file in one module.
pub(super) struct Reader<'a, 'f> {
    pub(super) names: &'a Names,
    pub(super) module: &'a str,
    pub(super) sources: &'a BTreeMap<String, SourceId>,
    pub(super) faults: Faults<'f>,
    /// Sources that a rule of this file cites.
    pub(super) cited: Vec<SourceId>,
}

impl<'a> Reader<'a, '_> {
    fn scope(&self) -> InModule<'a> {
        self.names.in_module(self.module)
    }

    pub(super) fn words(&mut self, node: Option<&Node>) -> Option<Words> {
        let node = node?;
        let en = node.get("en")?.text()?.trim().to_owned();
        let es = node.get("es").and_then(Node::text).map(|text| text.trim().to_owned());
        if es.is_none() {
            let help = "add `es`; until then English is shown, marked as not translated".to_owned();
            self.faults.warn(node.at, "untranslated", "these words have no Spanish", Some(help));
        }
        Some(Words { en, es })
    }

    pub(super) fn day(&self, node: Option<&Node>) -> Option<Day> {
        Day::from_str(node?.text()?).ok()
    }

    pub(super) fn amount(&self, node: Option<&Node>) -> Option<Decimal> {
        amount(node?.text()?)
    }

    pub(super) fn flag(&self, node: Option<&Node>) -> bool {
        node.and_then(Node::text) == Some("true")
    }

    pub(super) fn text(&self, node: Option<&Node>) -> Option<String> {
        node?.text().map(str::to_owned)
    }

    pub(super) fn texts(&self, node: Option<&Node>) -> Vec<String> {
        node.map_or_else(Vec::new, |node| {
            node.items().iter().filter_map(|item| item.text().map(str::to_owned)).collect()
        })
    }

    /// Source ids, each of which must be registered.
    pub(super) fn cite(&mut self, node: Option<&Node>) -> Vec<SourceId> {
        let Some(node) = node else { return Vec::new() };
        let one = std::slice::from_ref(node);
        let items = if matches!(node.what, What::List(_)) { node.items() } else { one };
        let mut found = Vec::new();
        for item in items {
            let Some(text) = item.text() else { continue };
            match self.sources.get(text) {
                Some(id) => found.push(*id),
                None => {
                    let message = format!("no source has the id `{text}`");
                    let near = crate::kernel::nearest(text, self.sources.keys().map(String::as_str));
                    let help = near.map_or_else(
                        || "register it in rules/sources".to_owned(),
                        |near| format!("did you mean `{near}`? Otherwise register it in rules/sources"),
                    );
                    self.faults.add(item.at, "unknown-source", message, Some(help));
                }
            }
        }
        self.cited.extend(&found);
        found
    }

    /// An expression about `subject`, and its text with the names in it.
    pub(super) fn expression(&mut self, node: &Node, subject: Subject) -> Option<(Checked, FormulaText)> {
        let What::Text(text) = &node.what else { return None };
        if text.text.trim().is_empty() {
            // That nothing is written here is told with the shape.
            return None;
        }
        let parsed = match parse(&text.text) {
            Ok(parsed) => parsed,
            Err(faults) => {
                self.language_faults(node, faults);
                return None;
            }
        };
        let scope = self.scope();
        match check(&parsed, subject, &scope) {
            Ok(checked) => {
                self.check_reachable(node, &parsed, &checked.tree);
                let mut uses = Vec::new();
                self.uses(&parsed, subject, &mut uses);
                Some((checked, FormulaText { text: text.text.clone(), uses }))
            }
            Err(faults) => {
                self.language_faults(node, faults);
                None
            }
        }
    }

    /// A type in words, with the name of its code list.
    pub(super) fn named(&self, kind: Type) -> String {
        crate::language::in_words(kind, &self.scope())
    }

    fn language_faults(&mut self, node: &Node, faults: Vec<crate::language::Fault>) {
        for fault in faults {
            let at = node.part(&self.faults.file.text, fault.place.start, fault.place.end);
            self.faults.add(at, fault.code, fault.message, fault.help);
        }
    }

    /// Tells a test that can never hold, at the first part that rules it out.
    fn check_reachable(&mut self, node: &Node, parsed: &Expression, tree: &Tree) {
        let vocabulary = &self.names.vocabulary;
        if !contradiction::within(tree, vocabulary) {
            return;
        }
        let mut at = node.at;
        if let (Part::And(parts), Tree::And(trees)) = (&parsed.part, tree) {
            let trees: Vec<&Tree> = trees.iter().collect();
            let last = (1..=trees.len())
                .find(|last| trees.get(..*last).is_some_and(|some| contradiction::never(some, vocabulary)));
            if let Some(part) = last.and_then(|last| parts.get(last - 1)) {
                at = node.part(&self.faults.file.text, part.place.start, part.place.end);
            }
        }
        self.never_holds(at);
    }

    fn never_holds(&mut self, at: At) {
        let message = "this can never hold, so what follows from it is never reached";
        let help = "compare it with the tests beside it and with the range of the fact".to_owned();
        self.faults.add(at, "never-holds", message, Some(help));
    }

    /// The names outside of sums, each as an expression of its own.
    fn uses(&self, expression: &Expression, subject: Subject, uses: &mut Vec<Use>) {
        let scope = self.scope();
        match &expression.part {
            Part::Name(_) | Part::Index(..) => {
                if let Ok(checked) = check(expression, subject, &scope) {
                    let place = expression.place;
                    uses.push(Use {
                        start: place.start,
                        end: place.end,
                        tree: checked.tree,
                        kind: checked.kind,
                    });
                }
            }
            Part::Negative(one) | Part::Not(one) => self.uses(one, subject, uses),
            Part::In { of, .. } | Part::Has { of, .. } | Part::Exists { of, .. } => {
                self.uses(of, subject, uses)
            }
            Part::Arithmetic(_, one, two) | Part::Comparison(_, one, two) => {
                self.uses(one, subject, uses);
                self.uses(two, subject, uses);
            }
            Part::If(test, yes, no) => {
                self.uses(test, subject, uses);
                self.uses(yes, subject, uses);
                self.uses(no, subject, uses);
            }
            Part::And(parts) | Part::Or(parts) => {
                parts.iter().for_each(|part| self.uses(part, subject, uses))
            }
            Part::Call(name, arguments) if matches!(name.text.as_str(), "max" | "min") => {
                arguments.iter().for_each(|part| self.uses(part, subject, uses));
            }
            _ => {}
        }
    }

    /// An expression of a wanted type.
    pub(super) fn formula(
        &mut self,
        node: &Node,
        subject: Subject,
        wanted: Type,
    ) -> Option<(Tree, FormulaText)> {
        let (checked, text) = self.expression(node, subject)?;
        let fits = checked.kind.unify(wanted) == Some(wanted)
            || (checked.kind == Type::Money(MoneyPer::Literal) && matches!(wanted, Type::Money(_)));
        if !fits {
            let message =
                format!("expected {}, but this is {}", self.named(wanted), self.named(checked.kind));
            let help = crate::language::conversion_help(wanted, checked.kind)
                .unwrap_or("change the formula, or the type that is declared");
            self.faults.add(node.at, "unit", message, Some(help.to_owned()));
            return None;
        }
        Some((checked.tree, text))
    }

    /// A test: an expression, or `all`, `any`, `not` of tests.
    pub(super) fn test(&mut self, node: &Node, subject: Subject) -> Option<(Tree, FormulaText)> {
        match &node.what {
            What::Text(text) => match text.text.as_str() {
                "true" => Some((Tree::truth(true), FormulaText::default())),
                "false" => Some((Tree::truth(false), FormulaText::default())),
                _ => self.formula(node, subject, Type::Boolean),
            },
            What::Map(entries) => {
                let (key, value) = entries.first()?;
                if key.text == "not" {
                    let (tree, text) = self.test(value, subject)?;
                    return Some((Tree::Not(Box::new(tree)), prefixed("not (", text, ")")));
                }
                let parts: Vec<_> = value.items().iter().map(|item| self.test(item, subject)).collect();
                let parts: Vec<_> = parts.into_iter().collect::<Option<_>>()?;
                let word = if key.text == "all" { " and " } else { " or " };
                let (trees, texts): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
                if key.text == "all" {
                    self.check_together(value, &trees);
                }
                let text = joined(texts, word);
                let tree = if key.text == "all" { Tree::And(trees.into()) } else { Tree::Or(trees.into()) };
                Some((tree, text))
            }
            What::List(_) => None,
        }
    }

    /// Tells a list of tests that can never hold together, at the first that the others rule out.
    fn check_together(&mut self, list: &Node, trees: &[Tree]) {
        let vocabulary = &self.names.vocabulary;
        let trees: Vec<&Tree> = trees.iter().collect();
        if trees.iter().any(|tree| contradiction::within(tree, vocabulary)) {
            return;
        }
        let last = (1..=trees.len())
            .find(|last| trees.get(..*last).is_some_and(|some| contradiction::never(some, vocabulary)));
        if let Some(item) = last.and_then(|last| list.items().get(last - 1)) {
            self.never_holds(item.head());
        }
    }

    /// The `{names}` in words, each with what it stands for.
    pub(super) fn placeholders(
        &mut self,
        node: Option<&Node>,
        subject: Subject,
        into: &mut Vec<Placeholder>,
    ) {
        for node in ["en", "es"].iter().filter_map(|language| node?.get(language)) {
            for name in node.text().map_or_else(Vec::new, names_in_braces) {
                if into.iter().any(|known| known.name == name) {
                    continue;
                }
                let parsed = parse(name);
                let checked = parsed.and_then(|parsed| check(&parsed, subject, &self.scope()));
                match checked {
                    Ok(checked) => {
                        into.push(Placeholder {
                            name: name.to_owned(),
                            tree: checked.tree,
                            kind: checked.kind,
                        });
                    }
                    Err(faults) => {
                        let start = node
                            .text()
                            .and_then(|text| text.find(&format!("{{{name}}}")))
                            .unwrap_or_default();
                        let message = format!("`{{{name}}}` stands for nothing that can be shown here");
                        let why = faults.into_iter().next().map(|fault| match fault.help {
                            Some(help) => format!("{}; {help}", fault.message),
                            None => fault.message,
                        });
                        let help = why.unwrap_or_else(|| {
                            "between braces stands a definition, a figure or a fact".to_owned()
                        });
                        let at = node.part(&self.faults.file.text, start, start + name.len() + 2);
                        self.faults.add(at, "unknown-name", message, Some(help));
                    }
                }
            }
        }
    }

    /// Days, citation and state of a version.
    pub(super) fn version<T>(&mut self, node: &Node, state: Option<usize>, says: T) -> Option<Version<T>> {
        let from = self.day(node.get("from"))?;
        let until = self.day(node.get("until"));
        let known_from = self.day(node.get("known_from"));
        let cite = self.cite(node.get("cite"));
        Some(Version { from, until, known_from, state, cite, says })
    }

    /// The days of versions, and where they stand.
    pub(super) fn stretches(&self, versions: &[Node]) -> Vec<Stretch> {
        let stretch =
            |node: &Node| Some(Stretch::of(node, self.day(node.get("from"))?, self.day(node.get("until"))));
        versions.iter().filter_map(stretch).collect()
    }

    /// Versions must neither overlap nor leave a gap between the first and the last.
    pub(super) fn check_versions(&mut self, versions: &[Node], life: Option<(Day, Option<Day>)>) {
        let stretches = self.stretches(versions);
        versions::check(&stretches, life, &mut self.faults);
    }

    /// The same for what is asked for as long as programs live that rest on it, which is not known yet.
    pub(super) fn check_versions_apart(&mut self, versions: &[Node], option: bool) {
        let stretches = self.stretches(versions);
        if option {
            versions::check(&stretches, None, &mut self.faults);
        } else {
            versions::apart(&stretches, super::book::COVERS.0, &mut self.faults);
        }
    }
}

/// The names between braces.
pub(crate) fn names_in_braces(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, beyond)) = after.split_once('}') else { break };
        names.push(name);
        rest = beyond;
    }
    names
}

fn shifted(text: &FormulaText, by: usize) -> impl Iterator<Item = Use> + '_ {
    text.uses.iter().map(move |used| Use { start: used.start + by, end: used.end + by, ..used.clone() })
}

fn prefixed(before: &str, text: FormulaText, after: &str) -> FormulaText {
    let uses = shifted(&text, before.len()).collect();
    FormulaText { text: format!("{before}{}{after}", text.text), uses }
}

fn joined(texts: Vec<FormulaText>, word: &str) -> FormulaText {
    let mut all = FormulaText::default();
    let many = texts.len() > 1;
    for text in texts {
        if !all.text.is_empty() {
            all.text.push_str(word);
        }
        let needs_brackets = many && (text.text.contains(" and ") || text.text.contains(" or "));
        let text = if needs_brackets { prefixed("(", text, ")") } else { text };
        all.uses.extend(shifted(&text, all.text.len()));
        all.text.push_str(&text.text);
    }
    all
}
