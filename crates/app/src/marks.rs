//! Which subject lines tell that a letter is a request, and which request (clauses 7.3, 7.4)?

use std::collections::BTreeMap;

use saqta_domain::terms::request::RequestKind;
use saqta_policy::folder::{Folder, POLICY_FILE};

use crate::instance::Version;

/// The subject lines that a version declares for its mailboxes, by what they ask for.
pub fn subject_lines(version: &Version) -> BTreeMap<RequestKind, Vec<String>> {
    of_folder(&version.folder).unwrap_or_default()
}

/// The addresses of the mailboxes that a version declares.
pub fn mailboxes(version: &Version) -> Vec<String> {
    mailboxes_of(&version.folder)
}

/// The same of a folder.
pub(crate) fn mailboxes_of(folder: &Folder) -> Vec<String> {
    let text = folder.file(POLICY_FILE).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let policy = text.and_then(|text| toml::from_str::<toml::Table>(text).ok()).unwrap_or_default();
    let mailboxes = policy.get("mailbox").and_then(|mailboxes| mailboxes.as_table());
    mailboxes.into_iter().flat_map(|mailboxes| mailboxes.keys().cloned()).collect()
}

/// The files were checked when they were published; what is not as it should be names no line.
pub(crate) fn of_folder(folder: &Folder) -> Option<BTreeMap<RequestKind, Vec<String>>> {
    let text = std::str::from_utf8(folder.file(POLICY_FILE)?).ok()?;
    let policy: toml::Table = toml::from_str(text).ok()?;
    let mut lines: BTreeMap<RequestKind, Vec<String>> = BTreeMap::new();
    for mailbox in policy.get("mailbox")?.as_table()?.values() {
        for (kind, marks) in mailbox.get("mark").and_then(|m| m.as_table()).into_iter().flatten() {
            let Some(kind) = RequestKind::from_word(kind) else { continue };
            let marks = marks.as_array().into_iter().flatten().filter_map(|mark| mark.as_str());
            lines.entry(kind).or_default().extend(marks.map(str::to_owned));
        }
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_all_mailboxes_are_told_by_what_they_ask_for() {
        let policy = r#"
            [mailbox."one@shop.example"]
            mark.withdrawal = ["Отзыв", "Withdrawal"]
            clauses = ["7.4"]
            [mailbox."two@shop.example"]
            mark.withdrawal = ["Revoke"]
            mark.rectification = ["Update"]
        "#;
        let lines = of_folder(&Folder::from_files([(POLICY_FILE, policy)])).unwrap();
        assert_eq!(lines[&RequestKind::Withdrawal], ["Отзыв", "Withdrawal", "Revoke"]);
        assert_eq!(lines[&RequestKind::Rectification], ["Update"]);
        assert_eq!(of_folder(&Folder::from_files([(POLICY_FILE, "format = 1")])), None);
    }
}
