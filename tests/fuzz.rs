//! Whatever it is given, no part that reads may panic, hang or eat the memory of the machine.
//!
//! `ONWARD_FUZZ_SECONDS` (30 if left out) is shared by four targets: the loader of rule files, the parser and
//! checker of expressions, the reader of situations, and the reader with the engine and the reply behind it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::filter_map_bool_then,
    clippy::manual_is_multiple_of,
    clippy::too_many_arguments,
    dead_code,
    unreachable_pub,
    reason = "a test may stop where it stands"
)]

mod common;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use onward::answer::reply;
use onward::engine::{Depth, answer};
use onward::kernel::Language;
use onward::language::{
    DefinitionId, FactId, FigureId, ListId, MoneyPer, ProgramId, Scope, Subject, Symbol, Type, check, parse,
};
use onward::rulebook::{RuleBook, RuleFile, load_files};
use onward::vocabulary::read;
use serde_json::Value as Json;

use common::from_environment;
use common::household::Generator;
use common::law::shipped;
use common::random::Random;

/// One input may take so long, on a machine that does something else too.
const TOO_LONG: Duration = Duration::from_secs(15);
/// A body that the server would take.
const LARGEST_BODY: usize = 1 << 20;

fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut open = vec![top.clone()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                let name = path.strip_prefix(&top).unwrap().to_string_lossy().into_owned();
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

// Mutations.

const NASTY: [&str; 44] = [
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "é",
    "𝟙",
    "👩‍👧",
    "\u{301}",
    "\t",
    "\r\n",
    "\r",
    "'",
    "\"",
    "`",
    "\\",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ":",
    "- ",
    "#",
    "&a",
    "*a",
    "!!binary",
    "<<",
    "|",
    ">-",
    "%",
    "$",
    "~",
    "---\n",
    "...\n",
    "99999999999999999999999999999999999999",
    "-0",
    "0.00000000000000000000000000001",
    "79228162514264337593543950335",
    "-79228162514264337593543950336",
    "9999-99-99",
    "0000-00-00",
    "2024-02-30",
    "1e999",
    "null",
];

const NUMBERS: [&str; 12] = [
    "0",
    "-1",
    "1",
    "2147483648",
    "9223372036854775807",
    "18446744073709551616",
    "79228162514264337593543950335",
    "0.0001",
    "999999999999",
    "-999999999999",
    "1e308",
    "127",
];

fn nasty(random: &mut Random) -> &'static str {
    NASTY[random.below(NASTY.len())]
}

fn number(random: &mut Random) -> &'static str {
    NUMBERS[random.below(NUMBERS.len())]
}

fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Words and marks of a text, with what lies between them.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut kind = None;
    for (at, letter) in text.char_indices() {
        let now = if letter.is_alphanumeric() || matches!(letter, '_' | '.') {
            0
        } else if letter.is_whitespace() {
            1
        } else {
            2
        };
        if kind != Some(now) || now == 2 {
            if at > start {
                tokens.push(&text[start..at]);
            }
            start = at;
            kind = Some(now);
        }
    }
    tokens.push(&text[start..]);
    tokens
}

/// A text changed in a few places; `other` lends pieces.
fn mutated(text: &str, other: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(4) {
        text = match random.below(12) {
            0 => by_tokens(&text, random),
            1 => by_lines(&text, other, random),
            2 => splice(&text, other, random),
            3 => insert(&text, nasty(random), random),
            4 => numbers(&text, random),
            5 => {
                let (low, high) = span(&text, random, 40);
                format!("{}{}", &text[..low], &text[high..])
            }
            6 => {
                let (low, high) = span(&text, random, 200);
                let times = 1 + random.below(3);
                format!("{}{}{}", &text[..high], text[low..high].repeat(times), &text[high..])
            }
            7 => {
                let depth = *random.pick(&[3, 30, 130, 600, 5000]);
                let (open, close) = *random.pick(&[
                    ("[", "]"),
                    ("{a: ", "}"),
                    ("(", ")"),
                    ("{\"a\":", "}"),
                    ("not (", ")"),
                    ("-", ""),
                    ("- ", ""),
                ]);
                let inner = *random.pick(&["", "1", "a", "age >= 1"]);
                insert(&text, &format!("{}{inner}{}", open.repeat(depth), close.repeat(depth)), random)
            }
            8 => bytes(&text, random),
            9 => text[..boundary(&text, random.below(text.len() + 1))].to_owned(),
            10 => swap_pieces(&text, random),
            _ => {
                let piece = random.pick(&tokens(other)).repeat(1 + random.below(2));
                insert(&text, &piece, random)
            }
        };
        if text.len() > 400_000 {
            text.truncate(boundary(&text, 400_000));
        }
    }
    text
}

fn span(text: &str, random: &mut Random, most: usize) -> (usize, usize) {
    let low = boundary(text, random.below(text.len() + 1));
    (low, boundary(text, (low + random.below(most + 1)).min(text.len())).max(low))
}

fn insert(text: &str, piece: &str, random: &mut Random) -> String {
    let at = boundary(text, random.below(text.len() + 1));
    format!("{}{piece}{}", &text[..at], &text[at..])
}

fn by_tokens(text: &str, random: &mut Random) -> String {
    let mut tokens = tokens(text);
    if tokens.len() < 2 {
        return text.to_owned();
    }
    let (one, other) = (random.below(tokens.len()), random.below(tokens.len()));
    match random.below(4) {
        0 => tokens.swap(one, other),
        1 => {
            tokens.remove(one);
        }
        2 => tokens[one] = tokens[other],
        _ => tokens.insert(one, tokens[other]),
    }
    tokens.concat()
}

fn by_lines(text: &str, other: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let at = random.below(lines.len());
    match random.below(5) {
        0 => {
            lines.remove(at);
        }
        1 => lines.insert(at, lines[at].clone()),
        2 => {
            let to = random.below(lines.len());
            lines.swap(at, to);
        }
        3 => lines[at] = format!("{}{}", " ".repeat(random.below(6)), lines[at].trim_start()),
        _ => {
            let others: Vec<&str> = other.split('\n').collect();
            lines.insert(at, (*random.pick(&others)).to_owned());
        }
    }
    lines.join("\n")
}

fn splice(text: &str, other: &str, random: &mut Random) -> String {
    let (low, high) = span(other, random, 300);
    insert(text, &other[low..high], random)
}

fn numbers(text: &str, random: &mut Random) -> String {
    let mut tokens = tokens(text);
    let places: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens[*at].starts_with(|letter: char| letter.is_ascii_digit()))
        .collect();
    if places.is_empty() {
        return text.to_owned();
    }
    for _ in 0..=random.below(3) {
        let place = *random.pick(&places);
        tokens[place] = number(random);
    }
    tokens.concat()
}

fn bytes(text: &str, random: &mut Random) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=random.below(6) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        match random.below(3) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = random.next() as u8,
            _ => {
                bytes.remove(at);
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn swap_pieces(text: &str, random: &mut Random) -> String {
    let (a, b) = span(text, random, 60);
    let (c, d) = span(text, random, 60);
    if b <= c {
        format!("{}{}{}{}{}", &text[..a], &text[c..d], &text[b..c], &text[a..b], &text[d..])
    } else {
        text.to_owned()
    }
}

/// A JSON value changed in a few places, so that it still is JSON.
fn mutated_json(json: &mut Json, pool: &[Json], random: &mut Random) {
    for _ in 0..=random.below(5) {
        let mut places = Vec::new();
        pointers(json, String::new(), &mut places);
        let at = random.pick(&places).clone();
        let replacement = match random.below(9) {
            0 => Json::Null,
            1 => {
                let from = random.pick(pool);
                let mut places = Vec::new();
                pointers(from, String::new(), &mut places);
                from.pointer(&places[random.below(places.len())]).cloned().unwrap_or_default()
            }
            2 => nasty(random).to_owned().into(),
            3 => number(random).to_owned().into(),
            4 => serde_json::from_str(number(random)).unwrap_or_default(),
            5 => {
                serde_json::json!({"one_of": [json.pointer(&at).cloned(), Json::Null, 1, "x", {"amount": "5", "per": "week"}]})
            }
            6 => {
                serde_json::json!({"between": [json.pointer(&at).cloned(), "999999999999.9999"], "per": "week"})
            }
            7 => Json::Array(vec![json.pointer(&at).cloned().unwrap_or_default(); random.below(60)]),
            _ => serde_json::json!({"unknown": "declined"}),
        };
        if let Some(place) = json.pointer_mut(&at) {
            match (place, random.below(5)) {
                (Json::Object(map), 0) if !map.is_empty() => {
                    let key = map.keys().nth(random.below(map.len())).unwrap().clone();
                    map.shift_remove(&key);
                }
                (Json::Object(map), 1) => {
                    map.insert(nasty(random).to_owned(), replacement);
                }
                (Json::Array(list), 0) if !list.is_empty() => {
                    let other = list[random.below(list.len())].clone();
                    list.push(other);
                }
                (place, _) => *place = replacement,
            }
        }
    }
}

fn pointers(json: &Json, at: String, found: &mut Vec<String>) {
    match json {
        Json::Object(map) => map.iter().for_each(|(key, value)| {
            pointers(value, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found)
        }),
        Json::Array(list) => {
            list.iter().enumerate().for_each(|(place, value)| pointers(value, format!("{at}/{place}"), found))
        }
        _ => {}
    }
    found.push(at);
}

// The targets.

/// What came of fuzzing one target.
#[derive(Default)]
struct Tally {
    inputs: u64,
    accepted: u64,
    slowest: Duration,
}

/// Runs `target` on inputs from `make` until the time is over. `target` says whether the input was accepted.
fn fuzz(
    name: &str,
    time: Duration,
    make: impl Fn(&mut Random) -> String + Sync,
    target: impl Fn(&str) -> bool + Sync,
) {
    let seed = from_environment("ONWARD_SEED", 20_261_123);
    let next = AtomicU64::new(0);
    let began = Instant::now();
    let threads = std::thread::available_parallelism()
        .map_or(2, usize::from)
        .min(from_environment("ONWARD_THREADS", 64) as usize);
    let before = resident();
    let total = std::sync::Mutex::new(Tally::default());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut tally = Tally::default();
                while began.elapsed() < time {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let input = make(&mut Random::new(seed.wrapping_add(number).wrapping_mul(0x9E37_79B9)));
                    let started = Instant::now();
                    let outcome = catch_unwind(AssertUnwindSafe(|| target(&input)));
                    let took = started.elapsed();
                    tally.inputs += 1;
                    tally.slowest = tally.slowest.max(took);
                    match outcome {
                        Ok(accepted) => tally.accepted += u64::from(accepted),
                        Err(_) => keep(name, number, &input, "panics"),
                    }
                    if took > TOO_LONG {
                        keep(name, number, &input, "takes too long");
                    }
                }
                let mut total = total.lock().unwrap();
                total.inputs += tally.inputs;
                total.accepted += tally.accepted;
                total.slowest = total.slowest.max(tally.slowest);
            });
        }
    });
    let total = total.into_inner().unwrap();
    let grown = resident().saturating_sub(before);
    println!(
        "{name}: {} inputs, {} accepted, slowest {:.0?}, memory grown by {} MiB",
        total.inputs,
        total.accepted,
        total.slowest,
        grown >> 20
    );
    assert!(grown < 1 << 30, "{name}: memory grew by {grown} bytes");
}

fn keep(name: &str, number: u64, input: &str, what: &str) -> ! {
    let path = std::env::temp_dir().join(format!("onward-fuzz-{}-{number}.txt", name.replace(' ', "-")));
    std::fs::write(&path, input).unwrap();
    panic!("{name} {what} on input {number} ({}): {:.400}", path.display(), input);
}

/// Bytes of memory in use, where the system tells.
fn resident() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let pages = pages.and_then(|text| text.split(' ').nth(1)?.parse::<u64>().ok());
    pages.unwrap_or(0) * 4096
}

fn share() -> Duration {
    Duration::from_secs_f64(from_environment("ONWARD_FUZZ_SECONDS", 30) as f64 / 4.0)
}

/// Quietens the panics that are caught (each is told again, with its input).
fn loader(time: Duration) {
    let shipped = files("rules", "yaml");
    let small: Vec<usize> = (0..shipped.len()).filter(|file| shipped[*file].1.len() < 60_000).collect();
    let make = |random: &mut Random| {
        let at = *random.pick(&small);
        let other = &shipped[random.below(shipped.len())].1;
        format!("{at}\n{}", mutated(&shipped[at].1, other, random))
    };
    let target = |input: &str| {
        let (at, text) = input.split_once('\n').unwrap();
        let at: usize = at.parse().unwrap();
        // Now and then alone, else among the other files.
        let alone = text.len() % 3 == 0;
        let all = shipped.iter().enumerate().filter(|(file, _)| !alone || *file == at);
        let all = all.map(
            |(file, (name, was))| {
                if file == at { RuleFile::new(name, text) } else { RuleFile::new(name, was) }
            },
        );
        let loaded = load_files(all.collect::<Vec<Arc<RuleFile>>>());
        if let Err(report) = &loaded {
            // A fault that cannot be shown is no help.
            for fault in report.faults.iter().take(50) {
                let _ = (fault.line_and_column(), format!("{fault:?}"));
            }
        }
        loaded.is_ok()
    };
    fuzz("rule loader", time, make, target);
}

/// The names of the vocabulary, each with a type, and a few more.
struct Names {
    symbols: BTreeMap<String, Symbol>,
    lists: Vec<(String, Vec<String>)>,
    relationships: ListId,
    standings: Vec<String>,
}

impl Names {
    fn of(book: &RuleBook) -> Self {
        use onward::vocabulary::{About, Kind};
        let mut symbols = BTreeMap::new();
        for (position, fact) in book.vocabulary.facts.iter().enumerate() {
            let id = FactId(u16::try_from(position).unwrap());
            let about = match fact.about {
                About::Person => Subject::Person,
                About::Item(_) => Subject::Item,
                _ => Subject::Household,
            };
            let symbol = match fact.kind {
                Kind::One(kind) => Symbol::Fact { id, about, kind },
                Kind::Items(_) => Symbol::Items { id, about },
            };
            symbols.insert(fact.name.clone(), symbol);
        }
        let mut named = |name: &str, id: u16, symbol: fn(u16) -> Symbol| {
            symbols.insert(name.rsplit_once('.').map_or(name, |(_, own)| own).to_owned(), symbol(id));
            symbols.insert(name.to_owned(), symbol(id));
        };
        for name in ["gross_income", "snap.net_income", "allotment"] {
            named(name, 0, |id| Symbol::Definition {
                id: DefinitionId(id),
                of: Subject::Unit,
                kind: Type::Money(MoneyPer::Month),
            });
        }
        for name in ["elderly_or_disabled", "immigration.qualified_alien"] {
            named(name, 1, |id| Symbol::Definition {
                id: DefinitionId(id),
                of: Subject::Person,
                kind: Type::Boolean,
            });
        }
        named("net_income_limit", 0, |id| Symbol::Figure {
            id: FigureId(id),
            kind: Type::Money(MoneyPer::Month),
            by: Some(Type::Count),
        });
        named("shelter_cap", 1, |id| Symbol::Figure {
            id: FigureId(id),
            kind: Type::Money(MoneyPer::Month),
            by: None,
        });
        let lists = book
            .vocabulary
            .lists
            .iter()
            .map(|list| (list.name.clone(), list.codes.iter().map(|code| code.code.clone()).collect()))
            .collect();
        let relationships = book.vocabulary.list_named("relationship").unwrap();
        Self { symbols, lists, relationships, standings: vec!["member".into(), "prorated".into()] }
    }
}

impl Scope for Names {
    fn symbol(&self, name: &str) -> Option<Symbol> {
        self.symbols.get(name).copied()
    }
    fn field(&self, _: FactId, name: &str) -> Option<Symbol> {
        ["income_item", "receipt", "notice", "application"]
            .iter()
            .find_map(|record| self.symbol(&format!("{record}.{name}")))
    }
    fn fields(&self, _: FactId) -> Vec<&str> {
        vec!["kind", "amount"]
    }
    fn near_program(&self, _: &str) -> Option<String> {
        Some("snap".to_owned())
    }
    fn near(&self, name: &str) -> Option<String> {
        self.symbols.keys().find(|known| known.starts_with(name.get(..2).unwrap_or(name))).cloned()
    }
    fn code(&self, list: ListId, code: &str) -> Option<usize> {
        self.lists.get(list.index())?.1.iter().position(|known| known == code)
    }
    fn list(&self, list: ListId) -> (&str, Vec<&str>) {
        self.lists
            .get(list.index())
            .map_or(("", Vec::new()), |(name, codes)| (name, codes.iter().map(String::as_str).collect()))
    }
    fn relationships(&self) -> ListId {
        self.relationships
    }
    fn program(&self, id: &str) -> Option<(Option<ProgramId>, usize)> {
        matches!(id, "snap" | "ssi" | "ar-tea").then_some((Some(ProgramId(0)), 0))
    }
    fn standings(&self) -> &[String] {
        &self.standings
    }
    fn conversion(&self) -> Option<u16> {
        Some(0)
    }
}

/// Every expression that stands in the rules, as near as a line comes to one.
fn expressions() -> Vec<String> {
    let mut found = Vec::new();
    for (_, text) in files("rules", "yaml") {
        for line in text.lines() {
            let line = line.trim().trim_start_matches("- ");
            let value = ["test: ", "value: ", "when: ", "unless: ", "on: ", "derived_true_when: "]
                .iter()
                .find_map(|key| line.strip_prefix(key));
            let plain = value.unwrap_or(line);
            if value.is_some()
                || plain.contains(" in [")
                || plain.contains(" is ")
                || plain.contains("sum(")
                || plain.contains(">=")
            {
                found.push(plain.trim_matches('"').to_owned());
            }
        }
    }
    found.retain(|text| parse(text).is_ok());
    assert!(found.len() > 100, "{} expressions", found.len());
    found
}

fn expression_checker(time: Duration) {
    let (book, corpus) = (shipped(), expressions());
    let names = Names::of(&book);
    let make = |random: &mut Random| {
        let (one, other) = (random.pick::<String>(&corpus), random.pick::<String>(&corpus));
        mutated(one, other, random)
    };
    let target = |input: &str| {
        let Ok(expression) = parse(input) else { return false };
        let subjects = [Subject::Household, Subject::Person, Subject::Unit, Subject::Pair, Subject::Item];
        subjects.into_iter().any(|subject| check(&expression, subject, &names).is_ok())
    };
    fuzz("expressions", time, make, target);
}

/// Bodies that are read: those of the fixtures, and random ones.
fn bodies(generator: &Generator) -> Vec<Json> {
    let mut bodies: Vec<Json> = files("fixtures/situations", "json")
        .iter()
        .map(|(_, text)| serde_json::from_str(text).unwrap())
        .collect();
    let oracle =
        std::fs::read_to_string(format!("{}/fixtures/oracle/households.jsonl", env!("CARGO_MANIFEST_DIR")))
            .unwrap();
    bodies.extend(
        oracle
            .lines()
            .step_by(25)
            .map(|line| serde_json::from_str::<Json>(line).unwrap()["situation"].clone()),
    );
    let mut random = Random::new(7);
    bodies.extend((0..30).map(|people| generator.household(&mut random, 1 + people % 6)));
    bodies
}

fn situation_reader(time: Duration) {
    let book = shipped();
    let bodies = bodies(&Generator::new(&book));
    let texts: Vec<String> = bodies.iter().map(Json::to_string).collect();
    let make = |random: &mut Random| {
        let mut text = if random.chance(50) {
            let mut json = random.pick(&bodies).clone();
            mutated_json(&mut json, &bodies, random);
            json.to_string()
        } else {
            let (one, other) = (random.pick::<String>(&texts), random.pick::<String>(&texts));
            mutated(one, other, random)
        };
        text.truncate(boundary(&text, LARGEST_BODY));
        text
    };
    let target = |input: &str| {
        let Ok(json) = serde_json::from_slice::<Json>(input.as_bytes()) else { return false };
        match read(&json, &book.vocabulary, common::today, book.covers) {
            Ok(_) => true,
            Err(faults) => {
                assert!(!faults.is_empty(), "refused without a fault");
                false
            }
        }
    };
    fuzz("situation reader", time, make, target);
}

fn engine(time: Duration) {
    let book = shipped();
    let bodies = bodies(&Generator::new(&book));
    let make = |random: &mut Random| {
        let mut json = random.pick(&bodies).clone();
        mutated_json(&mut json, &bodies, random);
        json.to_string()
    };
    let programs: Vec<ProgramId> =
        (0..book.programs.len()).map(|program| ProgramId(u16::try_from(program).unwrap())).collect();
    let target = |input: &str| {
        let json: Json = serde_json::from_str(input).unwrap();
        let Ok(request) = read(&json, &book.vocabulary, common::today, book.covers) else { return false };
        let situation = &request.situation;
        for depth in [Depth::Result, Depth::Full] {
            let found = answer(&book, situation, situation.as_of, &programs, depth);
            assert_eq!(found.len(), programs.len());
        }
        for language in [Language::English, Language::Spanish] {
            if let Ok(reply) = reply(&book, &request, language) {
                serde_json::to_vec(&reply).unwrap();
            }
        }
        true
    };
    fuzz("reader, engine and reply", time, make, target);
}

#[test]
fn nothing_that_reads_panics_or_hangs() {
    let time = share();
    loader(time);
    expression_checker(time);
    situation_reader(time);
    engine(time);
}
