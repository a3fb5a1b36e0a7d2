//! Does the offline verifier find what somebody did to an exported ledger of the running product, and does the server notice
//! what somebody did to its database?

#![cfg(test)]

mod another_hand;
mod database;
mod two_logs;

use std::fs;
use std::path::Path;

use saqta_app::evidence::verify;
use saqta_testkit::shop::{Shop, Store};

/// A ledger of a day in the shop, exported; gives also a checkpoint that an inspector kept from earlier that day.
async fn exported(folder: &Path) -> (String, String, u64) {
    let shop = Shop::open(Store::Sqlite, Default::default()).await.unwrap();
    let key = shop.key(&["order", "delivery"]).await;
    for number in 0..20 {
        let subject = shop.customer(&key, number).await;
        shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
        shop.retrieve(&key, &subject, "order", &["iin"]).await.refused("attribute_not_needed", "5.5");
    }
    let kept = shop.app().checkpoint().await.unwrap().unwrap().note;
    for number in 20..40 {
        shop.customer(&key, number).await;
    }
    let log = shop.app().logs().await.unwrap()[0];
    let entries = shop.app().export_ledger(log, folder, &mut |_| {}).await.unwrap();
    let verifier = shop.app().verifier_key(log).unwrap();
    shop.close().await;
    (kept, verifier, entries)
}

/// The entries of the only bundle, each with its length before it.
fn entries(folder: &Path) -> (std::path::PathBuf, Vec<Vec<u8>>) {
    let mut files = vec![folder.join("tile/entries")];
    let mut found = Vec::new();
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(path).unwrap().map(|e| e.unwrap().path()));
        } else {
            found.push(path);
        }
    }
    let [bundle] = found.as_slice() else { panic!("one bundle, not {}", found.len()) };
    let bytes = fs::read(bundle).unwrap();
    let mut rest = bytes.as_slice();
    let mut entries = Vec::new();
    while let [high, low, after @ ..] = rest {
        let (entry, next) = after.split_at(usize::from(u16::from_be_bytes([*high, *low])));
        entries.push(entry.to_vec());
        rest = next;
    }
    (bundle.clone(), entries)
}

fn write(bundle: &Path, entries: &[Vec<u8>]) {
    let mut bytes = Vec::new();
    for entry in entries {
        bytes.extend(u16::try_from(entry.len()).unwrap().to_be_bytes());
        bytes.extend(entry);
    }
    fs::write(bundle, bytes).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_tampering_is_found_and_the_first_wrong_entry_named() {
    let place = tempfile::tempdir().unwrap();
    let (kept, verifier, size) = exported(place.path()).await;
    let check = || verify(place.path(), vec![kept.clone()], Some(verifier.clone()), &mut |_| {});
    let honest = check();
    assert!(honest.ok, "{:?}", honest.failure);
    assert_eq!(honest.entries, size);

    let (bundle, original) = entries(place.path());
    let tampered = |change: &dyn Fn(&mut Vec<Vec<u8>>), wrong: Option<u64>, what: &str| {
        let mut changed = original.clone();
        change(&mut changed);
        write(&bundle, &changed);
        let found = check();
        assert!(!found.ok, "{what} was not found");
        assert_eq!(found.first_wrong_entry, wrong, "{what}: {:?}", found.failure);
        write(&bundle, &original);
    };
    tampered(&|e| e[17][9] ^= 1, Some(17), "a flipped byte");
    tampered(&|e| drop(e.remove(23)), Some(23), "a removed entry");
    tampered(&|e| e.swap(30, 31), Some(30), "two entries in another order");
    tampered(&|e| e.insert(12, e[11].clone()), Some(12), "an inserted entry");
    assert!(check().ok, "and with everything in its place again it fits");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_or_rewritten_ledger_is_found_by_an_older_checkpoint() {
    let place = tempfile::tempdir().unwrap();
    let (kept, _, _) = exported(place.path()).await;
    // Somebody with the signing key of another installation signs another story of the same length.
    let other = tempfile::tempdir().unwrap();
    let (_, _, _) = exported(other.path()).await;
    let found = verify(other.path(), vec![kept], None, &mut |_| {});
    assert!(!found.ok, "another ledger does not pass for this one");
}
