//! How is an authority answered?

use saqta_app::error::Error;
use saqta_app::requests::desk::Deed;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::{Matter, Outcome};
use saqta_testkit::office::{deed, post, seen, staff};
use saqta_testkit::shop::on_both;

#[test]
fn an_authority_is_answered_with_a_pack_that_anybody_can_check() {
    on_both(async |shop| {
        let _letters = post(shop);
        let clerk = staff(1, Role::Clerk);
        let mut filing = saqta_app::requests::file::Filing::new(
            Matter::Authority { letter_due: None },
            saqta_domain::terms::request::Intake::Paper,
            saqta_domain::terms::names::Language::Russian,
        );
        filing.by = saqta_domain::terms::request::Applicant::Authority;
        filing.letter = Some(saqta_app::requests::record::AuthorityLetter {
            authority: "Комитет по информационной безопасности".into(),
            number: "12-3/45".into(),
            dated: "2026-02-27".into(),
            questions: vec!["Сколько обращений поступило?".into(), "Где хранятся данные?".into()],
            answers: Vec::new(),
        });
        let app = shop.app();
        let filed = app.file_request(&clerk, &filing).await.unwrap();
        let shown = app.look_at_request(&clerk, filed.number).await.unwrap();
        // Received on 2 March: ten calendar days.
        assert_eq!(shown.due.strictest().unwrap().last_day.to_string(), "2026-03-12");
        let answers = vec!["Одно.".to_owned(), "В Казахстане.".to_owned()];
        let deed_of_clerk =
            app.do_deed(&clerk, filed.number, &Deed::AnswerAuthority { answers: answers.clone() }).await;
        assert!(matches!(deed_of_clerk, Err(Error::Refused(_))), "a clerk does not answer an authority");
        let responsible = staff(2, Role::Responsible);
        deed(shop, &responsible, filed.number, Deed::AnswerAuthority { answers }).await;
        assert_eq!(seen(shop, &filed).await.state, RequestState::Answered(Outcome::Done));
        let pack = app.authority_pack(&responsible, filed.number).await.unwrap();
        let found = saqta_app::requests::pack::verify_pack(&pack, None).unwrap();
        assert!(found.ok && found.files >= 6 && found.request == filed.number, "{found:?}");
        assert!(found.proofs >= 1, "the cover is in the ledger: {found:?}");
        // Whoever changes a file and its line in the manifest cannot change what the ledger has.
        let forged = saqta_app::requests::pack::verify_pack(&forged(&pack), None).unwrap();
        assert_eq!(forged.failures, ["journal.csv: not on the cover"]);
    });
}

/// A pack in which the journal says something else, and the manifest fits.
fn forged(pack: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(pack)).unwrap();
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        files.push((name, bytes));
    }
    let journal = b"number\n".to_vec();
    let digest = data_encoding::HEXLOWER.encode(&saqta_app::admission::sha256(&journal));
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let bytes = match name.as_str() {
            "journal.csv" => journal.clone(),
            "manifest.json" => {
                let mut manifest: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
                for file in manifest["files"].as_array_mut().unwrap() {
                    if file["name"] == "journal.csv" {
                        file["sha256"] = digest.clone().into();
                    }
                }
                serde_json::to_vec(&manifest).unwrap()
            }
            _ => bytes,
        };
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
