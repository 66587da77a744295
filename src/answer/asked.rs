//! From what was sent to the reply: reading, everything that is wrong at once, and the answer. The service and the
//! command line both go this way.

use crate::kernel::{Day, Language};
use crate::rulebook::RuleBook;
use crate::vocabulary::{Options, Parsed, ReadFault, Request, Sifted, sift};

use super::reply::Reply;

/// A request as far as it could be understood, and what is wrong with it.
#[derive(Debug)]
pub struct Asked {
    request: Option<Request>,
    faults: Vec<ReadFault>,
}

impl Asked {
    /// Reads what was parsed. `today` gives the present day in a state, by its code.
    pub fn read(book: &RuleBook, parsed: Parsed<'_>, today: impl Fn(&str) -> Day) -> Self {
        let Parsed { body, mut faults } = parsed;
        let Sifted { request, faults: more } = sift(body, &book.vocabulary, today, book.covers);
        faults.extend(more);
        Self { request, faults }
    }

    /// What is wanted, to be changed before it is answered; nothing, where the body is no request at all.
    pub fn options(&mut self) -> Option<&mut Options> {
        self.request.as_mut().map(|request| &mut request.options)
    }

    /// The reply in a language.
    ///
    /// # Errors
    /// Everything that is wrong with the request, at once; no fault repeats a value.
    pub fn reply<'b>(&'b self, book: &'b RuleBook, language: Language) -> Result<Reply<'b>, Vec<ReadFault>> {
        match &self.request {
            Some(request) if self.faults.is_empty() => super::reply(book, request, language),
            request => {
                let mut faults = self.faults.clone();
                // What could be understood is looked at too, so that one layer hides no fault of another.
                if let Some(request) = request {
                    faults.extend(super::faults(book, request, &self.faults, language));
                }
                Err(faults)
            }
        }
    }
}
