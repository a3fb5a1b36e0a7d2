//! Does the verifier catch every tampering, and does it name the right entry?

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::checkpoint::{Checkpoint, Signer};
use crate::error::Change;
use crate::export::ExportWriter;
use crate::proof::InclusionPlan;
use crate::tree::Appender;

fn signer() -> Signer {
    Signer::from_seed("shop.example/log", &[9; 32]).unwrap()
}

/// Entries of different lengths, all different.
fn entries(count: u64) -> Vec<Vec<u8>> {
    (0..count).map(|i| format!("entry {i} {}", "x".repeat((i % 7) as usize)).into_bytes()).collect()
}

fn note(leaves: &[Vec<u8>]) -> String {
    let mut appender = Appender::new();
    for leaf in leaves {
        appender.append(leaf);
    }
    sign(appender.size(), appender.root())
}

fn sign(size: u64, root: crate::hash::Hash) -> String {
    let checkpoint = Checkpoint { origin: "shop.example/log".into(), size, root, extensions: Vec::new() };
    signer().sign(&checkpoint).unwrap()
}

/// An export on disk which a test may damage.
struct Export {
    dir: TempDir,
    trusted: Vec<String>,
}

impl Export {
    /// Writes entries with kept checkpoints at the given sizes, honestly.
    fn of(leaves: &[Vec<u8>], kept: &[usize]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = ExportWriter::new(dir.path(), signer().verifier_key()).unwrap();
        for leaf in leaves {
            writer.push(leaf).unwrap();
        }
        let notes: Vec<_> = kept.iter().map(|size| note(&leaves[..*size])).chain([note(leaves)]).collect();
        writer.finish(&notes).unwrap();
        Self { dir, trusted: Vec::new() }
    }

    fn trusting(mut self, notes: &[String]) -> Self {
        self.trusted.extend_from_slice(notes);
        self
    }

    fn path(&self, file: &str) -> PathBuf {
        self.dir.path().join(file)
    }

    /// Replaces the entry bundles by those of other entries and leaves tiles and checkpoints as they are.
    fn with_entries(self, leaves: &[Vec<u8>]) -> Self {
        let other = Self::of(leaves, &[]);
        fs::remove_dir_all(self.path("tile/entries")).unwrap();
        fs::rename(other.path("tile/entries"), self.path("tile/entries")).unwrap();
        self
    }

    /// Replaces entries and tiles and leaves the checkpoints as they are.
    fn with_tree(self, leaves: &[Vec<u8>]) -> Self {
        let other = Self::of(leaves, &[]);
        fs::remove_dir_all(self.path("tile")).unwrap();
        fs::rename(other.path("tile"), self.path("tile")).unwrap();
        self
    }

    fn flip(&self, file: &str, byte: usize) {
        let mut bytes = fs::read(self.path(file)).unwrap();
        bytes[byte] ^= 1;
        fs::write(self.path(file), bytes).unwrap();
    }

    fn verdict(&self) -> Result<Report, Failure> {
        let options = VerifyOptions {
            trusted_checkpoints: self.trusted.clone(),
            expected_vkey: Some(signer().verifier_key().to_string()),
        };
        verify_export(self.dir.path(), &options, &mut |_| {})
    }

    #[track_caller]
    fn check_entry(&self, index: u64, change: Change) {
        assert_eq!(self.verdict(), Err(Failure::Entry { index, change }));
    }

    #[track_caller]
    fn check_rewritten(&self, range: Range<u64>, by: &str, again: bool) {
        let Err(Failure::HistoryRewritten { entries, checkpoint, signed_again }) = self.verdict() else {
            panic!("not a rewritten history: {:?}", self.verdict());
        };
        assert_eq!((entries, checkpoint.as_str(), signed_again), (range, by, again));
    }
}

fn removed(leaves: &[Vec<u8>], index: usize) -> Vec<Vec<u8>> {
    let mut leaves = leaves.to_vec();
    leaves.remove(index);
    leaves
}

fn inserted(leaves: &[Vec<u8>], index: usize) -> Vec<Vec<u8>> {
    let mut leaves = leaves.to_vec();
    leaves.insert(index, b"smuggled in".to_vec());
    leaves
}

fn changed(leaves: &[Vec<u8>], index: usize) -> Vec<Vec<u8>> {
    let mut leaves = leaves.to_vec();
    leaves[index] = b"another story".to_vec();
    leaves
}

fn swapped(leaves: &[Vec<u8>], one: usize, other: usize) -> Vec<Vec<u8>> {
    let mut leaves = leaves.to_vec();
    leaves.swap(one, other);
    leaves
}

#[test]
fn honest_exports_of_many_sizes_verify() {
    for size in [0, 1, 2, 255, 256, 257, 511, 512, 1000, 65_536, 65_537, 70_000] {
        let leaves = entries(size);
        let kept: Vec<usize> =
            [0, 1, 100, 256, 300, 65_536].into_iter().filter(|k| (*k as u64) < size).collect();
        let export = Export::of(&leaves, &kept).trusting(&[note(&leaves[..(size / 2) as usize])]);
        let report = export.verdict().unwrap();
        let root = Checkpoint::open(&note(&leaves), signer().verifier_key()).unwrap().root;
        assert_eq!((report.entries, report.root), (size, *root.as_bytes()));
        assert_eq!(report.checkpoints_checked, kept.len() + 2);
        assert_eq!(report.root_hex(), root.to_string());
    }
}

#[test]
fn progress_rises_to_the_number_of_entries() {
    let export = Export::of(&entries(1000), &[]);
    let mut heard = Vec::new();
    verify_export(export.dir.path(), &VerifyOptions::default(), &mut |n| heard.push(n)).unwrap();
    assert_eq!(heard, [256, 512, 768, 1000]);
}

#[test]
fn a_changed_entry_is_named() {
    for (size, indexes) in [(1000, [0, 255, 256, 999]), (70_000, [0, 65_535, 65_536, 69_999])] {
        let leaves = entries(size);
        for index in indexes {
            let export = Export::of(&leaves, &[300]).with_entries(&changed(&leaves, index));
            export.check_entry(index as u64, Change::Changed);
        }
    }
}

#[test]
fn a_flipped_byte_anywhere_in_a_bundle_is_laid_to_the_entry_it_is_in() {
    let leaves = entries(300);
    let export = Export::of(&leaves, &[]);
    let mut start = 0;
    for (index, leaf) in leaves.iter().take(256).enumerate() {
        // The two length bytes and the first and last byte of the entry itself.
        for byte in [start, start + 1, start + 2, start + 1 + leaf.len()] {
            export.flip("tile/entries/000", byte);
            let failure = export.verdict().unwrap_err();
            assert_eq!(failure.first_entry(), Some(index as u64), "byte {byte}: {failure}");
            export.flip("tile/entries/000", byte);
        }
        start += 2 + leaf.len();
    }
    assert!(export.verdict().is_ok());
}

#[test]
fn a_removed_entry_is_named() {
    for (size, indexes) in [(1000, [0, 255, 256, 500]), (70_000, [0, 255, 65_535, 69_000])] {
        let leaves = entries(size);
        for index in indexes {
            let export = Export::of(&leaves, &[]).with_entries(&removed(&leaves, index));
            export.check_entry(index as u64, Change::Removed);
        }
    }
}

#[test]
fn an_entry_cut_out_of_its_bundle_alone_is_named() {
    let leaves = entries(1000);
    let export = Export::of(&leaves, &[]);
    let length = 2 + leaves[256].len();
    let bytes = fs::read(export.path("tile/entries/001")).unwrap();
    fs::write(export.path("tile/entries/001"), &bytes[length..]).unwrap();
    export.check_entry(256, Change::Removed);
    let length = 2 + leaves[511].len();
    fs::write(export.path("tile/entries/001"), &bytes[..bytes.len() - length]).unwrap();
    let failure = export.verdict().unwrap_err();
    assert!(matches!(failure, Failure::BundleMalformed { index: 511, .. }), "{failure}");
}

#[test]
fn an_inserted_entry_is_named() {
    for (size, indexes) in [(1000, [0, 255, 256, 999]), (70_000, [1, 65_535, 65_536, 69_998])] {
        let leaves = entries(size);
        for index in indexes {
            let export = Export::of(&leaves, &[]).with_entries(&inserted(&leaves, index));
            export.check_entry(index as u64, Change::Inserted);
        }
    }
}

#[test]
fn reordered_entries_are_named_by_the_first() {
    let small = entries(1000);
    Export::of(&small, &[]).with_entries(&swapped(&small, 0, 1)).check_entry(0, Change::Reordered);
    Export::of(&small, &[]).with_entries(&swapped(&small, 255, 256)).check_entry(255, Change::Reordered);
    let large = entries(70_000);
    Export::of(&large, &[])
        .with_entries(&swapped(&large, 65_535, 65_536))
        .check_entry(65_535, Change::Reordered);
    let mut turned = large.clone();
    turned[40_000..40_500].rotate_left(1);
    Export::of(&large, &[]).with_entries(&turned).check_entry(40_000, Change::Reordered);
}

#[test]
fn an_entry_added_after_the_newest_checkpoint_is_named() {
    for size in [1000, 1024] {
        let mut leaves = entries(size);
        let export = Export::of(&leaves, &[]);
        leaves.push(b"late".to_vec());
        let longer = Export::of(&leaves, &[]);
        let (bundle, width) = (size / 256, size % 256 + 1);
        let file = format!("tile/entries/{bundle:03}.p/{width}");
        fs::create_dir_all(export.path(&file).parent().unwrap()).unwrap();
        fs::copy(longer.path(&file), export.path(&file)).unwrap();
        assert_eq!(export.verdict(), Err(Failure::EntryUnsigned { index: size, file }));
    }
}

#[test]
fn a_truncated_tail_is_caught_by_a_trusted_checkpoint() {
    for size in [1000, 70_000] {
        let leaves = entries(size);
        let shorter = &leaves[..leaves.len() - 300];
        let export = Export::of(shorter, &[10]).trusting(&[note(&leaves[..500]), note(&leaves)]);
        assert_eq!(
            export.verdict(),
            Err(Failure::TailTruncated {
                index: size - 300,
                promised: size,
                checkpoint: "trusted checkpoint 2".into()
            })
        );
        assert!(
            Export::of(shorter, &[10]).verdict().is_ok(),
            "without the older checkpoint it cannot be known"
        );
    }
}

#[test]
fn a_truncated_tail_is_caught_by_a_kept_checkpoint() {
    let leaves = entries(1000);
    let export = Export::of(&leaves[..600], &[]);
    fs::create_dir_all(export.path("checkpoints")).unwrap();
    fs::write(export.path("checkpoints/00000000000000001000"), note(&leaves)).unwrap();
    let failure = export.verdict().unwrap_err();
    assert_eq!(failure.entries(), Some(600..1000));
    assert!(matches!(failure, Failure::TailTruncated { .. }));
}

#[test]
fn a_tail_cut_off_without_a_new_checkpoint_names_the_first_missing_entry() {
    for (size, cut) in [(1000, 100), (1000, 232), (1000, 300), (70_000, 1), (70_000, 5_000)] {
        let leaves = entries(size);
        let export = Export::of(&leaves, &[300]).with_tree(&leaves[..(size - cut) as usize]);
        let failure = export.verdict().unwrap_err();
        assert_eq!(failure.first_entry(), Some(size - cut), "{failure}");
    }
}

#[test]
fn a_rewritten_history_is_caught_between_two_trusted_checkpoints() {
    for (size, index) in [(1000, 350), (70_000, 65_600)] {
        let leaves = entries(size);
        let (before, after) = (index - 50, index + 77);
        let trusted = [note(&leaves[..after]), note(&leaves[..before]), note(&leaves[..10])];
        for other in [changed(&leaves, index), removed(&leaves, index), inserted(&leaves, index)] {
            let export = Export::of(&other, &[before]).trusting(&trusted);
            export.check_rewritten(before as u64..after as u64, "trusted checkpoint 1", true);
        }
    }
}

#[test]
fn recomputed_tiles_without_the_key_do_not_fit_the_signed_checkpoints() {
    let leaves = entries(1000);
    let export = Export::of(&leaves, &[300, 700]).with_tree(&changed(&leaves, 400));
    export.check_rewritten(300..700, "`checkpoints/00000000000000000700`", false);
    let export = Export::of(&leaves, &[]).with_tree(&changed(&leaves, 999));
    export.check_rewritten(0..1000, "`checkpoint`", false);
}

#[test]
fn a_history_signed_again_over_the_old_tiles_names_the_entry() {
    let leaves = entries(70_000);
    let other = changed(&leaves, 66_000);
    let export = Export::of(&leaves, &[]).with_entries(&other).trusting(&[note(&leaves[..69_000])]);
    fs::write(export.path("checkpoint"), note(&other)).unwrap();
    export.check_entry(66_000, Change::Changed);
}

#[test]
fn two_signed_histories_of_one_size_are_caught() {
    let leaves = entries(1000);
    let export = Export::of(&changed(&leaves, 3), &[]).trusting(&[note(&leaves)]);
    export.check_rewritten(0..1000, "trusted checkpoint 1", true);
}

#[test]
fn the_first_of_several_wrong_entries_is_named() {
    let leaves = entries(70_000);
    let mut other = changed(&leaves, 69_000);
    other = removed(&other, 30_000);
    other = changed(&other, 1_234);
    Export::of(&leaves, &[]).with_entries(&other).check_entry(1_234, Change::Changed);
    let export = Export::of(&leaves, &[]).with_entries(&changed(&leaves, 1_234));
    fs::remove_file(export.path("tile/entries/100")).unwrap();
    export.check_entry(1_234, Change::Changed);
}

#[test]
fn a_missing_bundle_is_named_with_its_entries() {
    let export = Export::of(&entries(1000), &[900]);
    fs::remove_file(export.path("tile/entries/002")).unwrap();
    let missing = Failure::FileMissing { file: "tile/entries/002".into(), entries: 512..768 };
    assert_eq!(export.verdict(), Err(missing));
}

#[test]
fn a_damaged_leaf_tile_does_not_hide_that_the_entries_are_right() {
    let export = Export::of(&entries(70_000), &[]);
    export.flip("tile/0/017", 40);
    let damaged = Failure::TileDamaged { file: "tile/0/017".into(), entries: 4353..4354 };
    assert_eq!(export.verdict(), Err(damaged));
    fs::remove_file(export.path("tile/1/000")).unwrap();
    fs::remove_file(export.path("tile/0/017")).unwrap();
    let missing = Failure::FileMissing { file: "tile/0/017".into(), entries: 4352..4608 };
    assert_eq!(export.verdict(), Err(missing));
}

#[test]
fn an_entry_and_its_leaf_tile_changed_together_are_narrowed_to_the_tile() {
    let leaves = entries(70_000);
    let other = changed(&leaves, 4_360);
    let export = Export::of(&leaves, &[]).with_entries(&other);
    fs::copy(Export::of(&other, &[]).path("tile/0/017"), export.path("tile/0/017")).unwrap();
    assert_eq!(export.verdict(), Err(Failure::EntriesDiffer { entries: 4352..4608 }));
}

#[test]
fn upper_tiles_that_are_gone_do_not_keep_the_entry_from_being_named() {
    let leaves = entries(70_000);
    let export = Export::of(&leaves, &[]).with_entries(&changed(&leaves, 4_360));
    fs::remove_dir_all(export.path("tile/2")).unwrap();
    fs::remove_dir_all(export.path("tile/1")).unwrap();
    export.check_entry(4_360, Change::Changed);
}

#[test]
fn bad_signatures_and_foreign_keys_are_refused() {
    let leaves = entries(300);
    let refused = |export: &Export, part: &str| {
        let failure = export.verdict().unwrap_err();
        assert!(failure.to_string().contains(part), "{failure}");
        assert_eq!(failure.first_entry(), None);
    };
    let export = Export::of(&leaves, &[100]);
    let text = fs::read_to_string(export.path("checkpoint")).unwrap();
    fs::write(export.path("checkpoint"), text.replacen("\n300\n", "\n299\n", 1)).unwrap();
    refused(&export, "`checkpoint`: its signature is wrong");

    let export = Export::of(&leaves, &[100]);
    export.flip("checkpoints/00000000000000000100", 25);
    refused(&export, "`checkpoints/00000000000000000100`");

    let (stranger, _) = Signer::generate("shop.example/log").unwrap();
    let foreign = Checkpoint::open(&text, signer().verifier_key()).unwrap();
    let foreign = stranger.sign(&foreign).unwrap();
    refused(
        &Export::of(&leaves, &[]).trusting(std::slice::from_ref(&foreign)),
        "trusted checkpoint 1: the key",
    );

    let export = Export::of(&leaves, &[]);
    fs::write(export.path("checkpoint"), &foreign).unwrap();
    fs::write(export.path("log.vkey"), stranger.verifier_key().to_string()).unwrap();
    assert_eq!(export.verdict(), Err(Failure::OtherKey));
    let believed = verify_export(export.dir.path(), &VerifyOptions::default(), &mut |_| {});
    assert!(believed.is_ok(), "without an expected key the export vouches for itself");
    fs::write(export.path("log.vkey"), "nonsense").unwrap();
    assert_eq!(export.verdict(), Err(Failure::KeyMalformed { place: "`log.vkey`" }));
}

#[test]
fn an_unfinished_export_and_a_misnamed_checkpoint_are_refused() {
    let export = Export::of(&entries(300), &[100]);
    fs::rename(
        export.path("checkpoints/00000000000000000100"),
        export.path("checkpoints/00000000000000000200"),
    )
    .unwrap();
    assert!(matches!(export.verdict(), Err(Failure::BadCheckpoint { .. })));
    fs::remove_file(export.path("checkpoint")).unwrap();
    let missing = Failure::FileMissing { file: "checkpoint".into(), entries: 0..0 };
    assert_eq!(export.verdict(), Err(missing));
    let nowhere = verify_export(Path::new("/nowhere/at/all"), &VerifyOptions::default(), &mut |_| {});
    assert!(matches!(nowhere, Err(Failure::FileMissing { .. })));
}

#[test]
fn the_failure_reads_as_a_sentence() {
    let leaves = entries(1000);
    let text = |export: Export| export.verdict().unwrap_err().to_string();
    let export = Export::of(&leaves, &[]);
    assert_eq!(text(export.with_entries(&removed(&leaves, 7))), "entry 7 was removed");
    let export = Export::of(&leaves[..900], &[]).trusting(&[note(&leaves)]);
    assert_eq!(text(export), "entries 900 to 999 are gone: trusted checkpoint 1 signed 1000 entries");
    let export = Export::of(&changed(&leaves, 3), &[]).trusting(&[note(&leaves[..20])]);
    assert_eq!(
        text(export),
        "entries 0 to 19: not the history that trusted checkpoint 1 signed, and the key signed this other history later"
    );
}

#[test]
fn a_receipt_verifies_for_its_leaf_and_for_no_other() {
    let leaves = entries(600);
    let mut appender = Appender::new();
    for leaf in &leaves {
        appender.append(leaf);
    }
    let tiles = appender.take_full_tiles().into_iter().map(|tile| (tile.id(), tile)).collect();
    let (note, vkey) = (note(&leaves), signer().verifier_key().to_string());
    for index in [0, 1, 255, 256, 511, 512, 598, 599] {
        let plan = InclusionPlan::with_edge(index, 600, appender.edge()).unwrap();
        let proof = plan.prove(&tiles, &[]).unwrap();
        let proof: Vec<[u8; 32]> = proof.hashes.iter().map(|hash| *hash.as_bytes()).collect();
        let leaf = &leaves[index as usize];
        assert_eq!(verify_receipt(leaf, index, &proof, &note, &vkey), Ok(600));
        let wrong = Err(Failure::ReceiptWrong { index });
        assert_eq!(verify_receipt(b"another", index, &proof, &note, &vkey), wrong);
        assert_eq!(verify_receipt(leaf, index, &proof[1..], &note, &vkey), wrong);
        assert_eq!(
            verify_receipt(leaf, index, &[proof.as_slice(), &[[0; 32]]].concat(), &note, &vkey),
            wrong
        );
        let other = index ^ 1;
        assert_eq!(
            verify_receipt(leaf, other, &proof, &note, &vkey),
            Err(Failure::ReceiptWrong { index: other })
        );
    }
    let outside = verify_receipt(&leaves[0], 600, &[], &note, &vkey);
    assert_eq!(outside, Err(Failure::ReceiptOutside { index: 600, size: 600 }));
    let (stranger, _) = Signer::generate("shop.example/log").unwrap();
    let foreign = stranger.verifier_key().to_string();
    assert!(matches!(
        verify_receipt(&leaves[0], 0, &[], &note, &foreign),
        Err(Failure::BadCheckpoint { .. })
    ));
}

#[test]
fn a_signed_checkpoint_of_an_absurd_size_is_a_failure_and_no_crash() {
    let export = Export::of(&entries(300), &[]);
    for size in [u64::MAX, 1 << 63, 301] {
        fs::write(export.path("checkpoint"), sign(size, crate::hash::empty_root())).unwrap();
        assert_eq!(export.verdict().unwrap_err().first_entry(), Some(300));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_change_of_any_entry_is_named(
        size in 1_u64..1300, at in any::<usize>(), kept in any::<usize>(), kind in 0..4
    ) {
        let leaves = entries(size);
        let index = at % leaves.len();
        let kept = kept % leaves.len();
        let other = match kind {
            0 => changed(&leaves, index),
            1 => removed(&leaves, index),
            2 => inserted(&leaves, index),
            _ => swapped(&leaves, index, leaves.len() - 1),
        };
        let export = Export::of(&leaves, &[kept]).with_entries(&other);
        match export.verdict() {
            Ok(_) => prop_assert_eq!(&other, &leaves),
            Err(failure) => {
                let first = leaves.iter().zip(&other).take_while(|(a, b)| a == b).count() as u64;
                prop_assert_eq!(failure.first_entry(), Some(first), "{}", failure);
            }
        }
    }
}
