//! What does the law of a country demand on a given day, and what when a policy stands under several laws?
//!
//! A pack is a folder under `packs/` with `pack.toml` and `calendar.toml`; all of them are built into the program. Nothing of
//! any country stands in this code.

mod calendar;
pub mod lines;
pub(crate) mod several;
mod written;

use include_dir::{Dir, include_dir};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::calendar::Calendar;
use saqta_domain::terms::law::{AnswerTerm, Certainty, Extension, LawBasis, LawEdition};
use saqta_domain::terms::names::Wording;
use saqta_domain::terms::request::RequestKind;

use crate::fault::Fault;
use crate::read::nearest;
use lines::{Frozen, no_two_on_one_day};
pub use several::stricter;
use written::{ConsentLine, Duty, Freeze, Line, Saying};
pub use written::{Edition, Remedy};

static PACKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../packs");

/// A law pack with all its editions.
#[derive(Clone, Debug)]
pub struct LawPack {
    /// Its name, such as `kz`.
    pub name: String,
    /// The law's full name.
    pub law: Wording,
    /// The country in which databases must stand; none where the law asks for no place.
    pub storage: Option<String>,
    /// The day its makers last compared it with the sources.
    pub verified_on: Date,
    /// The day until which that comparison is trusted.
    pub verified_until: Date,
    zone: TimeZone,
    editions: Vec<Edition>,
    bases: Vec<Line<(BasisKind, LawBasis)>>,
    freezes: Vec<Line<Freeze>>,
    duties: Vec<Line<Duty>>,
    extensions: Vec<Line<Extension>>,
    consent_fields: Vec<Line<ConsentLine>>,
    says: Vec<Line<Saying>>,
    remedies: Vec<Line<Remedy>>,
    calendar: Calendar,
}

/// The built-in pack of that name.
pub fn law(name: &str) -> Result<LawPack, Fault> {
    let file = |file: &str| PACKS.get_file(format!("{name}/{file}")).and_then(|f| f.contents_utf8());
    match (file("pack.toml"), file("calendar.toml")) {
        (Some(pack), Some(calendar)) => LawPack::read(name, pack, calendar),
        _ => Err(Fault::LawUnknown(name.to_owned())),
    }
}

/// A file of a built-in pack, as it stands in the program.
pub(crate) fn file(pack: &str, file: &str) -> Option<&'static str> {
    PACKS.get_file(format!("{pack}/{file}"))?.contents_utf8()
}

/// The law in force at an instant for a policy that stands under these packs; each has its own day then.
pub fn in_force(jurisdictions: &[String], at: Timestamp) -> Result<LawEdition, Fault> {
    stricter(&each_in_force(jurisdictions, at)?).ok_or(Fault::NoJurisdiction)
}

/// The same pack by pack, each with its own calendar: by these the clocks of a request are counted.
pub fn each_in_force(jurisdictions: &[String], at: Timestamp) -> Result<Vec<LawEdition>, Fault> {
    let edition = |name: &String| law(name).map(|pack| pack.on(pack.day_of(at)));
    jurisdictions.iter().map(edition).collect()
}

/// The names of all built-in packs.
pub fn packs() -> Vec<&'static str> {
    let mut names: Vec<&str> = PACKS.dirs().filter_map(|d| d.path().to_str()).collect();
    names.sort_unstable();
    names
}

impl LawPack {
    /// Reads the two files of a pack.
    pub fn read(name: &str, pack: &str, calendar: &str) -> Result<Self, Fault> {
        let broken = |why: String| Fault::LawBroken { pack: name.to_owned(), why };
        let written: written::Pack = toml::from_str(pack).map_err(|e| broken(e.message().to_owned()))?;
        let year: written::Year = toml::from_str(calendar).map_err(|e| broken(e.message().to_owned()))?;
        Self::compile(name, written, year).map_err(broken)
    }

    fn compile(name: &str, written: written::Pack, year: written::Year) -> Result<Self, String> {
        if written.format != 1 || written.pack != name {
            return Err(format!("it is format {} of the pack `{}`", written.format, written.pack));
        }
        let zone = TimeZone::get(&written.zone).map_err(|e| e.to_string())?;
        let weekend = written.weekend.iter().map(|d| written::weekday(d)).collect::<Result<Vec<_>, _>>()?;
        let counting = written.counting.read()?;
        let calendar = calendar::compute(year, &weekend, zone.clone(), counting)?;
        let mut editions: Vec<Edition> = read(written.edition, written::Changed::read)?;
        editions.sort_by_key(|edition| edition.from);
        if editions.is_empty() {
            return Err("it has no edition".to_owned());
        }
        if let Some((twice, _)) = editions.iter().zip(editions.iter().skip(1)).find(|(a, b)| a.from == b.from)
        {
            return Err(format!("two editions begin on {}", twice.from));
        }
        let pack = Self {
            name: name.to_owned(),
            law: written.law.wording()?,
            storage: written.storage,
            verified_on: written::date(written.verified_on)?,
            verified_until: written::date(written.verified_until)?,
            zone,
            editions,
            bases: read(written.basis, written::Basis::read)?,
            freezes: read(written.block_freezes, written::Freezes::read)?,
            duties: read(written.deadline, written::Term::read)?,
            extensions: read(written.extension, written::Longer::read)?,
            consent_fields: read(written.consent_field, written::Field::read)?,
            says: read(written.says, written::Says::read)?,
            remedies: read(written.remedy, written::Complaint::read)?,
            calendar,
        };
        no_two_on_one_day(&pack.bases, |(kind, _)| kind.as_str().to_owned())?;
        no_two_on_one_day(&pack.freezes, |freeze| freeze.what.as_str().to_owned())?;
        no_two_on_one_day(&pack.duties, |duty| duty.name.clone())?;
        no_two_on_one_day(&pack.extensions, |extension| extension.reason.clone())?;
        no_two_on_one_day(&pack.consent_fields, |line| line.field.code.clone())?;
        no_two_on_one_day(&pack.says, |saying| saying.code.clone())?;
        no_two_on_one_day(&pack.remedies, |remedy| remedy.code.clone())?;
        Ok(pack)
    }

    /// The zone in which its days begin and end.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The day an instant falls on where this law holds.
    pub fn day_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// Whether its makers' comparison with the sources is no longer trusted on that day.
    pub fn is_unverified(&self, day: Date) -> bool {
        self.verified_until < day
    }

    /// Every edition it knows, the oldest first.
    pub fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// The edition in force on a day; nothing before the first one.
    pub fn edition(&self, day: Date) -> Option<&Edition> {
        self.editions.iter().rev().find(|e| e.from <= day)
    }

    /// The law as it stands on a day. Before the first edition the first one is taken.
    pub fn on(&self, day: Date) -> LawEdition {
        let edition = self.edition(day).or(self.editions.first());
        let freezes = |what: Frozen| holding(&self.freezes, day).any(|line| line.says.what == what);
        let duty = |line: &Line<Duty>| (line.says.name.clone(), line.says.deadline.clone());
        LawEdition {
            pack: self.name.clone(),
            law: self.law.clone(),
            edition: edition.map_or(day, |e| e.from),
            made_by: edition.map(|e| e.by.clone()).unwrap_or_default(),
            certainty: edition.map_or(Certainty::Memory, |e| e.certainty),
            verified_until: self.verified_until,
            bases: holding(&self.bases, day).map(|line| line.says.clone()).collect(),
            block_freezes_change: freezes(Frozen::Change),
            block_freezes_destruction: freezes(Frozen::Destruction),
            deadlines: holding(&self.duties, day).map(duty).collect(),
            answers: holding(&self.duties, day).filter_map(|line| line.says.answer(&self.name)).collect(),
            extensions: holding(&self.extensions, day)
                .map(|line| Extension { pack: self.name.clone(), ..line.says.clone() })
                .collect(),
            consent_fields: holding(&self.consent_fields, day).map(|line| line.says.field.clone()).collect(),
            calendar: self.calendar.clone(),
        }
    }

    /// The terms of the law for a kind of request that a policy makes promises about.
    pub fn terms_for(&self, request: RequestKind, day: Date) -> Vec<AnswerTerm> {
        let terms = holding(&self.duties, day).filter_map(|line| line.says.answer(&self.name));
        terms.filter(|term| term.requests.iter().any(|mark| mark.kind == request)).collect()
    }

    /// Where somebody can complain on a day.
    pub fn remedies(&self, day: Date) -> Vec<Remedy> {
        holding(&self.remedies, day).map(|line| line.says.clone()).collect()
    }

    /// Whether, on a day, a consent's text must contain the operator's business identification number.
    pub(crate) fn asks_for_operators_number(&self, day: Date) -> bool {
        holding(&self.consent_fields, day).any(|line| line.says.operators_number)
    }
}

fn read<W, R>(written: Vec<W>, one: impl Fn(W) -> Result<R, String>) -> Result<Vec<R>, String> {
    written.into_iter().map(one).collect()
}

fn holding<T>(lines: &[Line<T>], day: Date) -> impl Iterator<Item = &Line<T>> {
    lines.iter().filter(move |line| line.holds_on(day))
}

/// What to do about a name that no pack bears: the pack that was meant, or all there are.
pub fn suggestion(name: &str) -> String {
    nearest(name, &packs())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use saqta_domain::terms::law::DeadlineUnit;

    use super::*;

    fn kz(day: Date) -> LawEdition {
        law("kz").unwrap().on(day)
    }

    #[test]
    fn the_edition_is_the_last_change_in_force_on_the_day() {
        assert_eq!(kz(date(2025, 1, 6)).edition, date(2024, 8, 20));
        assert_eq!(kz(date(2025, 1, 7)).edition, date(2025, 1, 7));
        assert_eq!(kz(date(2026, 11, 22)).edition, date(2026, 8, 25));
        assert_eq!(kz(date(2000, 1, 1)).edition, date(2013, 11, 25));
        assert_eq!(kz(date(2026, 11, 22)).verified_until, date(2027, 5, 22));
    }

    #[test]
    fn a_new_edition_begins_at_midnight_of_its_own_zone() {
        let edition = |at: &str| in_force(&["kz".to_owned()], at.parse().unwrap()).unwrap().edition;
        assert_eq!(edition("2026-01-17T18:59:59Z"), date(2025, 1, 7));
        assert_eq!(edition("2026-01-17T19:00:00Z"), date(2026, 1, 18));
        assert!(matches!(in_force(&[], Timestamp::UNIX_EPOCH), Err(Fault::NoJurisdiction)));
    }

    #[test]
    fn contract_and_legitimate_interest_are_no_grounds() {
        let edition = kz(date(2026, 1, 12));
        let known: Vec<_> = edition.bases.iter().filter(|(_, b)| b.known).map(|(k, _)| k.as_str()).collect();
        assert_eq!(known, ["consent", "law", "justice", "made_public", "publication_required"]);
        assert_eq!(edition.bases.len(), BasisKind::ALL.len());
        let publication = &edition.bases[&BasisKind::PublicationRequired];
        assert_eq!(publication.certainty, Certainty::Inferred);
    }

    #[test]
    fn fifteen_days_after_a_withdrawal_came_with_the_law_of_2026() {
        assert!(!kz(date(2026, 1, 17)).deadlines.contains_key("withdrawal_stop_or_refuse"));
        let edition = kz(date(2026, 1, 18));
        let deadline = &edition.deadlines["withdrawal_stop_or_refuse"];
        assert_eq!((deadline.count, deadline.unit), (15, DeadlineUnit::WorkingDays));
        assert_eq!(edition.deadlines.len(), 13);
        assert_eq!(edition.consent_fields.len(), 8);
        assert!(edition.block_freezes_change && edition.block_freezes_destruction);
    }

    #[test]
    fn the_general_regulation_knows_contracts_months_and_hours_and_asks_for_no_place() {
        let pack = law("eu").unwrap();
        let edition = pack.on(date(2026, 11, 22));
        let known: Vec<_> = edition.bases.iter().filter(|(_, b)| b.known).map(|(k, _)| k.as_str()).collect();
        let all = ["consent", "law", "justice", "contract", "legitimate_interest", "publication_required"];
        assert_eq!(known, all);
        assert_eq!(pack.storage, None);
        assert!(!edition.block_freezes_change && edition.block_freezes_destruction);
        let of = |duty: &str| (edition.deadlines[duty].count, edition.deadlines[duty].unit);
        assert_eq!(of("subject_info"), (1, DeadlineUnit::Months));
        assert_eq!(of("breach_notify_authority"), (72, DeadlineUnit::Hours));
        assert_eq!(pack.edition(date(2018, 5, 24)), None);
        let due = edition.calendar.due(date(2026, 1, 31), &edition.deadlines["subject_info"]);
        assert_eq!(due, Ok(date(2026, 3, 2)));
    }

    #[test]
    fn every_line_keeps_its_source_its_certainty_and_its_days() {
        let pack = law("kz").unwrap();
        let line = |day: Date, name: &str| pack.lines(day).into_iter().find(|l| l.name() == name);
        let before = line(date(2025, 6, 1), "personal_data").unwrap();
        assert_eq!((before.certainty, before.to), (Certainty::Secondary, Some(date(2026, 1, 17))));
        let after = line(date(2026, 11, 22), "personal_data").unwrap();
        assert_eq!((after.certainty, after.from), (Certainty::Text, Some(date(2026, 7, 12))));
        assert_eq!(line(date(2026, 1, 17), "automated_decisions"), None);
        assert!(line(date(2026, 1, 18), "automated_decisions").is_some());
        assert_eq!(pack.edition(date(2026, 1, 18)).unwrap().certainty, Certainty::Secondary);
        for pack in packs() {
            let pack = law(pack).unwrap();
            for edition in pack.editions() {
                assert!(pack.lines(edition.from).iter().all(|l| !l.source.is_empty()));
            }
        }
    }

    #[test]
    fn between_two_days_lines_come_go_and_change() {
        let pack = law("kz").unwrap();
        let difference = pack.between(date(2026, 1, 17), date(2026, 8, 25));
        let names = |lines: &[lines::LawLine]| lines.iter().map(|l| l.name().to_owned()).collect::<Vec<_>>();
        let came = names(&difference.came);
        assert!(came.contains(&"withdrawal_stop_or_refuse".to_owned()), "{came:?}");
        assert_eq!(names(&difference.went), ["biometric_data"]);
        let changed: Vec<_> = difference.changed.iter().map(|(was, _)| was.name()).collect();
        assert_eq!(changed, ["depersonalisation", "personal_data"]);
        assert_eq!(difference.editions.len(), 3);
        let none = pack.between(date(2026, 8, 25), date(2026, 8, 26));
        assert!(none.editions.is_empty() && none.came.is_empty() && none.changed.is_empty());
    }

    #[test]
    fn a_broken_pack_says_what_is_wrong() {
        let pack = |text: &str| LawPack::read("xx", text, "").unwrap_err().to_string();
        assert!(pack("format = 1").starts_with("the law pack `xx` is broken"));
        assert!(matches!(law("xx"), Err(Fault::LawUnknown(_))));
        assert!(matches!(law("../kz"), Err(Fault::LawUnknown(_))));
        assert_eq!(packs(), ["eu", "kz"]);
        assert_eq!(suggestion("kzz"), "did you mean `kz`?");
        assert_eq!(suggestion("atlantis"), "known here: eu, kz");
    }

    #[test]
    fn a_pack_that_says_two_things_about_one_day_is_broken() {
        let whole = |file: &str| PACKS.get_file(file).and_then(|f| f.contents_utf8()).unwrap().to_owned();
        let (pack, calendar) = (whole("eu/pack.toml"), whole("eu/calendar.toml"));
        let with = |more: &str| {
            LawPack::read("eu", &format!("{pack}{more}"), &calendar)
                .map(drop)
                .map_err(|fault| fault.to_string())
        };
        assert_eq!(with(""), Ok(()));
        let basis = "\n[[basis]]\nkind = \"consent\"\nknown = false\nsource = \"x\"\ncertainty = \"I\"\n";
        let twice = with(&format!("{basis}from = 2026-01-01\n")).unwrap_err();
        assert!(twice.ends_with("two lines say something about `consent` on 2026-01-01"), "{twice}");
        let backwards = with(&format!("{basis}from = 2026-01-01\nto = 2025-01-01\n")).unwrap_err();
        assert!(backwards.contains("ends on 2025-01-01, before it begins"), "{backwards}");
        let deadline = basis.replace("basis", "deadline").replace(
            "kind = \"consent\"\nknown = false",
            "duty = \"x\"\nlabel = { kk = \"a\", ru = \"b\", en = \"c\" }\nwithin = \"3 weeks\"",
        );
        assert!(with(&deadline).unwrap_err().ends_with("`3 weeks` is not a deadline"));
        let edition = "\n[[edition]]\nfrom = 2018-05-25\nby = \"x\"\ncertainty = \"T\"\n";
        assert!(with(edition).unwrap_err().ends_with("two editions begin on 2018-05-25"));
        let unsure = basis.replace("consent", "law").replace("\"I\"", "\"?\"");
        assert!(with(&unsure).unwrap_err().ends_with("`?` is not a mark of certainty"));
    }
}
