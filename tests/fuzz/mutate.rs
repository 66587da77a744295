//! Texts changed in a few places: by words, lines, bytes and pieces of other texts.

use crate::common::random::Random;

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

pub fn nasty(random: &mut Random) -> &'static str {
    NASTY[random.below(NASTY.len())]
}

pub fn number(random: &mut Random) -> &'static str {
    NUMBERS[random.below(NUMBERS.len())]
}

/// The last place of a text before one where it may be cut.
pub fn boundary(text: &str, at: usize) -> usize {
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
pub fn mutated(text: &str, other: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(4) {
        text = changed(&text, other, random);
        if text.len() > 400_000 {
            text.truncate(boundary(&text, 400_000));
        }
    }
    text
}

/// A text changed in one way.
fn changed(text: &str, other: &str, random: &mut Random) -> String {
    match random.below(12) {
        0 => by_tokens(text, random),
        1 => by_lines(text, other, random),
        2 => splice(text, other, random),
        3 => insert(text, nasty(random), random),
        4 => numbers(text, random),
        5 => {
            let (low, high) = span(text, random, 40);
            format!("{}{}", &text[..low], &text[high..])
        }
        6 => {
            let (low, high) = span(text, random, 200);
            let times = 1 + random.below(3);
            format!("{}{}{}", &text[..high], text[low..high].repeat(times), &text[high..])
        }
        7 => nested(text, random),
        8 => bytes(text, random),
        9 => text[..boundary(text, random.below(text.len() + 1))].to_owned(),
        10 => swap_pieces(text, random),
        _ => {
            let piece = random.pick(&tokens(other)).repeat(1 + random.below(2));
            insert(text, &piece, random)
        }
    }
}

/// A text with many brackets within one another.
fn nested(text: &str, random: &mut Random) -> String {
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
    insert(text, &format!("{}{inner}{}", open.repeat(depth), close.repeat(depth)), random)
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
