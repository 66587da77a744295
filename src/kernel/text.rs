//! Words in the languages we speak, and near names for misspelt ones.

use std::fmt::Display;

/// A language of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[expect(missing_docs, reason = "the names are their own explanation")]
pub enum Language {
    #[default]
    English,
    Spanish,
}

impl Language {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }
}

/// The same thing said in each language. Where Spanish is missing, English is shown, marked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Words {
    /// English, always there.
    pub en: String,
    /// Spanish.
    pub es: Option<String>,
}

impl Words {
    /// The text in `language`, and whether it really is in that language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> (&str, bool) {
        match (language, &self.es) {
            (Language::Spanish, Some(text)) => (text, true),
            (Language::Spanish, None) => (&self.en, false),
            (Language::English, _) => (&self.en, true),
        }
    }

    /// The text in `language`, English where there is none.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        self.in_language(language).0
    }
}

/// The known name nearest to a misspelt one, if one is near enough to be meant; of several that are as near, the first
/// by the alphabet, in whichever order they are known.
#[must_use]
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A name of a request can be long; comparing is quadratic in it.
    if wanted.len() > 64 {
        return None;
    }
    let wanted = wanted.to_lowercase().replace('-', "_");
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&wanted, &name.to_lowercase().replace('-', "_")), name))
        .filter(|(likeness, _)| *likeness > 0.82)
        .max_by(|one, two| one.0.total_cmp(&two.0).then_with(|| two.1.cmp(one.1)))
        .map(|(_, name)| name)
}

/// Help about an unknown name: the near one that may be meant, or else what to do.
#[must_use]
pub fn did_you_mean(near: Option<impl Display>, otherwise: impl Into<String>) -> String {
    near.map_or_else(|| otherwise.into(), |near| format!("did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn of_names_that_are_as_near_the_same_is_meant_in_whichever_order_they_are_known() {
        let known = ["income_cap", "income_map", "income_tap"];
        assert_eq!(nearest("income_gap", known), Some("income_cap"));
        assert_eq!(nearest("income_gap", known.into_iter().rev()), Some("income_cap"));
    }
}
