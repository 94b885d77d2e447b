//! Finds the passages that news articles share and says which of them trace back to which news
//! agency's copy.

pub mod agency;
pub mod article;
pub mod clean;
pub mod error;
pub mod hash;
pub mod layout;
pub mod phrases;
pub mod span;

pub use article::{Article, ArticleIx, Published};
pub use error::{Error, Position, Result, Skipped};
pub use span::{Span, WordRange};
