//! Where do the invented customer bases go, and what must their import come to?

use std::path::Path;

use anyhow::{Context, Result};

use crate::sample_imports::{Sample, bitrix, woocommerce};

/// Writes both files and prints what an import by the example's mapping must count.
pub fn run(folder: &Path, rows: u64) -> Result<bool> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for (name, Sample { bytes, expected }) in
        [("woocommerce.csv", woocommerce(rows)), ("bitrix.csv", bitrix(rows))]
    {
        let path = folder.join(name);
        std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{}: {} rows", path.display(), expected.rows);
        println!("  persons new {}, known {}, consents {}", expected.new, expected.known, expected.consents);
        for (code, count) in &expected.rejected {
            println!("  rejected {code}: {count}");
        }
        for ((part, why), count) in &expected.skipped {
            println!("  skipped {part}, {why}: {count}");
        }
    }
    Ok(true)
}
