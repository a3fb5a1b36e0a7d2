//! Which recipients do the invented policies name, and what binds them around the day of the question?

use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;

use saqta_domain::terms::names::{Clause, RecipientName};
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::recipient::{Agreement, Recipient};

use super::world::{masked, wording};

/// Of four, the last is declared by no policy.
pub fn recipient_name(i: usize) -> RecipientName {
    RecipientName::new(&format!("r{i}")).unwrap()
}

/// A recipient before it is known which purposes there are.
#[derive(Clone, Debug)]
pub struct RecipientDraft {
    /// Which agreement it has, if any.
    paper: u8,
    home: bool,
    /// What it gets, purpose by purpose: everything, nothing, or some.
    gets: [Option<u8>; 6],
    named: u8,
    cites: u8,
}

pub fn recipients() -> impl Strategy<Value = Vec<RecipientDraft>> {
    let some = || prop_oneof![6 => Just(Some(u8::MAX)), 3 => any::<u8>().prop_map(Some), 1 => Just(None)];
    let gets = prop_oneof![9 => [some(), some(), some(), some(), some(), some()], 1 => Just([None; 6])];
    let named = prop_oneof![4 => Just(u8::MAX), 1 => any::<u8>()];
    let one = (0..16u8, proptest::bool::weighted(0.8), gets, named, 0..3u8)
        .prop_map(|(paper, home, gets, named, cites)| RecipientDraft { paper, home, gets, named, cites });
    proptest::collection::vec(one, 3)
}

/// Declares the recipients in a policy whose questions are asked around that day.
pub fn declare(recipients: &[RecipientDraft], policy: &mut Policy, attributes: usize, today: Date) {
    for (i, RecipientDraft { paper, home, gets, named, cites }) in recipients.iter().enumerate() {
        let name = recipient_name(i);
        let day = |offset: i64| today.checked_add(offset.days()).unwrap();
        let agreement = match paper {
            0 => None,
            1 => Some((day(1), None, true)),
            2 => Some((day(-9), Some(day(-1)), true)),
            3 => Some((day(-9), Some(day(0)), true)),
            4 => Some((day(0), None, true)),
            5 => Some((day(-9), None, false)),
            _ => Some((day(-9), Some(day(9)), true)),
        };
        let purposes = policy.purposes.keys().cloned().zip(gets);
        let gets = purposes.filter_map(|(p, mask)| Some((p, masked((*mask)?, attributes))));
        let recipient = Recipient {
            name: name.clone(),
            title: wording(),
            country: if *home { "KZ" } else { "DE" }.into(),
            role: String::new(),
            agreement: agreement.map(|(from, until, confidentiality)| Agreement {
                no: "1".into(),
                from,
                until,
                confidentiality,
            }),
            gets: gets.collect(),
            clauses: ["5.8", "7.5"].into_iter().take((*cites).into()).map(Clause::fixed).collect(),
        };
        policy.recipients.insert(name.clone(), recipient);
        for (p, purpose) in policy.purposes.values_mut().enumerate() {
            if named & (1 << p) != 0 {
                purpose.to.insert(name.clone());
            }
        }
    }
}
