//! Finds the passages that news articles share and says which of them trace back to which news
//! agency's copy.

pub mod agency;
pub mod align;
pub mod article;
pub mod attribute;
pub mod candidates;
pub mod clean;
pub mod cluster;
pub mod collapse;
pub mod error;
pub mod hash;
pub mod judge;
pub mod layout;
pub mod options;
pub mod phrases;
pub mod quote;
pub mod read;
pub mod report;
pub mod scan;
pub mod sketch;
pub mod span;
pub mod standing;
pub mod story;
pub mod words;

pub use article::{Article, ArticleIx, Pair, Published};
pub use error::{Error, Note, Position, Result};
pub use options::Options;
pub use span::{Span, WordRange};
