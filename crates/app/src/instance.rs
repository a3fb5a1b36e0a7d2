//! What does a running installation consist of, and which policy and law hold at an instant?

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use arc_swap::ArcSwap;
use jiff::Timestamp;
use jiff::civil::Date;
use saqta_domain::rules::Situation;
use saqta_domain::terms::law::LawEdition;
use saqta_domain::terms::names::{AttributeName, PurposeName};
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::standing::Stop;
use saqta_ledger::checkpoint::Signer;
use saqta_policy::coverage::ClauseCoverage;
use saqta_policy::folder::Folder;
use saqta_policy::law::{LawPack, law, stricter};
use saqta_policy::load::Loaded;
use saqta_policy::texts::Texts;
use saqta_policy::wording::Words;
use saqta_seal::custody::Custody;
use saqta_store::ahead::Ahead;
use saqta_store::db::{Clock as StoreClock, Db, Options, Place};
use saqta_store::keyring::Keyring;
use saqta_store::policies::Mark;
use saqta_store::testing::Faults;
use saqta_store::vault::Vault;
use zeroize::Zeroizing;

use crate::act::{Caller, Receipt};
use crate::admission::Door;
use crate::error::Error;
use crate::jobs::custody::Turning;
use crate::mail::letterbox::Troubles;
use crate::paper::Printing;
use crate::publication::{self, Approval};
use crate::receipts::ReceiptKey;
use crate::requests::Registry;
use crate::requests::sending::Post;
use crate::staff::Desk;
use crate::version_life::Cancelled;

/// Where the time comes from. The program reads the system's clock in one place; tests move theirs by hand.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock that asks the given function.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// What it shows.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

/// Where an installation lies.
#[derive(Clone)]
pub struct Location {
    /// The folder of the embedded databases, and by default of the keys.
    pub data: PathBuf,
    /// A PostgreSQL database to be used instead of the embedded one.
    pub postgres: Option<String>,
    /// The file of the root key, when it does not lie in the data folder.
    pub root_key: Option<PathBuf>,
    /// For crash tests only.
    pub faults: Faults,
}

/// What one caller may do in a day, so that nobody walks off with the base (clause 7.1).
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Persons that one key may read in twenty-four hours, page by page or one by one.
    pub persons_a_day: u64,
    /// Persons on one page of a list.
    pub page: u16,
    /// How long an idempotency key is remembered, in seconds.
    pub idempotency_seconds: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { persons_a_day: 5_000, page: 100, idempotency_seconds: 24 * 60 * 60 }
    }
}

/// One published version, ready to decide by.
#[derive(Clone, Debug)]
pub struct Version {
    /// What the gate decides by.
    pub policy: Arc<Policy>,
    /// What people read.
    pub texts: Arc<Texts>,
    /// When it was published.
    pub published_at: Timestamp,
    /// Who approved it. A name of a person: for administrators, never for a public page or a log.
    pub approved_by: String,
    /// When it was approved; approval publishes.
    pub approved_at: Timestamp,
    /// Where its publication stands in the ledger; nothing as long as that is under way.
    pub receipt: Option<Receipt>,
    /// Set when it was called off before its day came.
    pub cancelled: Option<Cancelled>,
    /// Its files, as they were published.
    pub folder: Arc<Folder>,
    /// Which attributes are looked up by value.
    pub findable: Arc<BTreeSet<AttributeName>>,
    /// What stands behind each clause of its text.
    pub coverage: Arc<Vec<ClauseCoverage>>,
}

pub(crate) struct State {
    /// By their numbers, which is the order in which they take effect; those that were called off too.
    pub published: Vec<Version>,
    /// What the database said of them when they were read.
    pub mark: Mark,
    pub packs: Vec<LawPack>,
    pub stops: Stops,
}

/// The law as it was last put together, and for which days and version that holds.
struct LawOfTheDay {
    days: Vec<Date>,
    version: u32,
    edition: Arc<LawEdition>,
}

/// The purposes that are stopped.
pub(crate) type Stops = Arc<BTreeMap<PurposeName, Stop>>;

/// What checkpoints are signed with.
struct Signing {
    origin: String,
    seed: Zeroizing<[u8; 32]>,
}

/// A running installation.
pub struct App {
    pub(crate) vault: Vault,
    pub(crate) door: Door,
    pub(crate) desk: Desk,
    pub(crate) registry: Registry,
    pub(crate) post: ArcSwap<Post>,
    pub(crate) troubles: Troubles,
    pub(crate) clock: Clock,
    /// The clock of the second devices of staff.
    pub(crate) devices: Clock,
    pub(crate) limits: Limits,
    signing: Signing,
    pub(crate) receipts: ReceiptKey,
    pub(crate) words: Words,
    pub(crate) state: ArcSwap<State>,
    edition: ArcSwap<Option<LawOfTheDay>>,
    reloading: tokio::sync::Mutex<()>,
    pub(crate) turning: Turning,
    pub(crate) printing: Printing,
    /// How many persons each key has read, by hour, for the last day.
    pub(crate) persons_read: Mutex<BTreeMap<String, BTreeMap<i64, u64>>>,
}

/// What holds at the instant of one deed.
#[derive(Clone)]
pub struct View {
    /// The version of the policy in force.
    pub version: Version,
    /// The law in force.
    pub law: Arc<LawEdition>,
    /// Purposes that are stopped.
    pub stops: Arc<BTreeMap<PurposeName, Stop>>,
    /// The instant.
    pub now: Timestamp,
    /// What was read together with the stopped purposes.
    pub(crate) ahead: Option<Arc<Ahead>>,
}

impl View {
    /// What was read together with the stopped purposes, and serves this view alone.
    pub(crate) fn ahead(&self) -> Option<&Ahead> {
        self.ahead.as_deref()
    }

    /// The same, as the rules want to see it.
    pub fn situation(&self) -> Situation<'_> {
        Situation { policy: &self.version.policy, law: &self.law, stops: &self.stops, now: self.now }
    }
}

const FINGERPRINT: &str = "root_key_fingerprint";
const SIGNING_SEED: &str = "ledger_signing_seed";
const ORIGIN: &str = "ledger_origin";

impl App {
    /// Opens an installation, or makes one where nothing is. The root key is compared with the data before anything is
    /// read or written under it.
    pub async fn open(place: Location, clock: Clock, limits: Limits) -> Result<Self, Error> {
        make_private(&place.data)?;
        let root_key = place.root_key.clone().unwrap_or_else(|| place.data.join("custody").join("root.key"));
        if let Some(folder) = root_key.parent() {
            make_private(folder)?;
        }
        let epochs = Custody::default_epochs_path(&root_key);
        let holder = saqta_seal::random::id().map_err(saqta_store::error::Error::from)?;
        let store_clock = {
            let clock = clock.clone();
            StoreClock::new(move || clock.now().as_microsecond())
        };
        let options = match &place.postgres {
            Some(url) => Options::postgres(url.clone(), store_clock, holder),
            None => Options::embedded(place.data.clone(), store_clock, holder),
        };
        let db = Db::open(options.faults(place.faults)).await?;
        let custody = match Self::custody(&db, &root_key, &epochs).await {
            Ok(custody) => custody,
            Err(error) => {
                db.close().await;
                return Err(error);
            }
        };
        let signing = Self::signing(&db, &custody).await?;
        let receipts = ReceiptKey::of(&custody)?;
        let door = Door::new(&custody)?;
        let desk = Desk::new(&custody)?;
        let registry = Registry::new(&custody)?;
        let vault = Vault::new(db, Keyring::new(custody));
        let app = Self {
            vault,
            door,
            desk,
            registry,
            post: ArcSwap::from_pointee(Post::default()),
            troubles: Troubles::default(),
            devices: clock.clone(),
            clock,
            limits,
            signing,
            receipts,
            words: Words::new()?,
            state: ArcSwap::from_pointee(State {
                published: Vec::new(),
                mark: Mark::default(),
                packs: Vec::new(),
                stops: Arc::default(),
            }),
            edition: ArcSwap::from_pointee(None),
            reloading: tokio::sync::Mutex::default(),
            turning: Turning::default(),
            printing: Printing::default(),
            persons_read: Mutex::default(),
        };
        app.reload().await?;
        app.recover().await?;
        Ok(app)
    }

    /// The second devices of staff show codes by another clock than the one of this installation: so in a demonstration, whose
    /// story plays at another time than that of the phones of those who look at it.
    #[must_use]
    pub fn with_devices_by(mut self, clock: Clock) -> Self {
        self.devices = clock;
        self
    }

    async fn custody(db: &Db, root_key: &Path, epochs: &Path) -> Result<Custody, Error> {
        let expected = match (
            db.setting(Place::Data, FINGERPRINT).await?,
            db.setting(Place::Keys, FINGERPRINT).await?,
        ) {
            (Some(data), _) => Some(data),
            (None, keys) => keys,
        };
        let Some(expected) = expected else {
            let custody = Custody::create(root_key, epochs)
                .or_else(|error| match error {
                    // A start that died between making the keys and writing their fingerprint left both behind.
                    saqta_seal::error::Error::Exists { .. } => Custody::open(root_key, epochs),
                    other => Err(other),
                })
                .map_err(saqta_store::error::Error::from)?;
            let fingerprint = custody.fingerprint().to_string().into_bytes();
            db.set_setting(Place::Keys, FINGERPRINT, fingerprint.clone()).await?;
            db.set_setting(Place::Data, FINGERPRINT, fingerprint).await?;
            return Ok(custody);
        };
        let custody = Custody::open(root_key, epochs).map_err(saqta_store::error::Error::from)?;
        let found = custody.fingerprint().to_string();
        if found.as_bytes() != expected.as_slice() {
            return Err(Error::OtherRootKey {
                path: root_key.display().to_string(),
                found,
                expected: String::from_utf8_lossy(&expected).into_owned(),
            });
        }
        Ok(custody)
    }

    async fn signing(db: &Db, custody: &Custody) -> Result<Signing, Error> {
        let sealing = custody.derive_instance("ledger signing").map_err(saqta_store::error::Error::from)?;
        let origin = match db.setting(Place::Data, ORIGIN).await? {
            Some(origin) => String::from_utf8(origin).map_err(|_| Error::Unreadable)?,
            None => {
                let origin = format!("saqta/{}", custody.fingerprint());
                db.set_setting(Place::Data, ORIGIN, origin.clone().into_bytes()).await?;
                origin
            }
        };
        if let Some(sealed) = db.setting(Place::Keys, SIGNING_SEED).await? {
            let seed =
                sealing.open(SIGNING_SEED.as_bytes(), &sealed).map_err(saqta_store::error::Error::from)?;
            let seed: [u8; 32] = seed.as_slice().try_into().map_err(|_| Error::Unreadable)?;
            return Ok(Signing { origin, seed: Zeroizing::new(seed) });
        }
        let seed = saqta_seal::random::secret().map_err(saqta_store::error::Error::from)?;
        let sealed =
            sealing.seal(SIGNING_SEED.as_bytes(), seed.as_ref()).map_err(saqta_store::error::Error::from)?;
        db.set_setting(Place::Keys, SIGNING_SEED, sealed).await?;
        Ok(Signing { origin, seed })
    }

    /// Signs one log. Each has a name of its own, so that two logs of one installation never look like two stories of one.
    pub(crate) fn signer(&self, log: i64) -> Result<Signer, Error> {
        let origin = format!("{}/{log}", self.signing.origin);
        Signer::from_seed(&origin, &self.signing.seed).map_err(ledger)
    }

    /// Goes on with what a crash interrupted, and removes what a restored data file brought back.
    async fn recover(&self) -> Result<(), Error> {
        self.vault.replay_register().await?;
        self.resume_destructions().await?;
        if self.vault.turn_is_under_way()
            && let Err(error) = self.turn_epoch(|_, _| {}).await
        {
            // Both epochs live on; serving people does not wait for the turn.
            tracing::error!(%error, "the turn of the epoch was not finished");
        }
        Ok(())
    }

    /// Reads the published versions and the stopped purposes anew.
    pub(crate) async fn reload(&self) -> Result<(), Error> {
        // One at a time, so that an older reading never takes the place of a newer one.
        let _turn = self.reloading.lock().await;
        let known = self.state.load_full();
        let (stops, mark) = self.vault.db().stops_and_mark().await?;
        let published = publication::published(&self.vault, &known.published).await?;
        let mut packs = Vec::new();
        let mut named = BTreeSet::new();
        for name in published.iter().flat_map(|v| &v.policy.jurisdictions) {
            if named.insert(name.clone()) {
                packs.push(law(name)?);
            }
        }
        self.state.store(Arc::new(State { published, mark, packs, stops: Arc::new(stopped(stops)?) }));
        self.edition.store(Arc::new(None));
        Ok(())
    }

    /// What is published and stopped as of now, whichever process did it: the versions are read anew where the database has more.
    pub(crate) async fn refresh(&self) -> Result<(Arc<State>, Stops), Error> {
        let state = self.state.load_full();
        if matches!(self.vault.db(), Db::Sqlite(_)) {
            let stops = Arc::clone(&state.stops);
            return Ok((state, stops));
        }
        let (stops, mark) = self.vault.db().stops_and_mark().await?;
        self.caught_up(state, stops, mark).await
    }

    async fn caught_up(
        &self,
        state: Arc<State>,
        stops: BTreeMap<String, i64>,
        mark: Mark,
    ) -> Result<(Arc<State>, Stops), Error> {
        let stops = Arc::new(stopped(stops)?);
        if mark == state.mark {
            return Ok((state, stops));
        }
        self.reload().await?;
        Ok((self.state.load_full(), stops))
    }

    /// What holds now.
    pub async fn view(&self) -> Result<View, Error> {
        let now = self.clock.now();
        // Another process may have stopped a purpose a moment ago, or published a version, or called one off.
        let (state, stops) = self.refresh().await?;
        self.view_under(&state, stops, now)
    }

    /// What holds now for somebody's request: as it was read together with their key, the first time it is asked.
    pub(crate) async fn view_for(&self, caller: &Caller) -> Result<View, Error> {
        let Some(mut ahead) = caller.ahead.take() else { return self.view().await };
        let now = self.clock.now();
        let (stops, mark) = ahead.take_stops();
        let (state, stops) = self.caught_up(self.state.load_full(), stops, mark).await?;
        Ok(View { ahead: Some(Arc::new(ahead)), ..self.view_under(&state, stops, now)? })
    }

    /// What would hold if no other process had changed anything: good for guessing what will be asked, and for nothing else.
    pub(crate) fn view_as_known(&self) -> Result<View, Error> {
        let state = self.state.load_full();
        self.view_under(&state, Arc::clone(&state.stops), self.clock.now())
    }

    fn view_under(&self, state: &State, stops: Stops, now: Timestamp) -> Result<View, Error> {
        let in_force = |v: &&Version| v.cancelled.is_none() && v.policy.effective_from <= now;
        let version = state.published.iter().rev().find(in_force).ok_or(Error::NoPolicy)?;
        let law = self.law_at(state, &version.policy, now)?;
        Ok(View { version: version.clone(), law, stops, now, ahead: None })
    }

    fn law_at(&self, state: &State, policy: &Policy, now: Timestamp) -> Result<Arc<LawEdition>, Error> {
        let named = |name: &String| state.packs.iter().find(|pack| pack.name == *name);
        let packs: Vec<&LawPack> = policy.jurisdictions.iter().filter_map(named).collect();
        // Each law begins its days in its own zone.
        let days: Vec<Date> = packs.iter().map(|pack| pack.day_of(now)).collect();
        if let Some(known) = self.edition.load().as_ref()
            && (&known.days, known.version) == (&days, policy.version)
        {
            return Ok(Arc::clone(&known.edition));
        }
        let editions: Vec<LawEdition> = packs.iter().zip(&days).map(|(pack, day)| pack.on(*day)).collect();
        let edition = Arc::new(stricter(&editions).ok_or(Error::NoPolicy)?);
        let (version, of_today) = (policy.version, Arc::clone(&edition));
        self.edition.store(Arc::new(Some(LawOfTheDay { days, version, edition: of_today })));
        Ok(edition)
    }

    /// Every version that was, is or will be in force, the oldest first; [`App::version`] finds those called off as well.
    pub fn versions(&self) -> Vec<Version> {
        self.state.load().published.iter().filter(|v| v.cancelled.is_none()).cloned().collect()
    }

    /// The view itself, or one of the latest version that declares the purpose: a consent is taken back, a block and a hold are
    /// lifted also after the purpose left the policy and before what is known of it has ended.
    pub(crate) fn view_that_declares(&self, view: &View, purpose: &PurposeName) -> View {
        if view.version.policy.purpose(purpose).is_some() {
            return view.clone();
        }
        let past = self.versions().into_iter().rev().filter(|v| v.policy.effective_from <= view.now);
        let version = past.into_iter().find(|v| v.policy.purpose(purpose).is_some());
        View { version: version.unwrap_or_else(|| view.version.clone()), ..view.clone() }
    }

    /// Whether a version has taken effect: from then on it can neither change nor be called off.
    pub fn has_begun(&self, version: u32) -> bool {
        let now = self.clock.now();
        self.versions().iter().any(|v| v.policy.version == version && v.policy.effective_from <= now)
    }

    /// The words in which people are told things.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The time as this installation sees it.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The fingerprint of the root key.
    pub fn fingerprint(&self) -> String {
        self.vault.keyring().custody().fingerprint().to_string()
    }

    /// Whether requests can be answered: the database answers, a policy is in force, and the custody of keys opens.
    pub async fn ready(&self) -> Result<(), Error> {
        self.vault.db().keys().await?;
        self.view().await?;
        self.vault.keyring().custody().derive_instance("readiness").map_err(crate::act::store).map(drop)
    }

    /// Ends the installation after everything that was begun.
    pub async fn close(&self) {
        self.vault.db().close().await;
    }

    /// The store below, for what development looks at: residue and crash tests.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }
}

pub(crate) fn ledger(source: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Ledger(Box::new(source))
}

fn stopped(rows: BTreeMap<String, i64>) -> Result<BTreeMap<PurposeName, Stop>, Error> {
    rows.into_iter()
        .map(|(name, since)| {
            let name = PurposeName::new(&name).map_err(|_| Error::Unreadable)?;
            let at = Timestamp::from_microsecond(since).map_err(|_| Error::Unreadable)?;
            Ok((name, Stop { at }))
        })
        .collect()
}

pub(crate) fn version_of(loaded: Loaded, approval: Approval, folder: Folder) -> Version {
    let findable = loaded.policy.attributes.values().filter(|a| a.findable).map(|a| a.name.clone()).collect();
    Version {
        policy: Arc::new(loaded.policy),
        texts: Arc::new(loaded.texts),
        published_at: approval.at,
        approved_by: approval.by,
        approved_at: approval.at,
        receipt: None,
        cancelled: None,
        folder: Arc::new(folder),
        findable: Arc::new(findable),
        coverage: Arc::new(loaded.coverage),
    }
}

fn make_private(folder: &Path) -> Result<(), Error> {
    let failed = |source| Error::File { path: folder.display().to_string(), source };
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)
    }
    #[cfg(not(unix))]
    std::fs::create_dir_all(folder).map_err(failed)
}
