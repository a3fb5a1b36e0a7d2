//! Does the interface hold what it promises, over a real installation in a temporary folder?

mod consents;
mod desk;
mod doors;
mod errors;
mod letters;
mod pages;
mod paper;
mod persons;
mod portal;
pub mod shop;
mod staff;
