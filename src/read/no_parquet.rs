//! Parquet tables where the library was built without what reads them.

use super::batch::{Batch, Context};
use super::open::{Source, Tap};

/// Says that they cannot be read.
pub(super) fn read<K>(_: Source<'_>, _: Context<'_, K>, _: &Tap<'_>) -> Result<Batch<K>, String> {
    Err("a Parquet table (only read if built with the feature \"parquet\")".to_owned())
}
