//! What would open a program that is closed.

use std::borrow::Cow;

use crate::engine::{Outcome, UnitFinding};
use crate::language::ProgramId;
use crate::rulebook::Program;

use super::context::{Ahead, Context};
use super::reply;

impl<'b> Context<'b> {
    /// Programs that would open what a failed test closes; those whose approval changes facts, only where that
    /// really opens it.
    pub(super) fn opened_by<'u>(
        &self,
        id: ProgramId,
        program: &'b Program,
        units: impl IntoIterator<Item = &'u UnitFinding>,
        ahead: &Ahead,
    ) -> Vec<reply::OpenedBy<'b>> {
        let mut openers: Vec<reply::OpenedBy<'b>> = Vec::new();
        for test in units.into_iter().flat_map(|unit| self.all(program, unit)) {
            if test.finding.outcome != Outcome::NotMet {
                continue;
            }
            for opener in &test.requirement.opened_by {
                if openers.iter().any(|known| known.program == opener) {
                    continue;
                }
                let opener_id = self.book.program_named(opener);
                let known = opener_id.and_then(|id| self.book.program(id));
                let pathway = known.and_then(|known| known.pathway.as_ref());
                let finding = test.finding;
                let opens = ahead.openings.iter().any(|one| {
                    (one.program, one.requirement) == (id, finding.requirement)
                        && (Some(one.person), Some(one.opener)) == (finding.person, opener_id)
                });
                if pathway.is_some() && finding.person.is_some() && !opens {
                    continue;
                }
                let title = known.map(|known| self.say(&known.title, program));
                let text = title.unwrap_or_else(|| self.opener_title(opener));
                openers.push(reply::OpenedBy {
                    program: opener,
                    text,
                    takes: pathway.map(|pathway| self.say(&pathway.takes, program)),
                    untranslated: self.speaker.fell_back(),
                });
            }
        }
        openers
    }

    /// The name of a program that has no rules yet, from the code list of programs.
    fn opener_title(&self, id: &'b str) -> Cow<'b, str> {
        let codes = self.book.vocabulary.lists.iter().flat_map(|list| &list.codes);
        let code = codes.into_iter().find(|code| code.code == id);
        code.map_or(Cow::Borrowed(id), |code| self.speaker.say(&code.title, ""))
    }
}
