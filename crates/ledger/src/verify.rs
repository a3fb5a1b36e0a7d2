//! Is this export the log that the checkpoints signed, and if not, which entry is the first wrong one?
//!
//! The inspector's side. It computes everything from the entries with code of its own: hashing, tree, paths, notes and
//! base64 are not the writer's, only the primitives SHA-256 and Ed25519 are. A fault in the writer therefore shows here
//! instead of being repeated. One pass over the entries, memory independent of their number, no allocation per entry.
//!
//! Entries are judged by checkpoints alone. Tiles serve to name the wrong entry exactly, and only after they have been
//! proved against the checkpoint themselves; a tile that does not fit entries which are as signed is reported last.

mod files;
mod find;
mod note;
mod tree;

#[cfg(test)]
mod tests;

use std::path::Path;

use crate::error::Failure;

use files::{Bundle, Folder};
use find::Search;
use note::{Key, Other, Promise};
use tree::{Fold, WIDTH};

/// Verifies a whole export. `progress` hears, after each bundle, how many entries have been read.
pub fn verify_export(
    dir: &Path,
    options: &VerifyOptions,
    progress: &mut dyn FnMut(u64),
) -> Result<Report, Failure> {
    verify_folder(dir, options, Vec::new(), progress)
}

/// Verifies exports of several logs of one house, each by itself and by what the checkpoints of the others say of it: an
/// entry that was changed, and a log that was cut back to an earlier state of its own, is found by its neighbour.
///
/// The answers are in the order of the folders. Checkpoints and keys that the inspector brings along are held against the export
/// of their log; one of a log that is not among the exports is held against all, and fails.
pub fn verify_together(
    dirs: &[&Path],
    options: &TogetherOptions,
    progress: &mut dyn FnMut(u64),
) -> Vec<Result<Report, Failure>> {
    let mut told: Vec<(String, Vec<Seal>)> = Vec::with_capacity(dirs.len());
    for dir in dirs {
        // What cannot be read is told when its turn comes, and vouches for nothing.
        told.push(seals_of(&Folder::new(dir), &options.trusted_checkpoints).unwrap_or_default());
    }
    let names: Vec<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
    let belongs = |name: &str, own: &str| name == own || !names.contains(&name);
    let first_line = |text: &String| text.lines().next().unwrap_or_default().to_owned();
    let key_name = |text: &String| text.split('+').next().unwrap_or_default().trim().to_owned();
    let mut answers = Vec::with_capacity(dirs.len());
    for (dir, (own, _)) in dirs.iter().zip(&told) {
        let mut said = Vec::new();
        for (name, seals) in told.iter().filter(|(name, _)| name != own) {
            for seal in seals {
                let about = seal.others.iter().filter(|other| other.log == *own);
                said.extend(about.map(|other| seal.said_of(name, other)));
            }
        }
        let trusted = options.trusted_checkpoints.iter().filter(|text| belongs(&first_line(text), own));
        let mut keys = options.expected_vkeys.iter().filter(|text| belongs(&key_name(text), own));
        let single = VerifyOptions {
            trusted_checkpoints: trusted.cloned().collect(),
            expected_vkey: keys.next().cloned(),
        };
        answers.push(verify_folder(dir, &single, said, progress));
    }
    answers
}

/// The name of an export's log and all that its checkpoints sign, those included that the inspector kept of it.
fn seals_of(folder: &Folder, trusted: &[String]) -> Result<(String, Vec<Seal>), Failure> {
    let key = key(folder, &VerifyOptions::default())?;
    let mut seals = older_seals(folder, &key)?;
    for (position, text) in trusted.iter().enumerate() {
        // One of another log does not open here; one that is not signed fails where its own log is verified.
        seals.extend(Seal::open(format!("trusted checkpoint {}", position + 1), text, &key));
    }
    seals.push(Seal::read(folder, "checkpoint", &key)?);
    Ok((key.name, seals))
}

fn verify_folder(
    dir: &Path,
    options: &VerifyOptions,
    said: Vec<Seal>,
    progress: &mut dyn FnMut(u64),
) -> Result<Report, Failure> {
    let folder = Folder::new(dir);
    let key = key(&folder, options)?;
    let newest = Seal::read(&folder, "checkpoint", &key)?;
    let size = newest.size;
    let named =
        newest.others.iter().map(|other| NamedLog { log: other.log.clone(), size: other.size }).collect();
    let said_by_others = said.len();
    let mut seals = older_seals(&folder, &key)?;
    seals.extend(said);
    for (position, text) in options.trusted_checkpoints.iter().enumerate() {
        seals.push(Seal::open(format!("trusted checkpoint {}", position + 1), text, &key)?);
    }
    let (root, checkpoints_checked) = (newest.root, seals.len() + 1);
    seals.push(newest);
    seals.sort_by_key(|seal| seal.size);

    let tile_failure = read_entries(&folder, size, &seals, progress)?;
    if let Some(seal) = seals.last().filter(|seal| seal.size > size) {
        let checkpoint = seal.name.clone();
        return Err(Failure::TailTruncated { index: size, promised: seal.size, checkpoint });
    }
    if let Some(file) = folder.file_after(size)? {
        return Err(Failure::EntryUnsigned { index: size, file });
    }
    match tile_failure {
        Some(failure) => Err(failure),
        None => {
            Ok(Report { origin: key.name, entries: size, root, checkpoints_checked, said_by_others, named })
        }
    }
}

/// Verifies a single receipt: that this leaf is at this index under the signed root. Returns the size of the log that
/// the checkpoint names.
pub fn verify_receipt(
    leaf: &[u8],
    index: u64,
    proof: &[[u8; 32]],
    checkpoint: &str,
    vkey: &str,
) -> Result<u64, Failure> {
    let key = Key::parse(vkey).ok_or(Failure::KeyMalformed { place: "the receipt" })?;
    let seal = Seal::open("the receipt's checkpoint".to_owned(), checkpoint, &key)?;
    if index >= seal.size {
        return Err(Failure::ReceiptOutside { index, size: seal.size });
    }
    let message: Vec<u8> = [0].iter().chain(leaf).copied().collect();
    match tree::climb(index, seal.size, tree::sha256(&message), proof) {
        Some(root) if root == seal.root => Ok(seal.size),
        _ => Err(Failure::ReceiptWrong { index }),
    }
}

/// What the inspector brings along.
#[derive(Debug, Clone, Default)]
pub struct VerifyOptions {
    /// Signed checkpoints kept from earlier; each fixes the entries before it.
    pub trusted_checkpoints: Vec<String>,
    /// The log's public key from another source than the export. Without it the export vouches for itself.
    pub expected_vkey: Option<String>,
}

/// What the inspector brings along for several exports at once.
#[derive(Debug, Clone, Default)]
pub struct TogetherOptions {
    /// Signed checkpoints of any of the logs, kept from earlier.
    pub trusted_checkpoints: Vec<String>,
    /// The public keys of the logs from another source than the exports.
    pub expected_vkeys: Vec<String>,
}

/// What was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The name of the log.
    pub origin: String,
    /// How many entries it has; all of them were read.
    pub entries: u64,
    /// The root over them, as the newest checkpoint signed it.
    pub root: [u8; 32],
    /// How many checkpoints the entries were compared with, those of the inspector included.
    pub checkpoints_checked: usize,
    /// How many of those were words of other logs about this one.
    pub said_by_others: usize,
    /// The other logs that the newest checkpoint names.
    pub named: Vec<NamedLog>,
}

/// Another log that a checkpoint names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedLog {
    /// Its name.
    pub log: String,
    /// How many entries it had then.
    pub size: u64,
}

impl Report {
    /// The root in hexadecimal, to be read to somebody else.
    pub fn root_hex(&self) -> String {
        self.root.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// One signed promise, with the name under which a failure speaks of it.
struct Seal {
    name: String,
    size: u64,
    root: [u8; 32],
    others: Vec<Other>,
}

impl Seal {
    /// What this checkpoint of one log says of another.
    fn said_of(&self, log: &str, other: &Other) -> Self {
        let name = format!("{} of {log}", self.name);
        Self { name, size: other.size, root: other.root, others: Vec::new() }
    }

    fn read(folder: &Folder, file: &str, key: &Key) -> Result<Self, Failure> {
        Self::open(format!("`{file}`"), &folder.text(file)?, key)
    }

    fn open(name: String, text: &str, key: &Key) -> Result<Self, Failure> {
        match key.open(text) {
            Ok(Promise { size, root, others }) => Ok(Self { name, size, root, others }),
            Err(reason) => Err(Failure::BadCheckpoint { checkpoint: name, reason }),
        }
    }
}

fn key(folder: &Folder, options: &VerifyOptions) -> Result<Key, Failure> {
    let own = folder.text("log.vkey")?;
    let own = Key::parse(own.trim_end()).ok_or(Failure::KeyMalformed { place: "`log.vkey`" })?;
    let Some(expected) = &options.expected_vkey else { return Ok(own) };
    let expected = Key::parse(expected.trim()).ok_or(Failure::KeyMalformed { place: "the expected key" })?;
    if expected == own { Ok(expected) } else { Err(Failure::OtherKey) }
}

fn older_seals(folder: &Folder, key: &Key) -> Result<Vec<Seal>, Failure> {
    let mut seals = Vec::new();
    for name in folder.names("checkpoints")? {
        let file = format!("checkpoints/{name}");
        let seal = Seal::read(folder, &file, key)?;
        if name.parse() != Ok(seal.size) {
            let reason = "the file's name is not the size that it signs";
            return Err(Failure::BadCheckpoint { checkpoint: format!("`{file}`"), reason });
        }
        seals.push(seal);
    }
    Ok(seals)
}

/// Reads all entries once and compares the tree over them with each checkpoint on the way. Returns the first tile that
/// does not fit, when the entries do.
fn read_entries(
    folder: &Folder,
    size: u64,
    seals: &[Seal],
    progress: &mut dyn FnMut(u64),
) -> Result<Option<Failure>, Failure> {
    let mut judge = Judge { waiting: seals, agreed: 0, disagreed: None, signed_again: false };
    let mut tiles = TileCheck { folder, bytes: Vec::new(), first: None };
    let mut fold = Fold::default();
    let mut bundle = Bundle::default();
    let mut trouble = None;
    judge.hear(&fold);
    while fold.leaves() < size && trouble.is_none() {
        let number = fold.leaves() / WIDTH;
        bundle.load(folder, number, size);
        for hash in bundle.hashes() {
            fold.push(0, *hash, &mut |level, tile, row| tiles.compare(level, tile, row, WIDTH));
            if judge.next_size() == Some(fold.leaves()) {
                judge.hear(&fold);
            }
        }
        trouble = bundle.trouble().cloned();
        progress(fold.leaves());
    }
    let search = |until: &Seal, trouble: Option<Failure>| {
        let fallback = Failure::HistoryRewritten {
            entries: judge.agreed..until.size,
            checkpoint: until.name.clone(),
            signed_again: judge.signed_again,
        };
        Search::new(folder, size, judge.agreed, until.size, until.root).first_wrong(trouble, fallback)
    };
    match (judge.disagreed, trouble) {
        (Some(seal), _) => return Err(search(seal, None)),
        // The checkpoint that covers the trouble decides whether the entries before it are right.
        (None, Some(trouble)) => {
            let covering = judge.waiting.iter().find(|seal| seal.size <= size);
            return Err(covering.map_or(trouble.clone(), |seal| search(seal, Some(trouble))));
        }
        (None, None) => {}
    }
    fold.rows(|level, tile, row| tiles.compare(level, tile, row, row.len() as u64));
    Ok(tiles.first)
}

/// Compares the growing tree with the checkpoints in order of their sizes.
struct Judge<'a> {
    waiting: &'a [Seal],
    agreed: u64,
    disagreed: Option<&'a Seal>,
    signed_again: bool,
}

impl Judge<'_> {
    fn next_size(&self) -> Option<u64> {
        self.waiting.first().map(|seal| seal.size)
    }

    fn hear(&mut self, fold: &Fold) {
        let (size, root) = (fold.leaves(), fold.root());
        let mut agrees = false;
        while let Some((seal, rest)) = self.waiting.split_first().filter(|(seal, _)| seal.size == size) {
            self.waiting = rest;
            if seal.root == root {
                agrees = true;
            } else if self.disagreed.is_none() {
                self.disagreed = Some(seal);
            }
        }
        match self.disagreed {
            None if agrees => self.agreed = size,
            Some(_) if agrees => self.signed_again = true,
            _ => {}
        }
    }
}

/// Compares computed rows with the stored tiles and keeps the first that differs.
struct TileCheck<'a> {
    folder: &'a Folder,
    bytes: Vec<u8>,
    first: Option<Failure>,
}

impl TileCheck<'_> {
    fn compare(&mut self, level: usize, tile: u64, row: &[[u8; 32]], width: u64) {
        if self.first.is_some() {
            return;
        }
        let file = files::tile_path(level, tile, width);
        let entries = |from: u64, to: u64| {
            let covered = |hash: u64| (tile * WIDTH + hash) << (8 * level);
            covered(from)..covered(to)
        };
        if let Err(failure) = self.folder.read(&file, row.len() * 32, &mut self.bytes) {
            self.first = Some(failure.about(file, entries(0, width)));
        } else if self.bytes != row.as_flattened() {
            let stored = self.bytes.chunks(32);
            let same =
                row.iter().zip(stored).take_while(|(own, stored)| own.as_slice() == *stored).count() as u64;
            let entries = if same < width { entries(same, same + 1) } else { entries(0, width) };
            self.first = Some(Failure::TileDamaged { file, entries });
        }
    }
}

#[cfg(test)]
mod independence {
    #[test]
    fn the_verifier_uses_nothing_of_the_writer() {
        let sources = [
            include_str!("verify.rs"),
            include_str!("verify/files.rs"),
            include_str!("verify/find.rs"),
            include_str!("verify/note.rs"),
            include_str!("verify/tree.rs"),
        ];
        let listed = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/verify")).unwrap().count();
        // The folder lacks this file and has the tests instead.
        assert_eq!(listed, sources.len(), "a file of the verifier is not in the list");
        let root = concat!("crate", "::");
        for source in sources {
            let mut ours = source.split(root).skip(1);
            assert!(ours.all(|path| path.starts_with("error::Failure") || path.starts_with("error::{")));
            for foreign in
                [concat!("super::", "super"), concat!("data_", "encoding"), concat!("saqta_", "ledger")]
            {
                assert!(!source.contains(foreign), "{foreign}");
            }
        }
    }
}
