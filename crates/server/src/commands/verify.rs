//! `saqta verify`: is an exported ledger, or a single proof, what the checkpoints signed?
//!
//! It needs no installation, no key but the public one, and no network.

use std::path::{Path, PathBuf};

use clap::Args;
use saqta_app::evidence::{
    InclusionProof, Verified, VerifiedTogether, verify, verify_proof, verify_together,
};
use saqta_app::requests::pack::verify_pack;
use serde_json::json;

use crate::exit::{Exit, Failure};
use crate::out::Out;

/// Verify an exported ledger, a pack, or a single proof offline.
#[derive(Args)]
pub struct Verify {
    /// The folder that `saqta ledger export` wrote; of several logs of one installation all of them, to be held against each other.
    /// Or the ZIP file of a pack for an authority or of a person's copy.
    #[arg(value_name = "EXPORT_DIR|PACK.zip", required_unless_present = "proof")]
    folders: Vec<PathBuf>,
    /// A signed checkpoint kept from earlier, which the export must agree with; may be given several times.
    #[arg(long, value_name = "FILE", conflicts_with = "proof")]
    checkpoint: Vec<PathBuf>,
    /// The log's public key from another source than the export; for several logs, the key of each.
    #[arg(long, value_name = "VKEY")]
    key: Vec<String>,
    /// A proof of one entry, as GET /v1/ledger/proof answers it, to be verified instead of an export.
    #[arg(long, value_name = "FILE", conflicts_with = "folders")]
    proof: Option<PathBuf>,
}

impl Verify {
    /// Carries it out.
    pub fn run(self, out: &Out) -> anyhow::Result<Exit> {
        match (&self.proof, self.folders.as_slice()) {
            (Some(file), _) => self.one(file, out),
            (None, [file]) if file.is_file() => self.pack(file, out),
            (None, [folder]) => self.whole(folder, out),
            (None, []) => Err(Failure::not_ready("nothing to verify", "name an exported folder").into()),
            (None, folders) => self.together(folders, out),
        }
    }

    fn together(&self, folders: &[PathBuf], out: &Out) -> anyhow::Result<Exit> {
        folders.iter().try_for_each(|folder| is_there(folder))?;
        let checkpoints: anyhow::Result<Vec<String>> =
            self.checkpoint.iter().map(|file| text(file)).collect();
        let dirs: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
        let bar = out.bar(None, "verifying");
        let verified =
            verify_together(&dirs, checkpoints?, self.key.clone(), &mut |done| bar.set_position(done));
        bar.finish_and_clear();
        out.answer(&verified, |verified| self.words_together(folders, verified));
        Ok(if verified.ok { Exit::Done } else { Exit::Refused })
    }

    fn words_together(&self, folders: &[PathBuf], verified: &VerifiedTogether) -> String {
        let each = folders.iter().zip(&verified.exports);
        let mut parts: Vec<String> =
            each.map(|(folder, one)| format!("{}\n{}", folder.display(), self.words(one))).collect();
        match (&verified.names_all, verified.ok) {
            (Some(log), true) => {
                parts.push(format!("✓ The newest checkpoint of {log} names all of these logs."))
            }
            (None, true) => parts.push("No single checkpoint names all of these logs.".to_owned()),
            (_, false) => {}
        }
        for missing in &verified.not_given {
            let line =
                format!("The log {} had {} entries by then and was not given.", missing.log, missing.entries);
            parts.push(line);
        }
        parts.join("\n")
    }

    fn whole(&self, folder: &Path, out: &Out) -> anyhow::Result<Exit> {
        is_there(folder)?;
        let ([] | [_]) = self.key.as_slice() else {
            return Err(Failure::not_ready("one log has one key", "name the key of this log alone").into());
        };
        let checkpoints: anyhow::Result<Vec<String>> =
            self.checkpoint.iter().map(|file| text(file)).collect();
        let bar = out.bar(promised(folder), "verifying");
        let key = self.key.first().cloned();
        let verified = verify(folder, checkpoints?, key, &mut |done| bar.set_position(done));
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
        if verified.named_by_others > 0 {
            text.push_str(&format!(
                "\n  {} of them are words of other logs about this one",
                verified.named_by_others
            ));
        } else if self.folders.len() < 2 {
            for other in &verified.names {
                let line = format!(
                    "\n  It also names the log {} with {} entries: verify its export together with this one.",
                    other.log, other.entries
                );
                text.push_str(&line);
            }
        }
        if self.key.is_empty() {
            text.push_str("\n  The public key was taken from the export itself; compare it with one from another source by --key.");
        }
        text
    }

    fn pack(&self, file: &Path, out: &Out) -> anyhow::Result<Exit> {
        let bytes = std::fs::read(file).map_err(|error| {
            let what = format!("cannot read `{}`: {error}", file.display());
            Failure::not_ready(what, "name a file that is there")
        })?;
        let key = match self.key.as_slice() {
            [] => None,
            [key] => Some(key.as_str()),
            _ => {
                let todo = "name the key of the log whose proofs are in it";
                return Err(Failure::not_ready("one pack has the proofs of one log", todo).into());
            }
        };
        let verified = verify_pack(&bytes, key).map_err(|_| {
            let what = format!("`{}` is no pack of Saqta", file.display());
            Failure::not_ready(what, "name the ZIP file as it was handed over")
        })?;
        out.answer(&verified, |verified| {
            if !verified.ok {
                return format!("✗ The pack is not what was made:\n  {}", verified.failures.join("\n  "));
            }
            let mut text = format!(
                "✓ request № {}: {} files as the manifest names them, {} proofs lead to a signed checkpoint",
                verified.request, verified.files, verified.proofs
            );
            if self.key.is_empty() && verified.proofs > 0 {
                text.push_str("\n  The public key was taken from the pack itself; compare it with one from another source by --key.");
            }
            text
        });
        Ok(if verified.ok { Exit::Done } else { Exit::Refused })
    }

    fn one(&self, file: &Path, out: &Out) -> anyhow::Result<Exit> {
        let unreadable = |_| {
            Failure::not_ready(
                format!("`{}` is not a proof", file.display()),
                "save the whole answer of GET /v1/ledger/proof/{log}-{index} in a file",
            )
        };
        let proof: InclusionProof = serde_json::from_str(&text(file)?).map_err(unreadable)?;
        if self.key.iter().any(|key| key.trim() != proof.verifier_key.trim()) {
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

fn is_there(folder: &Path) -> anyhow::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let what = format!("there is no folder `{}`", folder.display());
    Err(Failure::not_ready(what, "name a folder that `saqta ledger export` wrote").into())
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
