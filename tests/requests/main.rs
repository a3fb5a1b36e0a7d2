//! Do requests come to what was promised: in time, for the right person, and with nothing left undone?

#![cfg(test)]

mod authority;
mod destruction;
mod engine;
mod identity;
mod papers;
mod shop;
mod year;
