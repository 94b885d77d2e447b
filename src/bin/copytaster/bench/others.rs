//! Other programs on the articles that were scanned.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::Context as _;
use copytaster::bench::{
    Contest, Entry, Measured, Package, Peer, Run, Scripts, Truth, floor, pairs_of, pairs_of_run,
};

use super::Desk;
use super::child::here;

/// How Python is called.
const PYTHON: &str = "python3";

impl Desk<'_> {
    /// Runs the others on the corpus that stands there, in turn, as often as ours was, beside what `ours`
    /// took; the run of ours that found it is the last.
    pub(super) fn contest(&self, truth: &Truth, ours: &Run) -> anyhow::Result<Contest> {
        let found = truth.judge(pairs_of_run(&self.run)?)?;
        let mut entries = vec![
            Entry {
                name: format!("copytaster {}, passages and all", env!("CARGO_PKG_VERSION")),
                wall_s: ours.wall_s,
                cpu_s: ours.cpu_s,
                peak_memory_bytes: ours.peak_memory_bytes,
                found: Some(found),
            },
            self.floor()?,
        ];
        let scripts = Scripts::write(self.folder)?;
        let versions = versions(&scripts);
        let mut absent = Vec::new();
        for peer in self.args.against.iter().flatten() {
            let name = match (peer, versions.get(peer.name())) {
                (Peer::Package(package), None) => {
                    absent.push((peer.name().to_owned(), not_here(*package)));
                    continue;
                }
                (Peer::Package(_), Some(version)) => format!("{} {version}", peer.name()),
                (Peer::Command { name, .. }, _) => name.clone(),
            };
            match self.peer(peer, &scripts, ours.threads)? {
                Ok(measured) => {
                    let found = truth.judge(pairs_of(&self.pairs())?)?;
                    entries.push(Entry::new(name, &measured, Some(found)));
                }
                Err(why) => absent.push((name, why)),
            }
        }
        let (articles, bytes) = (ours.articles, ours.bytes);
        Ok(Contest { articles, bytes, truth: truth.sizes(), entries, absent })
    }

    /// The least that reading and looking at every word can cost; here, on one thread.
    fn floor(&self) -> anyhow::Result<Entry> {
        let mut measured = Vec::new();
        for _ in 0..self.args.repeat {
            let (result, took) = here(|| floor(&self.corpus));
            std::hint::black_box(result?);
            measured.push(took);
        }
        let name = "floor: read, parse, hash each word".to_owned();
        Ok(Entry::new(name, &measured, None))
    }

    /// Where others write their pairs.
    fn pairs(&self) -> std::path::PathBuf {
        self.folder.join("pairs")
    }

    /// Runs one of them; or why it did not end well.
    fn peer(
        &self,
        peer: &Peer,
        scripts: &Scripts,
        threads: usize,
    ) -> anyhow::Result<Result<Vec<Measured>, String>> {
        let mut measured = Vec::new();
        for time in 1..=self.args.repeat {
            self.say(&format!("running {}, {time} of {}", peer.name(), self.args.repeat));
            // Those of another are not its own.
            let _ = std::fs::remove_file(self.pairs());
            let (took, status, said) = self.measured(self.command(peer, scripts, threads)?)?;
            if !status.success() {
                return Ok(Err(format!("it did not end well ({status}): {said}")));
            }
            if !self.pairs().is_file() {
                return Ok(Err(format!("it wrote no pairs: {said}")));
            }
            measured.push(took);
        }
        Ok(Ok(measured))
    }

    fn command(&self, peer: &Peer, scripts: &Scripts, threads: usize) -> anyhow::Result<Command> {
        let (file, out) = (&self.corpus, self.pairs());
        let mut command = match peer {
            Peer::Package(package) => {
                let mut command = Command::new(PYTHON);
                command.arg(scripts.path(*package)).args([file, &out]);
                command
            }
            Peer::Command { words, .. } => {
                let [file, out] = [file.to_str(), out.to_str()]
                    .map(|path| path.context("--out has to be readable as text"));
                let (file, out) = (file?, out?);
                let mut words =
                    words.iter().map(|word| word.replace("{file}", file).replace("{out}", out));
                let mut command = Command::new(words.next().context("a command has a word")?);
                command.args(words);
                command
            }
        };
        // Those in Rust take their threads from here.
        command.env("RAYON_NUM_THREADS", threads.to_string());
        Ok(command)
    }
}

/// Which packages the Python in the PATH has, and of which version.
fn versions(scripts: &Scripts) -> BTreeMap<String, String> {
    let mut versions = BTreeMap::new();
    let listed = Command::new(PYTHON).arg(scripts.versions()).output();
    let listed = listed.map(|output| output.stdout).unwrap_or_default();
    for line in String::from_utf8_lossy(&listed).lines() {
        if let Some((name, version)) = line.split_once('\t') {
            versions.insert(name.to_owned(), version.to_owned());
        }
    }
    versions
}

fn not_here(package: Package) -> String {
    format!("not here; `{}` installs it", package.install())
}
