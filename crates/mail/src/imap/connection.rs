//! How is a mailbox reached, and how is it heard that something is new?

use std::fmt::Debug;
use std::io;
use std::time::Duration;

use async_imap::error::Error;
use async_imap::imap_proto::{Response, Status};
use async_imap::types::UnsolicitedResponse;
use async_imap::{Client, Session};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, BufWriter};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::{Mailbox, Pace, Trouble};
use crate::tls::{self, Security};

/// How long a server may take to end an IDLE; after that the connection is dead, whatever the system believes.
const END_OF_IDLE: Duration = Duration::from_secs(15);

/// The bytes between us and the server.
pub(super) trait Wire: AsyncRead + AsyncWrite + Debug + Send + Unpin {}
impl<W: AsyncRead + AsyncWrite + Debug + Send + Unpin> Wire for W {}

/// A mailbox that has let us in.
pub(super) struct Open {
    pub(super) session: Session<Box<dyn Wire>>,
    pub(super) can_move: bool,
    pub(super) can_expunge_one: bool,
    can_idle: bool,
}

/// Connects and logs in.
pub(super) async fn open(mailbox: &Mailbox) -> Result<Open, Trouble> {
    let wire =
        timeout(mailbox.pace.answer, connect(mailbox)).await.map_err(|_late| Trouble::Unreachable)??;
    timeout(mailbox.pace.answer, log_in(wire, mailbox)).await.map_err(|_late| Trouble::Unreachable)?
}

async fn connect(mailbox: &Mailbox) -> Result<Client<Box<dyn Wire>>, Trouble> {
    let unreachable = |_error: io::Error| Trouble::Unreachable;
    let stream = TcpStream::connect((mailbox.host.as_str(), mailbox.port)).await.map_err(unreachable)?;
    stream.set_nodelay(true).map_err(unreachable)?;
    let wire: Box<dyn Wire> = match mailbox.security {
        Security::Tls => secured(stream, mailbox).await?,
        Security::NoneOnThisMachine => Box::new(BufWriter::new(stream)),
        Security::StartTls => {
            let mut client = Client::new(stream);
            greeted(&mut client).await?;
            // A server that refuses, or somebody between who says it does, gets no password.
            client.run_command_and_check_ok("STARTTLS", None).await.map_err(|error| match error {
                Error::No(_) | Error::Bad(_) => Trouble::Protocol,
                error => of_error(&error),
            })?;
            // What came in the open behind the answer is thrown away with the client's buffer.
            let wire = secured(client.into_inner(), mailbox).await?;
            return Ok(Client::new(wire));
        }
    };
    let mut client = Client::new(wire);
    greeted(&mut client).await?;
    Ok(client)
}

async fn secured(stream: TcpStream, mailbox: &Mailbox) -> Result<Box<dyn Wire>, Trouble> {
    let name = ServerName::try_from(mailbox.host.clone()).map_err(|_no_name| Trouble::Certificate)?;
    let config =
        tls::client(mailbox.authorities.as_deref()).map_err(|_no_certificate| Trouble::Certificate)?;
    let stream = TlsConnector::from(config).connect(name, stream).await.map_err(|error| {
        let by_tls = error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>());
        if by_tls { Trouble::Certificate } else { Trouble::Unreachable }
    })?;
    // A command is written in pieces, which leave together.
    Ok(Box::new(BufWriter::new(stream)))
}

/// The server speaks first.
async fn greeted<W: Wire>(client: &mut Client<W>) -> Result<(), Trouble> {
    let greeting = client.read_response().await.map_err(|error| of_error(&error.into()))?;
    match greeting.as_ref().map(|greeting| greeting.parsed()) {
        Some(Response::Data { status: Status::Ok, .. }) => Ok(()),
        Some(Response::Data { status: Status::Bye, .. }) | None => Err(Trouble::Unreachable),
        Some(_) => Err(Trouble::Protocol),
    }
}

async fn log_in(client: Client<Box<dyn Wire>>, mailbox: &Mailbox) -> Result<Open, Trouble> {
    let logged_in = client.login(&mailbox.user, &mailbox.password).await;
    let mut session = logged_in.map_err(|(error, _client)| match error {
        // A server that is busy says so in the same place, with a code of its own (RFC 5530).
        Error::No(text)
            if ["Unavailable", "UNAVAILABLE", "LIMIT", "INUSE"].iter().any(|busy| text.contains(busy)) =>
        {
            Trouble::Unreachable
        }
        Error::No(_) | Error::Bad(_) | Error::Validate(_) => Trouble::WrongPassword,
        error => of_error(&error),
    })?;
    let abilities = session.capabilities().await.map_err(|error| of_error(&error))?;
    Ok(Open {
        can_move: abilities.has_str("MOVE"),
        can_expunge_one: abilities.has_str("UIDPLUS"),
        can_idle: abilities.has_str("IDLE"),
        session,
    })
}

impl Open {
    /// Waits until something may be new. What is new is found by asking; a wrong alarm costs one question.
    pub(super) async fn wait_for_news(self, pace: Pace) -> Result<Self, Trouble> {
        let Self { mut session, can_move, can_expunge_one, can_idle } = self;
        if can_idle {
            // What was said before the wait begins comes by this way, and would never be said again.
            let heard = session.unsolicited_responses.clone();
            let mut idle = session.idle();
            within(pace.answer, idle.init()).await?;
            let missed = std::iter::from_fn(|| heard.try_recv().ok())
                .any(|said| matches!(said, UnsolicitedResponse::Exists(_) | UnsolicitedResponse::Recent(_)));
            if !missed {
                let (news, _interrupt) = idle.wait_with_timeout(pace.idle);
                // Signs of life do not make the wait longer. When it is over, the mailbox is asked all the same.
                if let Ok(said) = timeout(pace.idle, news).await {
                    said.map_err(|error| of_error(&error))?;
                }
            }
            session = within(END_OF_IDLE, idle.done()).await?;
        } else {
            tokio::time::sleep(pace.poll).await;
            within(pace.answer, session.noop()).await?;
        }
        Ok(Self { session, can_move, can_expunge_one, can_idle })
    }

    /// Forgets what the server said by the way. Whoever asks for all letters next misses nothing by it.
    pub(super) fn forget_what_was_said(&self) {
        while self.session.unsolicited_responses.try_recv().is_ok() {}
    }
}

/// A command of the session, for so long and no longer.
pub(super) async fn within<T>(
    bound: Duration,
    command: impl Future<Output = Result<T, Error>>,
) -> Result<T, Trouble> {
    match timeout(bound, command).await {
        Ok(answer) => answer.map_err(|error| of_error(&error)),
        Err(_late) => Err(Trouble::Unreachable),
    }
}

/// The text of such an error can hold what the server sent, a letter even. It is not kept.
pub(super) fn of_error(error: &Error) -> Trouble {
    match error {
        Error::ConnectionLost => Trouble::Unreachable,
        // The parser reports what it cannot read as an error of this kind.
        Error::Io(error) if error.kind() == io::ErrorKind::Other => Trouble::Protocol,
        Error::Io(_) => Trouble::Unreachable,
        _ => Trouble::Protocol,
    }
}
