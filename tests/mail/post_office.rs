//! The mail servers of a shop and of its customer, and where the shop takes letters.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use saqta_app::instance::App;
use saqta_app::mail::room::MailRoom;
use saqta_app::mail::settings::MailSettings;
use saqta_app::requests::sending::Post;
use saqta_mail::letter::Letter;
use saqta_mail::outgoing::dkim;
use saqta_postroom::certificate::Certificate;
use saqta_postroom::dovecot::{Abilities, Dovecot};
use saqta_postroom::exim::{self, Exim, Route, Signature, Target};
use saqta_postroom::names::{NameServer, Record};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::letters::CUSTOMER;

/// The shop's address for letters about data.
pub const PRIVACY: &str = "privacy@shop.example";

/// Exim carries letters, signed, to the shop's door and to the customer's mailbox, which Dovecot keeps; a name server knows the key.
pub struct PostOffice {
    pub exim: Exim,
    dovecot: Dovecot,
    settings: PathBuf,
    _names: NameServer,
    _place: tempfile::TempDir,
}

impl PostOffice {
    pub fn open() -> Self {
        let place = tempfile::tempdir().unwrap();
        let door = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let certificate = Certificate::new();
        let dovecot = Dovecot::start(&[(CUSTOMER, "mailbox")], &certificate, Abilities::All);
        let key = dkim::new_key().unwrap();
        let names = NameServer::start(&[
            Record::Text("s1._domainkey.mail.example", &dkim::record(&key).unwrap()),
            Record::Text("_dmarc.mail.example", "v=DMARC1; p=reject"),
        ]);
        let routes = [
            Route {
                domain: "shop.example",
                to: Target::Port(door.port()),
                signature: Some(Signature { domain: "mail.example", selector: "s1", key }),
            },
            Route { domain: "mail.example", to: Target::Port(dovecot.lmtp_port), signature: None },
        ];
        let exim = Exim::start(&routes, &certificate);
        let settings = format!(
            "[smtp]\nhost = \"localhost\"\nport = {}\nsecurity = \"starttls\"\ncertificates_file = \"authority.pem\"\n\
             user = \"{}\"\npassword_file = \"password\"\n[lmtp]\nlisten = \"{door}\"\n\
             [senders]\nname_servers = [\"{}\"]\n",
            exim.port,
            exim::USER,
            names.address(),
        );
        let write = |name: &str, text: &str| std::fs::write(place.path().join(name), text).unwrap();
        write("mail.toml", &settings);
        write("authority.pem", &certificate.pem);
        write("password", exim::PASSWORD);
        let secret = place.path().join("password");
        std::fs::set_permissions(secret, std::fs::Permissions::from_mode(0o600)).unwrap();
        Self { exim, dovecot, settings: place.path().join("mail.toml"), _names: names, _place: place }
    }

    /// The file of the shop's settings of e-mail.
    pub fn settings(&self) -> &Path {
        &self.settings
    }

    /// The letters in the customer's mailbox.
    pub fn mailbox(&self) -> Vec<Letter> {
        let came = self.dovecot.letters(CUSTOMER, "INBOX");
        came.iter().map(|(_, bytes)| Letter::read(bytes).unwrap()).collect()
    }
}

/// A shop that takes and sends letters as a file of settings says, until it is stopped.
pub struct Taking {
    stop: watch::Sender<bool>,
    room: JoinHandle<()>,
}

impl Taking {
    pub async fn begin(app: &Arc<App>, base: &str, settings: &Path) -> Self {
        let settings = MailSettings::read(settings).unwrap();
        let post = Post { public_url: base.to_owned(), folder: None, server: None };
        let room = MailRoom::open(Arc::clone(app), settings, post).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        Self { stop, room: tokio::spawn(room.run(stopped)) }
    }

    pub async fn end(self) {
        self.stop.send_replace(true);
        self.room.await.unwrap();
    }
}

/// What the links in letters carry whose page has the button that confirms.
pub fn tokens(mail: &[Letter]) -> Vec<String> {
    let words = mail.iter().flat_map(|letter| letter.words.own.split_whitespace());
    let mut tokens: Vec<String> =
        words.filter_map(|word| Some(word.split_once("/confirm?token=")?.1.to_owned())).collect();
    tokens.sort();
    tokens.dedup();
    tokens
}
