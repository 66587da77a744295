//! The compiled rule book: checked, immutable, every name a number.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rust_decimal::Decimal;

use crate::kernel::{Day, Range, Rounding, Words};
use crate::language::{DefinitionId, FactId, FigureId, ProgramId, Subject, Tree, Type};
use crate::vocabulary::Vocabulary;

use super::law::Law;
use super::registry::{Agency, Document, Source};

/// A source by its position in [`RuleBook::sources`].
pub type SourceId = u16;

/// Something that the law says from one day to another, both included.
#[derive(Debug, Clone, PartialEq)]
pub struct Version<T> {
    /// The first day.
    pub from: Day,
    /// The last day, if there is one.
    pub until: Option<Day>,
    /// The day when it could be known, where that is not the first day.
    pub known_from: Option<Day>,
    /// The state that says it; `None` is federal law, or a rule of every state.
    pub state: Option<usize>,
    /// The law.
    pub cite: Vec<SourceId>,
    /// What it says.
    pub says: T,
}

impl<T> Version<T> {
    /// Whether it governs on a day in a state.
    #[must_use]
    pub fn governs(&self, day: Day, state: usize) -> bool {
        self.from <= day
            && self.until.is_none_or(|until| day <= until)
            && self.state.is_none_or(|only| only == state)
    }
}

/// A named, dated formula.
#[derive(Debug, Clone)]
pub struct Definition {
    /// `module.name`.
    pub name: String,
    /// Whom it is about.
    pub of: Subject,
    /// Its type.
    pub kind: Type,
    /// What it is, in words.
    pub means: Words,
    /// The law behind all versions.
    pub cite: Vec<SourceId>,
    /// The formula by date.
    pub versions: Vec<Version<Tree>>,
    /// The formula as the rule file has it, by version, for the full trace.
    pub texts: Vec<FormulaText>,
    /// A rounding that the law prescribes, and its source.
    pub rounding: Option<(Rounding, Vec<SourceId>)>,
    /// Whether it rests on who the members of the unit are.
    pub rests_on_unit: bool,
    /// Whether it rests on more than the facts of one person.
    pub memoise: bool,
}

/// A formula as an analyst wrote it, with the names in it that stand for one value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FormulaText {
    /// The text.
    pub text: String,
    /// Its names outside of sums over people, in the order of the text.
    pub uses: Vec<Use>,
}

/// A name in a formula, and what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it stands for.
    pub tree: Tree,
    /// Its type.
    pub kind: Type,
}

/// A `{name}` in words, and what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Placeholder {
    /// The name between the braces.
    pub name: String,
    /// What it stands for.
    pub tree: Tree,
    /// Its type.
    pub kind: Type,
}

/// What a figure is on a day.
#[derive(Debug, Clone, PartialEq)]
pub enum Amounts {
    /// One value.
    One(Range),
    /// By count, from `first` up; each further one adds; never more than the cap.
    ByCount {
        /// The first count.
        first: i64,
        /// The values from there on.
        at: Vec<Range>,
        /// What each further one adds.
        each_further: Option<Range>,
        /// Never more than this.
        at_most: Option<Range>,
    },
    /// By position in a code list.
    ByCode(Vec<Option<Range>>),
    /// A choice.
    Choice(bool),
}

/// A dated figure or table.
#[derive(Debug, Clone)]
pub struct Figure {
    /// `module.name`.
    pub name: String,
    /// The type of its values.
    pub kind: Type,
    /// What it is looked up by.
    pub by: Option<Type>,
    /// What it is, in words.
    pub means: Words,
    /// Its values by date.
    pub versions: Vec<Version<FigureValue>>,
}

/// The value of a figure in one version.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureValue {
    /// The value or table.
    pub amounts: Amounts,
    /// If it is not on file: why, and the value is what it lies between.
    pub awaited: Option<Words>,
}

/// How pay of each period becomes monthly, by [`crate::kernel::Period::index`].
#[derive(Debug, Clone)]
pub struct Conversion {
    /// The law.
    pub cite: Vec<SourceId>,
    /// Factor of each period: times the first, over the second.
    pub factors: [(Decimal, Decimal); 6],
}

/// How the people of a program's unit are found.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its id.
    pub id: String,
    /// The program whose requirements decide the standings.
    pub program: ProgramId,
    /// The law.
    pub cite: Vec<SourceId>,
    /// Who can be in a unit at all.
    pub among: Vec<Version<Tree>>,
    /// Which two people belong together.
    pub together: Vec<Version<Tree>>,
    /// `member`, then the others by precedence.
    pub standings: Vec<Standing>,
}

/// How somebody counts in a unit.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Its id.
    pub id: String,
    /// What the answer calls it.
    pub role: PersonRole,
}

/// How a person stands in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum PersonRole {
    Member,
    CountedOnly,
    Outside,
}

impl PersonRole {
    /// The name in replies.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::CountedOnly => "counted_only",
            Self::Outside => "outside",
        }
    }
}

/// What a version of a requirement asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Asks {
    /// The test; `None` where only an agency can judge, or nothing can be asked.
    pub test: Option<Tree>,
    /// The test as the rule file has it.
    pub text: FormulaText,
    /// Words for met, not met and unknown, where the version has its own.
    pub met: Option<Words>,
    /// See `met`.
    pub not_met: Option<Words>,
    /// See `met`.
    pub unknown: Option<Words>,
    /// The other reading, where the law is unsettled.
    pub unsettled: Option<Arc<Unsettled>>,
    /// Rests on doubtful sources alone, so it never decides.
    pub doubtful: bool,
}

/// Another reading of the law.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsettled {
    /// The test under the other reading.
    pub other: Tree,
    /// What the dispute is.
    pub text: Words,
    /// Its sources.
    pub cite: Vec<SourceId>,
    /// Who can advise (a program or an agency).
    pub advise: String,
}

/// An exemption from a requirement.
#[derive(Debug, Clone)]
pub struct Exemption {
    /// Its id.
    pub id: String,
    /// When it excuses, by date.
    pub versions: Vec<Version<Option<Tree>>>,
    /// When it is worth telling.
    pub when: Option<Tree>,
    /// What it is, in words.
    pub text: Words,
}

/// One legal test of a program.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Its id.
    pub id: String,
    /// About one person, or the unit.
    pub of: Subject,
    /// What it is about.
    pub title: Words,
    /// The law behind all versions.
    pub cite: Vec<SourceId>,
    /// What it asks, by date.
    pub versions: Vec<Version<Asks>>,
    /// Better programs that take this one's place: it is not met by somebody eligible for one of them.
    pub covered_by: Vec<ProgramId>,
    /// Under which it is not asked.
    pub unless: Option<Tree>,
    /// A rare bar: an absent fact is taken not to bar.
    pub bar: bool,
    /// What excuses from it.
    pub exemptions: Vec<Exemption>,
    /// Where the test fails and the law or its practice is in doubt, so that an agency decides.
    pub agency_may_accept: Vec<Exemption>,
    /// Where the test holds and the law or its practice is in doubt, so that an agency decides.
    pub agency_must_confirm: Vec<Exemption>,
    /// An agency may forgive a failure.
    pub excusable: Option<Words>,
    /// What an agency must judge.
    pub agency_decides: Option<Words>,
    /// The standing of somebody who fails: the first whose test holds.
    pub if_not_met: Vec<(Option<Tree>, usize)>,
    /// Words for each outcome.
    pub met: Words,
    /// See `met`.
    pub not_met: Words,
    /// See `met`.
    pub unknown: Words,
    /// Programs that would open it.
    pub opened_by: Vec<(String, Words)>,
    /// What stands between braces in its words.
    pub placeholders: Vec<Placeholder>,
    /// The facts it rests on, through every definition.
    pub facts: Vec<FactId>,
    /// The state that asks it; `None` for every state.
    pub state: Option<usize>,
}

/// A full period's amount.
#[derive(Debug, Clone)]
pub struct AmountRule {
    /// `month`, `week`, `year` or `once`.
    pub per: String,
    /// The formula.
    pub value: Tree,
    /// The cited steps that lead to it, in order.
    pub worksheet: Vec<DefinitionId>,
    /// Words for an amount of zero.
    pub zero: Words,
    /// Whether it is "up to" (an agency's discretion).
    pub up_to: bool,
}

/// The first, prorated period.
#[derive(Debug, Clone)]
pub struct FirstPeriod {
    /// The formula.
    pub value: Tree,
    /// Its first day.
    pub from: Tree,
    /// Its last day.
    pub to: Tree,
}

/// Something said with an answer when its test does not fail.
#[derive(Debug, Clone)]
pub struct Entry<T> {
    /// When; `None` is always.
    pub when: Option<Tree>,
    /// Whether the test is about one person of the unit (said if it holds of any).
    pub of: Subject,
    /// The statuses with which it is said; empty is all.
    pub with: Vec<String>,
    /// From and until which day it is said.
    pub from: Option<Day>,
    /// See `from`.
    pub until: Option<Day>,
    /// The state that says it.
    pub state: Option<usize>,
    /// The law.
    pub cite: Vec<SourceId>,
    /// What is said.
    pub says: T,
}

/// A paper to bring.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Position in [`RuleBook::documents`].
    pub document: usize,
    /// What it proves here.
    pub proves: Words,
}

/// One thing to do.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its id.
    pub id: String,
    /// What to do.
    pub title: Words,
    /// How.
    pub how: Words,
    /// With whom.
    pub agency: Option<String>,
    /// Steps that come before.
    pub after: Vec<String>,
    /// Whom it contacts that may be a danger (police, immigration, consulate, other_parent, landlord).
    pub contacts: Vec<String>,
    /// What to settle before.
    pub before: Option<Words>,
}

/// A day by which somebody must act.
#[derive(Debug, Clone)]
pub struct Deadline {
    /// What must be done.
    pub what: Words,
    /// `agency` or `applicant`.
    pub who: String,
    /// From when it is counted.
    pub counted_from: Tree,
    /// The last day.
    pub on: Tree,
}

/// A warning.
#[derive(Debug, Clone)]
pub struct Caution {
    /// Its id.
    pub id: String,
    /// What to know.
    pub text: Words,
}

/// What to do about a refusal.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// What to say.
    pub say: Words,
    /// What the worker can check.
    pub for_the_worker: Words,
    /// How to appeal.
    pub appeal: Words,
    /// Days to appeal.
    pub by_days: Option<i64>,
    /// Days to appeal so that benefits go on.
    pub keep_benefits_by_days: Option<i64>,
}

/// What somebody who receives the program should know.
#[derive(Debug, Clone)]
pub struct Ongoing {
    /// What to do, and never to reapply.
    pub text: Words,
    /// What reviews it.
    pub review: Words,
    /// Until when it lasts, counted from the day it began.
    pub until: Option<Tree>,
}

/// A benefit, a protection, a legal remedy or a status.
#[derive(Debug, Clone)]
pub struct Program {
    /// Its id.
    pub id: String,
    /// Its module.
    pub module: String,
    /// Its name.
    pub title: Words,
    /// What it gives, in a sentence.
    pub summary: Words,
    /// `food`, `health`, …
    pub category: String,
    /// `benefit`, `status`, `remedy`, `right` or `service`.
    pub kind: String,
    /// `federal` or a state.
    pub jurisdiction: String,
    /// Its life.
    pub in_force: Vec<(Day, Option<Day>)>,
    /// The unit it decides for; `None` decides person by person.
    pub unit: Option<usize>,
    /// Its tests.
    pub requirements: Vec<Requirement>,
    /// What its approval changes.
    pub pathway: Option<Pathway>,
    /// What it pays.
    pub amount: Option<AmountRule>,
    /// What it pays first.
    pub first_period: Option<FirstPeriod>,
    /// Who runs it.
    pub agency: Vec<Entry<String>>,
    /// What to bring.
    pub documents: Vec<Entry<Paper>>,
    /// What to do.
    pub steps: Vec<Entry<Step>>,
    /// By when.
    pub deadlines: Vec<Entry<Deadline>>,
    /// What to beware of.
    pub cautions: Vec<Entry<Caution>>,
    /// What helps instead, when closed.
    pub instead: Vec<String>,
    /// If it is refused.
    pub if_refused: Vec<Entry<Refusal>>,
    /// If it is received.
    pub ongoing: Vec<Entry<Ongoing>>,
    /// Programs that must be answered before it.
    pub needs: Vec<ProgramId>,
    /// Days on which its law changes.
    pub boundaries: Vec<Day>,
    /// Its position in the code list of programs.
    pub code: usize,
}

/// What an approval changes of a person's facts, and so what else it opens.
#[derive(Debug, Clone)]
pub struct Pathway {
    /// To whom it can be open.
    pub when: Option<Tree>,
    /// The facts that approval makes true.
    pub sets: Vec<(FactId, Sets)>,
    /// How long it takes, in words.
    pub takes: Words,
    /// The law.
    pub cite: Vec<SourceId>,
}

/// What a fact becomes.
#[derive(Debug, Clone, PartialEq)]
pub enum Sets {
    /// This value.
    To(crate::kernel::Value),
    /// The day of approval.
    TheDay,
}

/// The whole law, read, checked and compiled.
#[derive(Debug)]
pub struct RuleBook {
    /// SHA-256 of the rule files, in hexadecimal.
    pub hash: String,
    /// The first and last day that it covers.
    pub covers: (Day, Day),
    /// All facts and codes.
    pub vocabulary: Vocabulary,
    /// The position of each source id.
    pub source_ids: BTreeMap<String, SourceId>,
    /// The authorities.
    pub sources: Vec<Source>,
    /// The papers.
    pub documents: Vec<Document>,
    /// The agencies.
    pub agencies: Vec<Agency>,
    /// The definitions.
    pub definitions: Vec<Definition>,
    /// The figures.
    pub figures: Vec<Figure>,
    /// The conversions of pay periods.
    pub conversions: Vec<Conversion>,
    /// The units.
    pub units: Vec<Unit>,
    /// The programs.
    pub programs: Vec<Program>,
    /// Programs in the order in which they can be answered.
    pub order: Vec<ProgramId>,
    /// What each fact reaches, and which of its values the rules tell apart.
    pub reach: super::reach::Reach,
    /// What should be looked at, though the rules can be used.
    pub warnings: Vec<super::fault::RuleFault>,
    /// The worked cases.
    pub cases: Vec<super::case::Case>,
    /// Every day on which some law changes, in order; the first is the first day covered.
    pub boundaries: Vec<Day>,
    /// Everything that changes after the first day covered, by day.
    pub changes: Vec<super::changes::Change>,
    /// The law of each stretch between boundaries, by state, made when first asked for.
    pub(super) laws: Vec<Vec<OnceLock<Law>>>,
}

impl RuleBook {
    /// A definition.
    #[must_use]
    pub fn definition(&self, id: DefinitionId) -> Option<&Definition> {
        self.definitions.get(id.index())
    }

    /// A figure.
    #[must_use]
    pub fn figure(&self, id: FigureId) -> Option<&Figure> {
        self.figures.get(id.index())
    }

    /// A program.
    #[must_use]
    pub fn program(&self, id: ProgramId) -> Option<&Program> {
        self.programs.get(id.index())
    }

    /// The program of that id.
    #[must_use]
    pub fn program_named(&self, id: &str) -> Option<ProgramId> {
        let position = self.programs.iter().position(|program| program.id == id)?;
        u16::try_from(position).ok().map(ProgramId)
    }

    /// Every program that the vocabulary knows, with or without rules on file.
    #[must_use]
    pub fn program_codes(&self) -> &[crate::vocabulary::Code] {
        let list = self
            .vocabulary
            .list_named(crate::vocabulary::PROGRAM_LIST)
            .and_then(|id| self.vocabulary.list(id));
        list.map_or(&[], |list| &list.codes)
    }

    /// The code of a state, by its position.
    #[must_use]
    pub fn state_code(&self, state: usize) -> Option<&str> {
        let list = self.vocabulary.list_named(crate::vocabulary::STATE_LIST)?;
        self.vocabulary.list(list)?.codes.get(state).map(|code| code.code.as_str())
    }

    /// The agency of that id.
    #[must_use]
    pub fn agency(&self, id: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.id == id)
    }

    /// The law of one day in one state (by position of its code); `None` outside of what is covered.
    #[must_use]
    pub fn on(&self, day: Day, state: usize) -> Option<&Law> {
        if day < self.covers.0 || day > self.covers.1 {
            return None;
        }
        let stretch = self.boundaries.partition_point(|boundary| *boundary <= day).checked_sub(1)?;
        let slot = self.laws.get(state)?.get(stretch)?;
        Some(slot.get_or_init(|| Law::of(self, day, state)))
    }
}
