//! How does an opened installation answer over HTTP, run its jobs, and end?

use std::future::IntoFuture;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use saqta_app::instance::App;
use saqta_app::mail::room::MailRoom;
use saqta_web::settings::Settings;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;

/// How long requests that are under way may take once the server was asked to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(20);

const BETWEEN_JOBS: Duration = Duration::from_secs(60);

/// A server that answers.
pub struct Serving {
    app: Arc<App>,
    stop: watch::Sender<bool>,
    answering: JoinHandle<std::io::Result<()>>,
    jobs: Option<JoinHandle<()>>,
    letters: Option<JoinHandle<()>>,
    signals: Signals,
}

/// Begins to answer. From here on a signal to end is heard, so that nothing is cut off.
pub fn begin(app: Arc<App>, listener: TcpListener, settings: Settings) -> anyhow::Result<Serving> {
    let signals = Signals::listen().context("signals cannot be heard")?;
    let (stop, stopped) = watch::channel(false);
    let router = saqta_web::router(Arc::clone(&app), settings);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let answering = axum::serve(listener, service).with_graceful_shutdown(asked(stopped)).into_future();
    Ok(Serving { app, stop, answering: tokio::spawn(answering), jobs: None, letters: None, signals })
}

impl Serving {
    /// Begins to run the jobs: everything that is due every minute, and the turn of the epoch once a day.
    pub fn run_jobs(&mut self) {
        let (app, stopped) = (Arc::clone(&self.app), self.stop.subscribe());
        self.jobs = Some(tokio::spawn(jobs(app, stopped)));
    }

    /// Begins to take letters in.
    pub fn take_letters(&mut self, room: MailRoom) {
        self.letters = Some(tokio::spawn(room.run(self.stop.subscribe())));
    }

    /// Waits until the server fails or somebody asks the process to end.
    pub async fn until_asked(&mut self) -> anyhow::Result<()> {
        tokio::select! {
            ended = &mut self.answering => {
                ended.context("the server broke off")?.context("the server cannot answer any more")
            }
            () = self.signals.asked() => Ok(()),
        }
    }

    /// Finishes what is under way, and closes the installation.
    pub async fn end(self) {
        self.stop.send_replace(true);
        if !self.answering.is_finished() && tokio::time::timeout(LAST_ANSWERS, self.answering).await.is_err()
        {
            tracing::warn!("requests were still under way after the last moment; they are cut off");
        }
        if let Some(jobs) = self.jobs {
            // A job that is under way ends by itself: each of its steps is short.
            let _ = tokio::time::timeout(LAST_ANSWERS, jobs).await;
        }
        if let Some(letters) = self.letters {
            // A letter that is being filed is filed; whoever brought another one keeps it.
            let _ = tokio::time::timeout(LAST_ANSWERS, letters).await;
        }
        self.app.close().await;
    }
}

async fn jobs(app: Arc<App>, mut stopped: watch::Receiver<bool>) {
    let mut minutes = tokio::time::interval(BETWEEN_JOBS);
    minutes.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut warned: Option<jiff::civil::Date> = None;
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = minutes.tick() => {}
        }
        round(&app).await;
        let today = app.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        if warned != Some(today)
            && let Some(warning) = app.law_unverified().await
        {
            // Once a day, from the first round on: nobody looks at a start that was weeks ago.
            tracing::warn!("{warning}");
            warned = Some(today);
        }
    }
}

/// One round; what fails is logged and tried again in the next one.
async fn round(app: &App) {
    match app.run_jobs().await {
        Ok(round) if round.retention.destroyed + round.destructions > 0 => {
            let (ended, held) = (round.retention.destroyed, round.retention.held_back);
            tracing::info!(ended, held, resumed = round.destructions, "what came to its end was destroyed");
        }
        Ok(_) => {}
        Err(error) => tracing::error!(error = format!("{:#}", anyhow::Error::from(error)), "the jobs failed"),
    }
    match app.turn_epoch_daily().await {
        Ok(true) => tracing::info!("the epoch turned: wrapped keys in old copies open nothing any more"),
        Ok(false) => {}
        Err(error) => {
            tracing::error!(error = format!("{:#}", anyhow::Error::from(error)), "the epoch did not turn");
        }
    }
}

async fn asked(mut stopped: watch::Receiver<bool>) {
    // When the sender is gone, the server is ending as well.
    let _ = stopped.wait_for(|stop| *stop).await;
}

/// How the process is told to end: by Ctrl-C, or by SIGTERM where there are signals.
#[cfg(unix)]
struct Signals {
    interrupted: tokio::signal::unix::Signal,
    terminated: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupted: signal(SignalKind::interrupt())?,
            terminated: signal(SignalKind::terminate())?,
        })
    }

    async fn asked(&mut self) {
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.terminated.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn asked(&mut self) {
        // A console that cannot be heard is closed some other way.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
