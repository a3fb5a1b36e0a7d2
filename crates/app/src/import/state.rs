//! How far has an import come, so that it can go on after a crash?
//!
//! The state is replaced in one step after each batch, once the rejects of that batch are on disk. If the process dies
//! between the two, the rejects are cut back to what the state knows of, and the batch is done again.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Summary;
use super::fault::Fault;
use super::rows::Start;

/// What is on disk between two batches.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct State {
    format: u32,
    file: String,
    mapping: String,
    offset: u64,
    line: u64,
    row: u64,
    /// How long the rejects are.
    pub(super) rejects: u64,
    pub(super) summary: Summary,
}

impl State {
    pub(super) fn begin(file: &[u8; 32], mapping: &[u8; 32], start: Start) -> Self {
        Self {
            format: 1,
            file: data_encoding::HEXLOWER.encode(file),
            mapping: data_encoding::HEXLOWER.encode(mapping),
            offset: start.offset,
            line: start.line,
            row: start.row,
            rejects: 0,
            summary: Summary::default(),
        }
    }

    /// The state of an import under way, if there is one; it must belong to this file and mapping.
    pub(super) fn read(path: &Path, file: &[u8; 32], mapping: &[u8; 32]) -> Result<Option<Self>, Fault> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Fault::file(path)(error)),
        };
        let state: Self = serde_json::from_slice(&bytes).map_err(|_| Fault::StateUnreadable)?;
        if state.format != 1 {
            return Err(Fault::StateUnreadable);
        }
        if state.file != data_encoding::HEXLOWER.encode(file) {
            return Err(Fault::OtherFile);
        }
        if state.mapping != data_encoding::HEXLOWER.encode(mapping) {
            return Err(Fault::OtherMapping);
        }
        Ok(Some(state))
    }

    /// Where the next batch begins.
    pub(super) fn start(&self) -> Start {
        Start { offset: self.offset, line: self.line, row: self.row }
    }

    pub(super) fn advance(&mut self, start: Start) {
        self.offset = start.offset;
        self.line = start.line;
        self.row = start.row;
    }

    /// Replaces the file in one step.
    pub(super) fn write(&self, path: &Path) -> Result<(), Fault> {
        let bytes = serde_json::to_vec(self).map_err(|_| Fault::StateUnreadable)?;
        let mut name = path.as_os_str().to_owned();
        name.push(".new");
        let new = PathBuf::from(name);
        let mut file = File::create(&new).map_err(Fault::file(&new))?;
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(Fault::file(&new))?;
        std::fs::rename(&new, path).map_err(Fault::file(path))?;
        #[cfg(unix)]
        if let Some(folder) = path.parent() {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(Fault::file(path))?;
        }
        Ok(())
    }
}
