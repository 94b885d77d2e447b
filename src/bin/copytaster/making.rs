//! What is in the making, for the user who stops the program: it is removed, or all there.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anstream::eprintln;
use copytaster::Error;

/// The folder in which something is made before it is moved to its place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Making {
    state: Arc<Mutex<State>>,
    /// A program that was started and has not ended.
    child: Arc<Mutex<Option<Child>>>,
}

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
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// Runs a program to its end, or until this one is stopped; how it ended. `watch` is given its
    /// number every few milliseconds.
    pub(crate) fn run(
        &self,
        command: &mut Command,
        mut watch: impl FnMut(u32),
    ) -> std::io::Result<ExitStatus> {
        const EVERY: Duration = Duration::from_millis(5);
        {
            // Whoever stops the program waits for this lock, or finds the child.
            let _state = self.state();
            *self.child() = Some(command.spawn()?);
        }
        loop {
            if let Some(child) = self.child().as_ref() {
                watch(child.id());
            }
            if let Some(ended) = self.ended()? {
                // Whoever stopped it stops this program too.
                let _state = self.state();
                return Ok(ended);
            }
            std::thread::sleep(EVERY);
        }
    }

    /// How the child ended, if it has.
    fn ended(&self) -> std::io::Result<Option<ExitStatus>> {
        let mut child = self.child();
        let ended = child.as_mut().map(Child::try_wait).transpose()?.flatten();
        if ended.is_some() {
            *child = None;
        }
        Ok(ended)
    }

    fn child(&self) -> MutexGuard<'_, Option<Child>> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// On Ctrl-C, `kill` and a closed terminal ends the program and leaves nothing half done.
    pub(crate) fn stop_cleanly(&self) -> anyhow::Result<()> {
        let making = self.clone();
        ctrlc::set_handler(move || {
            let state = making.state();
            if let Some(child) = making.child().as_mut() {
                // It may have ended by itself.
                let _ = child.kill();
                let _ = child.wait();
            }
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
