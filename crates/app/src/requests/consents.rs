//! Which consents has a person given, and how do they switch one on or off on their own page (clauses 4.1, 6.1, 7.4)?

use jiff::Timestamp;
use saqta_domain::terms::names::{ChannelName, Language, PurposeName};

use crate::error::Error;
use crate::instance::App;

/// A consent that a person can give or take back.
pub struct ConsentSwitch {
    /// To what.
    pub purpose: PurposeName,
    /// What people read for it.
    pub title: String,
    /// Through which channel, where it is given for each.
    pub channel: Option<ChannelName>,
    /// The text that is agreed to.
    pub text: String,
    /// SHA-256 of it, in hexadecimal: it comes back with the form, so that nobody agrees to a text they did not see.
    pub digest: String,
    /// Whether it is in force.
    pub on: bool,
    /// When it was given, or taken back; nothing where it was never asked.
    pub since: Option<Timestamp>,
    /// Until when it is in force.
    pub until: Option<Timestamp>,
}
