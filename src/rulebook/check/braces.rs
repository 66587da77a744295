//! A `{name}` is put in place only in some texts; anywhere else it would be shown as a bare word.

use super::super::names::Names;
use super::super::reader::names_in_braces;
use super::super::shape::Faults;
use super::super::yaml::Node;

/// Texts of a requirement that take definitions, figures and facts.
const WORDS: [&str; 5] = ["met", "not_met", "unknown", "excusable", "agency_decides"];
/// Lists of a requirement whose `text` does so too.
const EXCUSES: [&str; 3] = ["exemptions", "agency_may_accept", "agency_must_confirm"];
/// Parts of a program whose texts take figures.
const HELP: [&str; 8] =
    ["documents", "steps", "deadlines", "cautions", "if_refused", "ongoing", "amount", "pathway"];

/// What may stand between the braces of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Anything,
    Figures,
    Nothing,
}

/// Tells each brace of a file that stands where no name is put in its place.
pub(in crate::rulebook) fn check(root: &Node, module: Option<&str>, names: &Names, faults: &mut Faults<'_>) {
    let mut told = Braces { module: module.unwrap_or_default(), names, faults };
    let of_program = root.get("program").is_some() || root.get("extends").is_some();
    for (key, value) in root.entries() {
        match key.text.as_str() {
            // What callers send and what must come out are no words of ours.
            "cases" => {}
            "requirements" if of_program => value.items().iter().for_each(|one| told.requirement(one)),
            help if of_program && HELP.contains(&help) => told.below(value, Takes::Figures),
            _ => told.below(value, Takes::Nothing),
        }
    }
}

struct Braces<'b, 'f> {
    module: &'b str,
    names: &'b Names,
    faults: &'b mut Faults<'f>,
}

impl Braces<'_, '_> {
    fn requirement(&mut self, node: &Node) {
        for (key, value) in node.entries() {
            match key.text.as_str() {
                "versions" => value.items().iter().for_each(|version| self.requirement(version)),
                excuses if EXCUSES.contains(&excuses) => self.below(value, Takes::Anything),
                "unsettled" => self.below(value, Takes::Figures),
                words if WORDS.contains(&words) => self.below(value, Takes::Anything),
                "title" => self.below(value, Takes::Nothing),
                _ => {}
            }
        }
    }

    fn below(&mut self, node: &Node, takes: Takes) {
        node.items().iter().for_each(|item| self.below(item, takes));
        for (key, value) in node.entries() {
            match (key.text.as_str(), value.text()) {
                ("en" | "es", Some(text)) => self.text(value, text, takes),
                ("title", _) => self.below(value, Takes::Nothing),
                _ => self.below(value, takes),
            }
        }
    }

    fn text(&mut self, node: &Node, text: &str, takes: Takes) {
        let Some(first) = text.find(['{', '}']) else { return };
        let names = names_in_braces(text);
        let braces = text.matches(['{', '}']).count();
        if braces != 2 * names.len() || names.iter().any(|name| name.contains('{')) {
            let message = "a brace in this text has no other half, so it would be shown as it stands";
            let help = "write `{name}` with both braces, or no brace at all".to_owned();
            let at = node.part(&self.faults.file.text, first, first + 1);
            self.faults.add(at, "brace", message, Some(help));
            return;
        }
        for name in names {
            if self.stands(name, takes) {
                continue;
            }
            let start = text.find(&format!("{{{name}}}")).unwrap_or(first);
            let at = node.part(&self.faults.file.text, start, start + name.len() + 2);
            let message = match takes {
                Takes::Figures => {
                    format!("`{{{name}}}` is no figure of one value, and only such a one is shown here")
                }
                _ => format!("nothing is put in place of `{{{name}}}` here: the bare name would be shown"),
            };
            let help = "definitions, figures and facts are shown in `met`, `not_met`, `unknown`, `excusable`, \
                        `agency_decides` and the texts of exemptions; a figure of one value in steps, papers, \
                        deadlines, cautions, `if_refused` and `ongoing` too; no name is shown in a title";
            self.faults.add(at, "brace", message, Some(help.to_owned()));
        }
    }

    /// Whether something is put in place of a name; where anything is, the name is looked up by whoever reads it.
    fn stands(&self, name: &str, takes: Takes) -> bool {
        let own = format!("{}.{name}", self.module);
        let figure = || self.names.figures.get(&own).or_else(|| self.names.figures.get(name));
        match takes {
            Takes::Anything => true,
            Takes::Figures => figure().is_some_and(|figure| figure.by.is_none()),
            Takes::Nothing => false,
        }
    }
}
