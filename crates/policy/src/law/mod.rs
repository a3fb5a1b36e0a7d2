//! What does the law of a country demand on a given day, and what when a policy stands under several laws?
//!
//! A pack is a folder under `packs/` with `pack.toml` and `calendar.toml`; all of them are built into the program. Nothing of
//! any country stands in this code.

mod calendar;
mod written;

use include_dir::{Dir, include_dir};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::calendar::Calendar;
use saqta_domain::terms::law::{ConsentField, Deadline, DeadlineUnit, LawBasis, LawEdition};
use saqta_domain::terms::names::Wording;

use crate::fault::Fault;
use written::{Duty, Frozen, Line};

static PACKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../packs");

/// A law pack with all its editions.
#[derive(Clone, Debug)]
pub struct LawPack {
    /// Its name, such as `kz`.
    pub name: String,
    /// The law's full name.
    pub law: Wording,
    /// The country in which databases must stand.
    pub storage: String,
    /// The day its makers last compared it with the sources.
    pub verified_on: Date,
    /// The day until which that comparison is trusted.
    pub verified_until: Date,
    zone: TimeZone,
    editions: Vec<Date>,
    bases: Vec<Line<(BasisKind, LawBasis)>>,
    freezes: Vec<Line<Frozen>>,
    duties: Vec<Line<Duty>>,
    consent_fields: Vec<Line<ConsentField>>,
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
    let mut editions = Vec::new();
    for name in jurisdictions {
        let pack = law(name)?;
        editions.push(pack.on(at.to_zoned(pack.zone.clone()).date()));
    }
    stricter(&editions).ok_or(Fault::NoJurisdiction)
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
        let calendar = calendar::compute(year, &weekend, zone.clone())?;
        let mut editions = Vec::new();
        for edition in written.edition {
            written::certainty(&edition.certainty)?;
            if edition.by.trim().is_empty() {
                return Err("an edition does not say what made it".to_owned());
            }
            editions.push(written::date(edition.from)?);
        }
        editions.sort_unstable();
        if editions.is_empty() {
            return Err("it has no edition".to_owned());
        }
        Ok(Self {
            name: name.to_owned(),
            law: written.law.wording(),
            storage: written.storage,
            verified_on: written::date(written.verified_on)?,
            verified_until: written::date(written.verified_until)?,
            zone,
            editions,
            bases: written.basis.into_iter().map(written::Basis::read).collect::<Result<_, _>>()?,
            freezes: written
                .block_freezes
                .into_iter()
                .map(written::Freeze::read)
                .collect::<Result<_, _>>()?,
            duties: written.deadline.into_iter().map(written::Term::read).collect::<Result<_, _>>()?,
            consent_fields: written
                .consent_field
                .into_iter()
                .map(written::Field::read)
                .collect::<Result<_, _>>()?,
            calendar,
        })
    }

    /// The zone in which its days begin and end.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The law as it stands on a day. Before the first edition the first one is taken.
    pub fn on(&self, day: Date) -> LawEdition {
        let edition = self.editions.iter().rev().find(|e| **e <= day).or(self.editions.first());
        let freezes = |what: Frozen| self.freezes.iter().any(|line| line.says == what && line.holds_on(day));
        LawEdition {
            pack: self.name.clone(),
            law: self.law.clone(),
            edition: edition.copied().unwrap_or(day),
            verified_until: self.verified_until,
            bases: holding(&self.bases, day).cloned().collect(),
            block_freezes_change: freezes(Frozen::Change),
            block_freezes_destruction: freezes(Frozen::Destruction),
            deadlines: holding(&self.duties, day).map(|d| (d.name.clone(), d.deadline.clone())).collect(),
            consent_fields: holding(&self.consent_fields, day).cloned().collect(),
            calendar: self.calendar.clone(),
        }
    }

    /// The deadline of the law for a kind of request that a policy makes promises about.
    pub fn deadline_for(&self, request: &str, day: Date) -> Option<&Deadline> {
        holding(&self.duties, day).find(|d| d.requests.iter().any(|r| r == request)).map(|d| &d.deadline)
    }
}

fn holding<T>(lines: &[Line<T>], day: Date) -> impl Iterator<Item = &T> {
    lines.iter().filter(move |line| line.holds_on(day)).map(|line| &line.says)
}

/// One edition that demands whatever any of them demands; nothing where there is none.
///
/// A ground is known where all know it, a block freezes what any of them freezes, of two deadlines the shorter one holds,
/// a consent says what any of them asks for, and a day counts as a day off only where all rest.
pub fn stricter(editions: &[LawEdition]) -> Option<LawEdition> {
    let (first, rest) = editions.split_first()?;
    Some(rest.iter().fold(first.clone(), both))
}

fn both(mut one: LawEdition, other: &LawEdition) -> LawEdition {
    one.pack = format!("{}+{}", one.pack, other.pack);
    one.law = Wording {
        kk: format!("{}; {}", one.law.kk, other.law.kk),
        ru: format!("{}; {}", one.law.ru, other.law.ru),
        en: format!("{}; {}", one.law.en, other.law.en),
    };
    one.edition = one.edition.max(other.edition);
    one.verified_until = one.verified_until.min(other.verified_until);
    one.bases.retain(|kind, _| other.bases.contains_key(kind));
    for (kind, basis) in &mut one.bases {
        if let Some(theirs) = other.bases.get(kind)
            && !theirs.known
            && basis.known
        {
            *basis = theirs.clone();
        }
    }
    one.block_freezes_change |= other.block_freezes_change;
    one.block_freezes_destruction |= other.block_freezes_destruction;
    for (duty, deadline) in &other.deadlines {
        match one.deadlines.get_mut(duty) {
            Some(ours) if shorter(deadline, ours) => *ours = deadline.clone(),
            Some(_) => {}
            None => {
                one.deadlines.insert(duty.clone(), deadline.clone());
            }
        }
    }
    for field in &other.consent_fields {
        if !one.consent_fields.iter().any(|f| f.code == field.code) {
            one.consent_fields.push(field.clone());
        }
    }
    let (ours, theirs) = (&one.calendar, &other.calendar);
    one.calendar = Calendar {
        zone: ours.zone.clone(),
        days_off: ours.days_off.intersection(&theirs.days_off).copied().collect(),
        working_weekends: ours.working_weekends.union(&theirs.working_weekends).copied().collect(),
        years: *ours.years.start().max(theirs.years.start())..=*ours.years.end().min(theirs.years.end()),
    };
    one
}

/// Whether one deadline ends before another in a week without holidays.
pub(crate) fn shorter(one: &Deadline, other: &Deadline) -> bool {
    ordinary_days(one) < ordinary_days(other)
}

/// Calendar days a deadline takes at most when no holiday is in the way: five working days take a week.
fn ordinary_days(deadline: &Deadline) -> u32 {
    let count = u32::from(deadline.count);
    match deadline.unit {
        DeadlineUnit::CalendarDays => count,
        DeadlineUnit::WorkingDays => count + 2 * count.div_ceil(5),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use saqta_domain::terms::law::Certainty;

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
    fn of_two_laws_the_stricter_one_decides() {
        let ours = kz(date(2026, 11, 22));
        let mut theirs = ours.clone();
        theirs.pack = "xx".to_owned();
        theirs.block_freezes_change = false;
        for (kind, basis) in &mut theirs.bases {
            basis.known = *kind == BasisKind::Contract || *kind == BasisKind::Consent;
        }
        if let Some(deadline) = theirs.deadlines.get_mut("subject_info") {
            *deadline = Deadline { count: 2, unit: DeadlineUnit::CalendarDays, ..deadline.clone() };
        }
        theirs.calendar.days_off.remove(&date(2026, 12, 16));
        let both = stricter(&[ours, theirs]).unwrap();
        assert_eq!(both.pack, "kz+xx");
        let known: Vec<_> = both.bases.iter().filter(|(_, b)| b.known).map(|(k, _)| *k).collect();
        assert_eq!(known, [BasisKind::Consent]);
        assert!(both.block_freezes_change);
        assert_eq!(both.deadlines["subject_info"].count, 2);
        assert_eq!(both.calendar.is_working(date(2026, 12, 16)), Ok(true));
        assert!(stricter(&[]).is_none());
    }

    #[test]
    fn a_broken_pack_says_what_is_wrong() {
        let pack = |text: &str| LawPack::read("xx", text, "").unwrap_err().to_string();
        assert!(pack("format = 1").starts_with("the law pack `xx` is broken"));
        assert!(matches!(law("xx"), Err(Fault::LawUnknown(_))));
        assert!(matches!(law("../kz"), Err(Fault::LawUnknown(_))));
        assert!(packs().contains(&"kz"));
    }
}
