//! What can be set, by a flag or by the environment?
//!
//! A flag wins over the environment; only e-mail has a file of its own. This is the only place that looks at the environment.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::Args;
use saqta_app::console::law::{Language, language};
use saqta_app::console::location;
use saqta_app::instance::{App, Limits};
use saqta_web::settings::Settings;

use crate::clock;
use crate::exit::Failure;
use crate::logging::{LogForm, LogLevel};

/// Where an installation lies.
#[derive(Clone, Debug, Args)]
pub struct Installation {
    /// The folder of the embedded databases and, unless --root-key says otherwise, of the keys.
    #[arg(long, value_name = "DIR", env = "SAQTA_DATA")]
    pub data: PathBuf,
    /// A PostgreSQL database to use instead of the embedded one.
    #[arg(long, value_name = "URL", env = "SAQTA_POSTGRES", hide_env_values = true)]
    pub postgres: Option<String>,
    /// The file of the root key, when it does not lie in the data folder.
    #[arg(long, value_name = "FILE", env = "SAQTA_ROOT_KEY")]
    pub root_key: Option<PathBuf>,
}

/// How the server listens and speaks.
#[derive(Clone, Debug, Args)]
pub struct Listening {
    /// The address to listen on; only this machine itself until the first key was claimed.
    #[arg(long, value_name = "ADDRESS", env = "SAQTA_LISTEN", default_value = "127.0.0.1:8787")]
    pub listen: SocketAddr,
    /// The address under which people reach the server, when something stands before it.
    #[arg(long, value_name = "URL", env = "SAQTA_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// A folder into which letters to people are put, from which a mail program and an SMS program take them (`*.eml`, `*.sms`).
    /// Without one letters wait.
    #[arg(long, value_name = "DIR", env = "SAQTA_LETTERS")]
    pub letters: Option<PathBuf>,
    /// The settings of e-mail: by which server letters leave, and how they come in. docs/mail.md explains them.
    #[arg(long, value_name = "FILE", env = "SAQTA_MAIL")]
    pub mail: Option<PathBuf>,
    /// The form of log lines on standard error.
    #[arg(long, value_enum, env = "SAQTA_LOG", default_value_t)]
    pub log: LogForm,
    /// How much is written: `debug` has a line for each request.
    #[arg(long, value_enum, env = "SAQTA_LOG_LEVEL", default_value_t)]
    pub log_level: LogLevel,
}

/// How much one key may ask for.
#[derive(Clone, Debug, Args)]
pub struct Allowance {
    /// How often one key, or one address without a key, may ask in a second.
    #[arg(long, value_name = "NUMBER", env = "SAQTA_REQUESTS_PER_SECOND",
        default_value_t = Settings::default().requests_per_second)]
    pub requests_per_second: NonZeroU32,
    /// How many persons one key may read in twenty-four hours, page by page or one by one.
    #[arg(long, value_name = "NUMBER", env = "SAQTA_PERSONS_A_DAY",
        default_value_t = Limits::default().persons_a_day)]
    pub persons_a_day: u64,
}

/// An installation that is stopped, or a running server that is asked over HTTP.
#[derive(Clone, Debug, Args)]
pub struct StoppedOrRunning {
    /// The data folder of a server that is stopped.
    #[arg(long, value_name = "DIR", env = "SAQTA_DATA", required_unless_present = "url")]
    pub data: Option<PathBuf>,
    /// A PostgreSQL database to use instead of the embedded one.
    #[arg(long, value_name = "URL", env = "SAQTA_POSTGRES", hide_env_values = true)]
    pub postgres: Option<String>,
    /// The file of the root key, when it does not lie in the data folder.
    #[arg(long, value_name = "FILE", env = "SAQTA_ROOT_KEY")]
    pub root_key: Option<PathBuf>,
    /// The address of a running server, such as http://127.0.0.1:8787, to be asked instead of the data folder.
    #[arg(long, value_name = "URL", env = "SAQTA_URL", requires = "api_key")]
    pub url: Option<String>,
    /// An administrator's key for that server.
    #[arg(long, value_name = "KEY", env = "SAQTA_API_KEY", hide_env_values = true)]
    pub api_key: Option<String>,
}

/// Where decisions can be looked up, for a command that does not always need to.
#[derive(Clone, Debug, Args)]
pub struct Somewhere {
    /// The data folder of a server that is stopped.
    #[arg(long, value_name = "DIR", env = "SAQTA_DATA")]
    pub data: Option<PathBuf>,
    /// A PostgreSQL database to use instead of the embedded one.
    #[arg(long, value_name = "URL", env = "SAQTA_POSTGRES", hide_env_values = true)]
    pub postgres: Option<String>,
    /// The file of the root key, when it does not lie in the data folder.
    #[arg(long, value_name = "FILE", env = "SAQTA_ROOT_KEY")]
    pub root_key: Option<PathBuf>,
    /// The address of a running server, such as http://127.0.0.1:8787, to be asked instead of the data folder.
    #[arg(long, value_name = "URL", env = "SAQTA_URL", requires = "api_key")]
    pub url: Option<String>,
    /// A key for that server; it sees decisions for its own purposes.
    #[arg(long, value_name = "KEY", env = "SAQTA_API_KEY", hide_env_values = true)]
    pub api_key: Option<String>,
}

/// The law that a text is compared with when no other is named.
pub const LAW: &str = "kz";

/// In which language a command answers people.
#[derive(Clone, Debug, Args)]
pub struct Speech {
    /// Kazakh, Russian or English.
    #[arg(long, global = true, value_name = "LANGUAGE", default_value = "en", value_parser = ["kk", "ru", "en"])]
    pub language: String,
}

impl Speech {
    /// The language of that tag.
    pub fn language(&self) -> Language {
        language(&self.language)
    }
}

impl Installation {
    /// Opens it, or makes one where nothing is.
    pub async fn open(&self) -> Result<App, saqta_app::error::Error> {
        self.open_within(Limits::default()).await
    }

    /// Opens it, or makes one where nothing is, with other limits than the usual ones.
    pub async fn open_within(&self, limits: Limits) -> Result<App, saqta_app::error::Error> {
        let place = location(self.data.clone(), self.postgres.clone(), self.root_key.clone());
        App::open(place, clock::system(), limits).await
    }

    /// Whether one may be there, as far as can be told without opening or making anything. A database server is not asked: there
    /// the root key speaks, without which nothing was ever kept.
    pub fn may_be_there(&self) -> bool {
        if self.postgres.is_none() {
            return self.data.join("saqta.db").is_file();
        }
        self.root_key.clone().unwrap_or_else(|| self.data.join("custody").join("root.key")).exists()
    }

    /// Opens one that must be there already: a mistyped folder must not become a new installation.
    pub async fn open_existing(&self) -> anyhow::Result<App> {
        if self.postgres.is_none() && !self.data.join("saqta.db").is_file() {
            return Err(Failure::not_ready(
                format!("there is no installation in `{}`", self.data.display()),
                "name the folder that `saqta serve --data` uses",
            )
            .into());
        }
        Ok(self.open().await?)
    }
}
