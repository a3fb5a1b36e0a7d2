//! How does the mail server of the house hand letters over (LMTP, RFC 2033)?
//!
//! The mail server keeps each letter in its queue until it was told, for every recipient, that the letter lies safe here. So the
//! answer `250` is given only after [`Intake::take`] said so; on a full disk or a dead database it is `451`, and the server comes
//! again. If this process dies in the middle, nothing was answered, and the server comes again too.
//!
//! A door listens on a Unix socket or on TCP. It has no password: on TCP only this machine may come in, and hosts that are named.

mod conversation;
mod envelope;
mod lines;

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::intake::Intake;
use conversation::Conversation;

/// Pause after the system could give no connection (no file handle left, mostly), so that the processor is not eaten meanwhile.
const AFTER_FAILED_ACCEPT: Duration = Duration::from_millis(250);

/// How a door is set up.
#[derive(Clone, Debug)]
pub struct Door {
    /// Where it listens.
    pub address: Address,
    /// The name it greets with.
    pub hostname: String,
    /// The addresses that take letters; any other is refused before the letter is sent.
    pub recipients: BTreeSet<String>,
    /// Hosts that may come in by TCP, beside this machine.
    pub peers: Vec<IpAddr>,
    /// What is too much.
    pub bounds: Bounds,
}

/// Where a door listens.
#[derive(Clone, Debug)]
pub enum Address {
    /// A port of this machine.
    Tcp(SocketAddr),
    /// A socket. Whoever may enter the folder it lies in may come in, so the folder is to be one of its own.
    Unix(PathBuf),
}

/// What is too much for a door.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes of one letter.
    pub letter: usize,
    /// Recipients of one letter.
    pub recipients: usize,
    /// Connections at a time; each may hold one letter in memory.
    pub connections: usize,
    /// How long to wait for the next word of the other side.
    pub patience: Duration,
    /// How long filing may take before the server is told to come again.
    pub filing: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            letter: 25 * 1024 * 1024,
            recipients: 100,
            connections: 16,
            patience: Duration::from_secs(5 * 60),
            filing: Duration::from_secs(2 * 60),
        }
    }
}

/// The door cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("LMTP cannot listen at `{at}`: {reason}", reason = .source.kind())]
pub struct CannotListen {
    at: String,
    source: io::Error,
}

/// A door that listens.
pub struct Listener {
    socket: Socket,
    door: Arc<Door>,
}

enum Socket {
    Tcp(TcpListener),
    Unix(UnixListener, PathBuf),
}

impl Listener {
    /// Opens the door. A socket that a dead process left behind is replaced; one that somebody listens at is not.
    pub async fn open(mut door: Door) -> Result<Self, CannotListen> {
        door.recipients = door.recipients.iter().map(|address| address.to_lowercase()).collect();
        let opened = match &door.address {
            Address::Tcp(address) => TcpListener::bind(address).await.map(Socket::Tcp),
            Address::Unix(path) => listen_at(path).await.map(|listener| Socket::Unix(listener, path.clone())),
        };
        let socket = opened.map_err(|source| CannotListen { at: door.address.shown(), source })?;
        Ok(Self { socket, door: Arc::new(door) })
    }

    /// The port that was taken; absent for a Unix socket.
    pub fn port(&self) -> Option<u16> {
        match &self.socket {
            Socket::Tcp(listener) => listener.local_addr().ok().map(|address| address.port()),
            Socket::Unix(..) => None,
        }
    }

    /// Lets mail servers in until `stop` is there. Letters being filed are still filed, and waiting connections are closed.
    pub async fn serve(self, intake: Arc<dyn Intake>, stop: impl Future<Output = ()>) {
        let places = Arc::new(Semaphore::new(self.door.bounds.connections));
        let (closing, closed) = tokio::sync::watch::channel(false);
        let mut talks = JoinSet::new();
        tokio::pin!(stop);
        loop {
            while let Some(ended) = talks.try_join_next() {
                if ended.is_err_and(|error| error.is_panic()) {
                    tracing::error!(
                        "an LMTP connection ended by a fault of this program; its letter stays with the server"
                    );
                }
            }
            let accepted = tokio::select! {
                () = &mut stop => break,
                accepted = self.accept() => accepted,
            };
            let Ok((stream, peer)) = accepted else {
                tracing::warn!("LMTP cannot take a connection; trying again");
                tokio::time::sleep(AFTER_FAILED_ACCEPT).await;
                continue;
            };
            if !self.door.lets_in(peer) {
                talks.spawn(turn_away(stream, b"554 5.7.1 This host may not deliver here\r\n"));
                continue;
            }
            let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
                talks.spawn(turn_away(stream, b"421 4.3.2 Too many connections, come again\r\n"));
                continue;
            };
            let (door, intake, closed) = (Arc::clone(&self.door), Arc::clone(&intake), closed.clone());
            talks.spawn(async move {
                let _place = place;
                if Conversation::new(stream, &door, &*intake, closed).hold().await.is_err() {
                    tracing::debug!("an LMTP connection broke off");
                }
            });
        }
        closing.send_replace(true);
        // A letter that is still on its way in after that is cut off; it was not answered, and stays with the mail server.
        let filed = async { while talks.join_next().await.is_some() {} };
        let _some_were_cut_off = tokio::time::timeout(self.door.bounds.filing, filed).await;
    }

    async fn accept(&self) -> io::Result<(Box<dyn Stream>, Option<IpAddr>)> {
        Ok(match &self.socket {
            Socket::Tcp(listener) => {
                let (stream, peer) = listener.accept().await?;
                (Box::new(stream), Some(peer.ip()))
            }
            Socket::Unix(listener, _) => (Box::new(listener.accept().await?.0), None),
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Socket::Unix(_, path) = &self.socket {
            let _already_gone = std::fs::remove_file(path);
        }
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

impl Door {
    fn lets_in(&self, peer: Option<IpAddr>) -> bool {
        peer.is_none_or(|peer| peer.to_canonical().is_loopback() || self.peers.contains(&peer.to_canonical()))
    }
}

impl Address {
    fn shown(&self) -> String {
        match self {
            Self::Tcp(address) => address.to_string(),
            Self::Unix(path) => path.display().to_string(),
        }
    }
}

async fn listen_at(path: &Path) -> io::Result<UnixListener> {
    let listener = match UnixListener::bind(path) {
        Err(taken) if taken.kind() == io::ErrorKind::AddrInUse => {
            if tokio::net::UnixStream::connect(path).await.is_ok() {
                return Err(taken);
            }
            std::fs::remove_file(path)?;
            UnixListener::bind(path)?
        }
        other => other?,
    };
    // The mail server is another user; who reaches the socket at all is a matter of its folder.
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o666))?;
    Ok(listener)
}

async fn turn_away(mut stream: Box<dyn Stream>, words: &'static [u8]) {
    let say = async {
        stream.write_all(words).await?;
        stream.shutdown().await
    };
    let _gone_already = tokio::time::timeout(Duration::from_secs(5), say).await;
}
