//! What do the law packs of this program say on a day, and what changed between two days?

use jiff::Timestamp;
use jiff::civil::Date;
use saqta_domain::terms::law::{Adds, Certainty};
pub use saqta_domain::terms::names::Language;
use saqta_policy::fault::Fault;
use saqta_policy::law::lines::{Content, LawGroup, LawLine};
use saqta_policy::law::{Edition, LawPack, law, packs};
use saqta_policy::wording::Words;
use serde_json::{Value, json};

use crate::error::Error;

/// An answer for a program, and the same for people.
#[derive(Clone, Debug)]
pub struct Told {
    /// For programs.
    pub answer: Value,
    /// For people.
    pub text: String,
}

/// The language of a tag; English for what is none.
pub fn language(tag: &str) -> Language {
    Language::ALL.into_iter().find(|language| language.tag() == tag).unwrap_or(Language::English)
}

/// Every pack that is built in.
pub fn law_packs(now: Timestamp, language: Language) -> Result<Told, Error> {
    let words = Words::new()?;
    let mut listed = Vec::new();
    let mut lines = vec![words.word("law-packs", language)];
    for name in packs() {
        let pack = law(name)?;
        let today = pack.day_of(now);
        let edition = pack.edition(today).map(|edition| edition.from.to_string());
        lines.push(format!("  {name}  {}", pack.law.in_language(language)));
        lines.push(format!("      {}", verified(&pack, now, &words, language)));
        listed.push(json!({
            "pack": name,
            "law": pack.law.in_language(language),
            "first_day": pack.editions().first().map(|first| first.from.to_string()),
            "edition": edition,
            "verified_on": pack.verified_on.to_string(),
            "verified_until": pack.verified_until.to_string(),
            "expired": pack.is_unverified(today),
        }));
    }
    Ok(Told { answer: json!({ "packs": listed }), text: lines.join("\n") })
}

/// One pack as it stands on a day; today, when none is named.
pub fn law_on(name: &str, day: Option<&str>, now: Timestamp, language: Language) -> Result<Told, Error> {
    let (words, pack) = (Words::new()?, law(name)?);
    let day = day.map_or_else(|| Ok(pack.day_of(now)), read)?;
    let edition = begun(&pack, day)?;
    let say = |key: &str, args: &[(&str, &str)]| words.told(key, language, args);
    let mut text = vec![
        format!("{} ({name})", pack.law.in_language(language)),
        say("law-on", &[("day", &day.to_string())]),
        told_edition(edition, &words, language),
        verified(&pack, now, &words, language),
        match &pack.storage {
            Some(country) => say("law-storage", &[("country", country)]),
            None => say("law-no-storage", &[]),
        },
    ];
    let lines = pack.lines(day);
    let mut groups = Vec::new();
    for group in LawGroup::ALL {
        let own: Vec<&LawLine> = lines.iter().filter(|line| line.group() == group).collect();
        if own.is_empty() {
            continue;
        }
        let title = say(&format!("law-group-{}", group.as_str()), &[]);
        text.push(format!("\n{title}"));
        text.extend(own.iter().map(|line| shown(line, "  ", &words, language)));
        let told: Vec<Value> = own.iter().map(|line| answer(line, &words, language)).collect();
        groups.push(json!({ "group": group.as_str(), "title": title, "lines": told }));
    }
    text.push(legend(&words, language));
    let answer = json!({
        "pack": name,
        "law": pack.law.in_language(language),
        "on": day.to_string(),
        "edition": edition_answer(edition),
        "verified_on": pack.verified_on.to_string(),
        "verified_until": pack.verified_until.to_string(),
        "expired": pack.is_unverified(pack.day_of(now)),
        "storage": pack.storage,
        "groups": groups,
        "marks": marks(&words, language),
    });
    Ok(Told { answer, text: text.join("\n") })
}

/// What came, went and changed in a pack between two days.
pub fn law_between(
    name: &str,
    before: &str,
    after: &str,
    now: Timestamp,
    language: Language,
) -> Result<Told, Error> {
    let (words, pack) = (Words::new()?, law(name)?);
    let (before, after) = (read(before)?, read(after)?);
    if after < before {
        return Err(Fault::DaysOutOfOrder { from: before, to: after }.into());
    }
    begun(&pack, before)?;
    let difference = pack.between(before, after);
    let say = |key: &str, args: &[(&str, &str)]| words.told(key, language, args);
    let mut text = vec![
        format!("{} ({name})", pack.law.in_language(language)),
        say("law-between", &[("before", &before.to_string()), ("after", &after.to_string())]),
        verified(&pack, now, &words, language),
    ];
    let mut part = |key: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            text.push(format!("\n{}", say(key, &[])));
            text.extend(lines);
        }
    };
    let editions = difference.editions.iter().map(|e| format!("  {}", told_edition(e, &words, language)));
    part("law-editions", editions.collect());
    let all = |lines: &[LawLine]| lines.iter().map(|line| shown(line, "  + ", &words, language)).collect();
    part("law-came", all(&difference.came));
    let gone = difference.went.iter().map(|line| shown(line, "  - ", &words, language));
    part("law-went", gone.collect());
    let changed = difference.changed.iter().map(|(was, is)| {
        let (before, after) = (shown(was, "    - ", &words, language), shown(is, "    + ", &words, language));
        format!("  {}\n{before}\n{after}", is.name())
    });
    part("law-changed", changed.collect());
    let same = difference.came.is_empty() && difference.went.is_empty() && difference.changed.is_empty();
    match same && difference.editions.is_empty() {
        true => text.push(format!("\n{}", say("law-same", &[]))),
        false => text.push(legend(&words, language)),
    }
    let told = |line: &LawLine| answer(line, &words, language);
    let answer = json!({
        "pack": name,
        "law": pack.law.in_language(language),
        "from": before.to_string(),
        "to": after.to_string(),
        "expired": pack.is_unverified(pack.day_of(now)),
        "editions": difference.editions.iter().map(edition_answer).collect::<Vec<_>>(),
        "came": difference.came.iter().map(told).collect::<Vec<_>>(),
        "went": difference.went.iter().map(told).collect::<Vec<_>>(),
        "changed": difference
            .changed
            .iter()
            .map(|(was, is)| json!({ "was": told(was), "is": told(is) }))
            .collect::<Vec<_>>(),
        "marks": marks(&words, language),
    });
    Ok(Told { answer, text: text.join("\n") })
}

fn read(day: &str) -> Result<Date, Fault> {
    // A longer text may hold a time, which would be cut off in silence.
    let read = (day.len() == 10).then(|| day.parse().ok()).flatten();
    read.ok_or_else(|| Fault::NoSuchDay(day.to_owned()))
}

/// The edition of a day; a day before the first one has none.
fn begun(pack: &LawPack, day: Date) -> Result<&Edition, Fault> {
    let first = pack.editions().first().map_or(day, |edition| edition.from);
    pack.edition(day).ok_or(Fault::BeforeTheLaw { pack: pack.name.clone(), first, day })
}

/// Until when the pack is trusted, aloud where that day has passed.
fn verified(pack: &LawPack, now: Timestamp, words: &Words, language: Language) -> String {
    let key = if pack.is_unverified(pack.day_of(now)) { "law-expired" } else { "law-verified" };
    let (on, until) = (pack.verified_on.to_string(), pack.verified_until.to_string());
    words.told(key, language, &[("on", &on), ("until", &until)])
}

fn told_edition(edition: &Edition, words: &Words, language: Language) -> String {
    let args = [("edition", edition.from.to_string()), ("by", edition.by.clone())];
    let args = args.each_ref().map(|(name, text)| (*name, text.as_str()));
    format!("{} [{}]", words.told("law-edition", language, &args), edition.certainty.mark())
}

fn edition_answer(edition: &Edition) -> Value {
    json!({ "from": edition.from.to_string(), "by": edition.by, "certainty": edition.certainty.mark() })
}

/// A line, and under it where it was read and the days it holds on.
fn shown(line: &LawLine, indent: &str, words: &Words, language: Language) -> String {
    let mut below = vec![line.source.clone()];
    for (key, day) in [("law-from", line.from), ("law-to", line.to)] {
        below.extend(day.map(|day| words.told(key, language, &[("day", &day.to_string())])));
    }
    let under = " ".repeat(indent.chars().count() + 4);
    let told = line.told(words, language);
    format!("{indent}[{}] {told}\n{under}{}", line.certainty.mark(), below.join("; "))
}

fn answer(line: &LawLine, words: &Words, language: Language) -> Value {
    let mut answer = json!({
        "group": line.group().as_str(),
        "name": line.name(),
        "told": line.told(words, language),
        "source": line.source,
        "certainty": line.certainty.mark(),
        "from": line.from.map(|day| day.to_string()),
        "to": line.to.map(|day| day.to_string()),
    });
    let more = match &line.content {
        Content::Ground { known, .. } => json!({ "known": known }),
        Content::Deadline { count, unit, requests, counts_from, .. } => {
            let within = format!("{count}{}", unit.mark());
            json!({ "within": within, "requests": requests, "counts_from": counts_from.as_str() })
        }
        Content::Extension { adds, requests, .. } => {
            let adds = match adds {
                Adds::Pause => "pause".to_owned(),
                Adds::Time(more) => more.to_string(),
            };
            json!({ "adds": adds, "requests": requests })
        }
        Content::Block(_) | Content::Consent { .. } | Content::Says { .. } => Value::Null,
    };
    if let (Some(answer), Value::Object(more)) = (answer.as_object_mut(), more) {
        answer.extend(more);
    }
    answer
}

fn marks(words: &Words, language: Language) -> Value {
    let mark = |certainty: Certainty| {
        let meaning = words.word(&format!("law-mark-{}", certainty.mark()), language);
        (certainty.mark().to_owned(), Value::String(meaning))
    };
    Value::Object(Certainty::ALL.into_iter().map(mark).collect())
}

fn legend(words: &Words, language: Language) -> String {
    let mut lines = vec![format!("\n{}", words.word("law-marks", language))];
    for certainty in Certainty::ALL {
        let mark = certainty.mark();
        lines.push(format!("  [{mark}] {}", words.word(&format!("law-mark-{mark}"), language)));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-22T12:00:00Z";

    fn shown_on(day: Option<&str>, now: &str, language: Language) -> Result<Told, Error> {
        law_on("kz", day, now.parse().unwrap(), language)
    }

    fn names(answer: &Value, group: &str) -> Vec<String> {
        let groups = answer["groups"].as_array().unwrap();
        let lines = groups.iter().find(|g| g["group"] == group).unwrap()["lines"].as_array().unwrap();
        lines.iter().map(|line| line["name"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_pack_is_shown_as_it_stood_on_the_day_with_its_marks() {
        let told = shown_on(Some("2025-01-07"), NOW, Language::English).unwrap();
        assert_eq!(told.answer["edition"]["from"], "2025-01-07");
        assert_eq!(told.answer["edition"]["certainty"], "S");
        assert!(!names(&told.answer, "deadlines").contains(&"withdrawal_stop_or_refuse".to_owned()));
        assert!(
            told.text.contains("Edition of 2025-01-07, made by 115-VIII of 2024-07-05 [S]"),
            "{}",
            told.text
        );
        assert!(told.text.contains("[T] contract: the law does not know this ground"), "{}", told.text);
        assert!(told.text.contains("until 2026-01-17"), "{}", told.text);
        assert!(told.text.contains("[M] from memory"), "{}", told.text);
        let today = shown_on(None, NOW, Language::English).unwrap();
        assert_eq!(today.answer["on"], "2026-11-22");
        assert!(names(&today.answer, "deadlines").contains(&"withdrawal_stop_or_refuse".to_owned()));
        assert!(today.text.contains("within 15 working days"), "{}", today.text);
        assert_eq!(today.answer["expired"], false);
    }

    #[test]
    fn it_is_said_aloud_when_nobody_compared_the_pack_in_time() {
        for language in Language::ALL {
            let fresh = shown_on(None, "2027-05-22T18:00:00Z", language).unwrap();
            let late = shown_on(None, "2027-05-22T19:00:00Z", language).unwrap();
            assert_eq!((&fresh.answer["expired"], &late.answer["expired"]), (&json!(false), &json!(true)));
            let aloud = late.text.lines().nth(3).and_then(|line| line.split_once(':')).unwrap().0;
            assert_eq!(aloud, aloud.to_uppercase());
        }
        assert!(
            law_packs("2028-01-01T00:00:00Z".parse().unwrap(), Language::English)
                .unwrap()
                .text
                .contains("ATTENTION")
        );
    }

    #[test]
    fn every_line_of_every_pack_is_told_in_every_language() {
        for pack in packs() {
            for language in Language::ALL {
                let told = law_on(pack, None, NOW.parse().unwrap(), language).unwrap();
                assert!(!told.text.contains("law-") && !told.text.contains('{'), "{}", told.text);
            }
        }
    }

    #[test]
    fn between_two_days_is_told_what_came_went_and_changed() {
        let now = NOW.parse().unwrap();
        let told = law_between("kz", "2026-01-17", "2026-07-12", now, Language::Russian).unwrap();
        assert_eq!(told.answer["editions"].as_array().unwrap().len(), 2);
        assert_eq!(told.answer["changed"][0]["is"]["certainty"], "T");
        assert_eq!(told.answer["went"][0]["name"], "biometric_data");
        assert!(told.text.contains("Больше не действует"), "{}", told.text);
        let same = law_between("eu", "2020-01-01", "2026-01-01", now, Language::English).unwrap();
        assert!(same.text.contains("Nothing that this pack knows of changed."), "{}", same.text);
    }

    #[test]
    fn what_cannot_be_shown_says_why() {
        let now: Timestamp = NOW.parse().unwrap();
        let why = |told: Result<Told, Error>| match told {
            Err(Error::Law(fault)) => fault.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(why(law_on("kx", None, now, Language::English)), "there is no law pack `kx`");
        assert_eq!(
            why(shown_on(Some("2026-02-30"), NOW, Language::English)),
            "`2026-02-30` is no day of the calendar"
        );
        let early = why(shown_on(Some("2013-11-24"), NOW, Language::English));
        assert_eq!(
            early,
            "the law pack `kz` begins on 2013-11-25: on 2013-11-24 there was no such law in force"
        );
        let turned = law_between("kz", "2026-02-01", "2026-01-01", now, Language::English);
        assert_eq!(why(turned), "2026-02-01 lies after 2026-01-01");
    }
}
