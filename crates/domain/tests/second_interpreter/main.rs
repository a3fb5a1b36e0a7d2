//! Do the rules say what their own words say, in every world that can be thought up?
//!
//! `replay` answers the questions of the rules a second time, naively, from the words and the raw list of events.
//! `agree` compares the two in random worlds; `hold_true` states what is true whatever the answer is; `found` keeps, as
//! small as they get, the worlds in which the two once parted.

#[cfg(test)]
mod agree;
#[cfg(test)]
mod found;
#[cfg(test)]
mod hold_true;
#[cfg(test)]
mod recipients;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod world;

/// The default, from the environment where it says so; a failing world is kept as a test in `found`, not as a seed.
#[cfg(test)]
fn config() -> proptest::test_runner::Config {
    proptest::test_runner::Config { failure_persistence: None, ..Default::default() }
}
