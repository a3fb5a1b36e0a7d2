//! Who holds the key that opens all others, and how does an epoch end?
//!
//! The root key lies in a file of its own and wraps the epoch keys in the epochs file; the current epoch key wraps
//! the keys of each person, which lie in the database. Neither custody file may ever go where copies of the
//! database go: a backup that holds all three opens everything, for ever.
//!
//! To end what old copies of the database can open, the epoch is turned: [`Custody::begin_turn`], then
//! [`Custody::rewrap`] for every key that is to live on, then [`Custody::finish_turn`], after which the older
//! epoch keys are nowhere in custody.
//!
//! What is not promised: the old epochs file is overwritten with zeros before it is removed, but a solid-state
//! disk, a copy-on-write file system or a snapshot may keep the former blocks for a while. They hold epoch keys
//! wrapped under the root key, so they help only someone who also has the root key. Put the custody folder
//! where no snapshots are taken. Losing either custody file loses every sealed value.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use zeroize::Zeroizing;

use crate::cipher::{ALGORITHM, Context, after_algorithm};
use crate::epochs::{Epoch, Epochs, EpochsFile};
use crate::error::Error;
use crate::files;
use crate::index::InstanceKey;
use crate::keys::SubjectKeys;
use crate::secret::{SECRET, Secret};

/// The keys of a person as they lie in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapped {
    /// The epoch whose key opens them.
    pub epoch: u32,
    /// The wrapped bytes.
    pub bytes: Vec<u8>,
}

/// The root key with the living epochs.
///
/// Threads share one `Custody`, and processes may share the custody folder: a turn made by one is seen by the
/// others at their next use of a key. A transaction that stores a wrapped key still has to make sure, when it
/// commits, that no turn was finished since the wrapping.
pub struct Custody {
    root: RootKey,
    file: EpochsFile,
    epochs: RwLock<Epochs>,
}

impl Custody {
    /// The first custody of a new installation: an epochs file with epoch 1, and a root key unless one lies there
    /// already, brought from elsewhere or left by an interrupted start. Only for an empty database: what was
    /// wrapped under former epochs does not open under these.
    pub fn create(root_path: &Path, epochs_path: &Path) -> Result<Self, Error> {
        let _lock = files::lock(epochs_path)?;
        for taken in [epochs_path, &files::beside(epochs_path, ".old")] {
            if files::look(taken)?.is_some() {
                return Err(Error::Exists { path: taken.to_owned() });
            }
        }
        let root = match files::look(root_path)? {
            Some(_) => RootKey::load(root_path)?,
            None => RootKey::create(root_path)?,
        };
        let file = EpochsFile::of(&root, epochs_path.to_owned())?;
        file.begin(&BTreeMap::from([(FIRST_EPOCH, file.fresh(FIRST_EPOCH)?)]))?;
        let epochs = RwLock::new(file.load()?);
        Ok(Self { root, file, epochs })
    }

    /// Takes up the custody of an existing installation, and finishes what a crash left half done.
    pub fn open(root_path: &Path, epochs_path: &Path) -> Result<Self, Error> {
        let root = RootKey::load(root_path)?;
        let file = EpochsFile::of(&root, epochs_path.to_owned())?;
        // Looked at before the lock, so that a wrong path leaves no lock file where nothing else is.
        if files::look(epochs_path)?.is_none() {
            return Err(Error::Missing { path: epochs_path.to_owned() });
        }
        let _lock = files::lock(epochs_path)?;
        files::settle(epochs_path)?;
        let epochs = RwLock::new(file.load()?);
        Ok(Self { root, file, epochs })
    }

    /// Where the epochs file lies when nobody says otherwise: beside the root key.
    pub fn default_epochs_path(root_path: &Path) -> PathBuf {
        root_path.with_file_name("epochs")
    }

    /// Names the root key without telling anything about it.
    pub fn fingerprint(&self) -> Fingerprint {
        self.root.fingerprint
    }

    /// The epoch under which keys are wrapped now.
    pub fn current_epoch(&self) -> u32 {
        self.known().current
    }

    /// The epochs whose wrapped keys can still be opened, rising; more than one while a turn is under way.
    pub fn living_epochs(&self) -> Vec<u32> {
        self.known().living.keys().copied().collect()
    }

    /// Takes in a turn that another process made, and wipes from memory what it destroyed. Every use of a key
    /// does this too; a process that may long be idle calls it now and then.
    pub fn refresh(&self) -> Result<(), Error> {
        self.fresh().map(drop)
    }

    /// Adds an epoch and wraps under it from now on; gives its number. While a turn is under way, and after a
    /// crash in the middle of one, this is the epoch already begun.
    pub fn begin_turn(&self) -> Result<u32, Error> {
        let _lock = files::lock(&self.file.path)?;
        let (current, mut wrapped) = self.settled()?;
        if wrapped.len() > 1 {
            return Ok(current);
        }
        let next = current.checked_add(1).ok_or(Error::NoMoreEpochs)?;
        wrapped.insert(next, self.file.fresh(next)?);
        self.persist(&wrapped)?;
        Ok(next)
    }

    /// Destroys every epoch but the current one, on disk and in memory, and names those it destroyed. Whatever was
    /// not re-wrapped before is lost for good. After an error it is called again, until it succeeds: only then
    /// is the old file wiped as well.
    pub fn finish_turn(&self) -> Result<Vec<u32>, Error> {
        let _lock = files::lock(&self.file.path)?;
        let (current, mut wrapped) = self.settled()?;
        let destroyed: Vec<u32> = wrapped.keys().copied().filter(|epoch| *epoch != current).collect();
        if destroyed.is_empty() {
            return Ok(destroyed);
        }
        wrapped.retain(|epoch, _| *epoch == current);
        self.persist(&wrapped)?;
        Ok(destroyed)
    }

    /// Wraps a person's keys for storage, for this person and compartment alone.
    pub fn wrap(&self, keys: &SubjectKeys, subject: &[u8; 16], compartment: &str) -> Result<Wrapped, Error> {
        self.wrap_payload(&keys.payload(), subject, compartment)
    }

    /// Opens wrapped keys; under a destroyed epoch this is [`Error::EpochDestroyed`], whoever asks.
    pub fn unwrap(
        &self,
        epoch: u32,
        bytes: &[u8],
        subject: &[u8; 16],
        compartment: &str,
    ) -> Result<SubjectKeys, Error> {
        SubjectKeys::from_payload(&self.unwrap_payload(epoch, bytes, subject, compartment)?)
    }

    /// Carries wrapped keys over to the current epoch.
    pub fn rewrap(
        &self,
        epoch: u32,
        bytes: &[u8],
        subject: &[u8; 16],
        compartment: &str,
    ) -> Result<Wrapped, Error> {
        let payload = self.unwrap_payload(epoch, bytes, subject, compartment)?;
        self.wrap_payload(&payload, subject, compartment)
    }

    /// A key of the installation itself, the same for as long as the root key; the label says its one use.
    pub fn derive_instance(&self, label: &str) -> Result<InstanceKey, Error> {
        InstanceKey::new(&self.derive(label)?)
    }

    pub(crate) fn derive(&self, label: &str) -> Result<Secret, Error> {
        self.root.derive(&["instance/", label])
    }

    fn wrap_payload(&self, payload: &[u8], subject: &[u8; 16], compartment: &str) -> Result<Wrapped, Error> {
        let epochs = self.fresh()?;
        let epoch = epochs.current;
        let key = living(&epochs, epoch)?;
        let bytes = key.cipher.seal(&[ALGORITHM], &wrapping(epoch, subject, compartment), payload)?;
        Ok(Wrapped { epoch, bytes })
    }

    fn unwrap_payload(
        &self,
        epoch: u32,
        bytes: &[u8],
        subject: &[u8; 16],
        compartment: &str,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        let epochs = self.fresh()?;
        let key = living(&epochs, epoch)?;
        key.cipher.open(&wrapping(epoch, subject, compartment), after_algorithm(bytes)?)
    }

    /// The epochs as the file has them now; asking costs one look at the folder.
    fn fresh(&self) -> Result<RwLockReadGuard<'_, Epochs>, Error> {
        let known = self.known();
        if files::is_still(&known.file, &self.file.path)? {
            return Ok(known);
        }
        drop(known);
        // Under the lock, because a file read while it is replaced could be half wiped already.
        let _lock = files::lock(&self.file.path)?;
        self.reload()?;
        Ok(self.known())
    }

    /// Finishes what a crash left and gives the current epoch with all wrapped ones; the caller holds the lock.
    fn settled(&self) -> Result<(u32, BTreeMap<u32, Vec<u8>>), Error> {
        files::settle(&self.file.path)?;
        self.reload()?;
        let known = self.known();
        let wrapped = known.living.iter().map(|(number, epoch)| (*number, epoch.wrapped.clone())).collect();
        Ok((known.current, wrapped))
    }

    fn persist(&self, wrapped: &BTreeMap<u32, Vec<u8>>) -> Result<(), Error> {
        let replaced = self.file.replace(wrapped);
        // Even when wiping failed the new file may be in force already; memory follows the file.
        self.reload()?;
        replaced
    }

    /// Takes the file into memory; the caller holds the lock on the file.
    fn reload(&self) -> Result<(), Error> {
        let epochs = self.file.load()?;
        *self.epochs.write().unwrap_or_else(PoisonError::into_inner) = epochs;
        Ok(())
    }

    fn known(&self) -> RwLockReadGuard<'_, Epochs> {
        // A panic elsewhere leaves the epochs whole: they are only ever replaced in one assignment.
        self.epochs.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Custody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Custody").field("root", &self.root.fingerprint).finish_non_exhaustive()
    }
}

fn living(epochs: &Epochs, epoch: u32) -> Result<&Epoch, Error> {
    if epoch < FIRST_EPOCH || epoch > epochs.current {
        return Err(Error::EpochUnknown { epoch });
    }
    epochs.living.get(&epoch).ok_or(Error::EpochDestroyed { epoch })
}

fn wrapping(epoch: u32, subject: &[u8; 16], compartment: &str) -> Context {
    Context::new("saqta/subject-keys/1")
        .with(&[ALGORITHM])
        .with(&epoch.to_be_bytes())
        .with(subject)
        .with(compartment.as_bytes())
}

const FIRST_EPOCH: u32 = 1;

/// The key above all others. Its file is text of two lines, `saqta-root-key-1` and the key in 64 hex digits, so
/// that it can be written on paper and kept in a safe.
#[derive(Debug)]
pub struct RootKey {
    secret: Secret,
    fingerprint: Fingerprint,
}

impl RootKey {
    /// Makes a root key in a file of its own; a file that exists is never overwritten.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let secret = Secret::random()?;
        // Filled in place: text that grows would leave key digits where it lay before.
        let mut text = Zeroizing::new(String::with_capacity(ROOT_HEADER.len() + 2 * SECRET + 2));
        text.push_str(ROOT_HEADER);
        text.push('\n');
        HEXLOWER.encode_append(secret.bytes(), &mut text);
        text.push('\n');
        files::create(path, text.as_bytes())?;
        // Read back, because a key that cannot be read again must not seal anything.
        Self::load(path)
    }

    /// Reads a root key; refuses any file that others could have read or put there. Capital hex digits and spaces
    /// between groups of digits are accepted, since the key may have been typed in from paper.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let malformed = |what| Error::Malformed { path: path.to_owned(), what };
        let (_, content) = files::read(path)?;
        let mut lines = content.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
        if lines.next() != Some(ROOT_HEADER.as_bytes()) {
            return Err(malformed(
                "its first line is not `saqta-root-key-1`; put the escrowed key there, or remove \
                it if it was never in use",
            ));
        }
        let digits = lines.next().unwrap_or_default().iter().copied().filter(|byte| *byte != b' ');
        if lines.any(|line| !line.is_empty()) {
            return Err(malformed("it has more lines than header and key"));
        }
        // One digit more than is right gets in, so that a key too long is noticed.
        let mut key = Zeroizing::new(Vec::with_capacity(2 * SECRET + 1));
        key.extend(digits.take(2 * SECRET + 1));
        let mut bytes = Zeroizing::new([0; SECRET]);
        if key.len() != 2 * SECRET || HEXLOWER_PERMISSIVE.decode_mut(&key, bytes.as_mut_slice()).is_err() {
            return Err(malformed("its second line is not 64 hex digits; compare it with the escrowed key"));
        }
        let secret = Secret::copied(&bytes);
        let named = secret.derive(&["custody/fingerprint"])?;
        Ok(Self { fingerprint: Fingerprint(named.digest(&Context::new("saqta/fingerprint/1"))), secret })
    }

    /// Names this key without telling anything about it.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    pub(crate) fn derive(&self, label: &[&str]) -> Result<Secret, Error> {
        self.secret.derive(label)
    }
}

const ROOT_HEADER: &str = "saqta-root-key-1";

/// The name of a root key: shown to operators, written into backups, useless for guessing the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The name as bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads the 32 hex digits that `Display` writes.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}
