//! Results entered one by one, and whether enough of them agree.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use onward::rulebook::yaml_as_json;

use crate::cases::{Case, book, text};

/// Case, whom it is about (a person, a tax unit, or the household: empty), and program.
pub(crate) type Key = (String, String, String);

/// Every listed divergence with its reason.
pub(crate) fn divergences() -> &'static BTreeSet<Key> {
    static ALL: OnceLock<BTreeSet<Key>> = OnceLock::new();
    ALL.get_or_init(|| {
        let folder = format!("{}/fixtures/oracle", env!("CARGO_MANIFEST_DIR"));
        let mut all = BTreeSet::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            if !name.starts_with("divergences-") {
                continue;
            }
            for entry in yaml_as_json(&text(&name)).expect("a fixture is YAML").as_array().unwrap() {
                assert!(entry["reason"].as_str().is_some_and(|reason| reason.len() > 40), "{name}: {entry}");
                let part = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
                let about = if entry["unit"].is_null() { part("person") } else { part("unit") };
                let key = (part("id"), about, part("program"));
                assert!(all.insert(key.clone()), "{name}: {key:?} is listed twice");
            }
        }
        all
    })
}

/// The comparison of one program, or of a family of programs of which each person has one.
pub(crate) struct Comparison {
    title: &'static str,
    compared: usize,
    agreed: usize,
    listed: usize,
    wrong: Vec<String>,
    seen: BTreeSet<Key>,
    programs: Vec<&'static str>,
}

impl Comparison {
    pub(crate) fn of(title: &'static str, programs: &[&'static str]) -> Option<Self> {
        let missing: Vec<_> = programs.iter().filter(|id| book().program_named(id).is_none()).collect();
        if !missing.is_empty() {
            println!("{title}: skipped, no rules for {missing:?}");
            return None;
        }
        Some(Self {
            title,
            compared: 0,
            agreed: 0,
            listed: 0,
            wrong: Vec::new(),
            seen: BTreeSet::new(),
            programs: programs.to_vec(),
        })
    }

    /// Enters one result: of each program whether it agrees, and what to tell if it does not.
    pub(crate) fn enter(
        &mut self,
        case: &Case,
        about: &str,
        strict: bool,
        results: &[(&str, Result<(), String>)],
    ) {
        let (mut agrees, mut excused) = (true, true);
        for (program, result) in results {
            let key = (case.id.clone(), about.to_owned(), (*program).to_owned());
            let listed = divergences().contains(&key);
            match result {
                Ok(()) if listed => {
                    self.wrong.push(format!(
                        "{} {about}: {program} is listed as a divergence, but agrees",
                        case.id
                    ));
                }
                Err(told) => {
                    agrees = false;
                    excused &= listed;
                    if strict && !listed {
                        self.wrong.push(format!("{} {about}: {program}: {told}", case.id));
                    }
                }
                Ok(()) => {}
            }
            self.seen.insert(key);
        }
        self.compared += usize::from(strict);
        self.agreed += usize::from(strict && agrees);
        self.listed += usize::from(strict && !agrees && excused);
    }

    pub(crate) fn finish(mut self) {
        for key in divergences().iter().filter(|key| self.programs.contains(&key.2.as_str())) {
            if !self.seen.contains(key) {
                self.wrong.push(format!("{key:?} is listed as a divergence, and there is no such result"));
            }
        }
        let hundredths = self.agreed * 10_000 / self.compared.max(1);
        println!(
            "{}: {} compared, {} agree ({}.{:02} %), {} differ for a listed legal reason",
            self.title,
            self.compared,
            self.agreed,
            hundredths / 100,
            hundredths % 100,
            self.listed
        );
        assert!(self.wrong.is_empty(), "{}: {}\n{}", self.title, self.wrong.len(), self.wrong.join("\n"));
        let apart = self.agreed * 10_000 / (self.compared - self.listed).max(1);
        assert!(apart >= 9_900, "{}: less than 99 % agree, the listed ones apart", self.title);
        // Reasons may not eat the proof away.
        assert!(hundredths >= 9_800, "{}: less than 98 % agree in all", self.title);
    }
}

pub(crate) fn agreement(agrees: bool, told: impl FnOnce() -> String) -> Result<(), String> {
    if agrees { Ok(()) } else { Err(told()) }
}
