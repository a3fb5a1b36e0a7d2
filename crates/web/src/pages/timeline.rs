//! Which version holds from when until when, and how is that said on a page?

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use saqta_app::instance::{Version, View};
use saqta_domain::terms::names::Language;

use crate::routes::Web;

/// Where a version stands in the life of the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is in force.
    Effective,
    /// It is published, and its day has not come.
    Scheduled,
    /// A later version is in force.
    Superseded,
}

impl Standing {
    /// A stable word, for styles and the words people read.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Effective => "effective",
            Self::Scheduled => "scheduled",
            Self::Superseded => "superseded",
        }
    }
}

/// An instant as people read it, and as programs do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub shown: String,
    pub iso: String,
}

/// A version with its place among the others.
pub(super) struct Placed {
    pub version: Version,
    pub standing: Standing,
    pub from: Moment,
    /// When the next one takes its place, if there is one.
    pub until: Option<Moment>,
    pub published: Moment,
    pub digest: String,
    /// The numbers of its neighbours.
    pub before: Option<u32>,
    pub after: Option<u32>,
}

/// Every version of the policy in its place, the oldest first.
pub(super) fn timeline(web: &Web, view: &View) -> Vec<Placed> {
    let zone = &view.law.calendar.zone;
    let versions = web.app.versions();
    let number = |at: Option<usize>| at.and_then(|at| versions.get(at)).map(|v| v.policy.version);
    let placed = versions.iter().enumerate().map(|(at, version)| {
        let next = versions.get(at + 1);
        Placed {
            standing: standing(version, view),
            from: moment(version.policy.effective_from, zone),
            until: next.map(|next| moment(next.policy.effective_from, zone)),
            published: moment(version.published_at, zone),
            digest: HEXLOWER.encode(&version.policy.digest),
            before: number(at.checked_sub(1)),
            after: number(at.checked_add(1)),
            version: version.clone(),
        }
    });
    placed.collect()
}

/// Where a version stands, by its date and that of the version in force.
fn standing(version: &Version, view: &View) -> Standing {
    let (own, holds) = (&version.policy, &view.version.policy);
    match own.version == holds.version {
        true => Standing::Effective,
        false if own.effective_from > view.now => Standing::Scheduled,
        false => Standing::Superseded,
    }
}

/// The day in the zone of the law, with the time where it is not midnight.
pub(super) fn moment(at: Timestamp, zone: &TimeZone) -> Moment {
    let at = at.to_zoned(zone.clone());
    let day = at.date();
    let shown = day_shown(day);
    match (at.hour(), at.minute()) {
        (0, 0) => Moment { shown, iso: day.to_string() },
        (hour, minute) => Moment {
            shown: format!("{shown} {hour:02}:{minute:02}"),
            iso: at.timestamp().strftime("%Y-%m-%dT%H:%MZ").to_string(),
        },
    }
}

/// A day as it is written in all three languages.
pub(super) fn day_shown(day: jiff::civil::Date) -> String {
    format!("{:02}.{:02}.{}", day.day(), day.month(), day.year())
}

impl Placed {
    /// Its number.
    pub(super) fn number(&self) -> u32 {
        self.version.policy.version
    }

    /// Its lasting address, in the language where its text exists in it.
    pub(super) fn address(&self, language: Language) -> String {
        let own = format!("/policy/v/{}", self.number());
        match self.version.texts.document(language) {
            Some(_) => format!("{own}/{}", language.tag()),
            None => own,
        }
    }

    /// How long it holds, as a clause of a sentence.
    pub(super) fn term(&self, web: &Web, language: Language) -> String {
        let from = ("from", self.from.shown.as_str());
        match (self.standing, &self.until) {
            (Standing::Effective, _) => web.app.words().told("page-since", language, &[from]),
            (Standing::Superseded, Some(until)) => {
                web.app.words().told("page-until", language, &[from, ("until", until.shown.as_str())])
            }
            _ => web.app.words().told("page-from", language, &[from]),
        }
    }

    /// The beginning of its digest, enough to tell versions apart at a glance.
    pub(super) fn short_digest(&self) -> &str {
        self.digest.get(..12).unwrap_or(&self.digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_day_at_midnight_and_has_its_time_otherwise() {
        let zone = TimeZone::get("Asia/Almaty").unwrap();
        let at = |text: &str| moment(text.parse().unwrap(), &zone);
        assert_eq!(at("2026-03-03T19:00:00Z").shown, "04.03.2026");
        assert_eq!(at("2026-03-03T19:00:00Z").iso, "2026-03-04");
        assert_eq!(at("2026-03-04T05:30:00Z").shown, "04.03.2026 10:30");
        assert_eq!(at("2026-03-04T05:30:00Z").iso, "2026-03-04T05:30Z");
    }
}
