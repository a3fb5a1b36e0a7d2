//! Which committed files are written by a machine, and are they what the machine would write now?

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::retention;
use crate::test::{linted, quiet};

/// A committed file and where its text comes from.
struct Generated {
    path: &'static str,
    write: fn(&Path, bool) -> Result<String>,
}

const GENERATED: [Generated; 2] = [
    Generated { path: "docs/retention.md", write: retention_page },
    Generated { path: "docs/openapi.json", write: api_description },
];

/// Writes what differs, or with `check` only names it; the answer is whether all is in order.
pub fn run(root: &Path, check: bool) -> Result<bool> {
    let mut fresh = true;
    for generated in &GENERATED {
        let text =
            (generated.write)(root, check).with_context(|| format!("cannot generate {}", generated.path))?;
        let target = root.join(generated.path);
        let committed = std::fs::read_to_string(&target).ok();
        if committed.as_deref() == Some(&text) {
            println!("{}: up to date", generated.path);
        } else if check {
            fresh = false;
            let line = first_difference(committed.as_deref().unwrap_or_default(), &text);
            println!(
                "{}:{line}: differs from its source; run `cargo xtask gen` and commit it",
                generated.path
            );
        } else {
            std::fs::write(&target, &text).with_context(|| format!("cannot write {}", generated.path))?;
            println!("{}: written", generated.path);
        }
    }
    Ok(fresh)
}

fn retention_page(root: &Path, _check: bool) -> Result<String> {
    let register = std::fs::read_to_string(root.join("crates/store/columns.toml"))?;
    retention::page(&register)
}

/// The server describes its own routes, so that the description cannot lag behind them. It is built together with the tests:
/// built alone it would need other features of the same libraries, and all of them once more. A check comes after the tests and
/// takes the program that these have built.
fn api_description(root: &Path, check: bool) -> Result<String> {
    let build = ["test", "--quiet", "--workspace", "--no-run"];
    let mut build = if check { linted(root, &build)? } else { quiet(root, &build) };
    let built = build.status()?;
    ensure!(built.success(), "the server does not compile");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let program = target.join("debug").join(format!("saqta{}", std::env::consts::EXE_SUFFIX));
    let output = Command::new(program).arg("openapi").stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "`saqta openapi` failed");
    let text = String::from_utf8(output.stdout)?;
    serde_json::from_str::<serde_json::Value>(&text).context("`saqta openapi` did not write JSON")?;
    Ok(format!("{}\n", text.trim_end()))
}

fn first_difference(committed: &str, now: &str) -> usize {
    committed.lines().zip(now.lines()).take_while(|(old, new)| old == new).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_named() {
        assert_eq!(first_difference("a\nb\nc\n", "a\nx\nc\n"), 2);
        assert_eq!(first_difference("", "a\n"), 1);
        assert_eq!(first_difference("a\n", "a\nb\n"), 2);
    }
}
