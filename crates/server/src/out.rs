//! How do the commands speak: in lines for people, or in JSON for programs?
//!
//! Answers go to standard output, everything else to standard error. A reader that went away, as `head` does, ends nothing.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use crate::exit::Failure;

/// Where a command's words go.
#[derive(Clone, Copy, Debug)]
pub struct Out {
    json: bool,
}

impl Out {
    /// Speaks JSON when asked to.
    pub fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether a program listens.
    pub fn json(&self) -> bool {
        self.json
    }

    /// The answer of a command: one JSON document, or the text made of it.
    pub fn answer<T: Serialize>(&self, answer: &T, text: impl FnOnce(&T) -> String) {
        if self.json {
            self.document(answer);
        } else {
            self.raw(&text(answer));
        }
    }

    /// One line of JSON, whoever listens.
    pub fn document<T: Serialize>(&self, answer: &T) {
        let Ok(line) = serde_json::to_string(answer) else { return };
        self.raw(&line);
    }

    /// A line for people only.
    pub fn say(&self, line: &str) {
        if !self.json {
            self.raw(line);
        }
    }

    /// Words beside the answer, for people only.
    pub fn note(&self, line: &str) {
        if !self.json {
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
    }

    /// Text as it is, with the end of its line.
    pub fn raw(&self, text: &str) {
        let mut stdout = std::io::stdout().lock();
        let _ = writeln!(stdout, "{}", text.trim_end_matches('\n')).and_then(|()| stdout.flush());
    }

    /// Why a command failed.
    pub fn failure(&self, failure: &Failure) {
        if self.json {
            #[derive(Serialize)]
            struct Told<'a> {
                error: &'a Failure,
                exit: u8,
            }
            self.document(&Told { error: failure, exit: failure.exit.status() });
        } else {
            let _ = writeln!(std::io::stderr().lock(), "saqta: {}\n  → {}", failure.what, failure.todo);
        }
    }

    /// A bar for long work, drawn only for people at a terminal. Without a length it counts.
    pub fn bar(&self, length: Option<u64>, doing: &'static str) -> ProgressBar {
        if self.json || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr_with_hz(10));
        let template = if length.is_some() {
            "{msg} {bar:40} {human_pos}/{human_len} {per_sec} {eta}"
        } else {
            "{msg} {spinner} {human_pos} {per_sec}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(doing);
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }

    /// Whether colour may be used on standard output.
    pub fn colour(&self) -> bool {
        !self.json && std::io::stdout().is_terminal()
    }
}
