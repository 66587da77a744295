//! Words -> tree, by recursive descent. The grammar is on the language page (`rules/README.md`).

use crate::kernel::{Span, SpanUnit};

use super::cursor::{MAX_DEPTH, Parsed, Parser};
use super::lexer::{Word, words};
use super::syntax::{Aggregate, Arithmetic, Comparison, Expression, Fault, Name, Part};

/// Reads one expression.
///
/// # Errors
/// Every strange character at once, or the first place where the words make no sense.
pub fn parse(text: &str) -> Result<Expression, Vec<Fault>> {
    let tokens = words(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, end: text.len(), depth: 0 };
    let expression = parser.condition().map_err(|fault| vec![fault])?;
    if let Some(token) = parser.peek() {
        let help = match &token.word {
            Word::Symbol("-") => Some("put spaces round a minus sign"),
            Word::Symbol(")") => Some("there is no `(` for it"),
            Word::Symbol(",") => Some("amounts are written without commas, such as $1305"),
            Word::Symbol("<" | ">" | "<=" | ">=" | "==" | "!=") => {
                Some("compare two things at a time: `a < b and b < c`")
            }
            _ => Some("a word is missing before it, such as `and`, `or` or `+`, or it does not belong here"),
        };
        let message = format!("`{}` was not expected here", parser.written(token));
        let mut fault = Fault::new(token.place, "unexpected-word", message);
        fault.help = help.map(str::to_owned);
        return Err(vec![fault]);
    }
    Ok(expression)
}

const RESERVED: [&str; 17] = [
    "and", "or", "not", "if", "then", "else", "in", "is", "has", "any", "for", "where", "of", "true",
    "false", "none", "given",
];

impl Parser<'_> {
    fn condition(&mut self) -> Parsed<Expression> {
        self.deeper(|parser| {
            let first = parser.negation()?;
            for (word, other) in [("and", "or"), ("or", "and")] {
                if parser.is_keyword(word) {
                    return parser.chain(first, word, other);
                }
            }
            Ok(first)
        })
    }

    fn chain(&mut self, first: Expression, word: &str, other: &str) -> Parsed<Expression> {
        let start = first.place;
        let mut parts = vec![first];
        while self.take_keyword(word) {
            parts.push(self.negation()?);
        }
        if self.is_keyword(other) {
            let message = "`and` and `or` are mixed without brackets";
            let fault = Fault::new(self.here(), "mixed-and-or", message);
            return Err(fault.help("bracket the part that belongs together"));
        }
        let place = start.to(self.previous());
        let part = if word == "and" { Part::And(parts) } else { Part::Or(parts) };
        Ok(Expression { place, part })
    }

    fn negation(&mut self) -> Parsed<Expression> {
        let start = self.here();
        if self.take_keyword("not") {
            let inner = self.deeper(Self::negation)?;
            let place = start.to(inner.place);
            return Ok(Expression { place, part: Part::Not(Box::new(inner)) });
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed<Expression> {
        if let Some(relation) = self.relation()? {
            return Ok(relation);
        }
        let left = self.sum()?;
        let start = left.place;
        let operators = [
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("<", Comparison::Less),
            (">", Comparison::More),
            ("==", Comparison::Equal),
            ("!=", Comparison::Different),
        ];
        for (symbol, operator) in operators {
            if self.take_symbol(symbol) {
                self.no_keyword_compared(symbol)?;
                let right = self.sum()?;
                let place = start.to(right.place);
                let part = Part::Comparison(operator, Box::new(left), Box::new(right));
                return Ok(Expression { place, part });
            }
        }
        let part = if self.is_keyword("is") {
            self.at += 1;
            self.after_is(left)?
        } else if self.is_keyword("in") || (self.is_keyword("not") && self.keyword_ahead(1, "in")) {
            let negated = self.take_keyword("not");
            self.need_keyword("in")?;
            Part::In { of: Box::new(left), negated, codes: self.code_list()? }
        } else if self.take_keyword("has") {
            let codes = if self.take_keyword("any") { self.code_list()? } else { vec![self.name("a code")?] };
            Part::Has { of: Box::new(left), codes }
        } else {
            return Ok(left);
        };
        Ok(Expression { place: start.to(self.previous()), part })
    }

    /// `x != none`: that something is not there is asked with `is`.
    fn no_keyword_compared(&self, symbol: &str) -> Parsed<()> {
        let is = match symbol {
            "==" => "is",
            "!=" => "is not",
            _ => return Ok(()),
        };
        let Some(word) = ["none", "given", "empty"].into_iter().find(|word| self.is_keyword(word)) else {
            return Ok(());
        };
        let message = format!("`{word}` is not compared with `{symbol}`");
        Err(Fault::new(self.here(), "reserved-word", message).help(format!("write `{is} {word}`")))
    }

    fn after_is(&mut self, of: Expression) -> Parsed<Part> {
        let negated = self.take_keyword("not");
        if self.is_keyword("in") {
            let form = if negated { "not in [code, code]" } else { "in [code, code]" };
            let message = "`is` and `in` do not stand together";
            return Err(Fault::new(self.here(), "unexpected-word", message).help(format!("write `x {form}`")));
        }
        let word =
            self.name("a code, `none`, `given` or `empty`").map_err(|fault| match self.peek_word(0) {
                Some(Word::Number(_) | Word::Money(_) | Word::Percent(_) | Word::Date(_)) => {
                    fault.help("numbers and dates are compared with `==`, `<=`, `>=`, `<` or `>`")
                }
                Some(Word::Symbol("[")) => fault.help("one of several codes is `in [code, code]`"),
                _ => fault,
            })?;
        let of = Box::new(of);
        if matches!(word.text.as_str(), "none" | "given" | "empty") {
            return Ok(Part::Exists { of, word, negated });
        }
        Ok(Part::In { of, negated, codes: vec![word] })
    }

    /// `one is [not] kind of other`, told apart from `x is code` by the `of`.
    fn relation(&mut self) -> Parsed<Option<Expression>> {
        self.no_bare_relation()?;
        let (Some(Word::Name(_)), true) = (self.peek_word(0), self.keyword_ahead(1, "is")) else {
            return Ok(None);
        };
        let mut ahead = 2 + usize::from(self.keyword_ahead(2, "not"));
        if matches!(self.peek_word(ahead), Some(Word::Symbol("["))) {
            while !matches!(self.peek_word(ahead), None | Some(Word::Symbol("]"))) {
                ahead += 1;
            }
        }
        if !self.keyword_ahead(ahead + 1, "of") {
            return Ok(None);
        }
        let one = self.name("a person")?;
        self.need_keyword("is")?;
        let negated = self.take_keyword("not");
        let kinds = if self.is_symbol("[") { self.code_list()? } else { vec![self.name("a relationship")?] };
        self.need_keyword("of")?;
        let other = self.name("a person")?;
        let place = one.place.to(other.place);
        Ok(Some(Expression { place, part: Part::Relation { one, negated, kinds, other } }))
    }

    /// Tells `p parent of q` and `p is parent or stepparent of q`, which are written in another way.
    fn no_bare_relation(&self) -> Parsed<()> {
        let name = |ahead: usize| match self.peek_word(ahead) {
            Some(Word::Name(name)) if !RESERVED.contains(&name.as_str()) => Some(name.as_str()),
            _ => None,
        };
        let place = |last: usize| {
            let end = self.tokens.get(self.at + last).map_or(self.here(), |token| token.place);
            self.here().to(end)
        };
        let message = "a relationship is not written like this";
        let Some(one) = name(0) else { return Ok(()) };
        if let (Some(kind), true, Some(other)) = (name(1), self.keyword_ahead(2, "of"), name(3)) {
            let help = format!("write `{one} is {kind} of {other}`");
            return Err(Fault::new(place(3), "unexpected-word", message).help(help));
        }
        if !self.keyword_ahead(1, "is") {
            return Ok(());
        }
        let not = usize::from(self.keyword_ahead(2, "not"));
        let mut kinds: Vec<&str> = name(2 + not).into_iter().collect();
        let mut ahead = 3 + not;
        while self.keyword_ahead(ahead, "or") {
            let Some(kind) = name(ahead + 1) else { return Ok(()) };
            kinds.push(kind);
            ahead += 2;
        }
        match (kinds.len() > 1 && self.keyword_ahead(ahead, "of"), name(ahead + 1)) {
            (true, Some(other)) => {
                let not = if not > 0 { "not " } else { "" };
                let help = format!("write `{one} is {not}[{}] of {other}`", kinds.join(", "));
                Err(Fault::new(place(ahead + 1), "unexpected-word", message).help(help))
            }
            _ => Ok(()),
        }
    }

    fn code_list(&mut self) -> Parsed<Vec<Name>> {
        self.need_symbol("[")?;
        let mut codes = vec![self.name("a code")?];
        while self.take_symbol(",") {
            codes.push(self.name("a code")?);
        }
        self.need_symbol("]")?;
        Ok(codes)
    }

    fn sum(&mut self) -> Parsed<Expression> {
        let operators = [("+", Arithmetic::Plus), ("-", Arithmetic::Minus)];
        self.operations(&operators, Self::product)
    }

    fn product(&mut self) -> Parsed<Expression> {
        let operators = [("*", Arithmetic::Times), ("/", Arithmetic::Over)];
        self.operations(&operators, Self::unary)
    }

    fn operations(
        &mut self,
        operators: &[(&str, Arithmetic)],
        operand: fn(&mut Self) -> Parsed<Expression>,
    ) -> Parsed<Expression> {
        let mut left = operand(self)?;
        let mut count = 0;
        while let Some((_, operator)) = operators.iter().find(|(symbol, _)| self.is_symbol(symbol)) {
            self.at += 1;
            count += 1;
            if count > MAX_DEPTH {
                let fault = Fault::new(self.here(), "too-long", "this formula has too many parts");
                return Err(fault.help("give a part of it a name, as a definition of its own"));
            }
            let right = operand(self)?;
            let place = left.place.to(right.place);
            let part = Part::Arithmetic(*operator, Box::new(left), Box::new(right));
            left = Expression { place, part };
        }
        Ok(left)
    }

    fn unary(&mut self) -> Parsed<Expression> {
        let start = self.here();
        if self.take_symbol("-") {
            let inner = self.deeper(Self::unary)?;
            let place = start.to(inner.place);
            return Ok(Expression { place, part: Part::Negative(Box::new(inner)) });
        }
        self.atom()
    }

    fn atom(&mut self) -> Parsed<Expression> {
        let Some(token) = self.peek() else {
            return Err(self.expected("a fact, a figure, a number or `(`"));
        };
        let place = token.place;
        let part = match &token.word {
            Word::Symbol("(") => {
                self.at += 1;
                let inner = self.condition()?;
                self.need_symbol(")")?;
                return Ok(Expression { place: place.to(self.previous()), part: inner.part });
            }
            Word::Symbol(_) => return Err(self.expected("a fact, a figure, a number or `(`")),
            Word::Number(number) => {
                self.at += 1;
                self.span_after(*number).map_or(Part::Number(*number), Part::Span)
            }
            Word::Money(amount) => self.literal(Part::Money(*amount)),
            Word::Percent(share) => self.literal(Part::Percent(*share)),
            Word::Date(day) => self.literal(Part::Date(*day)),
            Word::Name(name) => match name.as_str() {
                "true" => self.literal(Part::Truth(true)),
                "false" => self.literal(Part::Truth(false)),
                "if" => self.choice()?,
                _ => self.name_or_call()?,
            },
        };
        Ok(Expression { place: place.to(self.previous()), part })
    }

    fn literal(&mut self, part: Part) -> Part {
        self.at += 1;
        part
    }

    fn span_after(&mut self, number: rust_decimal::Decimal) -> Option<Span> {
        let Some(Word::Name(unit)) = self.peek_word(0) else { return None };
        let unit = match unit.as_str() {
            "day" | "days" => SpanUnit::Days,
            "week" | "weeks" => SpanUnit::Weeks,
            "month" | "months" => SpanUnit::Months,
            "year" | "years" => SpanUnit::Years,
            _ => return None,
        };
        let count = i32::try_from(number).ok().filter(|count| count.abs() < 10_000)?;
        self.at += 1;
        Some(Span { count, unit })
    }

    fn choice(&mut self) -> Parsed<Part> {
        self.need_keyword("if")?;
        let test = self.condition()?;
        self.need_keyword("then")?;
        let yes = self.condition()?;
        self.need_keyword("else")?;
        let no = self.condition()?;
        Ok(Part::If(Box::new(test), Box::new(yes), Box::new(no)))
    }

    fn name_or_call(&mut self) -> Parsed<Part> {
        let name = self.name("a name")?;
        if RESERVED.contains(&name.text.as_str()) && !(name.text == "any" && self.is_symbol("(")) {
            let message = format!("`{}` is a word of the language, not a name", name.text);
            let fault = Fault::new(name.place, "reserved-word", message);
            return Err(fault.help("a fact, a figure or a number is missing here"));
        }
        if self.take_symbol("(") {
            return self.call(name);
        }
        if self.take_symbol("[") {
            let key = self.condition()?;
            self.need_symbol("]")?;
            return Ok(Part::Index(name, Box::new(key)));
        }
        Ok(Part::Name(name))
    }

    fn call(&mut self, name: Name) -> Parsed<Part> {
        let what = match name.text.as_str() {
            "sum" => Some(Aggregate::Sum),
            "max" => Some(Aggregate::Max),
            "min" => Some(Aggregate::Min),
            "count" => Some(Aggregate::Count),
            "any" => Some(Aggregate::Any),
            "all" => Some(Aggregate::All),
            _ => None,
        };
        if let (Some(Aggregate::Count), Some(Word::Name(group)), Some(Word::Symbol(")"))) =
            (what, self.peek_word(0), self.peek_word(1))
        {
            let fault = Fault::new(self.here(), "wrong-arguments", "`count` goes over each one of a group");
            return Err(fault.help(format!("write `count(p in {group})`")));
        }
        if what == Some(Aggregate::Count) {
            let aggregate = self.aggregate(Aggregate::Count, None)?;
            return Ok(aggregate);
        }
        let mut arguments = Vec::new();
        if !self.is_symbol(")") {
            arguments.push(self.condition()?);
            if let Some(what) = what
                && self.take_keyword("for")
            {
                return self.aggregate(what, arguments.pop().map(Box::new));
            }
            while self.take_symbol(",") {
                arguments.push(self.condition()?);
            }
        }
        self.need_symbol(")")?;
        Ok(Part::Call(name, arguments))
    }

    fn aggregate(&mut self, what: Aggregate, value: Option<Box<Expression>>) -> Parsed<Part> {
        let variable = self.name("a name for each one, such as `p`")?;
        self.need_keyword("in")?;
        let group = self.name("a group, such as `members`")?;
        let filter = if self.take_keyword("where") { Some(Box::new(self.condition()?)) } else { None };
        self.need_symbol(")")?;
        Ok(Part::Aggregate { what, value, variable, group, filter })
    }
}
