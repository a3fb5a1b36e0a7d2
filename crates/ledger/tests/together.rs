//! Do the checkpoints of several logs of one house vouch for each other?

#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

use saqta_ledger::checkpoint::{Checkpoint, Named, Signer};
use saqta_ledger::error::Failure;
use saqta_ledger::export::ExportWriter;
use saqta_ledger::tree::Appender;
use saqta_ledger::verify::{Report, TogetherOptions, VerifyOptions, verify_export, verify_together};
use tempfile::TempDir;

/// One log of the house, with what it signed so far.
struct Log {
    signer: Signer,
    leaves: Vec<Vec<u8>>,
    tree: Appender,
    notes: Vec<String>,
}

impl Log {
    fn new(name: &str) -> Self {
        let signer = Signer::from_seed(name, &[5; 32]).unwrap();
        Self { signer, leaves: Vec::new(), tree: Appender::new(), notes: Vec::new() }
    }

    fn grow(&mut self, by: usize) {
        for _ in 0..by {
            let leaf = format!("{} {}", self.signer.verifier_key().name(), self.leaves.len()).into_bytes();
            self.tree.append(&leaf);
            self.leaves.push(leaf);
        }
    }

    fn stands(&self) -> Named {
        let origin = self.signer.verifier_key().name().to_owned();
        Named { origin, size: self.tree.size(), root: self.tree.root() }
    }

    fn sign(&mut self, others: &[Named]) {
        let Named { origin, size, root } = self.stands();
        let extensions = others.iter().map(Named::line).collect();
        self.notes.push(self.signer.sign(&Checkpoint { origin, size, root, extensions }).unwrap());
    }

    fn key(&self) -> String {
        self.signer.verifier_key().to_string()
    }

    fn export(&self, dir: &Path) {
        let mut writer = ExportWriter::new(dir, self.signer.verifier_key()).unwrap();
        for leaf in &self.leaves {
            writer.push(leaf).unwrap();
        }
        writer.finish(&self.notes).unwrap();
    }
}

/// Two logs that grow side by side; the second signs, and then the first signs and names it.
struct House {
    one: Log,
    two: Log,
    place: TempDir,
}

impl House {
    fn new() -> Self {
        let (mut one, mut two) = (Log::new("shop.example/1"), Log::new("shop.example/2"));
        for _ in 0..3 {
            one.grow(100);
            two.grow(90);
            two.sign(&[]);
            one.sign(&[two.stands()]);
        }
        Self { one, two, place: tempfile::tempdir().unwrap() }
    }

    fn exported(&self) -> [PathBuf; 2] {
        let dirs = ["1", "2"].map(|name| self.place.path().join(name));
        self.one.export(&dirs[0]);
        self.two.export(&dirs[1]);
        dirs
    }
}

fn together(dirs: &[PathBuf; 2], options: &TogetherOptions) -> Vec<Result<Report, Failure>> {
    verify_together(&[&dirs[0], &dirs[1]], options, &mut |_| {})
}

fn alone(dir: &Path) -> bool {
    verify_export(dir, &VerifyOptions::default(), &mut |_| {}).is_ok()
}

#[test]
fn honest_logs_verify_together_and_one_checkpoint_names_the_other() {
    let house = House::new();
    let answers = together(&house.exported(), &TogetherOptions::default());
    let [Ok(first), Ok(second)] = answers.as_slice() else { panic!("{answers:?}") };
    assert_eq!((first.entries, second.entries), (300, 270));
    let [named] = first.named.as_slice() else { panic!("{:?}", first.named) };
    assert_eq!((named.log.as_str(), named.size), ("shop.example/2", 270));
    assert_eq!(second.said_by_others, 3, "each checkpoint of the first speaks of the second");
}

#[test]
fn a_log_that_was_cut_back_to_a_state_it_once_signed_is_found_by_its_neighbour() {
    let mut house = House::new();
    house.two.leaves.truncate(180);
    house.two.notes.truncate(2);
    let dirs = house.exported();
    assert!(alone(&dirs[1]), "by itself it is as it was signed");
    let answers = together(&dirs, &TogetherOptions::default());
    assert!(answers[0].is_ok());
    let Err(Failure::TailTruncated { index: 180, promised: 270, checkpoint }) = &answers[1] else {
        panic!("{:?}", answers[1])
    };
    assert_eq!(checkpoint, "`checkpoint` of shop.example/1");
}

#[test]
fn a_log_whose_story_was_written_and_signed_anew_is_found_by_its_neighbour() {
    let mut house = House::new();
    let mut other = Log::new("shop.example/2");
    other.leaves = house.two.leaves;
    other.leaves[200] = b"something else".to_vec();
    for leaf in &other.leaves {
        other.tree.append(leaf);
    }
    other.sign(&[]);
    house.two = other;
    let dirs = house.exported();
    assert!(alone(&dirs[1]), "its own key signed it");
    let answers = together(&dirs, &TogetherOptions::default());
    assert!(answers[0].is_ok());
    assert!(answers[1].is_err(), "what the first log said of it stands");
}

#[test]
fn what_the_inspector_brings_along_is_held_against_its_own_log() {
    let house = House::new();
    let dirs = house.exported();
    let good = TogetherOptions {
        trusted_checkpoints: vec![house.two.notes[0].clone(), house.one.notes[1].clone()],
        expected_vkeys: vec![house.two.key(), house.one.key()],
    };
    assert!(together(&dirs, &good).iter().all(Result::is_ok));
    let mut stranger = Log::new("elsewhere.example/1");
    stranger.grow(3);
    stranger.sign(&[]);
    let note = TogetherOptions { trusted_checkpoints: stranger.notes.clone(), ..Default::default() };
    let key = TogetherOptions { expected_vkeys: vec![stranger.key()], ..Default::default() };
    for foreign in [note, key] {
        assert!(together(&dirs, &foreign).iter().all(Result::is_err));
    }
}

#[test]
fn one_kept_checkpoint_fixes_the_other_log_too() {
    let mut house = House::new();
    let kept = house.one.notes[2].clone();
    // Both logs are taken back to where they stood before; each by itself and both together fit what lies in the exports.
    house.two.leaves.truncate(180);
    house.two.notes.truncate(2);
    house.one.leaves.truncate(200);
    house.one.notes.truncate(2);
    let dirs = house.exported();
    assert!(together(&dirs, &TogetherOptions::default()).iter().all(Result::is_ok));
    let answers = together(&dirs, &TogetherOptions { trusted_checkpoints: vec![kept], ..Default::default() });
    let cut = |answer: &Result<Report, Failure>| match answer {
        Err(Failure::TailTruncated { index, promised, .. }) => Some((*index, *promised)),
        _ => None,
    };
    assert_eq!(answers.iter().map(cut).collect::<Vec<_>>(), [Some((200, 300)), Some((180, 270))]);
}

#[test]
fn an_export_that_cannot_be_read_vouches_for_nothing_and_fails_alone() {
    let house = House::new();
    let dirs = house.exported();
    fs::remove_file(dirs[0].join("checkpoint")).unwrap();
    let answers = together(&dirs, &TogetherOptions::default());
    assert!(answers[0].is_err());
    assert_eq!(answers[1].as_ref().map(|report| report.said_by_others), Ok(0));
}
