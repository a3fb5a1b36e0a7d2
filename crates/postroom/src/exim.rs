//! Which mail server carries the letters of a test? Exim takes them by SMTP and hands them over by LMTP.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::certificate::Certificate;
use crate::lmtp::Talk;
use crate::place::{Place, Running, free_ports};

/// The one user who may send letters to anybody, after logging in.
pub const USER: &str = "saqta";
/// The user's password.
pub const PASSWORD: &str = "let me in";
/// A local part that no domain has: letters for it come back.
pub const UNKNOWN: &str = "nobody-here";

/// A mail server.
pub struct Exim {
    /// Port for SMTP, with STARTTLS if wanted.
    pub port: u16,
    /// Port for SMTP with TLS from the first byte.
    pub tls_port: u16,
    _running: Running,
    place: Place,
}

/// Where the letters of one domain are handed over.
pub struct Route {
    /// The domain.
    pub domain: &'static str,
    /// Where its letters go.
    pub to: Target,
    /// Signs the letters on their way.
    pub signature: Option<Signature>,
}

/// Where letters are handed over.
pub enum Target {
    /// A port of this machine.
    Port(u16),
    /// A socket.
    Socket(PathBuf),
}

/// How the server signs.
pub struct Signature {
    /// For this domain.
    pub domain: &'static str,
    /// The name of the key in DNS.
    pub selector: &'static str,
    /// The key in PEM form.
    pub key: String,
}

impl Exim {
    /// Starts one. A letter that cannot be handed over is tried again every second.
    ///
    /// # Panics
    /// Panics when Exim 4 is missing.
    pub fn start(routes: &[Route], certificate: &Certificate) -> Self {
        let place = Place::new();
        let [port, tls_port] = free_ports();
        place.folder("spool");
        place.folder("log");
        place.write("cert.pem", &certificate.pem);
        place.write("key.pem", &certificate.key);
        for (number, route) in routes.iter().enumerate() {
            if let Some(signature) = &route.signature {
                place.write(&format!("dkim{number}.pem"), &signature.key);
            }
        }
        let file = place.write("exim.conf", &settings(&place, [port, tls_port], routes));
        let mut command = place.command("exim4");
        command.arg("-C").arg(file).args(["-bdf", "-q1s"]);
        let running = place.start(command, &[port, tls_port]);
        Self { port, tls_port, _running: running, place }
    }

    /// Gives it a letter, as a mail program would.
    ///
    /// # Panics
    /// Panics if it does not take it.
    pub fn submit(&self, from: &str, recipients: &[&str], letter: &str) {
        let mut talk = Talk::to(self.port);
        let mut say = |line: &str| {
            let answer = talk.say(line);
            assert!(answer.starts_with(['2', '3']), "`{line}` is answered by `{answer}`");
        };
        say("EHLO client.people.example");
        say(&format!("MAIL FROM:<{from}> SMTPUTF8"));
        recipients.iter().for_each(|to| say(&format!("RCPT TO:<{to}>")));
        say("DATA");
        say(&format!("{letter}."));
        say("QUIT");
    }

    /// How many letters it still keeps.
    pub fn waiting(&self) -> usize {
        let queue = fs::read_dir(self.place.path().join("spool/input")).into_iter().flatten().flatten();
        queue.filter(|file| file.file_name().to_string_lossy().ends_with("-H")).count()
    }

    /// What it wrote down about its letters.
    pub fn log(&self) -> String {
        fs::read_to_string(self.place.path().join("log/mainlog")).unwrap_or_default()
    }
}

fn settings(place: &Place, [port, tls_port]: [u16; 2], routes: &[Route]) -> String {
    let (folder, user, group) = (place.path().display(), &place.account().user, &place.account().group);
    let (mut domains, mut routers, mut transports) = (String::new(), String::new(), String::new());
    for (number, route) in routes.iter().enumerate() {
        write!(domains, "{}{}", if number == 0 { "" } else { " : " }, route.domain)
            .expect("a text takes more");
        let signature = route.signature.as_ref().map(|signature| signed(place.path(), number, signature));
        let signature = signature.unwrap_or_default();
        let (router, transport) = match &route.to {
            Target::Port(port) => (
                "driver = manualroute\n  route_list = * 127.0.0.1\n  self = send".to_owned(),
                format!(
                    "driver = smtp\n  protocol = lmtp\n  port = {port}\n  allow_localhost\n  hosts_avoid_tls = *\n{signature}"
                ),
            ),
            Target::Socket(path) => (
                "driver = accept".to_owned(),
                format!("driver = lmtp\n  socket = {}\n  user = {user}\n  group = {group}", path.display()),
            ),
        };
        write!(routers, "r{number}:\n  domains = {}\n  transport = t{number}\n  {router}\n", route.domain)
            .expect("a text takes more");
        write!(transports, "t{number}:\n  {transport}\n").expect("a text takes more");
    }
    format!(
        "primary_hostname = mx.people.example
exim_user = {user}
exim_group = {group}
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
daemon_smtp_ports = {port} : {tls_port}
tls_on_connect_ports = {tls_port}
local_interfaces = 127.0.0.1
tls_advertise_hosts = *
tls_certificate = {folder}/cert.pem
tls_privatekey = {folder}/key.pem
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
smtputf8_advertise_hosts = *
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =
deliver_drop_privilege = true
message_size_limit = 60M
smtp_accept_max = 100
# A test may connect to several servers at once and send on each connection as many letters as it likes.
smtp_accept_queue_per_connection = 0
log_selector = -queue_run
acl_smtp_rcpt = recipient
acl_smtp_data = content
begin acl
recipient:
  accept authenticated = *
  accept domains = {domains}
  deny message = relay not permitted
content:
  accept
begin routers
unknown:
  driver = redirect
  local_parts = {UNKNOWN}
  allow_fail
  data = :fail: no such person
{routers}begin transports
{transports}begin retry
* * F,1h,1s
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{USER}}}}}{{eq{{$auth3}}{{{PASSWORD}}}}}}}}}
  server_set_id = $auth2
"
    )
}

fn signed(folder: &Path, number: usize, signature: &Signature) -> String {
    format!(
        "  dkim_domain = {}\n  dkim_selector = {}\n  dkim_private_key = {}/dkim{number}.pem\n  dkim_strict = 1",
        signature.domain,
        signature.selector,
        folder.display()
    )
}
