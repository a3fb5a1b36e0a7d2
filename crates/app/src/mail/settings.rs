//! What can be set about e-mail, in the file that `saqta serve --mail FILE` names?
//!
//! Everything is optional: without a mail server to send by, letters go into the folder of `--letters`; without mailboxes, a door
//! for LMTP or a folder, nothing comes in. Passwords and keys stand in files of their own, which nobody but the server may read.
//! Paths are counted from the folder of the file.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use saqta_mail::imap::{self, Afterwards, Beginning};
use saqta_mail::lmtp::Address;
use saqta_mail::outgoing::{Outgoing, dkim};
use serde::Deserialize;

/// What is wrong with the settings of e-mail: what, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct SettingsFault {
    /// What, and where.
    pub what: String,
    /// What to do about it.
    pub todo: String,
}

/// The settings of e-mail, checked as far as that is possible without a network.
pub struct MailSettings {
    pub(super) sending: Option<Sending>,
    pub(super) mailboxes: Vec<imap::Mailbox>,
    pub(super) lmtp: Option<LmtpDoor>,
    pub(super) folder: Option<PathBuf>,
    pub(super) senders: Senders,
}

/// By which server letters leave. The mark of the installation and, where none is set, the sender are added when it starts.
pub(super) struct Sending {
    pub host: String,
    pub port: u16,
    pub security: saqta_mail::tls::Security,
    pub authorities: Option<String>,
    pub login: Option<(String, String)>,
    pub from: Option<String>,
    pub signature: Option<dkim::Settings>,
}

impl Sending {
    pub fn outgoing(&self, from: &str, instance: String) -> Outgoing {
        Outgoing {
            host: self.host.clone(),
            port: self.port,
            security: self.security,
            authorities: self.authorities.clone(),
            login: self.login.clone(),
            from: self.from.clone().unwrap_or_else(|| from.to_owned()),
            signature: self.signature.clone(),
            instance,
        }
    }
}

/// Where a mail server hands letters over.
pub(super) struct LmtpDoor {
    pub address: Address,
    pub hostname: Option<String>,
    /// Where none is named, the mailboxes of the policy.
    pub recipients: BTreeSet<String>,
    pub peers: Vec<IpAddr>,
}

/// How it is found out who sent a letter.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Senders {
    /// Which name servers are asked; those of the machine, where none is named.
    pub name_servers: Vec<SocketAddr>,
    /// The name of the operator's own mail server, whose `Authentication-Results` are believed.
    pub believe: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    smtp: Option<SmtpBlock>,
    #[serde(default)]
    mailbox: Vec<MailboxBlock>,
    lmtp: Option<LmtpBlock>,
    folder: Option<FolderBlock>,
    #[serde(default)]
    senders: Senders,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Security {
    Tls,
    Starttls,
    None,
}

impl From<Security> for saqta_mail::tls::Security {
    fn from(security: Security) -> Self {
        match security {
            Security::Tls => Self::Tls,
            Security::Starttls => Self::StartTls,
            Security::None => Self::NoneOnThisMachine,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SmtpBlock {
    host: String,
    port: u16,
    security: Security,
    certificates_file: Option<PathBuf>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    from: Option<String>,
    dkim: Option<DkimBlock>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DkimBlock {
    domain: String,
    selector: String,
    key_file: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MailboxBlock {
    name: String,
    host: String,
    port: u16,
    security: Security,
    certificates_file: Option<PathBuf>,
    user: String,
    password_file: PathBuf,
    folder: Option<String>,
    move_to: Option<String>,
    #[serde(default)]
    first: First,
}

/// What is taken when a mailbox is watched for the first time.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum First {
    #[default]
    New,
    All,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LmtpBlock {
    listen: Option<SocketAddr>,
    socket: Option<PathBuf>,
    hostname: Option<String>,
    #[serde(default)]
    recipients: BTreeSet<String>,
    #[serde(default)]
    peers: Vec<IpAddr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FolderBlock {
    path: PathBuf,
}

impl MailSettings {
    /// Reads a file of settings, with the passwords and keys that it names.
    pub fn read(path: &Path) -> Result<Self, SettingsFault> {
        let text = std::fs::read_to_string(path).map_err(|error| SettingsFault {
            what: format!("the settings of e-mail cannot be read from {}: {error}", path.display()),
            todo: "name the file with --mail FILE; docs/mail.md has an example".to_owned(),
        })?;
        let file: File = toml::from_str(&text).map_err(|error| SettingsFault {
            what: format!("{} is not as it should be:\n{}", path.display(), error.to_string().trim_end()),
            todo: "mend the line; docs/mail.md explains each setting".to_owned(),
        })?;
        let beside = Beside(path.parent().unwrap_or(Path::new(".")));
        Ok(Self {
            sending: file.smtp.map(|block| beside.sending(block)).transpose()?,
            mailboxes: file
                .mailbox
                .into_iter()
                .map(|block| beside.mailbox(block))
                .collect::<Result<_, _>>()?,
            lmtp: file.lmtp.map(|block| beside.lmtp(block)).transpose()?,
            folder: file.folder.map(|block| beside.place(&block.path)),
            senders: file.senders,
        })
    }
}

/// The folder that paths are counted from.
struct Beside<'a>(&'a Path);

impl Beside<'_> {
    fn place(&self, path: &Path) -> PathBuf {
        self.0.join(path)
    }

    fn text(&self, path: &Path) -> Result<String, SettingsFault> {
        let place = self.place(path);
        std::fs::read_to_string(&place).map_err(|error| SettingsFault {
            what: format!("{} cannot be read: {error}", place.display()),
            todo: "name a file that the server may read".to_owned(),
        })
    }

    /// A password or a key. Whoever else can read it can read the mail.
    fn secret(&self, path: &Path) -> Result<String, SettingsFault> {
        let text = self.text(path)?;
        let place = self.place(path);
        if open_to_others(&place) {
            return Err(SettingsFault {
                what: format!("{} can be read by others", place.display()),
                todo: format!("let the server alone read it: chmod 600 {}", place.display()),
            });
        }
        match text.trim_end_matches(['\r', '\n']) {
            "" => Err(SettingsFault {
                what: format!("{} is empty", place.display()),
                todo: "write the password or the key into it".to_owned(),
            }),
            secret => Ok(secret.to_owned()),
        }
    }

    fn authorities(&self, path: Option<&PathBuf>) -> Result<Option<String>, SettingsFault> {
        path.map(|path| self.text(path)).transpose()
    }

    fn sending(&self, block: SmtpBlock) -> Result<Sending, SettingsFault> {
        let login = match (block.user, &block.password_file) {
            (Some(user), Some(file)) => Some((user, self.secret(file)?)),
            (None, None) => None,
            _ => {
                return Err(SettingsFault {
                    what: "[smtp] has a user without a password, or a password without a user".to_owned(),
                    todo: "write both `user` and `password_file`, or neither".to_owned(),
                });
            }
        };
        let signature = block.dkim.map(|dkim| -> Result<_, SettingsFault> {
            let DkimBlock { domain, selector, key_file } = dkim;
            Ok(dkim::Settings { domain, selector, key: self.secret(&key_file)? })
        });
        Ok(Sending {
            host: block.host,
            port: block.port,
            security: block.security.into(),
            authorities: self.authorities(block.certificates_file.as_ref())?,
            login,
            from: block.from,
            signature: signature.transpose()?,
        })
    }

    fn mailbox(&self, block: MailboxBlock) -> Result<imap::Mailbox, SettingsFault> {
        Ok(imap::Mailbox {
            name: block.name,
            host: block.host,
            port: block.port,
            security: block.security.into(),
            authorities: self.authorities(block.certificates_file.as_ref())?,
            user: block.user,
            password: self.secret(&block.password_file)?,
            folder: block.folder.unwrap_or_else(|| "INBOX".to_owned()),
            afterwards: block.move_to.map_or(Afterwards::Keep, Afterwards::MoveTo),
            beginning: match block.first {
                First::New => Beginning::New,
                First::All => Beginning::All,
            },
            letter: 25 * 1024 * 1024,
            pace: imap::Pace::default(),
        })
    }

    fn lmtp(&self, block: LmtpBlock) -> Result<LmtpDoor, SettingsFault> {
        let address = match (block.listen, &block.socket) {
            (Some(address), None) => Address::Tcp(address),
            (None, Some(socket)) => Address::Unix(self.place(socket)),
            _ => {
                return Err(SettingsFault {
                    what: "[lmtp] says in two ways, or in none, where to listen".to_owned(),
                    todo: "write `listen = \"127.0.0.1:2424\"` or `socket = \"lmtp.sock\"`".to_owned(),
                });
            }
        };
        let LmtpBlock { hostname, recipients, peers, .. } = block;
        Ok(LmtpDoor { address, hostname, recipients, peers })
    }
}

#[cfg(unix)]
fn open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn open_to_others(_path: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &str, mode: u32) -> Result<MailSettings, SettingsFault> {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("password");
        std::fs::write(&secret, "geheim\n").unwrap();
        std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(mode)).unwrap();
        std::fs::write(folder.path().join("mail.toml"), settings).unwrap();
        MailSettings::read(&folder.path().join("mail.toml"))
    }

    const ALL: &str = r#"
        [smtp]
        host = "mail.shop.example"
        port = 587
        security = "starttls"
        user = "privacy@shop.example"
        password_file = "password"
        [[mailbox]]
        name = "privacy"
        host = "mail.shop.example"
        port = 993
        security = "tls"
        user = "privacy@shop.example"
        password_file = "password"
        move_to = "Filed"
        [lmtp]
        listen = "127.0.0.1:2424"
        [folder]
        path = "incoming"
        [senders]
        believe = "mx.shop.example"
    "#;

    #[test]
    fn everything_can_be_set_and_nothing_has_to_be() {
        let settings = read(ALL, 0o600).unwrap();
        let login = settings.sending.and_then(|sending| sending.login);
        assert_eq!(login, Some(("privacy@shop.example".to_owned(), "geheim".to_owned())));
        assert_eq!(settings.mailboxes[0].afterwards, Afterwards::MoveTo("Filed".to_owned()));
        assert!(settings.folder.is_some_and(|folder| folder.ends_with("incoming")));
        assert!(read("", 0o600).is_ok());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_what_to_do() {
        let fault = |settings: &str, mode| read(settings, mode).err().unwrap();
        let unknown = fault("[smtp]\nhsot = \"mail.shop.example\"\n", 0o600);
        assert!(unknown.what.contains("line 2") && unknown.what.contains("hsot"), "{}", unknown.what);
        assert!(fault(ALL, 0o644).todo.starts_with("let the server alone read it: chmod 600"));
        assert!(fault("[lmtp]\n", 0o600).what.contains("[lmtp]"));
        let half = "[smtp]\nhost = \"a\"\nport = 25\nsecurity = \"none\"\nuser = \"b\"\n";
        assert!(fault(half, 0o600).todo.contains("password_file"));
    }
}
