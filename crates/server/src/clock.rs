//! What time is it?

use jiff::Timestamp;
use saqta_app::instance::Clock;

/// The system's clock, read here and nowhere else.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock; all else is handed one")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// A clock that shows the system's time.
pub fn system() -> Clock {
    Clock::new(now)
}
