//! What does a word mean that the program said: a refusal, a finding of a check, a clause, or the receipt of a decision?

use std::path::Path;

use saqta_domain::terms::names::{Clause, Language};
use saqta_domain::terms::refusal::RefusalCode;
use saqta_policy::finding_codes::{finding, suggestion};
use saqta_policy::folder::Folder;
use saqta_policy::load::load;
use saqta_policy::wording::Words;
use serde_json::{Value, json};

use crate::act::Receipt;
use crate::console::at_the_machine;
use crate::console::coverage::CoverageRow;
use crate::console::law::Told;
use crate::error::Error;
use crate::instance::App;

/// What somebody asks to have explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A decision, by its receipt.
    Decision(Receipt),
    /// A clause of a policy's text.
    Clause(Clause),
    /// The code of a refusal or of a finding.
    Code(String),
}

impl Asked {
    /// Reads it: `1-42` is a receipt, `5.2` a clause, everything else a code.
    pub fn read(word: &str) -> Self {
        let receipt = word.split_once('-').and_then(|(log, index)| {
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            let both = digits(log) && digits(index);
            both.then(|| Some(Receipt { log: log.parse().ok()?, index: index.parse().ok()? }))?
        });
        match (receipt, Clause::new(word)) {
            (Some(receipt), _) => Self::Decision(receipt),
            (None, Some(clause)) => Self::Clause(clause),
            (None, None) => Self::Code(word.to_owned()),
        }
    }
}

/// Explains the code of a refusal or of a finding; for a word that is neither, which one was probably meant.
pub fn explain_code(code: &str, language: Language) -> Result<Result<Told, String>, Error> {
    let words = Words::new()?;
    if let Some(known) = RefusalCode::ALL.iter().find(|known| known.as_str() == code) {
        let told = words.refusal_code(*known, language);
        let answer = json!({
            "kind": "refusal",
            "code": code,
            "what": told.what,
            "needs": told.needs,
            "about_the_person": known.is_about_the_person(),
        });
        let [what, needs] = ["explain-what", "explain-what-needs"].map(|key| words.word(key, language));
        let text = format!("{code}\n  {what}: {}\n  {needs}: {}", told.what, told.needs);
        return Ok(Ok(Told { answer, text }));
    }
    if let Some(finding) = finding(code) {
        let answer = json!({
            "kind": "finding",
            "code": code,
            "means": finding.means,
            "why": finding.why,
            "mend": finding.mend,
            "example": finding.example,
        });
        let example = finding.example.replace('\n', "\n    ");
        let text = format!(
            "{code}\n  {}\n  Why it matters: {}\n  What to do: {}\n\n    {example}",
            finding.means, finding.why, finding.mend
        );
        return Ok(Ok(Told { answer, text }));
    }
    // The check of a published text has codes of its own, with their words in three languages.
    if let Some((main, more)) = words.whole(&format!("finding-{code}"), language) {
        let lines: Vec<String> = more.iter().map(|(_, text)| format!("\n  {text}")).collect();
        let more: serde_json::Map<String, Value> =
            more.into_iter().map(|(name, text)| (name, Value::String(text))).collect();
        let text = format!("{code}\n  {main}{}", lines.concat());
        return Ok(Ok(Told {
            answer: json!({ "kind": "finding", "code": code, "means": main, "more": more }),
            text,
        }));
    }
    let refusals: Vec<&str> = RefusalCode::ALL.iter().map(|known| known.as_str()).collect();
    Ok(Err(suggestion(code, &refusals)))
}

/// A clause of a policy: its words, and what stands behind them. The wrong text has no such clause: nothing then.
pub fn explain_clause(directory: &Path, number: &Clause, language: Language) -> Result<Option<Told>, Error> {
    let words = Words::new()?;
    let loaded = load(&Folder::read(directory)?).map_err(Error::Policy)?;
    let languages = std::iter::once(language).chain(Language::ALL);
    let found = languages.into_iter().find_map(|language| loaded.texts.document(language)?.clause(number));
    let Some(clause) = found else { return Ok(None) };
    let row = loaded.coverage.iter().find(|row| row.clause == *number);
    let coverage = row.map(CoverageRow::from);
    let state = row.map(|row| words.word(&format!("coverage-{}", row.state.as_str()), language));
    let mut behind = state.unwrap_or_else(|| words.word("explain-clause-heading", language));
    for backing in row.into_iter().flat_map(|row| &row.backing) {
        let rules = if backing.rules.is_empty() {
            words.word("coverage-no-rules", language)
        } else {
            backing.rules.join(", ")
        };
        behind.push_str(&format!("\n  {} → {rules}", backing.declaration));
    }
    let heading = clause.heading.as_deref().unwrap_or_default();
    let text = format!("{number} {heading}").trim_end().to_owned();
    let text = format!("{text}\n{}\n\n{behind}", clause.markdown.trim());
    let answer = json!({
        "kind": "clause",
        "clause": number.as_str(),
        "heading": clause.heading,
        "text": clause.markdown,
        "coverage": coverage,
        "told": behind,
    });
    Ok(Some(Told { answer, text }))
}

impl App {
    /// Why a decision was made, for whoever stands at the machine.
    pub async fn explain_receipt(&self, receipt: Receipt, language: Language) -> Result<Told, Error> {
        let decision = self.decision(&at_the_machine(), receipt).await?;
        let explanation = self.explain(&decision, language);
        let leaf = &decision.leaf;
        let answer = json!({
            "kind": "decision",
            "receipt": { "log": receipt.log, "index": receipt.index },
            "at": decision.at.to_string(),
            "operation": leaf.operation,
            "permitted": leaf.permitted,
            "code": leaf.refusal,
            "rule": leaf.rule,
            "purpose": leaf.purpose,
            "attributes": leaf.attributes,
            "actor": leaf.actor,
            "policy_version": leaf.policy_version,
            "explanation": explanation,
        });
        let text = told_decision(
            &format!("{}-{}", receipt.log, receipt.index),
            &explanation.told,
            explanation.clause.as_ref().map(|c| (c.number.as_str(), c.text.as_str())),
        );
        Ok(Told { answer, text })
    }
}

/// A decision for people: its sentences, and the clause it was made by.
pub fn told_decision(receipt: &str, sentences: &[String], clause: Option<(&str, &str)>) -> String {
    let mut text = receipt.to_owned();
    for sentence in sentences {
        text.push_str(&format!("\n  {sentence}"));
    }
    if let Some((number, words)) = clause.filter(|(_, words)| !words.trim().is_empty()) {
        text.push_str(&format!("\n\n  {number}. {}", words.trim().replace('\n', "\n  ")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_read_from_its_form() {
        assert_eq!(Asked::read("1-42"), Asked::Decision(Receipt { log: 1, index: 42 }));
        assert_eq!(Asked::read("5.2"), Asked::Clause(Clause::fixed("5.2")));
        for code in ["purpose-endless", "no_ground", "1-x", "-1", "99999999999999999999-1"] {
            assert_eq!(Asked::read(code), Asked::Code(code.to_owned()));
        }
    }

    #[test]
    fn every_refusal_is_explained_in_every_language_without_holes() {
        for code in RefusalCode::ALL {
            for language in Language::ALL {
                let told = explain_code(code.as_str(), language).unwrap().unwrap();
                assert!(!told.text.contains("explain-") && !told.text.contains(": ."), "{}", told.text);
            }
        }
    }

    #[test]
    fn a_finding_is_explained_and_a_misspelt_word_gets_a_hint() {
        let told = explain_code("purpose-endless", Language::English).unwrap().unwrap();
        assert!(told.text.contains("Why it matters:") && told.text.contains("ends = "), "{}", told.text);
        assert_eq!(told.answer["kind"], "finding");
        let hint = explain_code("atribute_not_needed", Language::English).unwrap().unwrap_err();
        assert_eq!(hint, "did you mean `attribute_not_needed`?");
    }

    #[test]
    fn a_clause_is_explained_by_its_words_and_what_backs_them() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/autoshop");
        let told = explain_clause(&folder, &Clause::fixed("5.2"), Language::English).unwrap().unwrap();
        assert!(told.text.starts_with("5.2") && told.text.contains("purpose."), "{}", told.text);
        assert_eq!(told.answer["coverage"]["state"], "enforced");
        assert!(explain_clause(&folder, &Clause::fixed("99"), Language::English).unwrap().is_none());
    }
}
