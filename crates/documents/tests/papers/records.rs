//! Do journals, extracts, certificates and files of cases say everything, in print, on the page and as rows?

use jiff::civil::date;
use saqta_documents::error::Error;
use saqta_documents::frame::Language;
use saqta_documents::label::Label;
use saqta_documents::papers::Paper;
use saqta_documents::papers::authority_cover::{AuthorityCover, PackFile, Point};
use saqta_documents::papers::case_file::{CaseEvent, CaseFile, Checkpoint, Issued};
use saqta_documents::papers::consent_certificate::{ConsentCertificate, ConsentState, Enquiry};
use saqta_documents::papers::journal::{Answered, Journal, JournalEntry, Measure};
use saqta_documents::papers::ledger_extract::{Entry, LedgerExtract};

use crate::checks::{HEAD, REMEDIES, REQUEST, SIGNED, TOLD, all, lacks, says, words_of};
use crate::samples::{NAME, at, header, remedies, representative, request, signatory, terms, told};
use crate::words::Spoken;

const DIGEST: &str = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";

fn checkpoint() -> Checkpoint {
    Checkpoint {
        origin: "shop.example/saqta".into(),
        size: 2048,
        root: DIGEST.into(),
        note: vec!["shop.example/saqta".into(), "2048".into(), "— shop.example/saqta c2lnbmVk".into()],
        key: "shop.example/saqta+0badc0de+a2V5".into(),
    }
}

fn extract() -> LedgerExtract {
    let entry = |place: &str, minute, what: &str, data: Vec<String>| Entry {
        place: place.into(),
        at: at(24, 9, minute),
        what: what.into(),
        data,
        who: "system:destruction".into(),
        digest: DIGEST.into(),
    };
    LedgerExtract {
        header: header(61),
        act: Some(43),
        persons: vec!["обращение № 14".into()],
        categories: vec!["телефон".into()],
        systems: vec!["Saqta".into()],
        reason: "согласие отозвано".into(),
        destroyed: at(24, 9, 1),
        from: at(23, 0, 0),
        until: at(24, 12, 0),
        filter: "записи с меткой обращения".into(),
        entries: vec![
            entry("7/1040", 0, "удаление", vec!["телефон".into(), "адрес".into()]),
            entry("7/1041", 1, "уничтожение", vec![]),
        ],
        checkpoint: checkpoint(),
        signed: signatory("Әсел Үлгіқызы"),
    }
}

#[test]
fn an_extract_has_period_filter_and_the_digest_of_every_entry() {
    let given = [
        "61",
        "43",
        "обращение № 14",
        "телефон",
        "согласие отозвано",
        "24.03.2026 09:01 (UTC+5)",
        "23.03.2026 00:00 (UTC+5)",
        "24.03.2026 12:00 (UTC+5)",
        "записи с меткой обращения",
        "7/1040",
        "24.03.2026 09:00:07 (UTC+5)",
        "удаление",
        "телефон, адрес",
        "7/1041",
        "уничтожение",
        "system:destruction",
        DIGEST,
        "shop.example/saqta",
        "2048",
    ];
    let mut paper = extract();
    let given = all(&[&HEAD, &SIGNED, &given]);
    says(Paper::LedgerExtract, true, |words| paper.sheet(words), &given);
    lacks(
        extract,
        |paper, words| paper.sheet(words),
        &[
            (Label::ActPersons, |p| p.persons.clear()),
            (Label::ActCategories, |p| p.categories.clear()),
            (Label::ActSystems, |p| p.systems.clear()),
            (Label::ActReason, |p| p.reason.clear()),
            (Label::ExtractFilter, |p| p.filter.clear()),
            (Label::ExtractEntries, |p| p.entries.clear()),
            (Label::RowDigest, |p| p.entries[1].digest.clear()),
            (Label::CheckpointRoot, |p| p.checkpoint.root.clear()),
        ],
    );
    let words = Spoken::of(Language::English);
    let rows = String::from_utf8(paper.spreadsheet(&words).unwrap().csv().unwrap()).unwrap();
    assert!(rows.contains(&format!("\"7/1041\",\"24.03.2026 09:01:07 (UTC+5)\",\"уничтожение\",\"none\",\"system:destruction\",\"{DIGEST}\"\r\n")), "{rows}");
    let kept = paper.sheet(&words).unwrap().rows().unwrap().csv().unwrap();
    assert_eq!(String::from_utf8(kept).unwrap(), rows, "a sheet that is kept gives the same rows");
    paper.entries[0].at = at(22, 0, 0);
    let refused = paper.sheet(&words).err();
    assert!(matches!(refused, Some(Error::Contradiction { field: Label::RowAt, .. })));
}

fn journal() -> Journal {
    let open = JournalEntry {
        number: 15,
        received: at(24, 8, 0),
        channel: "телефон".into(),
        person: "=cmd|'/c calc'!A1".into(),
        representative: None,
        contact: "+7 700 000 00 01".into(),
        kind: "доступ".into(),
        summary: "@SUM(1+1)".into(),
        identity: "ещё не установлена".into(),
        due: date(2026, 3, 30),
        due_because: "пункт 3.2".into(),
        responsible: "Мұрат Мысалұлы".into(),
        measures: vec![],
        told: vec![],
        answered: None,
        act: None,
    };
    let closed = JournalEntry {
        number: 14,
        received: at(23, 10, 2),
        channel: "страница обращений".into(),
        person: NAME.into(),
        representative: representative(),
        contact: "м•••@mail.example".into(),
        kind: "отзыв согласия".into(),
        summary: "перестать слать рекламу".into(),
        identity: "код на почту, подтверждён".into(),
        due: date(2026, 4, 13),
        due_because: "94-V, статья 8, пункт 7".into(),
        responsible: "Әсел Үлгіқызы".into(),
        measures: vec![Measure { what: "реклама остановлена".into(), at: at(23, 10, 3) }],
        told: told(),
        answered: Some(Answered {
            outcome: "исполнено частично".into(),
            basis: "пункт 3.1".into(),
            at: at(24, 15, 0),
            number: 51,
            sent: "письмо на почту".into(),
            account: "staff:asel".into(),
        }),
        act: Some(43),
    };
    Journal {
        header: header(62),
        from: date(2026, 3, 1),
        until: date(2026, 3, 31),
        entries: vec![closed, open],
        ended: Vec::new(),
        signed: signatory("Әсел Үлгіқызы"),
    }
}

#[test]
fn the_journal_has_every_column_in_print_and_as_rows() {
    let given = [
        "62",
        "01.03.2026",
        "31.03.2026",
        "14",
        "23.03.2026 10:02 (UTC+5)",
        "страница обращений",
        NAME,
        "сенімхат",
        "31.05.2027",
        "м•••@mail.example",
        "отзыв согласия",
        "перестать слать рекламу",
        "код на почту, подтверждён",
        "13.04.2026",
        "94-V, статья 8, пункт 7",
        "23.03.2026 10:03 (UTC+5): реклама остановлена",
        "исполнено частично",
        "пункт 3.1",
        "24.03.2026 15:00 (UTC+5)",
        "51",
        "письмо на почту",
        "43",
        "15",
        "=cmd|'/c calc'!A1",
    ];
    let paper = journal();
    let given = all(&[&HEAD, &SIGNED, &[TOLD[0], TOLD[1], TOLD[3]], &given]);
    says(Paper::Journal, true, |words| paper.sheet(words), &given);
    for words in Spoken::all() {
        let rows = paper.spreadsheet(&words).unwrap();
        let text = String::from_utf8(rows.csv().unwrap()).unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        assert_eq!(reader.headers().unwrap().len(), 21);
        let lines: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!((&lines[0][0], &lines[0][3], &lines[0][14]), ("14", NAME, "исполнено частично"));
        assert_eq!(
            (&lines[1][3], &lines[1][5], &lines[1][7]),
            ("'=cmd|'/c calc'!A1", "'+7 700 000 00 01", "'@SUM(1+1)")
        );
        let book = rows.xlsx().unwrap();
        assert!(book.starts_with(b"PK") && book == paper.spreadsheet(&words).unwrap().xlsx().unwrap());
    }
}

#[test]
fn the_journal_has_no_gaps_and_no_holes() {
    lacks(
        journal,
        |paper, words| paper.sheet(words),
        &[
            (Label::EntryChannel, |p| p.entries[0].channel.clear()),
            (Label::EntryPerson, |p| p.entries[0].person.clear()),
            (Label::EntryContact, |p| p.entries[0].contact.clear()),
            (Label::EntryKind, |p| p.entries[1].kind.clear()),
            (Label::EntrySummary, |p| p.entries[1].summary.clear()),
            (Label::EntryIdentity, |p| p.entries[1].identity.clear()),
            (Label::EntryDueBecause, |p| p.entries[1].due_because.clear()),
            (Label::EntryResponsible, |p| p.entries[1].responsible.clear()),
            (Label::EntryMeasures, |p| p.entries[0].measures[0].what.clear()),
            (Label::EntryTold, |p| p.entries[0].told[0].recipient.clear()),
            (Label::EntryOutcome, |p| p.entries[0].answered.as_mut().unwrap().outcome.clear()),
            (Label::EntryBasis, |p| p.entries[0].answered.as_mut().unwrap().basis.clear()),
            (Label::EntryAnswer, |p| p.entries[0].answered.as_mut().unwrap().number = 0),
            (Label::EntrySent, |p| p.entries[0].answered.as_mut().unwrap().sent.clear()),
            (Label::EntrySigned, |p| p.entries[0].answered.as_mut().unwrap().account.clear()),
        ],
    );
    let words = Spoken::of(Language::Russian);
    let mut gap = journal();
    gap.entries[1].number = 16;
    let Err(refused) = gap.spreadsheet(&words) else { panic!("a gap") };
    assert!(matches!(refused, Error::Contradiction { field: Label::EntryNumber, .. }));
    let mut empty = journal();
    empty.entries.clear();
    assert!(words_of(&empty.sheet(&words).unwrap()).contains(&"В этом периоде обращений не было.".into()));
    let rows = empty.spreadsheet(&words).unwrap();
    assert_eq!(String::from_utf8(rows.csv().unwrap()).unwrap().lines().count(), 1);
    assert!(rows.xlsx().is_ok());
}

fn certificate(state: ConsentState) -> ConsentCertificate {
    ConsentCertificate {
        header: header(63),
        person: NAME.into(),
        given_by: None,
        purposes: vec!["рассылка по почте".into()],
        data: vec!["адрес почты".into()],
        actions: vec!["хранение".into(), "использование".into()],
        third_persons: vec![],
        abroad: vec![],
        public: vec![],
        until: "до отзыва, не дольше года".into(),
        withdrawal: "по ссылке в каждом письме".into(),
        shown: "Присылать мне новости магазина.\nМожно отказаться в любой день.".into(),
        version: "marketing-email 2".into(),
        digest: DIGEST.into(),
        language: "русский".into(),
        given: at(2, 11, 30),
        place: "https://shop.example/checkout".into(),
        deed: "человек сам отметил пустой флажок".into(),
        evidence: vec!["запись 7/12".into()],
        state,
        asked: vec![Enquiry {
            decision: "7-990".into(),
            who: "сервис рассылок".into(),
            at: at(20, 6, 0),
            answer: "можно".into(),
        }],
        asked_before: 3,
        signed: signatory("Әсел Үлгіқызы"),
    }
}

#[test]
fn a_certificate_shows_the_whole_text_and_whether_the_consent_holds() {
    let given = [
        "63",
        NAME,
        "рассылка по почте",
        "адрес почты",
        "хранение",
        "использование",
        "до отзыва, не дольше года",
        "по ссылке в каждом письме",
        "Присылать мне новости магазина.",
        "Можно отказаться в любой день.",
        "marketing-email 2",
        DIGEST,
        "русский",
        "02.03.2026 11:30 (UTC+5)",
        "https://shop.example/checkout",
        "человек сам отметил пустой флажок",
        "запись 7/12",
        "22.03.2026 08:00 (UTC+5)",
        "7-990",
        "сервис рассылок",
        "20.03.2026 06:00 (UTC+5)",
        "можно",
    ];
    let withdrawn = || certificate(ConsentState::Withdrawn(at(22, 8, 0)));
    let paper = withdrawn();
    let given = all(&[&HEAD, &SIGNED, &given]);
    says(Paper::ConsentCertificate, false, |words| paper.sheet(words), &given);
    lacks(
        withdrawn,
        |paper, words| paper.sheet(words),
        &[
            (Label::ConsentPerson, |p| p.person.clear()),
            (Label::ConsentPurposes, |p| p.purposes.clear()),
            (Label::ConsentData, |p| p.data.clear()),
            (Label::ConsentActions, |p| p.actions.clear()),
            (Label::ConsentUntil, |p| p.until.clear()),
            (Label::ConsentWithdrawal, |p| p.withdrawal.clear()),
            (Label::ConsentShown, |p| p.shown.clear()),
            (Label::ConsentVersion, |p| p.version.clear()),
            (Label::ConsentDigest, |p| p.digest.clear()),
            (Label::ConsentLanguage, |p| p.language.clear()),
            (Label::ConsentPlace, |p| p.place.clear()),
            (Label::ConsentDeed, |p| p.deed.clear()),
            (Label::ConsentEvidence, |p| p.evidence.clear()),
            (Label::EnquiryWho, |p| p.asked[0].who.clear()),
        ],
    );
    let words = Spoken::of(Language::English);
    let refused = certificate(ConsentState::Withdrawn(at(1, 0, 0))).sheet(&words).err();
    assert!(matches!(refused, Some(Error::Contradiction { field: Label::ConsentState, .. })));
    let holds = words_of(&certificate(ConsentState::Holds).sheet(&words).unwrap());
    assert!(holds.contains(&"holds at 24.03.2026 15:40 (UTC+5)".into()));
    assert!(holds.contains(&"Checked before those: 3 times.".into()));
    let outgrown = words_of(&certificate(ConsentState::Outgrown(4)).sheet(&words).unwrap());
    assert!(outgrown.contains(&"covers nothing that is done since version 4 of the policy".into()));
}

fn case_file() -> CaseFile {
    let event = |minute, what: &str| CaseEvent {
        at: at(23, 10, minute),
        what: what.into(),
        who: "staff:asel".into(),
        place: format!("7/10{minute}"),
        digest: DIGEST.into(),
    };
    CaseFile {
        header: header(64),
        request: request(),
        representative: representative(),
        summary: "Перестаньте слать рекламу.".into(),
        identity: "код на почту, подтверждён".into(),
        outcome: "исполнено".into(),
        basis: "пункт 7.4 политики".into(),
        terms: terms(),
        events: vec![event(11, "принято"), event(12, "реклама остановлена")],
        papers: vec![Issued {
            title: "Подтверждение № 41".into(),
            at: at(23, 10, 13),
            sent: Some("письмо".into()),
            digest: DIGEST.into(),
        }],
        checkpoint: checkpoint(),
        remedies: remedies(),
        signed: signatory("Әсел Үлгіқызы"),
    }
}

#[test]
fn a_file_of_a_case_tells_what_happened_in_its_order_with_proofs() {
    let given = [
        "64",
        "Перестаньте слать рекламу.",
        "код на почту, подтверждён",
        "исполнено",
        "пункт 7.4 политики",
        "30.03.2026",
        "принято",
        "реклама остановлена",
        "7/1011",
        "23.03.2026 10:12:07 (UTC+5)",
        DIGEST,
        "Подтверждение № 41",
        "письмо",
        "shop.example/saqta",
        "2048",
    ];
    let paper = case_file();
    let given = all(&[&HEAD, &REQUEST, &REMEDIES, &SIGNED, &given]);
    says(Paper::CaseFile, false, |words| paper.sheet(words), &given);
    lacks(
        case_file,
        |paper, words| paper.sheet(words),
        &[
            (Label::Asked, |p| p.summary.clear()),
            (Label::Outcome, |p| p.outcome.clear()),
            (Label::CaseEvents, |p| p.events.clear()),
            (Label::RowPlace, |p| p.events[0].place.clear()),
            (Label::IssuedDigest, |p| p.papers[0].digest.clear()),
            (Label::CheckpointOrigin, |p| p.checkpoint.origin.clear()),
            (Label::CheckpointNote, |p| p.checkpoint.note.clear()),
            (Label::CheckpointKey, |p| p.checkpoint.key.clear()),
        ],
    );
    let mut undated = case_file();
    undated.terms.clear();
    let undated = words_of(&undated.sheet(&Spoken::of(Language::English)).unwrap());
    assert!(undated.contains(&"No term runs.".into()));
    let mut turned = case_file();
    turned.events.swap(0, 1);
    let refused = turned.sheet(&Spoken::of(Language::Kazakh)).err();
    assert!(matches!(refused, Some(Error::Contradiction { field: Label::RowAt, .. })));
}

fn cover() -> AuthorityCover {
    AuthorityCover {
        header: header(65),
        authority: "Уполномоченный орган (вымышлен)".into(),
        letter: "05-12/777".into(),
        letter_dated: date(2026, 3, 12),
        request: 14,
        received: at(13, 9, 15),
        last_day: date(2026, 3, 24),
        because: "десятый день выпал на праздник; пункт 3.2".into(),
        answers: vec![Point {
            question: "Сколько было обращений?".into(), answer: "Пятнадцать.".into()
        }],
        files: vec![
            PackFile {
                name: "journal.pdf".into(),
                what: "журнал обращений".into(),
                bytes: 48_213,
                digest: DIGEST.into(),
                rows: None,
            },
            PackFile {
                name: "ledger.tiles".into(),
                what: "журнал событий".into(),
                bytes: 9_000_001,
                digest: DIGEST.into(),
                rows: Some(2048),
            },
        ],
        disclosed_on: Some("94-V, статья 25 (пример)".into()),
        responsible: "Әсел Үлгіқызы, +7 700 000 00 09".into(),
        signed: signatory("Әсел Үлгіқызы"),
    }
}

#[test]
fn a_cover_answers_each_point_and_lists_each_file_with_its_digest() {
    let given = [
        "65",
        "Уполномоченный орган (вымышлен)",
        "05-12/777",
        "12.03.2026",
        "14",
        "13.03.2026 09:15 (UTC+5)",
        "24.03.2026",
        "десятый день выпал на праздник; пункт 3.2",
        "Сколько было обращений?",
        "Пятнадцать.",
        "journal.pdf",
        "журнал обращений",
        "48213",
        "ledger.tiles",
        "9000001",
        "2048",
        DIGEST,
        "94-V, статья 25 (пример)",
        "Әсел Үлгіқызы, +7 700 000 00 09",
        "saqta verify",
    ];
    let paper = cover();
    let given = all(&[&HEAD, &SIGNED, &given]);
    says(Paper::AuthorityCover, false, |words| paper.sheet(words), &given);
    lacks(
        cover,
        |paper, words| paper.sheet(words),
        &[
            (Label::CoverAuthority, |p| p.authority.clear()),
            (Label::CoverLetter, |p| p.letter.clear()),
            (Label::RequestNumber, |p| p.request = 0),
            (Label::TermBecause, |p| p.because.clear()),
            (Label::Points, |p| p.answers.clear()),
            (Label::PointAnswer, |p| p.answers[0].answer.clear()),
            (Label::Files, |p| p.files.clear()),
            (Label::FileDigest, |p| p.files[1].digest.clear()),
            (Label::Responsible, |p| p.responsible.clear()),
        ],
    );
}
