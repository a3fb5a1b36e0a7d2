//! Does a policy stand under any law whose pack is built in, and under several at once, by data alone?

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::Timestamp;
    use saqta_domain::terms::basis::BasisKind;
    use saqta_domain::terms::law::DeadlineUnit;
    use saqta_policy::folder::Folder;
    use saqta_policy::law::{in_force, law, packs};
    use saqta_policy::load::{Loaded, load, load_at};

    const NOW: &str = "2026-11-22T12:00:00Z";

    /// The example shop under other laws, with some of its lines written differently.
    fn shop(laws: &str, changes: &[(&str, &str)]) -> Folder {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/autoshop");
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let mut policy = read("policy.toml").replacen("[\"kz\"]", laws, 1);
        for (from, to) in changes {
            assert!(policy.contains(from), "{from}");
            policy = policy.replacen(from, to, 1);
        }
        let texts = ["text.kk.md", "text.ru.md", "text.en.md"].map(|name| (name.to_owned(), read(name)));
        Folder::from_files(texts.into_iter().chain([("policy.toml".to_owned(), policy)]))
    }

    fn good(folder: &Folder) -> Loaded {
        load(folder).unwrap_or_else(|problems| panic!("{problems:#?}"))
    }

    fn codes(loaded: &Loaded) -> Vec<&str> {
        let mut codes: Vec<&str> = loaded.warnings.iter().map(|p| p.code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    #[test]
    fn under_the_general_regulation_a_contract_is_a_ground_and_no_place_is_asked_for() {
        let loaded = good(&shop("[\"eu\"]", &[("storage     = \"KZ\"", "storage     = \"DE\"")]));
        // Reviews stand on what people made public, which is no ground of the Regulation.
        let unknown: Vec<&str> = loaded
            .warnings
            .iter()
            .filter(|p| p.code == "basis-not-in-law")
            .map(|p| p.message.as_str())
            .collect();
        assert!(unknown.iter().all(|message| message.contains("`made_public`")), "{unknown:?}");
        assert!(!codes(&loaded).contains(&"storage-abroad"), "{:?}", codes(&loaded));
        let law = in_force(&loaded.policy.jurisdictions, NOW.parse().unwrap()).unwrap();
        assert!(law.bases[&BasisKind::Contract].known && law.bases[&BasisKind::LegitimateInterest].known);
    }

    #[test]
    fn thirty_days_may_be_later_than_a_month() {
        let access = "[request.access]\nanswer_within = \"3wd\"";
        let with = |term: &str| {
            let promised = format!("[request.access]\nanswer_within = \"{term}\"");
            // A correction counts from documents there, and from the request here.
            let from = ("counts_from   = \"documents\"", "counts_from   = \"filed\"");
            let shop = shop("[\"eu\"]", &[(access, promised.as_str()), from]);
            codes(&good(&shop)).contains(&"later-than-law")
        };
        assert!(with("30d") && with("2m"));
        assert!(!with("1m") && !with("28d") && !with("72h"));
    }

    #[test]
    fn under_two_laws_the_stricter_one_wins() {
        let loaded = good(&shop("[\"kz\", \"eu\"]", &[]));
        let law = in_force(&loaded.policy.jurisdictions, NOW.parse().unwrap()).unwrap();
        assert_eq!(law.pack, "kz+eu");
        assert!(!law.bases[&BasisKind::Contract].known, "one of the two does not know it");
        assert!(law.bases[&BasisKind::Consent].known);
        assert!(law.block_freezes_change && law.block_freezes_destruction);
        let of = |duty: &str| (law.deadlines[duty].count, law.deadlines[duty].unit);
        assert_eq!(of("subject_info"), (3, DeadlineUnit::WorkingDays));
        // Only one of the two has a term for an objection under this name: it holds.
        assert_eq!(of("objection"), (1, DeadlineUnit::Months));
        let fields: Vec<&str> = law.consent_fields.iter().map(|f| f.code.as_str()).collect();
        assert!(fields.contains(&"public_sources") && fields.contains(&"complaint"), "{fields:?}");
        let turned = in_force(&["eu".to_owned(), "kz".to_owned()], NOW.parse().unwrap()).unwrap();
        assert_eq!(turned.deadlines["subject_info"].unit, DeadlineUnit::WorkingDays);
        assert!(!turned.bases[&BasisKind::LegitimateInterest].known);
    }

    #[test]
    fn a_check_says_from_the_day_on_that_a_pack_is_unverified() {
        let folder = shop("[\"kz\", \"eu\"]", &[]);
        let found = |now: &str| {
            let loaded = load_at(&folder, now.parse::<Timestamp>().unwrap()).unwrap();
            let late = loaded.warnings.into_iter().filter(|p| p.code == "law-unverified");
            late.map(|p| (p.line, p.message)).collect::<Vec<_>>()
        };
        assert_eq!(found("2027-05-22T18:59:59Z"), []);
        // The day begins earlier in the east: only there the pack is out of date.
        let east = found("2027-05-22T19:00:00Z");
        assert_eq!(east.len(), 1);
        assert_eq!(east[0].0, 8);
        assert!(east[0].1.contains("`kz`") && east[0].1.ends_with("today is 2027-05-23"), "{east:?}");
        assert_eq!(found("2027-06-01T00:00:00Z").len(), 2);
        assert!(!codes(&load(&folder).unwrap()).contains(&"law-unverified"));
    }

    #[test]
    fn every_built_in_pack_reads_and_says_until_when_it_is_trusted() {
        for name in packs() {
            let pack = law(name).unwrap();
            assert!(pack.verified_on < pack.verified_until, "{name}");
            assert!(!pack.lines(pack.verified_on).is_empty(), "{name}");
        }
    }
}
