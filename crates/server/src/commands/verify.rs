//! `saqta verify`: is an exported ledger, or a single proof, what the checkpoints signed?
//!
//! It needs no installation, no key but the public one, and no network.

use std::path::{Path, PathBuf};

use clap::Args;
use saqta_app::evidence::{InclusionProof, Verified, verify, verify_proof};
use serde_json::json;

use crate::exit::{Exit, Failure};
use crate::out::Out;

/// Verify an exported ledger or a single proof offline.
#[derive(Args)]
pub struct Verify {
    /// The folder that `saqta ledger export` wrote.
    #[arg(value_name = "EXPORT_DIR", required_unless_present = "proof")]
    folder: Option<PathBuf>,
    /// A signed checkpoint kept from earlier, which the export must agree with; may be given several times.
    #[arg(long, value_name = "FILE", conflicts_with = "proof")]
    checkpoint: Vec<PathBuf>,
    /// The log's public key from another source than the export.
    #[arg(long, value_name = "VKEY")]
    key: Option<String>,
    /// A proof of one entry, as GET /v1/ledger/proof answers it, to be verified instead of an export.
    #[arg(long, value_name = "FILE", conflicts_with = "folder")]
    proof: Option<PathBuf>,
}

impl Verify {
    /// Carries it out.
    pub fn run(self, out: &Out) -> anyhow::Result<Exit> {
        match (&self.proof, &self.folder) {
            (Some(file), _) => self.one(file, out),
            (None, Some(folder)) => self.whole(folder, out),
            (None, None) => Err(Failure::not_ready("nothing to verify", "name an exported folder").into()),
        }
    }

    fn whole(&self, folder: &Path, out: &Out) -> anyhow::Result<Exit> {
        if !folder.is_dir() {
            return Err(Failure::not_ready(
                format!("there is no folder `{}`", folder.display()),
                "name a folder that `saqta ledger export` wrote",
            )
            .into());
        }
        let checkpoints: anyhow::Result<Vec<String>> =
            self.checkpoint.iter().map(|file| text(file)).collect();
        let bar = out.bar(promised(folder), "verifying");
        let verified = verify(folder, checkpoints?, self.key.clone(), &mut |done| bar.set_position(done));
        bar.finish_and_clear();
        out.answer(&verified, |verified| self.words(verified));
        Ok(if verified.ok { Exit::Done } else { Exit::Refused })
    }

    fn words(&self, verified: &Verified) -> String {
        if let Some(failure) = &verified.failure {
            let first = match verified.first_wrong_entry {
                Some(index) => format!("The first wrong entry is {index}."),
                None => "No single entry can be named for it.".to_owned(),
            };
            return format!("✗ The export is not what was signed: {failure}.\n  {first}");
        }
        let mut text = format!(
            "✓ {} entries, all in their place under {} signed checkpoint{}\n  root {}",
            verified.entries,
            verified.checkpoints,
            if verified.checkpoints == 1 { "" } else { "s" },
            verified.root.as_deref().unwrap_or_default(),
        );
        if self.key.is_none() {
            text.push_str("\n  The public key was taken from the export itself; compare it with one from another source by --key.");
        }
        text
    }

    fn one(&self, file: &Path, out: &Out) -> anyhow::Result<Exit> {
        let unreadable = |_| {
            Failure::not_ready(
                format!("`{}` is not a proof", file.display()),
                "save the whole answer of GET /v1/ledger/proof/{log}-{index} in a file",
            )
        };
        let proof: InclusionProof = serde_json::from_str(&text(file)?).map_err(unreadable)?;
        if self.key.as_ref().is_some_and(|key| key.trim() != proof.verifier_key.trim()) {
            let failure = "the proof is signed by another log's key than the one given";
            out.answer(&json!({ "ok": false, "failure": failure }), |_| format!("✗ {failure}"));
            return Ok(Exit::Refused);
        }
        match verify_proof(&proof) {
            Ok(size) => {
                out.answer(&json!({ "ok": true, "index": proof.index, "size": size }), |_| {
                    format!(
                        "✓ entry {} is in the log of {size} entries that the checkpoint signed",
                        proof.index
                    )
                });
                Ok(Exit::Done)
            }
            Err(error) => {
                let failure = format!("{:#}", anyhow::Error::from(error));
                let answer = json!({ "ok": false, "index": proof.index, "failure": failure });
                out.answer(&answer, |_| {
                    format!("✗ the proof of entry {} does not hold: {failure}", proof.index)
                });
                Ok(Exit::Refused)
            }
        }
    }
}

/// How many entries the newest checkpoint promises, for the progress bar; what is wrong with it is found later.
fn promised(folder: &Path) -> Option<u64> {
    std::fs::read_to_string(folder.join("checkpoint")).ok()?.lines().nth(1)?.parse().ok()
}

fn text(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).map_err(|error| {
        Failure::not_ready(format!("cannot read `{}`: {error}", file.display()), "name a file that is there")
            .into()
    })
}
