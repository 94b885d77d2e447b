//! The suite, apart from what is tested beside the code.
//!
//! Snapshots and command-line pages hold what users see. After a change that is meant to show in
//! them, `INSTA_UPDATE=always TRYCMD=overwrite cargo test --test it` writes them anew; read the diff.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by it, or shows figures"
)]

mod accuracy; // passages, kinds and agencies against the labels of corpus/
mod cli; // the program from outside: pages, bad input, bad options, signals
mod credits; // forms of credits and of mentions, in many languages
mod evidence; // judged anew, it is what a scan finds
mod export; // tables and networks for other programs, and the page, hold what the run holds
mod forms; // what is filled in day after day is no copy
mod golden; // what a scan of corpus/ reports, as a person reads it
mod layering; // which module may use which
mod missing; // originals withheld, rebuilt and compared
mod properties; // laws: same input, same bytes; every span slices
mod run; // scans for the other modules, and the rows they write
mod score;
mod slow; // figures: precision, recall
mod style; // what house style and languages leave whole
mod synth; // invented corpora: always the same, true, and as hard as news
mod tune; // settings by labels
mod work; // how much work a scan is, in steps and not in seconds
