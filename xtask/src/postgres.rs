//! How do tests and benchmarks get a PostgreSQL of their own that nobody else uses and that leaves nothing behind?
//!
//! A cluster lives in a folder below the temporary folder, belongs to an unprivileged user, listens on a free port of
//! 127.0.0.1 and forgets everything when it is dropped. The cluster of the operating system is never touched.
//! When the task is killed before it can drop its cluster, the next start finds the folder and clears it away.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::machine::{self, is_root};

/// The environment variable in which tests look for a PostgreSQL they may do anything with.
pub const URL_VARIABLE: &str = "SAQTA_TEST_PGURL";

const FOLDER_PREFIX: &str = "saqta-test-pg-";
const START_TRIES: u32 = 5;
const READY_POLLS: u32 = 1200;
const POLL_EVERY: Duration = Duration::from_millis(50);

/// What a commit promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Nothing: the data die with the tests, and no test may lean on a crash of this server.
    None,
    /// That it outlives a crash, as in a shop: a benchmark that left this out would compare with what nobody runs.
    Full,
}

impl Durability {
    /// What differs from the server's own defaults, spelt out also where it does not.
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::None => &[
                "fsync=off",
                "full_page_writes=off",
                "synchronous_commit=off",
                "max_connections=400",
                "shared_buffers=64MB",
            ],
            Self::Full => &[
                "fsync=on",
                "full_page_writes=on",
                "synchronous_commit=on",
                "max_connections=200",
                "shared_buffers=512MB",
                "max_wal_size=4GB",
            ],
        }
    }
}

/// A running throw-away cluster; dropping it stops the server and removes its folder.
pub struct Cluster {
    durability: Durability,
    programs: Programs,
    account: Option<Account>,
    folder: PathBuf,
    port: u16,
    server: Option<Child>,
}

impl Cluster {
    /// Installs PostgreSQL if the machine has none, makes a cluster and waits until it answers.
    pub fn start(durability: Durability) -> Result<Self> {
        let programs = match Programs::find() {
            Some(programs) => programs,
            None => {
                install()?;
                Programs::find()
                    .context("PostgreSQL was installed, but no `initdb` and `postgres` are found")?
            }
        };
        let account = if is_root()? { Some(Account::unprivileged()?) } else { None };
        clear_leftovers(&programs, account.as_ref());

        let folder = std::env::temp_dir().join(format!("{FOLDER_PREFIX}{}", std::process::id()));
        fs::create_dir(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let mut cluster = Self { durability, programs, account, folder, port: 0, server: None };
        cluster.own_folder()?;
        cluster.initialise()?;
        cluster.serve()?;
        Ok(cluster)
    }

    /// The address for [`URL_VARIABLE`].
    pub fn url(&self) -> String {
        format!("postgres://saqta@127.0.0.1:{}/postgres", self.port)
    }

    /// The address by its unix socket: the shortest way, and the one a benchmark takes.
    pub fn socket_url(&self) -> String {
        let folder = encoded(&self.folder.to_string_lossy());
        format!("postgres://saqta@{folder}:{}/postgres", self.port)
    }

    /// The folder whose files vanish with the cluster; it also holds the unix socket.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    fn own_folder(&self) -> Result<()> {
        fs::set_permissions(&self.folder, fs::Permissions::from_mode(0o700))?;
        if let Some(account) = &self.account {
            chown(&self.folder, Some(account.uid), Some(account.gid))?;
        }
        Ok(())
    }

    fn initialise(&self) -> Result<()> {
        let output = self
            .command("initdb")
            .args(["--username=saqta", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"])
            .arg(format!("--pgdata={}", self.data().display()))
            .stdin(Stdio::null())
            .output()
            .context("cannot run initdb")?;
        ensure!(output.status.success(), "initdb failed:\n{}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }

    /// Somebody else may take the free port between the question and the start, so a few ports are tried.
    fn serve(&mut self) -> Result<()> {
        for attempt in 1..=START_TRIES {
            self.port = free_port()?;
            self.server = Some(self.spawn()?);
            if self.becomes_ready()? {
                return Ok(());
            }
            self.server = None;
            if attempt == START_TRIES {
                break;
            }
        }
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        bail!("PostgreSQL did not start; its log says:\n{log}")
    }

    fn spawn(&self) -> Result<Child> {
        let log = File::create(self.log())?;
        let settings = [
            "listen_addresses=127.0.0.1".to_owned(),
            format!("port={}", self.port),
            format!("unix_socket_directories={}", self.folder.display()),
            "timezone=UTC".to_owned(),
        ];
        let mut command = self.command("postgres");
        command.arg("-D").arg(self.data());
        for setting in settings.iter().map(String::as_str).chain(self.durability.settings().iter().copied()) {
            command.args(["-c", setting]);
        }
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("cannot start `postgres`")
    }

    /// The server writes its state into the last line of `postmaster.pid`; false means that it ended instead.
    fn becomes_ready(&mut self) -> Result<bool> {
        let state_file = self.data().join("postmaster.pid");
        let Some(server) = self.server.as_mut() else { return Ok(false) };
        for _ in 0..READY_POLLS {
            if server.try_wait()?.is_some() {
                return Ok(false);
            }
            let state = fs::read_to_string(&state_file).unwrap_or_default();
            if state.lines().last().is_some_and(|line| line.trim() == "ready") {
                return Ok(true);
            }
            thread::sleep(POLL_EVERY);
        }
        server.kill()?;
        server.wait()?;
        Ok(false)
    }

    fn command(&self, program: &str) -> Command {
        self.programs.command(program, self.account.as_ref(), &self.folder)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            stop(&self.programs, self.account.as_ref(), &self.folder);
            // `pg_ctl` has waited already; killing matters only when it could not reach the server.
            if !matches!(server.try_wait(), Ok(Some(_))) {
                let _ = server.kill();
            }
            let _ = server.wait();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A folder that holds `initdb`, `postgres` and `pg_ctl` of one version.
struct Programs {
    folder: PathBuf,
}

impl Programs {
    fn find() -> Option<Self> {
        candidates().into_iter().find(|folder| Self::complete(folder)).map(|folder| Self { folder })
    }

    fn complete(folder: &Path) -> bool {
        ["initdb", "postgres", "pg_ctl"].iter().all(|program| folder.join(program).is_file())
    }

    /// The current folder is the cluster's, because the unprivileged user may not enter ours.
    fn command(&self, program: &str, account: Option<&Account>, current: &Path) -> Command {
        let mut command = Command::new(self.folder.join(program));
        command.current_dir(current).env_remove("PGDATA").env_remove("PGPORT").env("LC_ALL", "C");
        if let Some(account) = account {
            command.uid(account.uid).gid(account.gid);
        }
        command
    }
}

/// The search path comes first, then where Debian keeps its versions (newest first), then the usual other places.
fn candidates() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort();
    folders.extend(versions.into_iter().rev().map(|(_, folder)| folder));
    folders.extend(["/usr/local/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin"].map(PathBuf::from));
    folders
}

/// A user of the operating system without rights; PostgreSQL refuses to run as root.
struct Account {
    uid: u32,
    gid: u32,
}

impl Account {
    fn unprivileged() -> Result<Self> {
        for name in ["postgres", "saqta-test"] {
            if let Some(account) = Self::named(name)? {
                return Ok(account);
            }
        }
        println!("==> adding the system user `saqta-test`, because PostgreSQL does not run as root");
        let status = Command::new("useradd")
            .args(["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "saqta-test"])
            .status()
            .context("cannot run useradd")?;
        ensure!(status.success(), "useradd failed");
        Self::named("saqta-test")?.context("the user `saqta-test` was added, but is not found")
    }

    fn named(name: &str) -> Result<Option<Self>> {
        let number = |flag: &str| -> Result<Option<u32>> {
            let output = Command::new("id").args([flag, name]).output().context("cannot run `id`")?;
            if !output.status.success() {
                return Ok(None);
            }
            Ok(Some(String::from_utf8_lossy(&output.stdout).trim().parse()?))
        };
        let (Some(uid), Some(gid)) = (number("-u")?, number("-g")?) else { return Ok(None) };
        Ok(Some(Self { uid, gid }))
    }
}

fn install() -> Result<()> {
    println!("==> PostgreSQL is not installed: installing Debian's package `postgresql`");
    machine::install(&["postgresql"])
}

/// A path as the host of an address, where most signs mean something else.
fn encoded(path: &str) -> String {
    let mut host = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            host.push(char::from(byte));
        } else {
            host.push_str(&format!("%{byte:02X}"));
        }
    }
    host
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn stop(programs: &Programs, account: Option<&Account>, folder: &Path) {
    let _ = programs
        .command("pg_ctl", account, folder)
        .args(["stop", "--silent", "--mode=immediate", "--timeout=20"])
        .arg(format!("--pgdata={}", folder.join("data").display()))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}

/// Clears clusters whose task ended without dropping them. Only folders that the cluster's own user could have made are
/// touched, because the temporary folder is everybody's.
fn clear_leftovers(programs: &Programs, account: Option<&Account>) {
    for entry in fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let Some(owner) = entry.file_name().to_str().and_then(task_of) else { continue };
        let Ok(about) = entry.metadata() else { continue };
        if !about.is_dir() || account.is_some_and(|account| about.uid() != account.uid) {
            continue;
        }
        if ended(owner) {
            stop(programs, account, &entry.path());
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether the process that made a cluster is gone. Our own number in a folder we have not made yet is one given again.
fn ended(owner: u32) -> bool {
    let processes = Path::new("/proc");
    let visible = processes.join("self").exists();
    owner == std::process::id() || (visible && !processes.join(owner.to_string()).exists())
}

/// The process that made a folder of this name.
fn task_of(name: &str) -> Option<u32> {
    name.strip_prefix(FOLDER_PREFIX)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_names_the_process_that_made_it_and_foreign_folders_name_none() {
        assert_eq!(task_of("saqta-test-pg-4711"), Some(4711));
        assert_eq!(task_of("saqta-test-pg-"), None);
        assert_eq!(task_of("saqta-test-pg-4711x"), None);
        assert_eq!(task_of("somebody-elses-4711"), None);
    }

    #[test]
    fn a_folder_stands_in_an_address_without_a_sign_that_means_something_there() {
        assert_eq!(encoded("/tmp/saqta-test-pg-1"), "%2Ftmp%2Fsaqta-test-pg-1");
        assert_eq!(encoded("/a b:c@d?"), "%2Fa%20b%3Ac%40d%3F");
    }

    #[test]
    fn a_benchmark_is_durable_and_a_test_is_not() {
        for setting in ["fsync", "full_page_writes", "synchronous_commit"] {
            let on = format!("{setting}=on");
            assert!(Durability::Full.settings().contains(&on.as_str()));
            assert!(!Durability::None.settings().contains(&on.as_str()));
        }
    }

    #[test]
    fn a_process_that_runs_has_not_ended_and_a_number_given_again_has() {
        assert!(!ended(1), "the first process runs as long as the machine");
        assert!(ended(std::process::id()));
    }

    #[test]
    fn two_free_ports_asked_for_while_the_first_is_held_differ() {
        let held = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        assert_ne!(held.local_addr().unwrap().port(), free_port().unwrap());
    }
}
