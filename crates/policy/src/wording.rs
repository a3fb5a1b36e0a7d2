//! How does the system say a thing in Kazakh, Russian and English?
//!
//! The words stand in `words/<language>/<topic>.ftl`. A refusal's message has the refusal's code for its name, and an attribute `needs`. The
//! vocabulary is named by a prefix and the stable word: `operation-`, `basis-`, `end-`, `reason-`, `then-`, `automation-`,
//! `source-`, `kind-`, `fault-`. Answers that are no refusals begin with `problem-`, `malformed-`, `version-` or `decision-`, and the
//! words of public pages with `page-`, of those of staff with `staff-`, of those on which staff work on requests with `desk-`, and of
//! those for people with `portal-`; what stands behind a clause is told by messages that begin with `coverage-`, what stands on
//! papers by `paper-`, what stands beside a consent text in a form of the shop by `consent-`, and what staff are told of letters by
//! `mail-`.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use saqta_domain::terms::attribute::Attribute;
use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::kind::KindFault;
use saqta_domain::terms::names::{Clause, Language};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::refusal::{Refusal, RefusalCode};
use saqta_domain::terms::standing::{EndCause, RestrictionReason};

use crate::fault::Fault;

macro_rules! topics {
    ($language:literal) => {
        &[
            include_str!(concat!("words/", $language, "/answers.ftl")),
            include_str!(concat!("words/", $language, "/base.ftl")),
            include_str!(concat!("words/", $language, "/cases.ftl")),
            include_str!(concat!("words/", $language, "/changes.ftl")),
            include_str!(concat!("words/", $language, "/consents.ftl")),
            include_str!(concat!("words/", $language, "/controls.ftl")),
            include_str!(concat!("words/", $language, "/desk.ftl")),
            include_str!(concat!("words/", $language, "/documents.ftl")),
            include_str!(concat!("words/", $language, "/findings.ftl")),
            include_str!(concat!("words/", $language, "/law.ftl")),
            include_str!(concat!("words/", $language, "/letters.ftl")),
            include_str!(concat!("words/", $language, "/pages.ftl")),
            include_str!(concat!("words/", $language, "/papers.ftl")),
            include_str!(concat!("words/", $language, "/portal.ftl")),
            include_str!(concat!("words/", $language, "/requests.ftl")),
            include_str!(concat!("words/", $language, "/staff.ftl")),
        ]
    };
}

const FILES: [(Language, &[&str]); 3] = [
    (Language::Kazakh, topics!("kk")),
    (Language::Russian, topics!("ru")),
    (Language::English, topics!("en")),
];

/// Everything the system says, in each language.
pub struct Words {
    bundles: Vec<(Language, FluentBundle<FluentResource>)>,
}

/// A refusal as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub what: String,
    /// What would be needed.
    pub needs: String,
}

impl Words {
    /// Reads the words built into the program.
    pub fn new() -> Result<Self, Fault> {
        let mut bundles = Vec::new();
        for (language, topics) in FILES {
            let broken = |why: String| Fault::WordsBroken { language: language.tag(), why };
            let locale = language.tag().parse().map_err(|_| broken("its tag is no language".to_owned()))?;
            let mut bundle = FluentBundle::new_concurrent(vec![locale]);
            // Isolating marks would end up in JSON and in comparisons; no sentence here mixes directions.
            bundle.set_use_isolating(false);
            for source in topics {
                let resource = FluentResource::try_new((*source).to_owned()).map_err(|(_, errors)| {
                    broken(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
                })?;
                bundle
                    .add_resource(resource)
                    .map_err(|errors| broken(format!("{} messages twice", errors.len())))?;
            }
            bundles.push((language, bundle));
        }
        Ok(Self { bundles })
    }

    /// A refusal in words. Purposes and attributes are called by the names they have in the policy.
    pub fn refusal(&self, refusal: &Refusal, language: Language) -> Told {
        let purpose = refusal.purpose.as_ref().map_or("—", |p| p.as_str());
        let attributes: Vec<&str> = refusal.attributes.iter().map(|a| a.as_str()).collect();
        let attributes = attributes.join(", ");
        let args =
            [("purpose", purpose), ("attributes", attributes.as_str()), ("clause", refusal.clause.as_str())];
        let code = refusal.code.as_str();
        Told {
            what: self.told(code, language, &args),
            needs: self.say(code, Some("needs"), language, &args, &[]).unwrap_or_default(),
        }
    }

    /// A refusal in words by its code alone, where no request stands behind it.
    pub fn refusal_code(&self, code: RefusalCode, language: Language) -> Told {
        let args = [("purpose", "…"), ("attributes", "…"), ("clause", "…")];
        Told {
            what: self.told(code.as_str(), language, &args),
            needs: self.say(code.as_str(), Some("needs"), language, &args, &[]).unwrap_or_default(),
        }
    }

    /// A message with everything that belongs to it, by name; nothing where there is no such message.
    pub fn whole(&self, key: &str, language: Language) -> Option<(String, Vec<(String, String)>)> {
        let (_, bundle) = self.bundles.iter().find(|(l, _)| *l == language)?;
        let names = bundle.get_message(key)?.attributes().map(|attribute| attribute.id().to_owned());
        let more = names.filter_map(|name| {
            let text = self.say(key, Some(&name), language, &[], &[])?;
            Some((name, text))
        });
        Some((self.say(key, None, language, &[], &[]).unwrap_or_default(), more.collect()))
    }

    /// A word of the vocabulary, such as `operation-collection`; the key itself where there is none.
    pub fn word(&self, key: &str, language: Language) -> String {
        self.told(key, language, &[])
    }

    /// A message with its arguments filled in; the key itself where there is none.
    pub fn told(&self, key: &str, language: Language, args: &[(&str, &str)]) -> String {
        self.say(key, None, language, args, &[]).unwrap_or_else(|| key.to_owned())
    }

    /// The same with numbers, on which the form of the other words may depend.
    pub fn counted(
        &self,
        key: &str,
        language: Language,
        args: &[(&str, &str)],
        counts: &[(&str, u64)],
    ) -> String {
        self.say(key, None, language, args, counts).unwrap_or_else(|| key.to_owned())
    }

    /// What an operation is called (clauses 2.6, 8.1).
    pub fn operation(&self, operation: Operation, language: Language) -> String {
        self.word(&format!("operation-{operation}"), language)
    }

    /// What a ground is called (clause 6); nothing stands for no personal data at all.
    pub fn basis(&self, basis: Option<BasisKind>, language: Language) -> String {
        self.word(&format!("basis-{}", basis.map_or("none", BasisKind::as_str)), language)
    }

    /// Why processing ended (clause 7.10).
    pub fn end_cause(&self, cause: EndCause, language: Language) -> String {
        self.word(&format!("end-{}", cause.as_str()), language)
    }

    /// Why data are blocked (clause 4.1).
    pub fn restriction_reason(&self, reason: RestrictionReason, language: Language) -> String {
        self.word(&format!("reason-{}", reason.as_str()), language)
    }

    /// What is wrong with a value (clause 5.6), never what the value was.
    pub fn kind_fault(&self, fault: KindFault, language: Language) -> String {
        self.word(&format!("fault-{}", fault.code()), language)
    }

    /// That a value of an attribute was not accepted, and why.
    pub fn value_fault(&self, attribute: &Attribute, fault: KindFault, language: Language) -> String {
        let label = attribute.label.in_language(language);
        let title = self.told("problem-value", language, &[("attribute", label)]);
        format!("{title} {}", self.kind_fault(fault, language))
    }

    /// A clause as it is cited.
    pub fn clause(&self, clause: &Clause, language: Language) -> String {
        self.told("clause", language, &[("clause", clause.as_str())])
    }

    fn say(
        &self,
        key: &str,
        attribute: Option<&str>,
        language: Language,
        args: &[(&str, &str)],
        counts: &[(&str, u64)],
    ) -> Option<String> {
        let (_, bundle) = self.bundles.iter().find(|(l, _)| *l == language)?;
        let message = bundle.get_message(key)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut filled: FluentArgs<'_> =
            args.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        for (name, count) in counts {
            filled.set(*name, *count);
        }
        let mut faults = Vec::new();
        Some(bundle.format_pattern(pattern, Some(&filled), &mut faults).into_owned())
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use saqta_domain::terms::kind::Kind;
    use saqta_domain::terms::names::{AttributeName, PurposeName};
    use saqta_domain::terms::purpose::{Automation, EndAction};
    use saqta_domain::terms::standing::Source;

    use super::*;

    fn refusal(code: RefusalCode) -> Refusal {
        Refusal {
            code,
            clause: Clause::fixed("5.5"),
            rule: "may_read",
            purpose: PurposeName::new("order").ok(),
            attributes: ["iin", "phone"].iter().filter_map(|a| AttributeName::new(a).ok()).collect(),
        }
    }

    /// Every message and attribute of a file with the variables in it.
    fn variables(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut found = BTreeMap::new();
        let (mut message, mut last) = (String::new(), String::new());
        for line in source.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
            let attribute = line.trim_start().starts_with('.');
            let (key, text) = match line.split_once(" = ") {
                Some((key, text)) if attribute || !line.starts_with(' ') => (key.trim(), text),
                // The forms of a word that depend on a number stand in lines of their own.
                _ => ("", line),
            };
            let key = match key.strip_prefix('.') {
                Some(attribute) => format!("{message}.{attribute}"),
                None if key.is_empty() => last.clone(),
                None => {
                    message = key.to_owned();
                    key.to_owned()
                }
            };
            let names = text.split('$').skip(1).map(|rest| {
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>()
            });
            let again = found.contains_key(&key);
            assert!(!again || key == last, "{key} twice");
            found.entry(key.clone()).or_insert_with(BTreeSet::new).extend(names);
            last = key;
        }
        found
    }

    #[test]
    fn the_three_languages_say_the_same_things_with_the_same_variables() {
        let [kazakh, russian, english] = FILES.map(|(_, topics)| variables(&topics.join("\n")));
        assert!(english.len() > 100);
        assert_eq!(kazakh, english);
        assert_eq!(russian, english);
    }

    #[test]
    fn a_message_comes_with_everything_that_belongs_to_it() {
        let words = Words::new().unwrap();
        let (what, more) = words.whole("no_consent", Language::English).unwrap();
        assert_eq!(what, "The person has not consented.");
        assert_eq!(more.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["needs"]);
        assert_eq!(words.whole("no-such-message", Language::English), None);
    }

    #[test]
    fn words_are_shared_between_threads() {
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&Words::new().unwrap());
    }

    #[test]
    fn every_refusal_is_told_in_every_language() {
        let words = Words::new().unwrap();
        for code in RefusalCode::ALL {
            for language in Language::ALL {
                let told = words.refusal(&refusal(*code), language);
                assert_ne!(told.what, code.as_str(), "{language:?}");
                assert!(told.what.ends_with('.') && told.needs.ends_with('.'), "{code}: {told:?}");
                assert!(!told.what.contains('{') && !told.needs.contains('{'), "{code}: {told:?}");
            }
        }
    }

    #[test]
    fn every_word_of_the_vocabulary_is_told_in_every_language() {
        let words = Words::new().unwrap();
        let mut keys: Vec<String> = Vec::new();
        keys.extend(Operation::ALL.iter().map(|o| format!("operation-{o}")));
        keys.extend(BasisKind::ALL.iter().map(|b| format!("basis-{}", b.as_str())));
        keys.extend(EndCause::ALL.iter().map(|c| format!("end-{}", c.as_str())));
        keys.extend(RestrictionReason::ALL.iter().map(|r| format!("reason-{}", r.as_str())));
        keys.extend(Source::ALL.iter().map(|s| format!("source-{}", s.as_str())));
        keys.extend(Kind::ALL.iter().map(|k| format!("kind-{}", k.as_str())));
        keys.extend([EndAction::Destroy, EndAction::Depersonalise].map(|e| format!("then-{}", e.as_str())));
        keys.extend(
            [Automation::Automated, Automation::Manual, Automation::Mixed]
                .map(|a| format!("automation-{}", a.as_str())),
        );
        keys.extend(
            [
                KindFault::Empty,
                KindFault::TooLong { limit: 1 },
                KindFault::Control,
                KindFault::Malformed(Kind::Iin),
                KindFault::CheckDigit(Kind::Iin),
                KindFault::NotText,
            ]
            .map(|f| format!("fault-{}", f.code())),
        );
        for key in keys {
            for language in Language::ALL {
                assert_ne!(words.word(&key, language), key, "{language:?}");
            }
        }
    }

    #[test]
    fn a_refusal_names_the_data_it_is_about_and_no_value() {
        let words = Words::new().unwrap();
        let refusal = refusal(RefusalCode::AttributeNotNeeded);
        let told = Language::ALL.map(|l| words.refusal(&refusal, l));
        insta::assert_debug_snapshot!(told);
        assert_eq!(words.clause(&refusal.clause, Language::Kazakh), "5.5-тармақ");
    }
}
