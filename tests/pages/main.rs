//! Can everybody read the pages: small, printable, without a script, in a real browser, at every width?

#![cfg(test)]

mod checkout;
mod desk;
mod in_a_browser;
mod over_http;
mod portal;
mod shop;
mod staff;

use saqta_testkit::browser;
