//! How does a connection break in the middle, at a place that the test chooses?

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// Stands between a client and a server of this machine, and cuts the line when enough has come from the server.
pub struct Scissors {
    /// Where clients connect.
    pub port: u16,
    left: Arc<AtomicU64>,
    cuts: Arc<AtomicUsize>,
    work: JoinHandle<()>,
}

impl Scissors {
    /// Stands before this port. Nothing is cut until it is said.
    ///
    /// # Panics
    /// Panics if no port is free.
    pub async fn before(server: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let (left, cuts) = (Arc::new(AtomicU64::new(u64::MAX)), Arc::new(AtomicUsize::new(0)));
        let shared = (Arc::clone(&left), Arc::clone(&cuts));
        let work = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let Ok(server) = TcpStream::connect((Ipv4Addr::LOCALHOST, server)).await else { continue };
                let (left, cuts) = (Arc::clone(&shared.0), Arc::clone(&shared.1));
                tokio::spawn(async move { pass(client, server, &left, &cuts).await });
            }
        });
        Self { port, left, cuts, work }
    }

    /// Lets this many more bytes through from the server, on all connections together, and cuts then, once.
    pub fn cut_after(&self, bytes: u64) {
        self.left.store(bytes, Ordering::SeqCst);
    }

    /// How often it has cut.
    pub fn cuts(&self) -> usize {
        self.cuts.load(Ordering::SeqCst)
    }
}

impl Drop for Scissors {
    fn drop(&mut self) {
        self.work.abort();
    }
}

async fn pass(client: TcpStream, server: TcpStream, left: &AtomicU64, cuts: &AtomicUsize) {
    // Small pieces go on at once.
    let _as_it_is = (client.set_nodelay(true), server.set_nodelay(true));
    let (mut from_client, to_client) = client.into_split();
    let (from_server, mut to_server) = server.into_split();
    tokio::select! {
        _ended = copy(&mut from_client, &mut to_server) => {}
        () = measured(from_server, to_client, left, cuts) => {}
    }
}

async fn measured(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, left: &AtomicU64, cuts: &AtomicUsize) {
    let mut buffer = [0; 512];
    while let Ok(count @ 1..) = from.read(&mut buffer).await {
        let passing = u64::try_from(count).unwrap_or(u64::MAX);
        let before = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
            Some(if left == u64::MAX { left } else { left.checked_sub(passing).unwrap_or(u64::MAX) })
        });
        let allowed = before.unwrap_or(u64::MAX);
        let part = usize::try_from(allowed).unwrap_or(usize::MAX).min(count);
        if to.write_all(buffer.get(..part).unwrap_or_default()).await.is_err() {
            return;
        }
        if part < count {
            cuts.fetch_add(1, Ordering::SeqCst);
            return;
        }
    }
}
