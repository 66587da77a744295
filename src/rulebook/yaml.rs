//! YAML text -> a tree in which every key and value knows its place.
//!
//! Rule files use a plain part of YAML: no anchors, no tags, one document. Scalars stay text here; what
//! kind of value is wanted is for the shapes to say, so `no` is never a boolean by accident.

use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::fault::{Report, RuleFault, RuleFile, Severity};
use super::yaml_fault;

/// Limits on what is read: rule files are trusted, pull requests are not.
const MAX_DEPTH: usize = 40;
const MAX_NODES: usize = 200_000;

/// A place in a file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct At {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A value with its place.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) at: At,
    pub(super) what: What,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(super) enum What {
    Text(Text),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A scalar.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) text: String,
    /// Whether it stands in the file letter by letter from `at.start` on, so that places in it are places in the file.
    pub(super) verbatim: bool,
    /// Written without quotation marks or block signs.
    pub(super) plain: bool,
}

/// A key with its place.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) at: At,
    pub(super) text: String,
}

impl Node {
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|(_, node)| node)
    }

    pub(super) fn entry(&self, key: &str) -> Option<&(Key, Node)> {
        match &self.what {
            What::Map(entries) => entries.iter().find(|(known, _)| known.text == key),
            _ => None,
        }
    }

    pub(super) fn entries(&self) -> &[(Key, Node)] {
        if let What::Map(entries) = &self.what { entries } else { &[] }
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.entries_mut()?.iter_mut().find(|(known, _)| known.text == key).map(|(_, node)| node)
    }

    pub(super) fn entries_mut(&mut self) -> Option<&mut Vec<(Key, Node)>> {
        if let What::Map(entries) = &mut self.what { Some(entries) } else { None }
    }

    pub(super) fn items(&self) -> &[Node] {
        if let What::List(items) = &self.what { items } else { &[] }
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let What::Text(text) = &self.what { Some(&text.text) } else { None }
    }

    /// Where a fault of the whole is shown: its first key, with the value if that is short.
    pub(super) fn head(&self) -> At {
        match &self.what {
            What::Text(_) => self.at,
            What::List(items) => items.first().map_or(self.at, Self::head),
            What::Map(entries) => match entries.first() {
                Some((key, value)) if matches!(value.what, What::Text(_)) && value.at.end > key.at.start => {
                    At { start: key.at.start, end: value.at.end }
                }
                Some((key, _)) => key.at,
                None => self.at,
            },
        }
    }

    /// Where a part of a text stands, if that can be told; else the whole. A text that is folded or has escapes does
    /// not stand in the file letter by letter, but a part of it may still stand there once.
    pub(super) fn part(&self, file: &str, start: usize, end: usize) -> At {
        let What::Text(text) = &self.what else { return self.at };
        if !text.verbatim {
            let part = text.text.get(start..end).filter(|part| !part.is_empty());
            let mut found = part
                .zip(file.get(self.at.start..self.at.end))
                .into_iter()
                .flat_map(|(part, raw)| raw.match_indices(part));
            return match (found.next(), found.next()) {
                (Some((at, part)), None) => {
                    At { start: self.at.start + at, end: self.at.start + at + part.len() }
                }
                _ => self.at,
            };
        }
        let start = (self.at.start + start).min(self.at.end);
        At { start, end: (self.at.start + end).min(self.at.end).max(start) }
    }

    pub(super) fn kind(&self) -> &'static str {
        match self.what {
            What::Text(_) => "a text",
            What::List(_) => "a list",
            What::Map(_) => "a map",
        }
    }
}

struct Builder<'a> {
    file: &'a Arc<RuleFile>,
    /// Byte of each character, where the two differ.
    bytes: Option<Vec<usize>>,
    report: &'a mut Report,
    nodes: usize,
    /// Items of which the dash is missing: they were read with the item above.
    split: Vec<Node>,
}

/// Reads one file; `None` after a fault that leaves nothing to read.
pub(super) fn read(file: &Arc<RuleFile>, report: &mut Report) -> Option<Node> {
    let bytes = (!file.text.is_ascii()).then(|| {
        let mut bytes: Vec<usize> = file.text.char_indices().map(|(byte, _)| byte).collect();
        bytes.push(file.text.len());
        bytes
    });
    let mut builder = Builder { file, bytes, report, nodes: 0, split: Vec::new() };
    let mut parser = Parser::new_from_str(&file.text);
    let mut root = None;
    loop {
        match parser.next_event() {
            None | Some(Ok((Event::StreamEnd, _))) => {
                if root.is_none() {
                    let help = Some("write rules in it, or take the file away");
                    builder.fault(
                        At::default(),
                        "empty-file",
                        "there is nothing in this file".to_owned(),
                        help,
                    );
                }
                return root;
            }
            Some(Ok((
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing,
                _,
            ))) => {}
            Some(Ok((event, span))) if root.is_none() => {
                root = builder.node(event, span, &mut parser, 0);
                root.as_ref()?;
            }
            Some(Ok((_, span))) => {
                let at = builder.at(span);
                let help = Some("take the `---` away, or put what follows it into a file of its own");
                builder.report.lost.file(file);
                builder.fault(
                    at,
                    "second-document",
                    "a second document begins here, and a rule file holds one".to_owned(),
                    help,
                );
                return root;
            }
            Some(Err(error)) => {
                builder.not_yaml(&error);
                return None;
            }
        }
    }
}

impl Builder<'_> {
    fn byte(&self, character: usize) -> usize {
        match &self.bytes {
            Some(bytes) => bytes.get(character).copied().unwrap_or(self.file.text.len()),
            None => character.min(self.file.text.len()),
        }
    }

    fn at(&self, span: Span) -> At {
        At { start: self.byte(span.start.index()), end: self.byte(span.end.index()) }
    }

    fn fault(&mut self, at: At, code: &'static str, message: String, help: Option<&str>) {
        self.report.add(RuleFault {
            severity: Severity::Error,
            code,
            message,
            help: help.map(str::to_owned),
            file: Arc::clone(self.file),
            start: at.start,
            end: at.end,
        });
    }

    fn node<'i>(
        &mut self,
        event: Event<'i>,
        span: Span,
        parser: &mut Parser<'i, saphyr_parser::StrInput<'i>>,
        depth: usize,
    ) -> Option<Node> {
        self.nodes += 1;
        let at = self.at(span);
        if depth > MAX_DEPTH || self.nodes > MAX_NODES {
            let help = Some("split the file; brackets that are never closed also do this");
            self.fault(at, "too-large", "this file is nested too deeply or too large".to_owned(), help);
            return None;
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_extras(at, anchor, tag.is_some());
                Some(self.scalar(at, text.into_owned(), style))
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_extras(at, anchor, tag.is_some());
                let mut items = Vec::new();
                loop {
                    let (event, span) = self.next(parser)?;
                    if event == Event::SequenceEnd {
                        let end = self.at(span).end;
                        return Some(Node { at: At { start: at.start, end }, what: What::List(items) });
                    }
                    let before = std::mem::take(&mut self.split);
                    items.push(self.node(event, span, parser, depth + 1)?);
                    items.extend(std::mem::replace(&mut self.split, before));
                }
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_extras(at, anchor, tag.is_some());
                self.map(at, parser, depth)
            }
            Event::Alias(_) => {
                let help = Some("say it twice: a rule is read on its own");
                self.fault(at, "alias", "aliases (`*name`) are not used in rule files".to_owned(), help);
                None
            }
            _ => None,
        }
    }

    fn not_yaml(&mut self, error: &saphyr_parser::ScanError) {
        let place = self.byte(error.marker().index());
        let wrong = yaml_fault::explain(&self.file.text, place, error.info());
        self.fault(wrong.at, "not-yaml", wrong.message, Some(&wrong.help));
    }

    fn refuse_extras(&mut self, at: At, anchor: usize, tag: bool) {
        if anchor > 0 || tag {
            let message = "anchors (`&name`) and tags (`!name`) are not used in rule files".to_owned();
            let help = Some("take it away; a text that begins with `&`, `!` or `*` needs quotation marks");
            self.fault(at, "anchor-or-tag", message, help);
        }
    }

    fn scalar(&self, at: At, text: String, style: ScalarStyle) -> Node {
        let raw = self.file.text.get(at.start..at.end).unwrap_or_default();
        let plain = style == ScalarStyle::Plain;
        let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
        if quoted && raw.get(1..raw.len().saturating_sub(1)) == Some(text.as_str()) {
            let inner = At { start: at.start + 1, end: at.end.saturating_sub(1) };
            return Node { at: inner, what: What::Text(Text { text, verbatim: true, plain }) };
        }
        let verbatim = raw == text;
        Node { at, what: What::Text(Text { text, verbatim, plain }) }
    }

    fn next<'i>(
        &mut self,
        parser: &mut Parser<'i, saphyr_parser::StrInput<'i>>,
    ) -> Option<(Event<'i>, Span)> {
        match parser.next_event()? {
            Ok(found) => Some(found),
            Err(error) => {
                self.not_yaml(&error);
                None
            }
        }
    }

    fn map<'i>(
        &mut self,
        at: At,
        parser: &mut Parser<'i, saphyr_parser::StrInput<'i>>,
        depth: usize,
    ) -> Option<Node> {
        let in_block = !self.file.text.get(at.start..).is_some_and(|text| text.starts_with('{'));
        let mut entries: Vec<(Key, Node)> = Vec::new();
        let mut items: Vec<Vec<(Key, Node)>> = Vec::new();
        loop {
            let (event, span) = self.next(parser)?;
            if event == Event::MappingEnd {
                let end = self.at(span).end;
                let mut whole = |entries| Node { at: At { start: at.start, end }, what: What::Map(entries) };
                items.push(entries);
                let mut items = items.into_iter().map(&mut whole);
                let first = items.next();
                let further: Vec<Node> = items.collect();
                self.split.extend(further);
                return first;
            }
            let key = self.node(event, span, parser, depth + 1)?;
            let (event, span) = self.next(parser)?;
            let mut value = self.node(event, span, parser, depth + 1)?;
            if matches!(&value.what, What::Text(text) if text.text.is_empty() && text.plain) {
                // Nothing is written: the key is what can be shown.
                value.at = key.at;
            }
            let What::Text(text) = key.what else {
                let help = Some("a `{` or `[` before a `:` is often a text that needs quotation marks");
                self.fault(
                    key.at,
                    "strange-key",
                    "a key must be a plain word, and this is a map or a list".to_owned(),
                    help,
                );
                continue;
            };
            let key = Key { at: key.at, text: text.text };
            let Some(place) = entries.iter().position(|(known, _)| known.text == key.text) else {
                entries.push((key, value));
                continue;
            };
            let line = entries.get(place).map_or(0, |(known, _)| self.file.line(known.at.start));
            let message = format!("the key `{}` stands here twice; first in line {line}", key.text);
            if place == 0 && in_block && key.text == "id" {
                // Whoever forgot a dash wrote two items: they are read as two.
                let help =
                    format!("begin a new item with a dash: `- {}: …`; or keep one of the two", key.text);
                self.fault(key.at, "duplicate-key", message, Some(&help));
                items.push(std::mem::take(&mut entries));
                entries.push((key, value));
            } else {
                self.fault(key.at, "duplicate-key", message, Some("keep one of the two"));
            }
        }
    }
}
