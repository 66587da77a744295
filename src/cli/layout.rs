//! Plain text in lines that fit the terminal: headings, paragraphs and lists.

/// Lines are this long where nothing tells how wide the terminal is.
const USUAL: usize = 80;

/// How long lines may be: the terminal's width within reason, or the usual length in a pipe.
pub(super) fn width(terminal: bool) -> usize {
    if !terminal {
        return USUAL;
    }
    let seen = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    seen.unwrap_or(USUAL).clamp(40, 110)
}

/// A text that grows line by line.
#[derive(Debug)]
pub(super) struct Page {
    text: String,
    width: usize,
}

impl Page {
    pub(super) fn new(width: usize) -> Self {
        Self { text: String::new(), width }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// An empty line, never two.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A heading that is underlined.
    pub(super) fn title(&mut self, words: &str) {
        self.gap();
        self.text.push_str(words);
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n('=', words.chars().count().min(self.width)));
        self.text.push('\n');
    }

    /// The heading of a part, above the headings of its answers.
    pub(super) fn part(&mut self, words: &str) {
        self.gap();
        let line: String = std::iter::repeat_n('#', words.chars().count().min(self.width)).collect();
        for line in [line.as_str(), words, line.as_str()] {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    /// A heading within an answer.
    pub(super) fn heading(&mut self, words: &str) {
        self.gap();
        self.text.push_str(words);
        self.text.push('\n');
    }

    /// A paragraph, `indent` in, its first line opened by `mark`.
    pub(super) fn item(&mut self, indent: usize, mark: &str, words: &str) {
        let hang = indent + mark.chars().count() + usize::from(!mark.is_empty());
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.text.push_str(mark);
        if !mark.is_empty() {
            self.text.push(' ');
        }
        let mut used = hang;
        let mut first = true;
        for word in words.split_whitespace() {
            let length = word.chars().count();
            if !first && used + 1 + length > self.width {
                self.text.push('\n');
                self.text.extend(std::iter::repeat_n(' ', hang));
                used = hang;
            } else if !first {
                self.text.push(' ');
                used += 1;
            }
            self.text.push_str(word);
            used += length;
            first = false;
        }
        self.text.push('\n');
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, indent: usize, words: &str) {
        if !words.trim().is_empty() {
            self.item(indent, "", words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn lines_fit_and_hang_under_their_first_word() {
        let mut page = Page::new(20);
        page.item(2, "-", "one two three four five six seven");
        assert_eq!(page.text(), "  - one two three\n    four five six\n    seven\n");
    }

    #[test]
    fn a_word_longer_than_the_line_stands_alone() {
        let mut page = Page::new(10);
        page.paragraph(0, "a https://example.org/long b");
        assert_eq!(page.text(), "a\nhttps://example.org/long\nb\n");
    }
}
