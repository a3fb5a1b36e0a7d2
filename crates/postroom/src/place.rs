//! Where does a program live while a test runs, and who is it?

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

const POLLS: u32 = 1200;
const POLL_EVERY: Duration = Duration::from_millis(25);

/// Asks until the answer is yes, and fails the test with these words if that never comes: for what a program of others does in
/// its own time, and announces to nobody.
///
/// # Panics
/// Panics when half a minute has passed.
pub fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..POLLS {
        if is_so() {
            return;
        }
        thread::sleep(POLL_EVERY);
    }
    panic!("this never came about: {what}");
}

/// A folder of a program, removed with it.
pub(crate) struct Place {
    folder: TempDir,
    account: Account,
}

/// Somebody without rights: nobody where this is root, else whoever runs the tests.
pub(crate) struct Account {
    pub(crate) user: String,
    pub(crate) group: String,
    ids: Option<(u32, u32)>,
}

impl Account {
    fn find() -> Self {
        let ask = |arguments: &[&str]| {
            let answer = Command::new("id").args(arguments).output().expect("`id` runs");
            String::from_utf8(answer.stdout).expect("`id` answers in text").trim().to_owned()
        };
        if ask(&["-u"]) == "0" {
            let number = |flag| ask(&[flag, "nobody"]).parse().expect("`nobody` has a number");
            Self {
                user: "nobody".to_owned(),
                group: ask(&["-gn", "nobody"]),
                ids: Some((number("-u"), number("-g"))),
            }
        } else {
            Self { user: ask(&["-un"]), group: ask(&["-gn"]), ids: None }
        }
    }
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("saqta-post-").tempdir().expect("a folder can be made");
        let place = Self { folder, account: Account::find() };
        place.own(place.path());
        fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).expect("its mode can be set");
        place
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    /// Writes a file that the program may read; the old one, if any, is replaced at once.
    pub(crate) fn write(&self, name: &str, content: &str) -> PathBuf {
        let (path, fresh) = (self.path().join(name), self.path().join(format!("{name}.new")));
        fs::write(&fresh, content).expect("a file can be written");
        self.own(&fresh);
        fs::rename(&fresh, &path).expect("a file can be replaced");
        path
    }

    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir(&path).expect("a folder can be made");
        self.own(&path);
        path
    }

    fn own(&self, path: &Path) {
        if let Some((user, group)) = self.account.ids {
            chown(path, Some(user), Some(group)).expect("root can give files away");
        }
    }

    /// A program of the administrator's search path, under the account of this place.
    pub(crate) fn command(&self, program: &str) -> Command {
        let found = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"]
            .iter()
            .map(|folder| Path::new(folder).join(program))
            .find(|path| path.is_file());
        let Some(found) = found else {
            panic!("`{program}` is not installed; `cargo xtask test` installs it");
        };
        let mut command = Command::new(found);
        command
            .current_dir(self.path())
            .stdin(Stdio::null())
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        if let Some((user, group)) = self.account.ids {
            command.uid(user).gid(group);
        }
        command
    }

    /// Starts a program and waits until it listens at all its ports; what it says goes into a file.
    pub(crate) fn start(&self, mut command: Command, ports: &[u16]) -> Running {
        let said = self.path().join("said");
        let file = File::create(&said).expect("a file can be made");
        command.stdout(file.try_clone().expect("a file has two handles")).stderr(file);
        command.process_group(0);
        let mut running = Running { child: command.spawn().expect("the program starts") };
        eventually("the program listens", || {
            if let Some(status) = running.child.try_wait().expect("its state is known") {
                panic!("the program ended with {status}:\n{}", fs::read_to_string(&said).unwrap_or_default());
            }
            ports.iter().all(|port| TcpStream::connect((Ipv4Addr::LOCALHOST, *port)).is_ok())
        });
        running
    }
}

/// A program that runs until it is dropped.
pub(crate) struct Running {
    child: Child,
}

impl Running {
    /// Tells the program and all its helpers something; false where none of them is left.
    fn signal(&self, signal: &str) -> bool {
        let told = Command::new("kill")
            .args([signal, "--", &format!("-{}", self.child.id())])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        told.is_ok_and(|status| status.success())
    }
}

impl Drop for Running {
    /// The program is asked first. What it has started ends with it, or would go on writing into a folder that is gone.
    fn drop(&mut self) {
        self.signal("-TERM");
        for _ in 0..POLLS {
            if !matches!(self.child.try_wait(), Ok(None)) {
                break;
            }
            thread::sleep(POLL_EVERY);
        }
        self.signal("-KILL");
        let _status = self.child.wait();
        for _ in 0..POLLS {
            if !self.signal("-0") {
                break;
            }
            thread::sleep(POLL_EVERY);
        }
    }
}

/// Ports that were free a moment ago, all different.
pub(crate) fn free_ports<const COUNT: usize>() -> [u16; COUNT] {
    let held: [TcpListener; COUNT] =
        std::array::from_fn(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free"));
    held.map(|listener| listener.local_addr().expect("it has an address").port())
}
