//! How do letters come in that somebody puts into a folder as `*.eml`?
//!
//! A file that was taken over is removed: it is data of people in the open, and its sealed copy lies in the case. One that cannot be
//! taken now stays; one that never can is renamed, so that it is not tried for ever.

use std::path::{Path, PathBuf};
use std::time::Duration;

use saqta_mail::intake::{Arrival, Arrived, Extent, Intake, NotTaken, Way};

/// How often the folder is looked into.
const LOOKS: Duration = Duration::from_secs(5);

/// The ending of a file that was refused.
const REFUSED: &str = "refused";

/// The largest letter.
const LARGEST: u64 = 25 * 1024 * 1024;

/// Takes letters from a folder until `stop` is there.
pub async fn watch(folder: PathBuf, intake: &dyn Intake, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        if let Err(error) = take_all(&folder, intake).await {
            tracing::error!(%error, "the folder of letters cannot be read");
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(LOOKS) => {}
        }
    }
}

/// Takes every letter that lies there now; gives how many.
pub async fn take_all(folder: &Path, intake: &dyn Intake) -> Result<u64, std::io::Error> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        // A name with a dot before it is still being written.
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && path.extension().is_some_and(|ending| ending == "eml") {
            names.push(path);
        }
    }
    names.sort();
    let mut taken = 0;
    for path in names {
        match take(&path, intake).await? {
            Ok(()) => {
                std::fs::remove_file(&path)?;
                taken += 1;
            }
            Err(NotTaken::Later) => return Ok(taken),
            Err(NotTaken::TooLarge | NotTaken::Refused) => {
                tracing::error!("a letter in the folder is refused; it was renamed");
                std::fs::rename(&path, path.with_extension(REFUSED))?;
            }
        }
    }
    Ok(taken)
}

/// Takes one file.
pub async fn take(path: &Path, intake: &dyn Intake) -> Result<Result<(), NotTaken>, std::io::Error> {
    if std::fs::metadata(path)?.len() > LARGEST {
        return Ok(Err(NotTaken::TooLarge));
    }
    let letter = Arrived {
        way: Way::Folder,
        arrival: Arrival::default(),
        recipients: Vec::new(),
        received: None,
        bytes: std::fs::read(path)?,
        extent: Extent::Whole,
    };
    Ok(intake.take(letter).await.map(drop))
}
