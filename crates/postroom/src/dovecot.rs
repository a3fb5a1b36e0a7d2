//! Where are the mailboxes of a test? Dovecot gives them out by IMAP and fills them by LMTP.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::certificate::Certificate;
use crate::lmtp;
use crate::place::{Place, Running, free_ports};

/// A server with mailboxes.
pub struct Dovecot {
    /// Port for IMAP with TLS from the first byte.
    pub tls_port: u16,
    /// Port for IMAP with STARTTLS; without TLS nobody is let in by it.
    pub starttls_port: u16,
    /// Port at which letters are handed over.
    pub lmtp_port: u16,
    running: Option<Running>,
    place: Place,
}

/// What a server can do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Abilities {
    /// All that Dovecot can.
    All,
    /// Neither IDLE nor MOVE nor UIDPLUS, as with old servers.
    Few,
}

impl Dovecot {
    /// Starts one with these users and passwords.
    ///
    /// # Panics
    /// Panics when Dovecot 2.3 is missing.
    pub fn start(users: &[(&str, &str)], certificate: &Certificate, abilities: Abilities) -> Self {
        let place = Place::new();
        let [tls_port, starttls_port, lmtp_port] = free_ports();
        for folder in ["run", "state", "mail"] {
            place.folder(folder);
        }
        place.write("cert.pem", &certificate.pem);
        place.write("key.pem", &certificate.key);
        place.write("dovecot.conf", &settings(&place, [tls_port, starttls_port, lmtp_port], abilities));
        let mut dovecot = Self { tls_port, starttls_port, lmtp_port, running: None, place };
        dovecot.set_passwords(users);
        dovecot.resume();
        dovecot
    }

    /// Lets these users in with these passwords, and nobody else. It holds from the next login on.
    pub fn set_passwords(&self, users: &[(&str, &str)]) {
        let mut file = String::new();
        for (user, password) in users {
            writeln!(file, "{user}:{{PLAIN}}{password}").expect("a text takes more text");
        }
        self.place.write("users", &file);
    }

    /// Ends it; the mailboxes stay.
    pub fn pause(&mut self) {
        self.running = None;
    }

    /// Starts it again at the same ports.
    pub fn resume(&mut self) {
        let mut command = self.place.command("dovecot");
        command.args(["-F", "-c"]).arg(self.place.path().join("dovecot.conf"));
        self.running = Some(self.place.start(command, &[self.tls_port, self.starttls_port, self.lmtp_port]));
    }

    /// Puts letters into a mailbox, as a mail server would.
    pub fn deliver(&self, user: &str, letters: impl IntoIterator<Item = String>) {
        let mut hand = lmtp::Hand::to(self.lmtp_port);
        for letter in letters {
            let answers = hand.deliver("sender@people.example", &[user], letter.as_bytes());
            assert!(answers.iter().all(|answer| answer.starts_with("250")), "Dovecot takes it: {answers:?}");
        }
    }

    /// The letters that lie in a folder, each with its marks: `S` is read, `F` flagged, `T` deleted, small letters are keywords.
    pub fn letters(&self, user: &str, folder: &str) -> Vec<(String, Vec<u8>)> {
        let maildir = self.maildir(user);
        let base = if folder == "INBOX" { maildir } else { maildir.join(format!(".{folder}")) };
        let mut found = Vec::new();
        for part in ["new", "cur"] {
            for file in fs::read_dir(base.join(part)).into_iter().flatten().flatten() {
                // A letter that is being moved away may be gone between the two looks.
                if let Ok(content) = fs::read(file.path()) {
                    found.push((file.file_name().to_string_lossy().into_owned(), content));
                }
            }
        }
        found.sort();
        let marks =
            |name: String| name.split_once(":2,").map(|(_, marks)| marks.to_owned()).unwrap_or_default();
        found.into_iter().map(|(name, content)| (marks(name), content)).collect()
    }

    /// Makes the server number a mailbox anew, as after a restore from a backup.
    ///
    /// # Panics
    /// Panics if the server runs: it remembers the numbers.
    pub fn renumber(&self, user: &str) {
        assert!(self.running.is_none(), "the server is paused first");
        let maildir = self.maildir(user);
        for file in fs::read_dir(&maildir).expect("the mailbox is there").flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if name.starts_with("dovecot-uidlist") {
                // `3 V<validity> N<next> G<…>`: what follows the first line are the numbers themselves.
                let list = fs::read_to_string(file.path()).expect("the list can be read");
                let validity = list.split_whitespace().find_map(|word| word.strip_prefix('V'));
                let validity: u32 = validity.expect("it has a number").parse().expect("it is a number");
                let guid = list.split_whitespace().find(|word| word.starts_with('G')).unwrap_or_default();
                self.place.write("uidlist", &format!("3 V{} N1 {guid}\n", validity + 1));
                fs::rename(self.place.path().join("uidlist"), file.path()).expect("the list can be replaced");
            } else if name.starts_with("dovecot.index") || name.starts_with("dovecot.list") {
                fs::remove_file(file.path()).expect("the index can be removed");
            }
        }
    }

    fn maildir(&self, user: &str) -> PathBuf {
        let local = user.split('@').next().unwrap_or(user);
        self.place.path().join("mail").join(local).join("Maildir")
    }
}

fn settings(place: &Place, [tls, starttls, lmtp]: [u16; 3], abilities: Abilities) -> String {
    let (folder, user, group) = (place.path().display(), &place.account().user, &place.account().group);
    let capability = match abilities {
        Abilities::All => "",
        Abilities::Few => "imap_capability = IMAP4rev1 SASL-IR LITERAL+",
    };
    format!(
        "base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = yes
# On one machine everybody is local, and would be let in without TLS.
login_trusted_networks =
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:~/Maildir
mail_fsync = never
first_valid_uid = 1
mailbox_idle_check_interval = 1s
{capability}
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%n
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service stats {{
  chroot =
}}
service auth {{
  chroot =
}}
"
    )
}
