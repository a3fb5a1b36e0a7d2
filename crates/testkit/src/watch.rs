//! Did a personal value get into a log, an error or the ledger?
//!
//! Every value that a test sends is remembered for the whole run of the program. Everything that the server logs, at the most
//! talkative level, every error it answers, and every leaf is searched for all of them.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Mutex, OnceLock};

use serde_json::Value;
use tracing_subscriber::fmt::MakeWriter;

static PLANTED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
static LOGGED: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static LISTENING: OnceLock<()> = OnceLock::new();

/// Shorter values would be found by chance.
const SHORTEST: usize = 6;

/// Takes everything that is logged from here on.
pub(crate) fn listen() {
    LISTENING.get_or_init(|| {
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(Log)
            .finish();
        // Another subscriber can only have been set by the test program itself, which then looks after its own log.
        drop(tracing::subscriber::set_global_default(subscriber));
    });
}

/// Remembers the personal values of a request.
pub(crate) fn plant(body: &Value) {
    let mut found = BTreeSet::new();
    collect(body, false, &mut found);
    PLANTED.lock().unwrap().extend(found);
}

/// Remembers one value that a test sends by another way.
pub fn plant_value(value: &str) {
    assert!(value.len() >= SHORTEST, "too short to be looked for");
    PLANTED.lock().unwrap().insert(value.to_owned());
}

fn collect(body: &Value, personal: bool, found: &mut BTreeSet<String>) {
    match body {
        Value::Object(map) => {
            for (name, inner) in map {
                collect(inner, personal || name == "values" || name == "value", found);
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| collect(inner, personal, found)),
        Value::String(text) if personal && text.len() >= SHORTEST => {
            found.insert(text.clone());
        }
        _ => {}
    }
}

/// Fails when any value planted so far is in the bytes.
#[track_caller]
pub fn assert_clean(what: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for value in PLANTED.lock().unwrap().iter() {
        assert!(
            !text.contains(value.as_str()),
            "a personal value of {} characters is in {what}",
            value.len()
        );
    }
}

/// Fails when any value planted so far was logged.
#[track_caller]
pub fn assert_log_clean() {
    let logged = LOGGED.lock().unwrap().clone();
    assert_clean("the log", &logged);
}

struct Log;

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Self
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOGGED.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
