//! Finds the passages that news articles share and says which of them trace back to which news
//! agency's copy.
//!
//! [`Scan::run`](scan::Scan::run) does it all. This is what it finds in a wire story and an article
//! that took it without a credit:
//!
//! ```
//! use copytaster::agency::Agencies;
//! use copytaster::scan::Scan;
//! use copytaster::{Article, Options, Published};
//!
//! let article = |id: &str, outlet: &str, time: &str, text: &str| Article {
//!     outlet: Some(outlet.to_owned()),
//!     published: Some(Published::Instant(time.parse().expect("a time"))),
//!     ..Article::new(id, text)
//! };
//! let articles = [
//!     article("wire", "AFP", "2024-05-16T09:00:00Z",
//!         "DODOMA (AFP) - Rescuers using hoes and iron bars were digging through mud three metres deep."),
//!     article("paper", "Savanna Post", "2024-05-16T11:30:00Z",
//!         "Rescuers with hoes and iron bars were digging through mud up to three metres deep on Thursday."),
//! ];
//! let scan = Scan::new(Options::default(), Agencies::shipped())?;
//! let found = scan.run(&articles, &|_| ())?;
//!
//! let passage = &found.passages[0];
//! assert_eq!(&articles[1].text[passage.b_span],
//!     "Rescuers with hoes and iron bars were digging through mud up to three metres deep");
//! let paper = &found.attributed.attributions[1];
//! assert_eq!(paper.agency.map(|agency| scan.agencies().name(agency)), Some("AFP"));
//! assert!(!paper.credited);
//! # Ok::<(), copytaster::Error>(())
//! ```
//!
//! # Stages
//!
//! ```text
//! files ── read ──> Article ── clean ──> Zones ── words ──> Story ── sketch ──> values    each article
//!                                                                                  │
//!   Passage <── standing <── judge <── align <── Pair <── candidates, collapse <───┘      the corpus
//!      │
//!      └── links ── cluster ──> stories ── attribute ──> Attribution, Copy
//!                                                              │
//!                                files and a report <── report ┘
//! ```
//!
//! [`scan`] is the table of contents. Every stage marks spans of the article's text and changes
//! nothing in it; from [`story`] on, words are numbers.
//!
//! # Layers
//!
//! A module uses only what stands above it; a test keeps it so.
//!
//! | what                        | modules                                                         |
//! |-----------------------------|-----------------------------------------------------------------|
//! | knows no news               | [`error`], [`span`], [`hash`], [`forest`], [`phrases`], [`measure`], [`shelf`] |
//! | instruction sets            | [`processor`]                                                   |
//! | articles and agencies       | [`article`], [`agency`], [`layout`]                             |
//! | of one article              | [`read`], [`clean`], [`quote`], [`words`]                       |
//! | invented articles           | [`synth`]                                                       |
//! | ready to be compared        | [`story`], [`sketch`], [`align`]                                |
//! | of two articles             | [`candidates`], [`collapse`], [`duplicates`], [`judge`]         |
//! | of all                      | [`standing`], [`cluster`], [`attribute`]                        |
//! | the whole                   | [`options`], [`scan`], [`report`], [`mod@bench`], [`tune`]      |
//!
//! The library prints nothing, reads no environment and starts no threads of its own: it works in the
//! rayon pool that it is called in. The program `copytaster` uses this interface and no other.

pub mod agency;
pub mod align;
pub mod article;
pub mod attribute;
pub mod bench;
mod bits;
pub mod candidates;
pub mod clean;
pub mod cluster;
pub mod collapse;
pub mod duplicates;
pub mod error;
pub mod forest;
pub mod hash;
pub mod judge;
pub mod layout;
pub mod measure;
pub mod options;
pub mod phrases;
pub mod processor;
pub mod quote;
pub mod read;
pub mod report;
mod runs;
pub mod scan;
pub mod shelf;
pub mod sketch;
pub mod span;
pub mod standing;
pub mod story;
pub mod synth;
pub mod tune;
pub mod words;

pub use article::{Article, ArticleIx, Pair, Published};
pub use error::{Error, Note, Position, Result};
pub use options::Options;
pub use span::{Span, WordRange};
