//! The body as a whole: what is wanted, the day, the state, the people and the household.

use foldhash::HashSet;

use super::json::{Json, Map};

use crate::kernel::{CodeSet, Dates, Day, Value, iso_day};
use crate::language::Type;
use crate::vocabulary::{About, Fact, Given, Kind, Known, Relations, Situation, Vocabulary};

use super::faults::{At, Faults};
use super::frame::{Frame, Roles};
use super::items::Store;
use super::limits::MOST_CHOICES;
use super::partly::UNKNOWN;
use super::people::Everybody;
use super::values::Reader;
use super::{Explain, Options, Request, Sifted};

const OPTIONS: &str = "options";
const PEOPLE: &str = "people";
const PEOPLE_COMPLETE: &str = "people_complete";
const HOUSEHOLD: &str = "household";
const STRUCTURAL: [&str; 4] = [OPTIONS, PEOPLE, PEOPLE_COMPLETE, HOUSEHOLD];

/// Reads the whole request: what can be understood of it, and everything that is wrong.
pub(super) fn read<'j>(
    body: &'j Json<'j>,
    vocabulary: &'j Vocabulary,
    today: impl Fn(&str) -> Day,
    covers: (Day, Day),
) -> Sifted {
    let mut reader = Reader {
        vocabulary,
        labels: Vec::new(),
        people_known: false,
        label_twice: false,
        about: None,
        as_of: covers.1,
        state: None,
        income_items: 0,
        buffer: String::new(),
        faults: Faults::default(),
    };
    let at = At::BODY;
    let Some(map) = body.as_object() else {
        reader.faults.add(
            &at,
            "wrong-type",
            "A request is a JSON object.",
            "an object with state and people",
        );
        return Sifted { request: None, faults: reader.faults.into_list() };
    };
    let roles = Roles::of(vocabulary);
    let state = reader.state(roles.state, map, &at);
    let day = reader.day_of_application(roles.as_of, map, &at, today, covers);
    reader.as_of = day.unwrap_or(covers.1);
    let options = reader.options(map.get(OPTIONS), &at.name(OPTIONS), covers);
    let open = reader.flag(map.get(PEOPLE_COMPLETE), &at.name(PEOPLE_COMPLETE), true);
    let people_at = at.name(PEOPLE);
    let people = reader.labels(map.get(PEOPLE), &people_at);

    let mut frame = Frame::new(vocabulary, people.len(), reader.as_of);
    let mut shared = std::mem::take(&mut frame.shared);
    let mut lists = std::mem::take(&mut frame.shared_lists);
    let everybody = reader.everybody(&mut frame, &roles, people, &people_at);
    let mut store = Store { about: About::Situation, row: &mut shared, lists: &mut lists, shows: true };
    reader.facts(&frame, map, &at, &mut store, &STRUCTURAL);
    reader.required(&frame, &at, &store);
    store.about = About::Household;
    let at_home = at.name(HOUSEHOLD);
    match map.get(HOUSEHOLD) {
        None | Some(Json::Null) => {}
        Some(Json::Object(household)) => match reader.nothing_known(household, &at_home) {
            Some(why) => reader.leave(&frame, None, why, &mut store),
            None => reader.facts(&frame, household, &at_home, &mut store, &[UNKNOWN]),
        },
        Some(_) => {
            reader.faults.add(&at_home, "wrong-type", "The household is given as an object.", "an object")
        }
    }
    reader.required(&frame, &at_home, &store);

    let mut relations = None;
    if let Some((id, fact)) = roles.relationships {
        let (read, given) = reader.relationships(fact, map.get(fact.name.as_str()), &at.name(&fact.name));
        relations = Some(read);
        let slot = frame.list_slots.get(id.index()).copied().map(usize::from);
        if let Some(list) = slot.and_then(|slot| lists.get_mut(slot)) {
            list.given = given;
        }
    }
    if let Some(day) = day {
        tell(&mut shared, roles.as_of, Value::Date(Dates::on(day)));
    }
    if let Some(state) = state {
        tell(&mut shared, roles.state, Value::Code(CodeSet::only(state)));
    }
    let Everybody { applicants, personal, lists: personal_lists, stride } = everybody;
    let situation = Situation {
        as_of: reader.as_of,
        state: state.unwrap_or_default(),
        open: !open || !reader.people_known,
        applicants,
        shared,
        personal,
        shared_lists: lists,
        personal_lists,
        relations: relations.unwrap_or_else(|| Relations::unknown(people.len(), 0)),
        stride,
        list_slots: frame.list_slots,
        labels: reader.labels.into_iter().map(str::to_owned).collect(),
    };
    Sifted { request: Some(Request { situation, options }), faults: reader.faults.into_list() }
}

fn tell(row: &mut [Known], fact: Option<&Fact>, value: Value) {
    if let Some(place) = fact.and_then(|fact| row.get_mut(usize::from(fact.slot))) {
        *place = Known { value, given: Given::Told };
    }
}

impl Reader<'_> {
    /// The position of the state's code, which must be known.
    fn state(&mut self, fact: Option<&Fact>, map: &Map, at: &At) -> Option<usize> {
        let fact = fact?;
        let value = self.certain(fact, map.get(fact.name.as_str()), &at.name(&fact.name));
        let (Some(Value::Code(code)), Kind::One(Type::Code(list))) = (value, fact.kind) else { return None };
        let position = code.known()?;
        self.state = self.vocabulary.list(list).map(|list| list.code(position));
        Some(position)
    }

    /// The day of application: given, or today in the state. It must be known, and covered by the law.
    fn day_of_application(
        &mut self,
        fact: Option<&Fact>,
        map: &Map,
        at: &At,
        today: impl Fn(&str) -> Day,
        covers: (Day, Day),
    ) -> Option<Day> {
        let at = fact.map_or(*at, |fact| at.name(&fact.name));
        let given = fact.and_then(|fact| map.get(fact.name.as_str())).filter(|json| !json.is_null());
        let day = match (given, self.state) {
            (Some(json), _) => self.whole_day(json, &at),
            (None, Some(state)) => Some(today(state)),
            // Without a state there is no today; that it is missing is a fault already.
            (None, None) => None,
        };
        day.filter(|day| self.covered(*day, &at, covers))
    }

    /// A day that is given in full and for certain.
    fn whole_day(&mut self, json: &Json, at: &At) -> Option<Day> {
        let day = json.as_str().and_then(iso_day);
        if day.is_none() {
            let (code, detail) = match json {
                Json::String(_) => ("bad-date", "This is no day of the calendar."),
                Json::Object(_) => ("required", "This day must be known: it cannot be given in part."),
                _ => ("wrong-type", "A day is written in a string."),
            };
            self.faults.add(at, code, detail, "a day as year-month-day");
        }
        day
    }

    fn covered(&mut self, day: Day, at: &At, (first, last): (Day, Day)) -> bool {
        let covered = first <= day && day <= last;
        if !covered {
            let detail = "The law that is on file does not cover this day.";
            self.faults.add(at, "not-covered", detail, format!("a day from {first} to {last}"));
        }
        covered
    }

    fn flag(&mut self, json: Option<&Json>, at: &At, otherwise: bool) -> bool {
        match json {
            None | Some(Json::Null) => otherwise,
            Some(Json::Bool(flag)) => *flag,
            Some(_) => {
                self.faults.add(at, "wrong-type", "This is either so or not.", "true or false");
                otherwise
            }
        }
    }

    fn options(&mut self, json: Option<&Json>, at: &At, covers: (Day, Day)) -> Options {
        const KNOWN: [&str; 4] = ["programs", "explain", "until", "receipt"];
        let mut options = Options::default();
        let map = match json {
            None | Some(Json::Null) => return options,
            Some(Json::Object(map)) => map,
            Some(_) => {
                self.faults.add(at, "wrong-type", "Options are given as an object.", "an object");
                return options;
            }
        };
        for (key, json) in map.iter() {
            match key {
                _ if json.is_null() && KNOWN.contains(&key) => {}
                "programs" => options.programs = self.programs(json, &at.name("programs")),
                "explain" => options.explain = self.explain(json, &at.name("explain")),
                "until" => options.until = self.until(json, &at.name("until"), covers),
                "receipt" => options.receipt = self.flag(Some(json), &at.name("receipt"), false),
                other => self.unknown_name(at, other, KNOWN),
            }
        }
        options
    }

    fn programs(&mut self, json: &Json, at: &At) -> Option<Vec<String>> {
        const WORDS: &str = "Programs are named by their ids.";
        let Some(sent) = json.as_array() else {
            self.faults.add(at, "wrong-type", WORDS, "a list of program ids");
            return None;
        };
        // Where the vocabulary lists no programs, any may be named.
        let codes = self.vocabulary.program_codes();
        let most = if codes.is_empty() { MOST_CHOICES } else { codes.len() };
        if sent.len() > most {
            let detail = "There are more programs in this list than there are.";
            self.faults.add(at, "too-many", detail, format!("at most {most} programs, each named once"));
            return None;
        }
        let known: HashSet<&str> = codes.iter().map(|code| code.code.as_str()).collect();
        let mut ids = Vec::with_capacity(sent.len());
        for (position, json) in sent.iter().enumerate() {
            let at = at.index(position);
            match json.as_str() {
                Some(id) if known.is_empty() || known.contains(id) => ids.push(id.to_owned()),
                Some(id) => {
                    let words = ["There is no program with this id.", "an id from GET /v1/programs"];
                    let codes = codes.iter().map(|code| code.code.as_str());
                    self.faults.misspelt(&at, "unknown-program", words, id, codes);
                }
                None => self.faults.add(&at, "wrong-type", WORDS, "a program id in a string"),
            }
        }
        Some(ids)
    }

    fn explain(&mut self, json: &Json, at: &At) -> Explain {
        let sent = json.as_str().unwrap_or_default();
        let depth = Explain::ALL.into_iter().find(|depth| depth.name() == sent);
        if depth.is_none() {
            let words = ["Reasons are not given in this way.", ""];
            self.faults.misspelt(at, "unknown-code", words, sent, Explain::ALL.map(Explain::name));
        }
        depth.unwrap_or_default()
    }

    fn until(&mut self, json: &Json, at: &At, covers: (Day, Day)) -> Option<Day> {
        let day = self.whole_day(json, at)?;
        if !self.covered(day, at, covers) {
            return None;
        }
        if day < self.as_of {
            let detail = "This day lies before the day of application.";
            self.faults.add(at, "out-of-range", detail, "a day on or after the day of application (as_of)");
            return None;
        }
        Some(day)
    }
}
