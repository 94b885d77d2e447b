//! Progress bars on stderr: one for reading or writing, one for each stage; none where stderr is no terminal, and
//! none for what is done within a second.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use copytaster::read;
use copytaster::scan::{Progress, Stage};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

pub(crate) struct Bars {
    bar: ProgressBar,
    stage: Mutex<Option<Stage>>,
    started: Instant,
    /// Whether they are still to be shown.
    waiting: AtomicBool,
}

const PATIENCE: Duration = Duration::from_secs(1);

impl Bars {
    pub(crate) fn new(quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        bar.set_style(style("{msg:20} {bytes} read"));
        bar.set_message("reading");
        let waiting = AtomicBool::new(!quiet);
        Self { bar, stage: Mutex::new(None), started: Instant::now(), waiting }
    }

    pub(crate) fn reading(&self, progress: read::Progress) {
        self.show_if_slow();
        if let Some(total) = progress.bytes_total
            && self.bar.length().is_none()
        {
            self.bar.set_style(style("{msg:20} {bar:30} {bytes} of {total_bytes}, {eta} left"));
            self.bar.set_length(total);
        }
        self.bar.set_position(progress.bytes_read);
    }

    pub(crate) fn stage(&self, progress: Progress) {
        self.show_if_slow();
        if progress.done == 0 {
            let mut stage = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
            if *stage != Some(progress.stage) {
                *stage = Some(progress.stage);
                self.bar.reset();
                self.bar.set_style(style("{msg:20} {bar:30} {percent} %, {eta} left"));
                self.bar.set_message(progress.stage.to_string());
                self.bar.set_length(progress.total);
            }
        }
        self.bar.inc(progress.done);
    }

    /// So many of `total` articles more are written.
    pub(crate) fn writing(&self, done: u64, total: u64) {
        self.show_if_slow();
        if self.bar.length() != Some(total) {
            self.bar.reset();
            self.bar.set_style(style("{msg:20} {bar:30} {human_pos} of {human_len}, {eta} left"));
            self.bar.set_message("writing articles");
            self.bar.set_length(total);
        }
        self.bar.inc(done);
    }

    fn show_if_slow(&self) {
        if self.started.elapsed() >= PATIENCE && self.waiting.swap(false, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates above are valid")
}
