//! Are letters taken from a folder whole, and is every file accounted for?

use std::fs;
use std::path::Path;

use saqta_mail::folder::{DropFolder, Filed, Looked};
use saqta_mail::intake::{NotTaken, Way};

use crate::desk::{Desk, Mood, letter};

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_file_is_taken_when_it_has_come_to_rest_and_only_letters_are() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let (desk, mut letters) = Desk::new(&[]);
    let mut drop = DropFolder::new(folder.path().to_owned(), 1000, Filed::Removed);
    write("a.eml", "From: Aigul");
    write("notes.txt", "no letter");
    std::os::unix::fs::symlink("/etc/hostname", folder.path().join("link.eml")).unwrap();
    assert_eq!(drop.look(&*desk).await.unwrap(), Looked::default());
    write("a.eml", &letter(1));
    assert_eq!(drop.look(&*desk).await.unwrap(), Looked::default(), "somebody is still writing");
    assert_eq!(drop.look(&*desk).await.unwrap(), Looked { filed: 1, ..Looked::default() });
    let taken = letters.next().await;
    assert!(taken.bytes == letter(1).as_bytes() && taken.way == Way::Folder);
    assert_eq!(names(folder.path()), ["link.eml", "notes.txt"]);
}

#[tokio::test]
async fn what_cannot_be_taken_stays() {
    let folder = tempfile::tempdir().unwrap();
    let done = tempfile::tempdir_in(folder.path()).unwrap();
    for (name, text) in [("1.eml", letter(1)), ("2.eml", letter(2)), ("3.EML", "x".repeat(2000))] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let moods = [Mood::Declines(NotTaken::Later), Mood::Files, Mood::Declines(NotTaken::Refused)];
    let (desk, mut letters) = Desk::new(&moods);
    let mut drop = DropFolder::new(folder.path().to_owned(), 1000, Filed::MovedTo(done.path().to_owned()));
    drop.look(&*desk).await.unwrap();
    assert_eq!(drop.look(&*desk).await.unwrap(), Looked { later: true, ..Looked::default() });
    let looked = drop.look(&*desk).await.unwrap();
    assert_eq!((looked.filed, looked.later), (1, false));
    assert_eq!(looked.refused, ["2.eml", "3.EML"]);
    assert_eq!(names(done.path()), ["1.eml"]);
    fs::write(folder.path().join("3.EML"), "y".repeat(2000)).unwrap();
    drop.look(&*desk).await.unwrap();
    assert_eq!(drop.look(&*desk).await.unwrap().refused, ["3.EML"]);
    assert!(
        names(folder.path()).contains(&"3.EML.2.refused".to_owned()),
        "one does not take the other's name"
    );
    assert!(names(folder.path()).contains(&"2.eml.refused".to_owned()));
    assert_eq!(letters.further().len(), 3, "the one that is too large was not even read");
    assert_eq!(drop.look(&*desk).await.unwrap(), Looked::default());
}
