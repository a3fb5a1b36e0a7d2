//! Is every request answered by the day that the example policy and the law of the day give, over a whole year?

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use jiff::civil::{Date, Weekday, date};
    use jiff::tz::TimeZone;
    use jiff::{Timestamp, ToSpan};
    use saqta_domain::rules::must_answer::{Clock, ClockSource, Due, Lateness, Measure, must_answer};
    use saqta_domain::terms::law::{LawEdition, Within};
    use saqta_domain::terms::names::Language;
    use saqta_domain::terms::policy::Policy;
    use saqta_domain::terms::request::course::Request;
    use saqta_domain::terms::request::event::{Identity, RequestEvent};
    use saqta_domain::terms::request::{
        Applicant, CorrectionGround, Effect, Intake, Matter, Objection, Outcome, Relation, RequestKind,
        RequestNumber, Rung,
    };
    use saqta_domain::terms::subject::CaseId;
    use saqta_policy::folder::Folder;
    use saqta_policy::law::{each_in_force, law};
    use saqta_policy::load::{Loaded, load};
    use saqta_policy::wording::Words;

    /// The example shop with some of its lines written differently.
    fn shop(changes: &[(&str, &str)]) -> Loaded {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/autoshop");
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let mut policy = read("policy.toml");
        for (from, to) in changes {
            assert!(policy.contains(from), "{from}");
            policy = policy.replacen(from, to, 1);
        }
        let texts = ["text.kk.md", "text.ru.md", "text.en.md"].map(|name| (name.to_owned(), read(name)));
        let folder = Folder::from_files(texts.into_iter().chain([("policy.toml".to_owned(), policy)]));
        load(&folder).unwrap_or_else(|problems| panic!("{problems:#?}"))
    }

    fn almaty() -> TimeZone {
        TimeZone::get("Asia/Almaty").unwrap()
    }

    fn at(day: Date, hour: i8, minute: i8) -> Timestamp {
        day.at(hour, minute, 0, 0).to_zoned(almaty()).unwrap().timestamp()
    }

    fn request(matter: Matter, when: Timestamp) -> Request {
        let by = match matter.kind() {
            RequestKind::Authority => Applicant::Authority,
            _ => Applicant::Subject,
        };
        let first = RequestEvent::Filed {
            matter,
            intake: Intake::Paper,
            by,
            identity: Identity::Proven(Rung::OrderFacts),
            language: Language::Kazakh,
            at: when,
        };
        Request::begin(CaseId::new([1; 16]), RequestNumber(1), &first).unwrap()
    }

    fn due(policy: &Policy, request: &Request) -> Due {
        let laws = each_in_force(&policy.jurisdictions, request.filed_at).unwrap();
        must_answer(&Measure { policy, laws: &laws, now: request.filed_at }, request)
    }

    fn everything() -> Vec<Matter> {
        let attributes = BTreeSet::new();
        let matters = vec![
            Matter::Access,
            Matter::Rectification { ground: CorrectionGround::OutOfDate, attributes: attributes.clone() },
            Matter::Restriction { ground: None, attributes: attributes.clone() },
            Matter::Unrestriction,
            Matter::Destruction { ground: None, purposes: BTreeSet::new() },
            Matter::Withdrawal { purposes: BTreeSet::new(), channel: None },
            Matter::Stop,
            Matter::Objection(Objection::Marketing),
            Matter::Objection(Objection::AutomatedDecision),
            Matter::Dissemination { attributes },
            Matter::Explanation,
            Matter::Complaint,
            Matter::Authority { letter_due: None },
        ];
        let kinds: BTreeSet<RequestKind> = matters.iter().map(Matter::kind).collect();
        assert_eq!(kinds.len(), RequestKind::ALL.len());
        matters
    }

    #[test]
    fn the_published_examples_of_working_and_calendar_days_come_out_of_the_clocks() {
        let mut policy = shop(&[]).policy;
        let promised = |policy: &mut Policy, kind: RequestKind, word: &str| {
            policy.requests.get_mut(&kind).unwrap().within = Within::from_word(word);
        };
        for (event, term, last_day) in [
            (date(2026, 3, 20), "1wd", date(2026, 3, 26)),
            (date(2026, 3, 20), "3wd", date(2026, 3, 30)),
            (date(2026, 5, 8), "1wd", date(2026, 5, 12)),
            (date(2026, 5, 26), "1wd", date(2026, 5, 28)),
            (date(2026, 10, 23), "1wd", date(2026, 10, 27)),
            (date(2026, 10, 24), "1wd", date(2026, 10, 27)),
            (date(2026, 10, 23), "10wd", date(2026, 11, 9)),
            (date(2026, 3, 6), "15wd", date(2026, 4, 2)),
            (date(2026, 3, 11), "10d", date(2026, 3, 26)),
            (date(2026, 10, 15), "10d", date(2026, 10, 27)),
        ] {
            promised(&mut policy, RequestKind::Complaint, term);
            let asked = request(Matter::Complaint, at(event, 10, 0));
            let due = due(&policy, &asked);
            let clock = due.strictest().unwrap();
            assert_eq!(
                (clock.last_day, clock.due),
                (last_day, at(last_day, 23, 59) + 1.minute()),
                "{event} {term}"
            );
        }
    }

    #[test]
    fn the_law_itself_gives_the_same_days_where_the_policy_promises_nothing() {
        let policy = Policy { requests: Default::default(), ..shop(&[]).policy };
        let withdrawal = || Matter::Withdrawal { purposes: BTreeSet::new(), channel: None };
        let day = |matter: Matter, event: Date| {
            let due = due(&policy, &request(matter, at(event, 23, 59)));
            due.strictest().map(|clock| (clock.duty.clone(), clock.last_day))
        };
        let of = |duty: &str, day: Date| Some((duty.to_owned(), day));
        assert_eq!(day(withdrawal(), date(2026, 3, 6)), of("withdrawal_stop_or_refuse", date(2026, 4, 2)));
        assert_eq!(day(Matter::Access, date(2026, 3, 20)), of("subject_info", date(2026, 3, 30)));
        assert_eq!(day(Matter::Unrestriction, date(2026, 3, 20)), of("unblock", date(2026, 3, 26)));
        // Before the law of 2026 nothing was said of a withdrawal.
        assert_eq!(day(withdrawal(), date(2026, 1, 17)), None);
        assert_eq!(day(Matter::Complaint, date(2026, 3, 6)), None);
    }

    #[test]
    fn a_year_day_by_day_gives_dates_that_hold_for_every_kind() {
        let policy = shop(&[]).policy;
        let mut day = date(2026, 1, 12);
        let last = date(2026, 12, 31);
        let calendar = law("kz").unwrap().on(day).calendar;
        while day <= last {
            let laws: Vec<LawEdition> = each_in_force(&policy.jurisdictions, at(day, 12, 0)).unwrap();
            for matter in everything() {
                let mut before: Option<Timestamp> = None;
                for (hour, minute) in [(0, 0), (10, 0), (23, 59)] {
                    let asked = request(matter.clone(), at(day, hour, minute));
                    let measure = Measure { policy: &policy, laws: &laws, now: asked.filed_at };
                    let due = must_answer(&measure, &asked);
                    let strictest = due.strictest().unwrap();
                    holds(&asked, &due, strictest);
                    assert_eq!(calendar.is_working(strictest.last_day), Ok(true), "{matter:?} {day}");
                    // Whatever the hour, a day counts as one.
                    assert!(before.is_none_or(|due| due == strictest.due), "{matter:?} {day}");
                    before = Some(strictest.due);
                }
            }
            day = day.tomorrow().unwrap();
        }
    }

    /// What is true of every request, whenever it came.
    fn holds(asked: &Request, due: &Due, strictest: &Clock) {
        let name = asked.matter.kind();
        assert!(due.clocks.iter().all(|clock| strictest.due <= clock.due), "{name} {due:?}");
        for clock in &due.clocks {
            assert!(clock.began >= asked.filed_at && clock.due > clock.began, "{name} {clock:?}");
            assert!(clock.began <= clock.target && clock.target <= clock.due, "{name} {clock:?}");
            assert!(clock.warnings.iter().all(|w| clock.began <= *w && *w <= clock.due), "{name} {clock:?}");
            assert_eq!(clock.unknown, None, "{name} {clock:?}");
            assert!(!clock.paused);
        }
        assert_eq!(due.lateness(asked, asked.filed_at), Lateness::InTime);
        assert_eq!(due.lateness(asked, strictest.due), Lateness::Overdue { since: strictest.due });
        let answered =
            asked.clone().after(&RequestEvent::Answered { outcome: Outcome::Done, at: strictest.target });
        assert_eq!(due.lateness(&answered, Timestamp::MAX), Lateness::InTime);
        assert!(due.lapses_at(asked) < strictest.due);
    }

    #[test]
    fn a_letter_at_a_minute_to_midnight_before_a_holiday_counts_that_day() {
        let policy = shop(&[]).policy;
        // Friday 20 March 2026; Nauryz takes the three weekdays after the weekend.
        let late = due(
            &policy,
            &request(
                Matter::Restriction { ground: None, attributes: BTreeSet::new() },
                at(date(2026, 3, 20), 23, 59),
            ),
        );
        assert_eq!(late.strictest().unwrap().last_day, date(2026, 3, 26));
        let saturday = due(
            &policy,
            &request(
                Matter::Restriction { ground: None, attributes: BTreeSet::new() },
                at(date(2026, 3, 21), 0, 0),
            ),
        );
        assert_eq!(saturday.strictest().unwrap().last_day, date(2026, 3, 26));
    }

    #[test]
    fn the_tenth_day_of_an_authority_on_a_holiday_moves_and_is_ready_on_the_seventh() {
        let policy = shop(&[]).policy;
        // 25 October 2026 is Republic Day and a Sunday, so Monday is off as well.
        let asked = request(Matter::Authority { letter_due: None }, at(date(2026, 10, 15), 9, 30));
        let due = due(&policy, &asked);
        let clock = due.strictest().unwrap();
        assert_eq!(clock.last_day, date(2026, 10, 27));
        assert_eq!(clock.target, at(date(2026, 10, 23), 0, 0), "the end of the seventh day");
        let mornings: Vec<Date> = clock.warnings.iter().map(|w| w.to_zoned(almaty()).date()).collect();
        // The ninth day is a Saturday, and the next working day is the last one.
        assert_eq!(mornings, [date(2026, 10, 20), date(2026, 10, 22), date(2026, 10, 27)]);
        assert_eq!(date(2026, 10, 24).weekday(), Weekday::Saturday);
    }

    #[test]
    fn two_laws_have_two_clocks_each_with_its_own_calendar() {
        let policy = shop(&[("[\"kz\"]", "[\"kz\", \"eu\"]")]).policy;
        let asked = request(Matter::Access, at(date(2026, 3, 20), 10, 0));
        let due = due(&policy, &asked);
        let sources: Vec<(String, Date)> = due
            .clocks
            .iter()
            .map(|clock| match &clock.source {
                ClockSource::Law { pack, .. } => (pack.clone(), clock.last_day),
                ClockSource::Promise { clause } => (clause.to_string(), clock.last_day),
                ClockSource::Letter => ("letter".to_owned(), clock.last_day),
            })
            .collect();
        // Where no country shares its holidays, a promise of three working days ends before Nauryz is over.
        let of = |name: &str, day| (name.to_owned(), day);
        assert_eq!(
            sources,
            [of("3.2", date(2026, 3, 25)), of("kz", date(2026, 3, 30)), of("eu", date(2026, 4, 20))]
        );
    }

    #[test]
    fn what_the_policy_promises_is_read_as_it_is_written() {
        let loaded = shop(&[]);
        let promises = &loaded.policy.requests;
        assert_eq!(promises.len(), RequestKind::ALL.len());
        let destruction = &promises[&RequestKind::Destruction];
        assert_eq!((destruction.undo, destruction.four_eyes), (Within::from_word("1h"), true));
        assert_eq!(promises[&RequestKind::Authority].target, Within::from_word("7d"));
        assert_eq!(promises[&RequestKind::Access].warn_at.len(), 2);
        assert!(!loaded.warnings.iter().any(|w| w.code == "later-than-law"), "{:?}", loaded.warnings);
    }

    #[test]
    fn a_promise_that_begins_later_than_the_law_is_found() {
        let later = |word: &str| {
            let promise = format!("[request.access]\ncounts_from = \"{word}\"");
            let loaded = shop(&[("[request.access]", &promise)]);
            let found = loaded.warnings.into_iter().filter(|w| w.code == "later-than-law");
            found.map(|w| w.message).collect::<Vec<_>>()
        };
        assert_eq!(later("filed"), Vec::<String>::new());
        let found = later("documents");
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("counts this from `filed`, and the policy from `documents`"), "{found:?}");
    }

    #[test]
    fn a_person_reads_a_date_and_why_in_three_languages() {
        let (words, zone) = (Words::new().unwrap(), almaty());
        let mut policy = shop(&[]).policy;
        let asked = request(Matter::Access, at(date(2026, 3, 20), 10, 0));
        let told = |policy: &Policy, request: &Request| {
            let due = due(policy, request);
            Language::ALL.map(|language| words.due(&due, &zone, language).join(" ")).join("\n")
        };
        let mut shown = told(&policy, &asked);
        policy.requests.get_mut(&RequestKind::Access).unwrap().within = Within::from_word("1wd");
        shown = format!("{shown}\n{}", told(&policy, &asked));
        policy.requests.get_mut(&RequestKind::Stop).unwrap().within = Within::from_word("5h");
        let stop = request(Matter::Stop, at(date(2026, 3, 20), 10, 0));
        shown = format!("{shown}\n{}", told(&policy, &stop));
        let letter = Matter::Authority { letter_due: Some(date(2026, 3, 27)) };
        shown = format!("{shown}\n{}", told(&policy, &request(letter, at(date(2026, 3, 20), 10, 0))));
        let next_year = request(Matter::Complaint, at(date(2027, 12, 30), 10, 0));
        shown = format!("{shown}\n{}", told(&policy, &next_year));
        policy.requests.clear();
        shown = format!("{shown}\n{}", told(&policy, &next_year));
        for lateness in [Lateness::PastTarget, Lateness::Overdue { since: at(date(2026, 3, 31), 0, 0) }] {
            for language in Language::ALL {
                shown = format!("{shown}\n{}", words.lateness(lateness, &zone, language).unwrap());
            }
        }
        assert!(!shown.contains("request-") && !shown.contains("date-") && !shown.contains('$'), "{shown}");
        insta::assert_snapshot!(shown);
    }

    #[test]
    fn every_word_about_requests_is_told_in_every_language() {
        let words = Words::new().unwrap();
        let mut keys: Vec<String> = Vec::new();
        let mut add = |group: &str, names: Vec<&'static str>| {
            keys.extend(names.into_iter().map(|name| format!("request-{group}-{name}")));
        };
        let kinds = || RequestKind::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>();
        add("kind", kinds());
        add("do", kinds());
        add("objection", Objection::ALL.iter().map(|one| one.as_str()).collect());
        add("ground", CorrectionGround::ALL.iter().map(|one| one.as_str()).collect());
        add("intake", Intake::ALL.iter().map(|one| one.as_str()).collect());
        add("applicant", Applicant::ALL.iter().map(|one| one.as_str()).collect());
        add("rung", Rung::ALL.iter().map(|one| one.as_str()).collect());
        add("state", Outcome::ALL.iter().map(|one| one.as_str()).collect());
        add("state", vec!["awaiting_identity", "in_progress", "undoable", "taken_back", "lapsed"]);
        add("relation", Relation::ALL.iter().map(|one| one.as_str()).collect());
        add("effect", Effect::ALL.iter().map(|one| one.as_str()).collect());
        keys.extend(RequestKind::ALL.iter().map(|one| format!("page-request-{one}")));
        for key in keys {
            for language in Language::ALL {
                assert_ne!(words.word(&key, language), key, "{language:?}");
            }
        }
    }
}
