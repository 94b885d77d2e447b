//! What is in the making, for the user who stops the program: it is removed, or all there.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anstream::eprintln;
use copytaster::Error;

/// The folder in which something is made before it is moved to its place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Making(Arc<Mutex<State>>);

#[derive(Debug, Default)]
enum State {
    #[default]
    NotStarted,
    /// The folder to remove.
    At(PathBuf),
    Finished,
}

impl Making {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts what has its folder at `path`.
    pub(crate) fn start<T>(
        &self,
        start: impl FnOnce() -> Result<T, Error>,
        path: impl FnOnce(&T) -> &Path,
    ) -> Result<T, Error> {
        let mut state = self.state();
        let made = start()?;
        *state = State::At(path(&made).to_owned());
        Ok(made)
    }

    /// Finishes, or is stopped before: the lock is held until it is decided.
    pub(crate) fn finish(&self, finish: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
        let mut state = self.state();
        finish()?;
        *state = State::Finished;
        Ok(())
    }

    /// On Ctrl-C, `kill` and a closed terminal ends the program and leaves nothing half done.
    pub(crate) fn stop_cleanly(&self) -> anyhow::Result<()> {
        let making = self.clone();
        ctrlc::set_handler(move || {
            let state = making.state();
            if let State::At(folder) = &*state {
                // Files that are being written to it can stop one attempt, or two. What cannot be
                // removed is a hidden folder, never half a result.
                for _ in 0..100 {
                    if std::fs::remove_dir_all(folder).is_ok() || !folder.exists() {
                        break;
                    }
                }
            }
            let what = match *state {
                State::Finished => "all of it was written",
                _ => "nothing was written",
            };
            eprintln!("error: stopped; {what}");
            std::process::exit(2);
        })?;
        Ok(())
    }
}
