//! Where in a request something stands, and what is wrong there. No fault repeats a value, nor a
//! name that the vocabulary does not know.

use std::borrow::Cow;

use crate::kernel::nearest;

/// More faults than this are only counted, by one last fault.
const MOST: usize = 1000;
/// Near names are sought for this many faults: comparing names is the slow part.
const MOST_SUGGESTIONS: usize = 100;

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFault {
    /// JSON Pointer to the value; for an unknown name, to the object that holds it.
    pub pointer: String,
    /// A fixed code, in kebab-case.
    pub code: &'static str,
    /// What is wrong, in plain words.
    pub detail: String,
    /// What would be right.
    pub expected: String,
    /// The known name or code that is nearest to the one sent.
    pub did_you_mean: Option<String>,
}

/// A place in the request: a chain of steps up to the whole body.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    above: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Body,
    Name(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    /// The whole body.
    pub(super) const BODY: At<'static> = At { above: None, step: Step::Body };

    /// The value of a name in this object. Only known names may go here.
    pub(super) fn name(&'a self, name: &'a str) -> Self {
        At { above: Some(self), step: Step::Name(name) }
    }

    /// An element of this list.
    pub(super) fn index(&'a self, index: usize) -> Self {
        At { above: Some(self), step: Step::Index(index) }
    }

    fn pointer(&self) -> String {
        let mut pointer = self.above.map(At::pointer).unwrap_or_default();
        match self.step {
            Step::Body => {}
            Step::Name(name) => {
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
            }
            Step::Index(index) => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
        }
        pointer
    }
}

/// Every fault found so far.
#[derive(Default)]
pub(super) struct Faults {
    found: Vec<ReadFault>,
    further: bool,
    added: usize,
    suggestions: usize,
}

impl Faults {
    /// Records a fault.
    pub(super) fn add(
        &mut self,
        at: &At,
        code: &'static str,
        detail: impl Into<Cow<'static, str>>,
        expected: impl Into<Cow<'static, str>>,
    ) {
        self.added += 1;
        if self.found.len() >= MOST {
            self.further = true;
            return;
        }
        self.found.push(ReadFault {
            pointer: at.pointer(),
            code,
            detail: detail.into().into_owned(),
            expected: expected.into().into_owned(),
            did_you_mean: None,
        });
    }

    /// Records a name or code that is not known, with the nearest known one.
    pub(super) fn misspelt<'k>(
        &mut self,
        at: &At,
        code: &'static str,
        [detail, expected]: [&'static str; 2],
        sent: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let listed = expected.is_empty();
        let known: Vec<&str> = if listed || self.suggestions < MOST_SUGGESTIONS {
            known.into_iter().collect()
        } else {
            Vec::new()
        };
        let expected = if listed { one_of(&known) } else { expected.to_owned() };
        self.add(at, code, detail, expected);
        if self.suggestions >= MOST_SUGGESTIONS || self.further {
            return;
        }
        self.suggestions += 1;
        let near = nearest(sent, known).filter(|near| *near != sent).map(str::to_owned);
        if let Some(fault) = self.found.last_mut() {
            fault.did_you_mean = near;
        }
    }

    /// How many there are so far.
    pub(super) fn count(&self) -> usize {
        self.added
    }

    /// All of them, in the order in which they were found.
    pub(super) fn into_list(mut self) -> Vec<ReadFault> {
        if self.further {
            self.found.push(ReadFault {
                pointer: String::new(),
                code: "too-many",
                detail: "There are more faults than are listed here.".to_owned(),
                expected: "a request with these faults put right".to_owned(),
                did_you_mean: None,
            });
        }
        self.found
    }
}

/// "one of: a, b, c", unless the list is too long to read.
fn one_of(known: &[&str]) -> String {
    if known.len() > 32 {
        return "a code of the list that the vocabulary gives for this fact".to_owned();
    }
    format!("one of: {}", known.join(", "))
}
