//! What do domains publish, in a test? dnsmasq answers, for names below `.example` alone.

use std::net::{Ipv4Addr, SocketAddr};

use crate::place::{Place, Running, free_ports};

/// A name server that knows these records and says that no other exists.
pub struct NameServer {
    port: u16,
    _running: Running,
    _place: Place,
}

/// Something that a domain publishes.
pub enum Record<'text> {
    /// A text of any length.
    Text(&'text str, &'text str),
    /// The host that takes letters for a domain.
    Mail(&'text str, &'text str),
    /// The address of a host.
    Host(&'text str, Ipv4Addr),
}

impl NameServer {
    /// Starts one.
    ///
    /// # Panics
    /// Panics, as all of this crate, when something of the machine is missing.
    pub fn start(records: &[Record<'_>]) -> Self {
        let place = Place::new();
        let [port] = free_ports();
        let mut settings = format!(
            "port={port}\nlisten-address=127.0.0.1\nbind-interfaces\nno-resolv\nno-hosts\nlocal=/example/\nlocal=/arpa/\n"
        );
        for record in records {
            settings.push_str(&match record {
                Record::Text(name, text) => format!("txt-record={name}{}\n", pieces(text)),
                Record::Mail(name, host) => format!("mx-host={name},{host},10\n"),
                Record::Host(name, address) => format!("host-record={name},{address}\n"),
            });
        }
        let file = place.write("dnsmasq.conf", &settings);
        let mut command = place.command("dnsmasq");
        command.args(["--keep-in-foreground", "--user=", "--group=", "--pid-file", "--log-facility=-"]);
        command.arg(format!("--conf-file={}", file.display()));
        let running = place.start(command, &[port]);
        Self { port, _running: running, _place: place }
    }

    /// Where it answers.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))
    }
}

/// A text in DNS is made of strings of at most 255 bytes; a reader puts them together.
fn pieces(text: &str) -> String {
    let bytes = text.as_bytes();
    bytes.chunks(200).map(|piece| format!(",\"{}\"", String::from_utf8_lossy(piece))).collect()
}
