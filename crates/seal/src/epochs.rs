//! What stands in the epochs file, and how is it read and replaced?
//!
//! Lines of text: `saqta-epochs-1`, `root` with the fingerprint of the root key, one `epoch` line for each living
//! epoch with its number and its wrapped key, rising, and `check` with a keyed digest of all lines above, so that
//! damage is told apart from destruction.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use data_encoding::HEXLOWER;

use crate::cipher::{ALGORITHM, Cipher, Context, after_algorithm};
use crate::custody::{Fingerprint, RootKey};
use crate::error::Error;
use crate::files;
use crate::secret::{SECRET, Secret};

/// The living epochs as the file has them.
pub(crate) struct Epochs {
    /// The highest living epoch: the one that wraps.
    pub(crate) current: u32,
    pub(crate) living: BTreeMap<u32, Epoch>,
    /// Held open, so that a file put in its place is told apart from it for certain.
    pub(crate) file: File,
}

/// One epoch: its key ready for use, and the form in which it lies in the file.
pub(crate) struct Epoch {
    pub(crate) cipher: Cipher,
    pub(crate) wrapped: Vec<u8>,
}

/// The epochs file together with what the root key says about it.
pub(crate) struct EpochsFile {
    pub(crate) path: PathBuf,
    fingerprint: Fingerprint,
    wrapping: Cipher,
    check: Secret,
}

impl EpochsFile {
    pub(crate) fn of(root: &RootKey, path: PathBuf) -> Result<Self, Error> {
        Ok(Self {
            path,
            fingerprint: root.fingerprint(),
            wrapping: Cipher::new(&root.derive(&["custody/epoch-wrapping"])?)?,
            check: root.derive(&["custody/epochs-check"])?,
        })
    }

    /// Reads the file. It is synced first, because an epoch that a crash could take back must wrap nothing.
    pub(crate) fn load(&self) -> Result<Epochs, Error> {
        let (file, content) = files::read(&self.path)?;
        let living = self.parse(&content)?;
        let (current, _) = living.last_key_value().ok_or_else(|| self.malformed("it holds no epoch"))?;
        let current = *current;
        files::sync(&file, &self.path)?;
        Ok(Epochs { current, living, file })
    }

    /// Puts the first file in its place; the caller holds the lock and has seen that there is none.
    pub(crate) fn begin(&self, epochs: &BTreeMap<u32, Vec<u8>>) -> Result<(), Error> {
        let new = files::beside(&self.path, ".new");
        files::wipe(&new)?;
        files::create(&new, self.render(epochs).as_bytes())?;
        files::rename(&new, &self.path)
    }

    /// Puts these epochs in place of those in the file, which are wiped; the caller holds the lock.
    pub(crate) fn replace(&self, epochs: &BTreeMap<u32, Vec<u8>>) -> Result<(), Error> {
        files::replace(&self.path, self.render(epochs).as_bytes())
    }

    /// A fresh epoch key, wrapped under the root key for this number and this root alone.
    pub(crate) fn fresh(&self, epoch: u32) -> Result<Vec<u8>, Error> {
        self.wrapping.seal(&[ALGORITHM], &self.context(epoch), Secret::random()?.bytes())
    }

    fn open(&self, epoch: u32, wrapped: &[u8]) -> Result<Cipher, Error> {
        let key = self.wrapping.open(&self.context(epoch), after_algorithm(wrapped)?)?;
        let key: &[u8; SECRET] = key.as_slice().try_into().map_err(|_| Error::Truncated)?;
        Cipher::new(&Secret::copied(key))
    }

    fn context(&self, epoch: u32) -> Context {
        Context::new("saqta/epoch-key/1")
            .with(&[ALGORITHM])
            .with(&epoch.to_be_bytes())
            .with(self.fingerprint.as_bytes())
    }

    fn render(&self, epochs: &BTreeMap<u32, Vec<u8>>) -> String {
        let mut text = format!("{HEADER}\nroot {}\n", self.fingerprint);
        for (number, wrapped) in epochs {
            text.push_str(&format!("epoch {number} {}\n", HEXLOWER.encode(wrapped)));
        }
        let check = HEXLOWER.encode(&self.digest(&text));
        text + "check " + &check + "\n"
    }

    fn parse(&self, content: &[u8]) -> Result<BTreeMap<u32, Epoch>, Error> {
        let text = str::from_utf8(content).map_err(|_| self.malformed("it is not text"))?;
        let Some(lines) = text.strip_prefix(HEADER).and_then(|rest| rest.strip_prefix("\nroot ")) else {
            return Err(self.malformed("its first lines are not those of an epochs file"));
        };
        let root = lines.lines().next().unwrap_or_default();
        let expected = Fingerprint::parse(root).ok_or_else(|| self.malformed("it names no root key"))?;
        if expected != self.fingerprint {
            let (path, found) = (self.path.clone(), self.fingerprint);
            return Err(Error::OtherRoot { path, expected, found });
        }

        let damaged = || self.malformed("its check does not agree; put back the latest copy");
        let (body, check) = text.split_once("check ").ok_or_else(damaged)?;
        let check = check.strip_suffix('\n').and_then(|check| HEXLOWER.decode(check.as_bytes()).ok());
        verify_slices_are_equal(&check.unwrap_or_default(), &self.digest(body)).map_err(|_| damaged())?;

        // From here on the text is our own; what does not parse is a fault of the program that wrote it.
        let mut living = BTreeMap::new();
        for line in body.lines().skip(2) {
            let epoch = line.strip_prefix("epoch ").and_then(|line| line.split_once(' '));
            let epoch = epoch.and_then(|(number, wrapped)| {
                Some((number.parse::<u32>().ok()?, HEXLOWER.decode(wrapped.as_bytes()).ok()?))
            });
            let (number, wrapped) = epoch.ok_or_else(|| self.malformed("it has a line of unknown form"))?;
            living.insert(number, Epoch { cipher: self.open(number, &wrapped)?, wrapped });
        }
        Ok(living)
    }

    fn digest(&self, text: &str) -> [u8; 32] {
        self.check.digest(&Context::new("saqta/epochs-check/1").with(text.as_bytes()))
    }

    fn malformed(&self, what: &'static str) -> Error {
        Error::Malformed { path: self.path.clone(), what }
    }
}

const HEADER: &str = "saqta-epochs-1";
