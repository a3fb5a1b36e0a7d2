//! How are names of attributes written that follow each other in order?
//!
//! Each leaves out the letters that it shares with the one before.

use std::collections::BTreeSet;

use saqta_domain::terms::names::AttributeName;
use serde::{Deserialize, Serialize};

/// A name as it follows another: how many letters it begins with of that one, and the rest.
#[derive(Serialize, Deserialize)]
pub(super) struct Following<'a>(u8, &'a str);

/// Writes names that follow each other.
#[derive(Default)]
pub(super) struct Shortening<'a>(&'a str);

impl<'a> Shortening<'a> {
    pub fn next(&mut self, name: &'a AttributeName) -> Following<'a> {
        let before = std::mem::replace(&mut self.0, name.as_str());
        let shared = before.bytes().zip(name.as_str().bytes()).take_while(|(a, b)| a == b).count();
        match (u8::try_from(shared), name.as_str().get(shared..)) {
            (Ok(shared), Some(rest)) => Following(shared, rest),
            _ => Following(0, name.as_str()),
        }
    }
}

/// Reads them.
#[derive(Default)]
pub(super) struct Lengthening(String);

impl Lengthening {
    pub fn next(&mut self, Following(shared, rest): &Following<'_>) -> Option<AttributeName> {
        let Self(name) = self;
        if !name.is_char_boundary(usize::from(*shared)) {
            return None;
        }
        name.truncate(usize::from(*shared));
        name.push_str(rest);
        AttributeName::new(name).ok()
    }
}

pub(super) fn shortened(names: &BTreeSet<AttributeName>) -> Vec<Following<'_>> {
    let mut shortening = Shortening::default();
    names.iter().map(|name| shortening.next(name)).collect()
}

pub(super) fn attributes(names: &[Following<'_>]) -> Option<BTreeSet<AttributeName>> {
    let mut lengthening = Lengthening::default();
    names.iter().map(|name| lengthening.next(name)).collect()
}
