//! How is a log written as a folder that an inspector can take away (layout of C2SP tlog-tiles)?
//!
//! `log.vkey` holds the public key, `checkpoint` the newest signed checkpoint, `checkpoints/` older ones named by their
//! size in twenty digits, `tile/<level>/<n>` the hashes, `tile/entries/<n>` the entries. The checkpoint is written last:
//! a folder without one is an export that did not finish.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::checkpoint::{Checkpoint, VerifierKey};
use crate::error::Error;
use crate::hash::Hash;
use crate::tiles::{TILE_WIDTH, entries_path, hashes_to_bytes};
use crate::tree::Appender;

/// Writes an export leaf by leaf; keeps one bundle and the edge of the tree in memory.
#[derive(Debug)]
pub struct ExportWriter {
    dir: PathBuf,
    key: VerifierKey,
    appender: Appender,
    bundle: Vec<u8>,
}

impl ExportWriter {
    /// Begins an export in a folder that does not exist yet or is empty.
    pub fn new(dir: &Path, key: &VerifierKey) -> Result<Self, Error> {
        let io = |source| Error::Io { file: ".".to_owned(), source };
        fs::create_dir_all(dir).map_err(io)?;
        if fs::read_dir(dir).map_err(io)?.next().is_some() {
            return Err(Error::ExportNotEmpty);
        }
        let writer =
            Self { dir: dir.to_owned(), key: key.clone(), appender: Appender::new(), bundle: Vec::new() };
        writer.write("log.vkey", format!("{key}\n").as_bytes())?;
        Ok(writer)
    }

    /// Adds the next leaf of the log.
    pub fn push(&mut self, leaf: &[u8]) -> Result<(), Error> {
        let length = u16::try_from(leaf.len()).map_err(|_| Error::LeafTooLong { bytes: leaf.len() })?;
        self.bundle.extend_from_slice(&length.to_be_bytes());
        self.bundle.extend_from_slice(leaf);
        let index = self.appender.append(leaf);
        if !(index + 1).is_multiple_of(TILE_WIDTH) {
            return Ok(());
        }
        self.write(&entries_path(index / TILE_WIDTH, None), &self.bundle)?;
        self.bundle.clear();
        for tile in self.appender.take_full_tiles() {
            self.write(&tile.id().path(), &tile.to_bytes())?;
        }
        Ok(())
    }

    /// Ends the export with the signed checkpoints of the log; the largest must be of exactly the leaves pushed.
    pub fn finish(self, checkpoints: &[String]) -> Result<Exported, Error> {
        let size = self.appender.size();
        let mut notes: BTreeMap<u64, (Hash, &String)> = BTreeMap::new();
        for note in checkpoints {
            let checkpoint = Checkpoint::open(note, &self.key)?;
            if let Some((root, _)) = notes.insert(checkpoint.size, (checkpoint.root, note))
                && root != checkpoint.root
            {
                return Err(Error::CheckpointsDisagree { size: checkpoint.size });
            }
        }
        let Some((signed, (root, newest))) = notes.pop_last() else {
            return Err(Error::CheckpointMismatch { size });
        };
        if signed != size || root != self.appender.root() {
            return Err(Error::CheckpointMismatch { size });
        }
        if !self.bundle.is_empty() {
            self.write(&entries_path(size / TILE_WIDTH, Some(size % TILE_WIDTH)), &self.bundle)?;
        }
        for (id, hashes) in self.appender.edge().partial_tiles() {
            self.write(&id.partial_path(hashes.len()), &hashes_to_bytes(hashes))?;
        }
        let older = notes.len();
        for (size, (_, note)) in notes {
            self.write(&format!("checkpoints/{size:020}"), note.as_bytes())?;
        }
        self.write("checkpoint", newest.as_bytes())?;
        Ok(Exported { entries: size, root, older_checkpoints: older })
    }

    fn write(&self, file: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.dir.join(file);
        let folder = path.parent().unwrap_or(&self.dir);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, bytes))
            .map_err(|source| Error::Io { file: file.to_owned(), source })
    }
}

/// What an export holds, for the operator's own record of having given it away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// How many entries.
    pub entries: u64,
    /// The root over them.
    pub root: Hash,
    /// How many checkpoints besides the newest.
    pub older_checkpoints: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkpoint::Signer;

    fn signer() -> Signer {
        Signer::from_seed("log.example", &[3; 32]).unwrap()
    }

    fn note(appender: &Appender) -> String {
        let (size, root) = (appender.size(), appender.root());
        let checkpoint = Checkpoint { origin: "log.example".into(), size, root, extensions: Vec::new() };
        signer().sign(&checkpoint).unwrap()
    }

    fn files(dir: &Path) -> Vec<(String, u64)> {
        let mut found = Vec::new();
        let mut folders = vec![dir.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
                    found.push((name, fs::metadata(&path).unwrap().len()));
                }
            }
        }
        found.sort();
        found
    }

    #[test]
    fn an_export_has_the_files_of_the_layout() {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = ExportWriter::new(dir.path(), signer().verifier_key()).unwrap();
        let mut appender = Appender::new();
        let mut notes = Vec::new();
        for index in 0..600_u64 {
            if index == 300 {
                notes.push(note(&appender));
            }
            writer.push(&index.to_be_bytes()).unwrap();
            appender.append(&index.to_be_bytes());
        }
        notes.push(note(&appender));
        let exported = writer.finish(&notes).unwrap();
        assert_eq!(exported, Exported { entries: 600, root: appender.root(), older_checkpoints: 1 });
        let names: Vec<_> =
            files(dir.path()).into_iter().filter(|(name, _)| name.starts_with("tile")).collect();
        let expected = [
            ("tile/0/000", 8192),
            ("tile/0/001", 8192),
            ("tile/0/002.p/88", 88 * 32),
            ("tile/1/000.p/2", 64),
            ("tile/entries/000", 2560),
            ("tile/entries/001", 2560),
            ("tile/entries/002.p/88", 880),
        ];
        assert_eq!(names, expected.map(|(name, length)| (name.to_owned(), length)));
        assert!(dir.path().join("checkpoints/00000000000000000300").exists());
        assert_eq!(fs::read_to_string(dir.path().join("checkpoint")).unwrap(), notes[1]);
    }

    #[test]
    fn an_export_without_the_fitting_checkpoint_is_refused_and_has_none() {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = ExportWriter::new(dir.path(), signer().verifier_key()).unwrap();
        let early = note(&Appender::new());
        writer.push(b"leaf").unwrap();
        assert!(matches!(writer.finish(&[early]), Err(Error::CheckpointMismatch { size: 1 })));
        assert!(!dir.path().join("checkpoint").exists());
    }

    #[test]
    fn a_used_folder_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("x"), b"").unwrap();
        assert!(matches!(ExportWriter::new(dir.path(), signer().verifier_key()), Err(Error::ExportNotEmpty)));
    }

    #[test]
    fn a_leaf_longer_than_a_bundle_can_hold_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = ExportWriter::new(dir.path(), signer().verifier_key()).unwrap();
        writer.push(&[0; 65_535]).unwrap();
        assert!(matches!(writer.push(&[0; 65_536]), Err(Error::LeafTooLong { bytes: 65_536 })));
    }

    #[test]
    fn two_checkpoints_of_one_size_must_agree() {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = ExportWriter::new(dir.path(), signer().verifier_key()).unwrap();
        let (mut one, mut other) = (Appender::new(), Appender::new());
        one.append(b"a");
        other.append(b"b");
        writer.push(b"a").unwrap();
        let notes = [note(&other), note(&one)];
        assert!(matches!(writer.finish(&notes), Err(Error::CheckpointsDisagree { size: 1 })));
    }
}
