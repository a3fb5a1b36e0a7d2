//! Can somebody who trusts neither the shop nor this program check what happened?

use std::path::Path;

use anyhow::{Context, ensure};
use saqta_app::evidence::{InclusionProof, verify, verify_proof};
use saqta_app::instance::App;

use super::stage::Stage;

/// Takes the ledger out, verifies it offline, and falsifies a copy to see that it is found out.
pub async fn play(stage: &mut Stage, app: &App, folder: &Path) -> anyhow::Result<()> {
    stage.chapter("2031-12-20T12:00", "An inspector takes the ledger away and verifies it offline")?;
    stage.steps += 1;
    let entry = stage.newest_leaf();
    let (status, proof) = stage.text(&format!("/v1/ledger/proof/1-{entry}")).await?;
    ensure!(status.is_success(), "there is no proof of entry {entry}: {status}");
    let proof: InclusionProof = serde_json::from_str(&proof).context("the proof cannot be read")?;
    match verify_proof(&proof) {
        Ok(size) => {
            stage.below(&format!("✓ entry {entry} is proved against the signed checkpoint of {size} entries"))
        }
        Err(error) => stage.expect(false, &format!("the proof of entry {entry} holds: {error}")),
    }

    let export = folder.join("export");
    app.export_ledger(1, &export, &mut |_| {}).await?;
    let key = Some(app.verifier_key(1)?);
    let verified = verify(&export, Vec::new(), key.clone(), &mut |_| {});
    stage.steps += 1;
    match (&verified.failure, &verified.root) {
        (None, Some(root)) => stage.below(&format!(
            "✓ {} entries, each in its place under {} signed checkpoints; root {root}",
            verified.entries, verified.checkpoints,
        )),
        (failure, _) => {
            stage.expect(false, &format!("the export verifies: {}", failure.as_deref().unwrap_or_default()));
        }
    }

    let tampered = folder.join("falsified");
    app.export_ledger(1, &tampered, &mut |_| {}).await?;
    let wrong = falsify(&tampered)?;
    let verified = verify(&tampered, Vec::new(), key, &mut |_| {});
    stage.steps += 1;
    match &verified.failure {
        Some(failure) => {
            stage.below(&format!("✓ one byte of entry {wrong} changed in a copy: \"{failure}\""))
        }
        None => stage.expect(false, "a falsified copy is found out"),
    }
    stage.expect(verified.first_wrong_entry == Some(wrong), "the wrong entry is named");
    Ok(())
}

/// The entry that is falsified.
const FALSIFIED: u64 = 42;

/// Changes the last byte of one entry in the first bundle of an export, and gives its index.
fn falsify(export: &Path) -> anyhow::Result<u64> {
    let entries = export.join("tile").join("entries");
    let whole = entries.join("000");
    let bundle = if whole.is_file() { whole } else { partial(&entries.join("000.p"))? };
    let mut bytes = std::fs::read(&bundle)?;
    let mut at = 0_usize;
    for _ in 0..FALSIFIED {
        at += 2 + length(&bytes, at)?;
    }
    let last = at + 1 + length(&bytes, at)?;
    let byte = bytes.get_mut(last).context("the bundle ends early")?;
    *byte ^= 1;
    std::fs::write(&bundle, bytes)?;
    Ok(FALSIFIED)
}

fn partial(folder: &Path) -> anyhow::Result<std::path::PathBuf> {
    let mut files = std::fs::read_dir(folder).context("the export has no entries")?;
    Ok(files.next().context("the export has no entries")??.path())
}

fn length(bytes: &[u8], at: usize) -> anyhow::Result<usize> {
    match bytes.get(at..at + 2) {
        Some([high, low]) => Ok(usize::from(u16::from_be_bytes([*high, *low]))),
        _ => anyhow::bail!("the bundle ends early"),
    }
}
