//! YAML text -> a tree in which every key and value knows its place.
//!
//! Rule files use a plain part of YAML: no anchors, no tags, one document. Scalars stay text here; what
//! kind of value is wanted is for the shapes to say, so `no` is never a boolean by accident.

use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::fault::{Report, RuleFault, RuleFile, Severity};

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
}

/// What a YAML parser says, as somebody says it who does not know how parsers work.
fn plain_words(info: &str) -> (String, &'static str) {
    let has = |word: &str| info.contains(word);
    let (message, help) = if has("tab") {
        ("a tab stands here, and YAML indents with spaces", "put spaces in its place")
    } else if has("quoted scalar")
        && (has("end of stream") || has("document indicator") || has("indentation"))
    {
        (
            "a quotation mark is opened and not closed",
            "close it on the same line; inside of \" \" write \\\" for the mark itself",
        )
    } else if has("escape") {
        (
            "a `\\` between \" \" must be followed by a known letter",
            "write `\\\\` for a backslash, or use ' '",
        )
    } else if has("double-quoted scalar") {
        ("something stands after a closing quotation mark", "put the whole text between one pair of marks")
    } else if has("mapping values are not allowed") || has("placement of ':'") {
        (
            "a `:` stands where no key can be",
            "put a text that holds `: ` between quotation marks, or check the indentation of this line",
        )
    } else if has("flow") || has("bracket") {
        (
            "a `{` or `[` is not closed, or a comma is missing",
            "close it; between braces a text that holds `[`, `{`, `,` or `: ` needs quotation marks",
        )
    } else if has("simple key") {
        ("a word stands alone where a key is needed", "write `key: value`, or indent it under the line above")
    } else if has("anchor") {
        ("`*` and `&` begin no text", "put a text that begins with them between quotation marks")
    } else if has("indent") || has("did not find expected") || has("not allowed in this context") {
        (
            "this line does not fit with the lines above",
            "begin the keys of one map in the same column, with two more spaces for what belongs to a key",
        )
    } else {
        return (format!("this is not YAML: {info}"), "check the indentation and quotation marks near here");
    };
    (message.to_owned(), help)
}

/// Reads one file; `None` after a fault that leaves nothing to read.
pub(super) fn read(file: &Arc<RuleFile>, report: &mut Report) -> Option<Node> {
    let bytes = (!file.text.is_ascii()).then(|| {
        let mut bytes: Vec<usize> = file.text.char_indices().map(|(byte, _)| byte).collect();
        bytes.push(file.text.len());
        bytes
    });
    let mut builder = Builder { file, bytes, report, nodes: 0 };
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
                    items.push(self.node(event, span, parser, depth + 1)?);
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
        let (message, help) = plain_words(error.info());
        let rest = self.file.text.get(place..).unwrap_or_default();
        // At the end of the text, the last character is shown.
        let mut start =
            if rest.trim().is_empty() { self.file.text.trim_end().len().saturating_sub(1) } else { place };
        while !self.file.text.is_char_boundary(start) {
            start -= 1;
        }
        // A tab is found out by what stands after it.
        let tabs = self
            .file
            .text
            .get(..start)
            .map_or(0, |before| before.len() - before.trim_end_matches('\t').len());
        if tabs > 0 && message.contains("tab") {
            self.fault(At { start: start - tabs, end: start }, "not-yaml", message, Some(help));
            return;
        }
        let shown =
            self.file.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        self.fault(At { start, end: start + shown }, "not-yaml", message, Some(help));
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
        let mut entries: Vec<(Key, Node)> = Vec::new();
        loop {
            let (event, span) = self.next(parser)?;
            if event == Event::MappingEnd {
                let end = self.at(span).end;
                return Some(Node { at: At { start: at.start, end }, what: What::Map(entries) });
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
            if entries.iter().any(|(known, _)| known.text == key.text) {
                let message = format!("the key `{}` stands here twice", key.text);
                self.fault(key.at, "duplicate-key", message, Some("keep one of the two"));
                continue;
            }
            entries.push((key, value));
        }
    }
}
