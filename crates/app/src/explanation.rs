//! Why was this permitted or refused: which words of the policy, which ground, which line of the law (clauses 1, 3.2, 8.1)?
//!
//! Everything is told as it stood when the decision was made: the clause in the words of that version, the law in the edition
//! of that day. Nothing of the person is in it, not even who it was.

use jiff::civil::Date;
use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::law::LawEdition;
use saqta_domain::terms::names::{AttributeName, Clause, Language, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::refusal::{Refusal, RefusalCode};
use saqta_policy::law::{LawPack, stricter};
use saqta_policy::wording::Told;
use serde::Serialize;

use crate::evidence::Decision;
use crate::instance::{App, Version};
use crate::leaf::Leaf;

/// A decision explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The clause it was decided by, in the words of that version.
    pub clause: Option<ClauseQuoted>,
    /// The ground in words: the one it stands on or, of a refusal, the one the policy declares for the purpose.
    pub basis: Option<String>,
    /// The version of the policy it was decided under, if it is still known here.
    pub policy: Option<PolicyNamed>,
    /// The law it was decided under.
    pub law: LawQuoted,
    /// All of it in sentences.
    pub told: Vec<String>,
}

/// A clause as people could read it then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClauseQuoted {
    /// Its number.
    pub number: String,
    /// Its heading, where it has one.
    pub heading: Option<String>,
    /// Its words, as Markdown.
    pub text: String,
    /// The language the words are in: the one asked for, if the text exists in it.
    pub language: &'static str,
}

/// A version of the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyNamed {
    /// Its number.
    pub version: u32,
    /// SHA-256 of its files, in hexadecimal.
    pub digest: String,
    /// Where anybody can read it, from the root of this server.
    pub address: String,
}

/// What the law said on the day of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LawQuoted {
    /// The packs, such as `xx` or `xx+yy`.
    pub pack: String,
    /// The day from which the edition holds.
    pub edition: String,
    /// The law's name.
    pub name: Option<String>,
    /// The act that made the edition.
    pub made_by: Option<String>,
    /// Whether it knows the ground.
    pub knows: Option<bool>,
    /// Where it says so.
    pub source: Option<String>,
    /// How sure the pack is of that: `T` read in the text, `S` in a secondary source, `I` inferred, `M` from memory.
    pub certainty: Option<&'static str>,
    /// The day until which the pack's makers answer for it.
    pub verified_until: Option<String>,
    /// Whether that day had not passed when the decision was made.
    pub verified: Option<bool>,
}

impl App {
    /// Explains a decision in a language.
    pub fn explain(&self, decision: &Decision, language: Language) -> Explanation {
        let leaf = &decision.leaf;
        let version = self.version_of_leaf(leaf);
        let edition = self.law_of_leaf(decision);
        let basis = basis(leaf, version.as_ref().map(|v| v.policy.as_ref()));
        let policy = version.as_ref().map(|version| PolicyNamed {
            version: version.policy.version,
            digest: data_encoding::HEXLOWER.encode(&version.policy.digest),
            address: format!("/policy/v/{}", version.policy.version),
        });
        Explanation {
            clause: version.as_ref().and_then(|v| quoted(leaf, v, language)),
            basis: basis.map(|basis| self.words.basis(Some(basis), language)),
            told: self.sentences(decision, version.as_ref(), edition.as_ref(), basis, language),
            law: self.law_quoted(decision, edition.as_ref(), basis, language),
            policy,
        }
    }

    /// The refusal that a leaf records, in words.
    pub fn refusal_told(&self, leaf: &Leaf, language: Language) -> Option<Told> {
        let word = leaf.refusal.as_deref()?;
        let code = RefusalCode::ALL.iter().find(|code| code.as_str() == word)?;
        let refusal = Refusal {
            code: *code,
            clause: leaf.clause.as_deref().and_then(Clause::new)?,
            rule: "",
            purpose: leaf.purpose.as_deref().and_then(|p| PurposeName::new(p).ok()),
            attributes: leaf.attributes.iter().filter_map(|a| AttributeName::new(a).ok()).collect(),
        };
        Some(self.words.refusal(&refusal, language))
    }

    /// Until which day the makers of the law packs of a decision answer for them, and whether that had not passed then.
    pub fn law_verified(&self, decision: &Decision) -> Option<(Date, bool)> {
        let state = self.state.load();
        let packs = packs_of(&decision.leaf, &state.packs)?;
        let until = packs.iter().map(|pack| pack.verified_until).min()?;
        Some((until, packs.iter().all(|pack| !pack.is_unverified(pack.day_of(decision.at)))))
    }

    /// What an operator must be told when the law pack in force should have been compared with its sources by now.
    pub async fn law_unverified(&self) -> Option<String> {
        let view = self.view().await.ok()?;
        let args = [("pack", view.law.pack.as_str()), ("until", &view.law.verified_until.to_string())];
        view.law.is_unverified(view.now).then(|| self.words.told("law-unverified", Language::English, &args))
    }

    fn version_of_leaf(&self, leaf: &Leaf) -> Option<Version> {
        let state = self.state.load();
        let same = |v: &&Version| {
            v.policy.version == leaf.policy_version && v.policy.digest.starts_with(&leaf.policy_digest)
        };
        state.published.iter().find(same).cloned()
    }

    fn law_of_leaf(&self, decision: &Decision) -> Option<LawEdition> {
        let state = self.state.load();
        let packs = packs_of(&decision.leaf, &state.packs)?;
        let editions: Vec<LawEdition> = packs.iter().map(|p| p.on(p.day_of(decision.at))).collect();
        stricter(&editions)
    }

    fn law_quoted(
        &self,
        decision: &Decision,
        edition: Option<&LawEdition>,
        basis: Option<BasisKind>,
        language: Language,
    ) -> LawQuoted {
        let (pack, named) = decision.leaf.law.split_once('@').unwrap_or((&decision.leaf.law, ""));
        // A pack that was corrected since then would quote what nobody decided by.
        let edition = edition.filter(|edition| edition.edition.to_string() == named);
        let line = edition.zip(basis).and_then(|(edition, basis)| edition.bases.get(&basis));
        let verified = self.law_verified(decision);
        LawQuoted {
            pack: pack.to_owned(),
            edition: named.to_owned(),
            name: edition.map(|e| e.law.in_language(language).to_owned()),
            made_by: edition.map(|e| e.made_by.clone()),
            knows: decision.leaf.law_knows.or(line.map(|line| line.known)),
            source: line.map(|line| line.source.clone()),
            certainty: line.map(|line| line.certainty.mark()),
            verified_until: verified.map(|(until, _)| until.to_string()),
            verified: verified.map(|(_, verified)| verified),
        }
    }

    fn sentences(
        &self,
        decision: &Decision,
        version: Option<&Version>,
        edition: Option<&LawEdition>,
        basis: Option<BasisKind>,
        language: Language,
    ) -> Vec<String> {
        let leaf = &decision.leaf;
        let say = |key: &str, args: &[(&str, &str)]| self.words.told(key, language, args);
        let day = edition.map_or_else(
            || decision.at.to_string(),
            |edition| edition.calendar.day_of(decision.at).to_string(),
        );
        let operation = match Operation::from_word(&leaf.operation) {
            Some(operation) => self.words.operation(operation, language),
            None => leaf.operation.clone(),
        };
        let mut told = vec![say("explain-asked", &[("day", &day), ("operation", &operation)])];
        if let Some(purpose) = leaf.purpose.as_deref() {
            let title = PurposeName::new(purpose).ok().and_then(|name| version?.policy.purpose(&name));
            let title = title.map_or(purpose, |p| p.title.in_language(language));
            told.push(say("explain-purpose", &[("purpose", title)]));
        }
        if !leaf.attributes.is_empty() {
            let labels: Vec<&str> =
                leaf.attributes.iter().map(|name| label(name, version, language)).collect();
            told.push(say("explain-attributes", &[("attributes", &labels.join(", "))]));
        }
        let refusal = self.refusal_told(leaf, language);
        let clause = leaf.clause.as_deref().unwrap_or("—");
        told.push(match (&refusal, leaf.permitted, &leaf.clause) {
            (Some(refusal), _, _) => say("explain-refused", &[("clause", clause), ("why", &refusal.what)]),
            (None, true, Some(_)) => say("explain-permitted", &[("clause", clause)]),
            (None, true, None) => say("explain-administration", &[]),
            (None, false, _) => say("explain-refused-bare", &[("clause", clause)]),
        });
        if let Some(basis) = basis {
            let key = if leaf.permitted { "explain-stands" } else { "explain-declared" };
            let (name, of) = (self.words.basis(Some(basis), language), basis.clause());
            told.push(say(key, &[("basis", &name), ("clause", of.as_str())]));
        }
        let law = self.law_quoted(decision, edition, basis, language);
        if let Some(name) = &law.name {
            told.push(say("explain-law", &[("law", name), ("edition", &law.edition)]));
        } else {
            told.push(say("explain-law-unknown", &[("law", &leaf.law)]));
        }
        if let (Some(knows), Some(source), Some(certainty)) = (law.knows, &law.source, law.certainty) {
            let key = if knows { "explain-law-knows" } else { "explain-law-knows-not" };
            let mark = say(&format!("law-mark-{certainty}"), &[]);
            told.push(say(key, &[("source", source), ("certainty", &mark)]));
        }
        if let (Some(until), Some(false)) = (&law.verified_until, law.verified) {
            told.push(say("explain-law-unverified", &[("until", until)]));
        }
        told.push(say("explain-version", &[("version", &leaf.policy_version.to_string())]));
        if let Some(refusal) = refusal {
            told.push(say("explain-needs", &[("needs", &refusal.needs)]));
        }
        told
    }
}

/// The packs that a leaf names; nothing, when one of them is not read here.
fn packs_of<'a>(leaf: &Leaf, known: &'a [LawPack]) -> Option<Vec<&'a LawPack>> {
    let (names, _) = leaf.law.split_once('@')?;
    names.split('+').map(|name| known.iter().find(|pack| pack.name == name)).collect()
}

fn basis(leaf: &Leaf, policy: Option<&Policy>) -> Option<BasisKind> {
    let declared = || {
        let name = leaf.purpose.as_deref().and_then(|p| PurposeName::new(p).ok())?;
        policy?.purpose(&name)?.basis.kind()
    };
    leaf.basis.as_deref().and_then(BasisKind::from_word).or_else(declared)
}

fn label<'a>(name: &'a str, version: Option<&'a Version>, language: Language) -> &'a str {
    let attribute = AttributeName::new(name).ok().and_then(|known| version?.policy.attributes.get(&known));
    attribute.map_or(name, |attribute| attribute.label.in_language(language))
}

/// The clause in the language asked for, or in the first that has it.
fn quoted(leaf: &Leaf, version: &Version, language: Language) -> Option<ClauseQuoted> {
    let number = Clause::new(leaf.clause.as_deref()?)?;
    let languages = std::iter::once(language).chain(Language::ALL);
    languages.into_iter().find_map(|language| {
        let clause = version.texts.document(language)?.clause(&number)?;
        Some(ClauseQuoted {
            number: number.to_string(),
            heading: clause.heading.clone(),
            text: clause.markdown.clone(),
            language: language.tag(),
        })
    })
}
