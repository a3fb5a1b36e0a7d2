//! `saqta law`: what do the law packs of this program say on a day, how sure are they, and what changed between two days?

use clap::{Args, Subcommand};
use saqta_app::console::law::{law_between, law_on, law_packs};

use crate::clock::now;
use crate::config::Speech;
use crate::exit::Exit;
use crate::out::Out;

/// Look into the law packs of this program; without more it lists them.
#[derive(Args)]
pub struct Law {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    speech: Speech,
}

#[derive(Subcommand)]
enum What {
    /// Show what a pack says on a day: every line with its source, how sure it is, and the days it holds on.
    Show {
        /// The pack, as `saqta law` lists it.
        #[arg(value_name = "PACK")]
        pack: String,
        /// The day, such as 2026-01-18; today when nothing is said.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
    /// Show what came, went or changed in a pack between two days, and which editions began.
    Diff {
        /// The pack, as `saqta law` lists it.
        #[arg(value_name = "PACK")]
        pack: String,
        /// The earlier day.
        #[arg(value_name = "FROM")]
        from: String,
        /// The later day.
        #[arg(value_name = "TO")]
        to: String,
    },
}

impl Law {
    /// Carries it out.
    pub fn run(self, out: &Out) -> anyhow::Result<Exit> {
        let language = self.speech.language();
        let told = match self.what {
            None => law_packs(now(), language)?,
            Some(What::Show { pack, on }) => law_on(&pack, on.as_deref(), now(), language)?,
            Some(What::Diff { pack, from, to }) => law_between(&pack, &from, &to, now(), language)?,
        };
        out.answer(&told.answer, |_| told.text);
        Ok(Exit::Done)
    }
}
