//! What time is it in the story? It stands still until it is moved, and runs on from there when the story is over.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use saqta_app::instance::Clock;

use crate::clock;

/// A clock that is moved by hand.
#[derive(Clone)]
pub struct StoryClock(Arc<Mutex<Hands>>);

#[derive(Clone, Copy)]
enum Hands {
    Held(Timestamp),
    Running { ahead: SignedDuration },
}

impl StoryClock {
    /// A clock that stands at an instant.
    pub fn held_at(instant: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(Hands::Held(instant))))
    }

    /// What it shows.
    pub fn now(&self) -> Timestamp {
        match *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Hands::Held(instant) => instant,
            Hands::Running { ahead } => clock::now().saturating_add(ahead).unwrap_or(Timestamp::MAX),
        }
    }

    /// Moves it forward; it never goes back, for what stands in a ledger was.
    pub fn move_to(&self, instant: Timestamp) {
        let now = self.now();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Hands::Held(now.max(instant));
    }

    /// Lets it run from where it stands.
    pub fn run(&self) {
        let ahead = self.now().duration_since(clock::now());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Hands::Running { ahead };
    }

    /// The same clock, as the system wants to have it.
    pub fn shared(&self) -> Clock {
        let hands = self.clone();
        Clock::new(move || hands.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_until_it_is_moved_and_never_goes_back() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let clock = StoryClock::held_at(at("2026-11-20T04:00:00Z"));
        assert_eq!(clock.shared().now(), at("2026-11-20T04:00:00Z"));
        clock.move_to(at("2030-01-01T00:00:00Z"));
        clock.move_to(at("2027-01-01T00:00:00Z"));
        assert_eq!(clock.now(), at("2030-01-01T00:00:00Z"));
        clock.run();
        assert!(clock.now() >= at("2030-01-01T00:00:00Z"));
    }
}
