//! What a YAML parser found wrong, in plain words and where whoever wrote the file can see it: a parser often notices
//! only on a later line.
//!
//! For: `yaml`. Depends on nothing but the text.

use super::yaml::At;

/// What is wrong, where, and what to do.
pub(super) struct Wrong {
    pub(super) at: At,
    pub(super) message: String,
    pub(super) help: String,
}

impl Wrong {
    fn new(at: At, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: help.into() }
    }
}

/// Explains what the parser says of a place.
pub(super) fn explain(text: &str, place: usize, info: &str) -> Wrong {
    let mut place = place.min(text.len());
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    tab(text, place, info)
        .or_else(|| curly_quotes(text, place))
        .or_else(|| unclosed_bracket(text, place))
        .or_else(|| unclosed_quote(text, place, info))
        .or_else(|| beside(text, place, info))
        .unwrap_or_else(|| {
            let (message, help) = plain_words(info);
            Wrong::new(character(text, place), message, help)
        })
}

/// A curly quotation mark at the beginning of a text of that line.
fn curly_quotes(text: &str, place: usize) -> Option<Wrong> {
    let start = line_start(text, place);
    let line = text.get(start..line_end(text, place))?;
    let begins = |at: &usize| {
        let before = line.get(..*at).unwrap_or_default().trim_end();
        before.is_empty() || before.ends_with([':', '{', '[', ',', '-'])
    };
    let at = start + line.match_indices('“').map(|(at, _)| at).find(begins)?;
    let message = "`“` is a letter like any other, and begins no text between quotation marks";
    Some(Wrong::new(
        At { start: at, end: at + '“'.len_utf8() },
        message,
        "write straight quotation marks (`\"`)",
    ))
}

fn line_start(text: &str, place: usize) -> usize {
    text.get(..place).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, place: usize) -> usize {
    text.get(place..).and_then(|after| after.find('\n')).map_or(text.len(), |newline| place + newline)
}

/// The character at a place; at the end of the text, the last one.
fn character(text: &str, place: usize) -> At {
    let rest = text.get(place..).unwrap_or_default();
    let mut start = if rest.trim().is_empty() { text.trim_end().len().saturating_sub(1) } else { place };
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let shown = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    At { start, end: start + shown }
}

/// The tab that the parser fell over: the first that indents a line from there on, else the nearest before.
fn tab(text: &str, place: usize, info: &str) -> Option<Wrong> {
    if !info.contains("tab") {
        return None;
    }
    let indents =
        |at: usize| text.get(line_start(text, at)..at).is_some_and(|before| before.trim().is_empty());
    let from = line_start(text, place);
    let after = text.get(from..).unwrap_or_default().match_indices('\t').map(|(at, _)| from + at);
    let before = text.get(..place).and_then(|before| before.rfind('\t'));
    let start = after.clone().find(|at| indents(*at)).or(before).or(after.clone().next())?;
    let length = text.get(start..).map_or(1, |rest| rest.len() - rest.trim_start_matches('\t').len());
    let message = "a tab stands here, and YAML indents with spaces";
    Some(Wrong::new(At { start, end: start + length }, message, "put spaces in its place"))
}

/// How far a line is indented.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a line begins with a key, perhaps after a dash.
fn begins_with_key(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix("- ").unwrap_or(line).trim_start();
    let Some((key, after)) = line.split_once(':') else { return false };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    !key.is_empty() && key.chars().all(plain) && (after.is_empty() || after.starts_with(' '))
}

/// Lines above a place that say something, the nearest first, each with where it begins.
fn lines_above(text: &str, place: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut end = line_start(text, place);
    let all = std::iter::from_fn(move || {
        let before = end.checked_sub(1)?;
        let start = line_start(text, before);
        end = start;
        Some((start, text.get(start..before).unwrap_or_default()))
    });
    all.filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
}

/// A `{` or `[` that was opened on a line above and never closed: the parser notices at the next key.
fn unclosed_bracket(text: &str, place: usize) -> Option<Wrong> {
    let line = text.get(line_start(text, place)..line_end(text, place)).unwrap_or_default();
    let at_the_end = text.get(place..).is_none_or(|rest| rest.trim().is_empty());
    if !at_the_end && !begins_with_key(line) {
        return None;
    }
    let depth = if at_the_end { 0 } else { indent(line) };
    let mut closers = 0usize;
    let own = at_the_end.then(|| (line_start(text, place), line));
    for (start, line) in own.into_iter().chain(lines_above(text, place)) {
        let (openers, closed) = brackets(line);
        if openers.len() > closers {
            let at = openers.get(openers.len() - 1 - closers).copied()?;
            if indent(line) < depth {
                return None;
            }
            let bracket = line.get(at..=at).unwrap_or("{");
            let close = if bracket == "[" { "]" } else { "}" };
            let message = format!("a `{bracket}` is opened here and not closed");
            return Some(Wrong::new(
                At { start: start + at, end: start + at + 1 },
                message,
                format!("write `{close}` where it ends"),
            ));
        }
        closers = closers - openers.len() + closed;
        if begins_with_key(line) && indent(line) <= depth && !at_the_end {
            return None;
        }
    }
    None
}

/// The brackets that a line opens and does not close, and how many it closes that it did not open.
fn brackets(line: &str) -> (Vec<usize>, usize) {
    let (mut openers, mut closers, mut quote, mut before) = (Vec::new(), 0, None, ' ');
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open && before != '\\' => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if before.is_whitespace() || matches!(before, '{' | '[' | ',' | ':') => {
                quote = Some(c);
            }
            (None, '#') if before.is_whitespace() => break,
            (None, '{' | '[') => openers.push(at),
            (None, '}' | ']') if openers.pop().is_none() => closers += 1,
            (None, _) => {}
        }
        before = c;
    }
    (openers, closers)
}

/// A quotation mark that was opened on a line above, and closed by the next that opens another text.
fn unclosed_quote(text: &str, place: usize, info: &str) -> Option<Wrong> {
    if !info.contains("quoted") {
        return None;
    }
    let odd = |line: &str| line.matches('"').count() - line.matches("\\\"").count();
    let help = "close it on the same line; inside of \" \" write \\\" for the mark itself";
    let message = "a quotation mark is opened and not closed";
    let before = text.get(line_start(text, place)..place).unwrap_or_default();
    if odd(before) % 2 == 0 {
        return None;
    }
    let (start, line) = lines_above(text, place).find(|(_, line)| odd(line) % 2 == 1)?;
    let at = line.rfind('"')?;
    Some(Wrong::new(At { start: start + at, end: start + line.trim_end().len() }, message, help))
}

/// What stands on the line above, or just before or after the place.
fn beside(text: &str, place: usize, info: &str) -> Option<Wrong> {
    let start = line_start(text, place);
    let before = text.get(start..place).unwrap_or_default().trim_start();
    let rest = text.get(place..line_end(text, place)).unwrap_or_default();
    if info.contains("unexpected character") {
        let first = rest.chars().next()?;
        let message = format!("a text cannot begin with `{first}`");
        return Some(Wrong::new(character(text, place), message, "put it between quotation marks"));
    }
    if let Some(wrong) = no_space_after_dash(rest, place).filter(|_| before.is_empty()) {
        return Some(wrong);
    }
    if before.trim_end().ends_with(['}', ']'])
        && !before.trim_end().starts_with(['{', '['])
        && info.contains("did not find expected")
    {
        let help = "put a text that begins with `{` or `[` between quotation marks";
        return Some(Wrong::new(character(text, place), "something stands after a closing bracket", help));
    }
    // A word that is no key is noticed at the next line.
    let line = text.get(start..line_end(text, place)).unwrap_or_default();
    let (above, over) = lines_above(text, place).next()?;
    let said = over.trim_start();
    let taken_on = info.contains("mapping values") || info.contains("placement of ':'");
    let same = begins_with_key(line) && indent(line) == indent(over) && !begins_with_key(over);
    if !(info.contains("simple key") && before.is_empty() || taken_on && same) {
        return None;
    }
    let from = above + over.len() - said.len();
    if let Some(wrong) = no_space_after_dash(said, from) {
        return Some(wrong);
    }
    let at = At { start: from, end: above + over.trim_end().len() };
    let said = said.trim_end();
    match said.strip_prefix("- ").unwrap_or(said).split_once(':') {
        Some((key, value)) if !value.is_empty() && !value.starts_with([' ', '/']) && !key.contains(' ') => {
            let help = format!("write `{key}: {value}`");
            Some(Wrong::new(at, "a space is missing after the `:`", help))
        }
        _ => Some(Wrong::new(
            at,
            "this stands alone where a key is needed",
            "write `key: value`, or indent it under the line above that it belongs to",
        )),
    }
}

/// `-id: x`, which begins no item.
fn no_space_after_dash(said: &str, at: usize) -> Option<Wrong> {
    let item = said.strip_prefix('-').filter(|item| item.starts_with(char::is_alphanumeric))?;
    let help = format!("write `- {}`", item.trim_end());
    Some(Wrong::new(At { start: at, end: at + 1 }, "a space is missing after this dash", help))
}

/// What a YAML parser says, as somebody says it who does not know how parsers work.
fn plain_words(info: &str) -> (String, &'static str) {
    let has = |word: &str| info.contains(word);
    let (message, help) = if has("quoted scalar")
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
        (
            "something stands after a closing quotation mark",
            "put the whole text between one pair of marks, or close the mark before it",
        )
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
