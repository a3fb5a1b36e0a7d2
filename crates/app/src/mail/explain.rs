//! How would a letter be read, without anything being filed?

use std::path::Path;
use std::time::Duration;

use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::RequestKind;
use saqta_mail::explain::explain;
use saqta_mail::intake::Arrival;
use saqta_mail::letter::{Address, Letter};
use saqta_mail::trust::lookalike::looks_like;
use saqta_mail::trust::{Examiner, Trust};
use saqta_mail::understanding::marks::Marks;
use saqta_mail::understanding::{OwnAddresses, understand};
use saqta_policy::folder::{Folder, POLICY_FILE};
use saqta_policy::wording::Words;
use serde_json::{Value, json};

use crate::error::Error;
use crate::requests::kept::Why;

/// How long name servers may take: whoever asks waits.
const ANSWERS_WITHIN: Duration = Duration::from_secs(3);

/// What a letter is read with.
#[derive(Default)]
pub struct Reading {
    marks: Option<Marks>,
    own: OwnAddresses,
}

impl Reading {
    /// With the marks and mailboxes of a policy folder beside the common ones.
    pub fn of_folder(folder: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(folder.join(POLICY_FILE)).map_err(Error::Letter)?;
        let files = Folder::from_files([(POLICY_FILE, text.as_str())]);
        let lines = crate::marks::of_folder(&files).unwrap_or_default();
        let each = lines
            .iter()
            .flat_map(|(kind, lines): (&RequestKind, &Vec<String>)| lines.iter().map(|l| (*kind, l)));
        let marks = each.fold(Marks::common(), |marks, (kind, line)| marks.with(kind, line));
        let mut own = crate::marks::mailboxes_of(&files);
        let policy: toml::Table = toml::from_str(&text).unwrap_or_default();
        let email = policy.get("operator").and_then(|operator| operator.get("email")?.as_str());
        own.extend(email.map(str::to_owned));
        Ok(Self { marks: Some(marks), own: OwnAddresses::new(own) })
    }

    /// Reads a letter, and tells how: what it asks for, in which language, what it names, what is known of its sender, and why. With
    /// `ask` name servers are asked about the sender.
    pub async fn explain(&self, raw: &[u8], ask: bool) -> Value {
        let trust = if ask { examined(raw).await } else { None };
        let mut trust = trust.and_then(|trust| serde_json::to_value(trust).ok()).unwrap_or_else(|| json!({}));
        let letter = match Letter::read(raw) {
            Ok(letter) => letter,
            Err(fault) => {
                return json!({
                    "kinds": ["question"], "language": "ru", "extract": {}, "trust": trust, "files": true,
                    "reasons": [{ "code": "unreadable", "fault": fault.to_string() }],
                });
            }
        };
        let domain = letter.from.first().and_then(Address::domain);
        if let Some(found) = domain.and_then(|domain| looks_like(domain, &self.own.domains())) {
            trust.as_object_mut().map(|trust| trust.insert("looks_like".to_owned(), json!(found)));
        }
        let common = Marks::common();
        let understood = understand(&letter, self.marks.as_ref().unwrap_or(&common), &self.own);
        serde_json::to_value(explain(&understood, Some(trust))).unwrap_or_default()
    }
}

/// The reasons of an explanation as sentences in English, for the command line.
pub fn reasons_told(explanation: &Value) -> Vec<String> {
    let Ok(words) = Words::new() else { return Vec::new() };
    let reasons = explanation["reasons"].as_array().into_iter().flatten().filter_map(Value::as_object);
    let told = reasons.map(|reason| {
        let value = |name: &str| reason.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let arguments = reason.keys().filter(|name| *name != "code").map(|name| (name.clone(), value(name)));
        Why { code: value("code"), arguments: arguments.collect() }.told(&words, Language::English)
    });
    told.collect()
}

/// What name servers say about the sender; nothing, where none can be asked or they take too long.
async fn examined(raw: &[u8]) -> Option<Trust> {
    let examiner = Examiner::of_this_machine().ok()?;
    let arrival = Arrival::default();
    tokio::time::timeout(ANSWERS_WITHIN, examiner.examine(raw, &arrival)).await.ok()
}
