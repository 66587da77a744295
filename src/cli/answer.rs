//! `onward answer`.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::answer::Asked;
use crate::kernel::Language;
use crate::today;
use crate::vocabulary::Explain;

use super::words::Own;
use super::{Trouble, input, layout, pretty, rules, text};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A situation as JSON, the same that the service takes; `-` reads standard input
    file: PathBuf,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
    /// A folder of rule files in place of those built in
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// The language of the words
    #[arg(long, value_enum, default_value = "en")]
    lang: Lang,
    /// How much of the reasoning to show; if left out, in readable text about named programs everything
    #[arg(long, value_enum)]
    explain: Option<Depth>,
    /// Only this program (may be given several times)
    #[arg(long = "program", value_name = "PROGRAM")]
    programs: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Lang {
    En,
    Es,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Depth {
    None,
    Summary,
    Full,
}

pub(super) fn run(arguments: &Arguments, out: &mut (impl Write + IsTerminal)) -> Result<(), Trouble> {
    let bytes = input::bytes(&arguments.file)?;
    let book = rules(arguments.rules.as_deref())?;
    let parsed = input::json(&arguments.file, &bytes, &book.vocabulary)?;
    let language = match arguments.lang {
        Lang::En => Language::English,
        Lang::Es => Language::Spanish,
    };
    let options = parsed.body.as_object().and_then(|body| body.get("options")?.as_object());
    let said = options.and_then(|options| options.get("explain")).is_some_and(|explain| !explain.is_null());
    let mut asked = Asked::read(&book, parsed, |state| today::in_state(&book.vocabulary, state));
    if let Some(options) = asked.options() {
        if !arguments.programs.is_empty() {
            options.programs = Some(arguments.programs.clone());
        }
        options.explain = match arguments.explain {
            Some(Depth::None) => Explain::None,
            Some(Depth::Summary) => Explain::Summary,
            Some(Depth::Full) => Explain::Full,
            None if arguments.json || said => options.explain,
            None if options.programs.is_none() => Explain::Summary,
            None => Explain::Full,
        };
    }
    let reply = asked.reply(&book, language).map_err(Trouble::Situation)?;
    if arguments.json {
        return pretty(&reply, out);
    }
    let mut page = layout::Page::new(layout::width(out.is_terminal()));
    text::write(&reply, Own::new(language, &book), &mut page);
    out.write_all(page.text().as_bytes())?;
    Ok(())
}
