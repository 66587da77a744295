//! Changes of the law as an Atom feed (RFC 4287).

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use sha2::{Digest, Sha256};

use crate::answer::{LawChange, LawChanges};
use crate::kernel::{Day, Language};
use crate::rulebook::RuleBook;

use super::problem::{Kind, Problem};
use super::query::Query;

type Xml = Writer<Vec<u8>>;

/// Where the feed and the same as JSON are.
const FEED: &str = "/v1/law/changes.atom";
const LIST: &str = "/v1/law/changes";

/// Writes the feed of these changes, the latest first.
pub(super) fn write(
    book: &RuleBook,
    changes: &LawChanges<'_>,
    asked: &Query,
    language: Language,
) -> Result<Vec<u8>, Problem> {
    let feed = Feed { book, language };
    feed.whole(changes, asked).map_err(|_| Problem::new(Kind::Internal))
}

struct Feed<'b> {
    book: &'b RuleBook,
    language: Language,
}

impl Feed<'_> {
    fn own(&self, en: &'static str, es: &'static str) -> &'static str {
        match self.language {
            Language::English => en,
            Language::Spanish => es,
        }
    }

    fn title(&self, program: &str) -> String {
        let known = self.book.program_named(program).and_then(|id| self.book.program(id));
        known.map_or(program, |program| program.title.get(self.language)).to_owned()
    }

    fn whole(&self, changes: &LawChanges<'_>, asked: &Query) -> io::Result<Vec<u8>> {
        let program = asked.program.and_then(|id| self.book.program(id)).map(|program| program.id.as_str());
        let span: Vec<String> = [("from", asked.from), ("until", asked.until)]
            .into_iter()
            .filter_map(|(name, day)| day.map(|day| format!("{name}={day}")))
            .collect();
        // A feed of another span is another feed, with an id and an address of its own.
        let mut name = vec!["feed", program.unwrap_or_default()];
        name.extend(span.iter().map(String::as_str));
        let query = span.iter().cloned().chain(program.map(|program| format!("program={program}")));
        let query: Vec<String> = query.collect();
        let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
        let mut title = self.own("Changes of the law", "Cambios de la ley").to_owned();
        if let Some(program) = program {
            title = format!("{title}: {}", self.title(program));
        }
        let checked = self.book.sources.iter().map(|source| source.reviewed_on).max();
        let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        let root = xml
            .create_element("feed")
            .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", self.language.tag())]);
        root.write_inner_content(|xml| {
            text(xml, "id", &urn(&name))?;
            text(xml, "title", &title)?;
            text(xml, "updated", &midnight(checked.unwrap_or(self.book.covers.0)))?;
            link(xml, "self", "application/atom+xml", &format!("{FEED}{query}"), "")?;
            link(xml, "alternate", "application/json", &format!("{LIST}{query}"), "")?;
            xml.create_element("author").write_inner_content(|xml| text(xml, "name", "Onward"))?;
            for day in changes.days.iter().rev() {
                for change in &day.changes {
                    self.entry(xml, day.on, change)?;
                }
            }
            Ok(())
        })?;
        let mut bytes = xml.into_inner();
        bytes.push(b'\n');
        Ok(bytes)
    }

    fn entry(&self, xml: &mut Xml, on: Day, change: &LawChange<'_>) -> io::Result<()> {
        let day = on.to_string();
        let owner = change.program.unwrap_or_default();
        let id = urn(&["change", &day, change.kind, owner, change.id, change.state.unwrap_or_default()]);
        let checked = change.citations.iter().filter_map(|citation| citation.reviewed_on).max();
        let checked = checked.or_else(|| self.book.sources.iter().map(|source| source.reviewed_on).max());
        xml.create_element("entry").write_inner_content(|xml| {
            text(xml, "id", &id)?;
            text(xml, "title", &self.headline(on, change))?;
            text(xml, "updated", &midnight(checked.unwrap_or(on)))?;
            if let Some(known) = change.known_from {
                text(xml, "published", &midnight(known))?;
            }
            for program in &change.programs {
                let label = self.title(program);
                let category = xml.create_element("category");
                category.with_attributes([("term", *program), ("label", &label)]).write_empty()?;
            }
            let query = match change.programs.as_slice() {
                [only] => format!("?from={day}&until={day}&program={only}"),
                _ => format!("?from={day}&until={day}"),
            };
            link(xml, "alternate", "application/json", &format!("{LIST}{query}"), "")?;
            let linked = change.citations.iter().filter_map(|citation| Some((citation.url?, citation.text)));
            for (url, cited) in linked {
                link(xml, "related", "", url, cited)?;
            }
            text(xml, "content", &self.content(on, change))
        })?;
        Ok(())
    }

    /// The day, the program, and what changes of it.
    fn headline(&self, on: Day, change: &LawChange<'_>) -> String {
        match (change.kind, change.program) {
            ("program_begins", _) => format!("{on}: {} {}", change.title, self.own("begins", "empieza")),
            ("program_ends", _) => format!("{on}: {} {}", change.title, self.own("ends", "termina")),
            (_, Some(program)) => format!("{on}: {}: {}", self.title(program), change.title),
            _ => match self.home(change) {
                Some(program) => format!("{on}: {}: {}", self.title(program), change.title),
                None => format!("{on}: {}", change.title),
            },
        }
    }

    /// The program in whose file a definition or figure stands, or the only one that it touches.
    fn home<'c>(&'c self, change: &'c LawChange<'_>) -> Option<&'c str> {
        let (module, _) = change.id.split_once('.')?;
        let own = self.book.programs.iter().find(|program| program.module == module);
        own.map(|program| program.id.as_str()).or(match change.programs.as_slice() {
            [only] => Some(only),
            _ => None,
        })
    }

    fn content(&self, on: Day, change: &LawChange<'_>) -> String {
        let mut lines = vec![format!("{} {on}.", self.own("From", "Desde el"))];
        lines.extend(change.text.clone());
        let mut tell = |title: &str, said: &str| lines.push(format!("{title}: {said}"));
        for (title, value) in [
            (self.own("Before", "Antes"), &change.before),
            (self.own("From this day on", "Desde ese día"), &change.after),
        ] {
            if let Some(value) = value {
                tell(title, value);
            }
        }
        for exemption in &change.exemptions {
            tell(self.own("Exemption", "Exención"), exemption);
        }
        if let Some(state) = change.state {
            tell(self.own("State", "Estado"), state);
        }
        let cited: Vec<String> = change
            .citations
            .iter()
            .map(|citation| format!("{} [{}]", citation.text, citation.review))
            .collect();
        tell(self.own("Law", "Ley"), &cited.join("; "));
        let programs: Vec<String> = change.programs.iter().map(|program| self.title(program)).collect();
        tell(self.own("Programs", "Programas"), &programs.join("; "));
        lines.join("\n")
    }
}

fn text(xml: &mut Xml, name: &str, words: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(words))?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, media: &str, href: &str, title: &str) -> io::Result<()> {
    let given = [("rel", rel), ("type", media), ("href", href), ("title", title)];
    let given = given.into_iter().filter(|(_, value)| !value.is_empty());
    xml.create_element("link").with_attributes(given).write_empty()?;
    Ok(())
}

/// A day as RFC 3339 writes a moment of it.
fn midnight(day: Day) -> String {
    format!("{day}T00:00:00Z")
}

/// An id that is the same for the same thing for good: a UUID (RFC 9562, version 8) made from its name.
fn urn(name: &[&str]) -> String {
    let hash = Sha256::digest(name.join("/").as_bytes());
    let mut bytes = [0u8; 16];
    bytes.iter_mut().zip(hash).for_each(|(byte, made)| *byte = made);
    let [_, _, _, _, _, _, version, _, variant, ..] = &mut bytes;
    *version = (*version & 0x0f) | 0x80;
    *variant = (*variant & 0x3f) | 0x80;
    let mut id = String::from("urn:uuid:");
    for (position, byte) in bytes.iter().enumerate() {
        if matches!(position, 4 | 6 | 8 | 10) {
            id.push('-');
        }
        id.push_str(&format!("{byte:02x}"));
    }
    id
}

#[cfg(test)]
mod tests {
    use super::urn;

    #[test]
    fn ids_have_the_form_of_a_uuid_and_stay() {
        let id = urn(&["change", "2025-07-04", "requirement"]);
        assert_eq!(id, urn(&["change", "2025-07-04", "requirement"]));
        assert_ne!(id, urn(&["change", "2025-07-05", "requirement"]));
        let groups: Vec<usize> = id.trim_start_matches("urn:uuid:").split('-').map(str::len).collect();
        assert_eq!(groups, [8, 4, 4, 4, 12]);
        assert_eq!(id.chars().nth(23), Some('8'));
    }
}
