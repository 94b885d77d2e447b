//! Progress bars on stderr: one for reading, then one a stage; none where stderr is no terminal.

use std::sync::Mutex;

use copytaster::read;
use copytaster::scan::{Progress, Stage};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

pub(crate) struct Bars {
    bar: ProgressBar,
    stage: Mutex<Option<Stage>>,
}

impl Bars {
    pub(crate) fn new(quiet: bool) -> Self {
        let target =
            if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        bar.set_style(style("{msg:18} {bar:30} {bytes} of {total_bytes}, {eta} left"));
        bar.set_message("reading");
        Self { bar, stage: Mutex::new(None) }
    }

    pub(crate) fn reading(&self, progress: read::Progress) {
        if let Some(total) = progress.bytes_total {
            self.bar.set_length(total);
        }
        self.bar.set_position(progress.bytes_read);
    }

    pub(crate) fn stage(&self, progress: Progress) {
        if progress.done == 0 {
            let mut stage = self.stage.lock().unwrap_or_else(|lock| lock.into_inner());
            if *stage != Some(progress.stage) {
                *stage = Some(progress.stage);
                self.bar.reset();
                self.bar.set_style(style("{msg:18} {bar:30} {percent} %, {eta} left"));
                self.bar.set_message(progress.stage.to_string());
                self.bar.set_length(progress.total);
            }
        }
        self.bar.inc(progress.done);
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates above are valid")
}
