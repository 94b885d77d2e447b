//! Where the articles come from that are measured.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use copytaster::synth::{Beside, Slow, Synth, line};
use copytaster::{Article, Error, Published};

use super::BenchArgs;
use crate::Done;
use crate::progress::Bars;
use crate::synth::{inventor, own_articles};

/// Articles to be measured.
pub(super) enum Source {
    /// With known truth.
    Invented(Box<Synth>),
    /// The user's, in order of time.
    Own(Vec<Article>),
}

impl Source {
    /// What was asked for; of the user's articles some may have been skipped.
    pub(super) fn of(args: &BenchArgs, bars: &Bars) -> anyhow::Result<(Self, Done)> {
        if args.corpus.is_empty() {
            let (synth, done) = inventor(args.seed, &args.from, &args.fields, bars)?;
            return Ok((Self::Invented(Box::new(synth)), done));
        }
        let (mut articles, done) = own_articles(&args.corpus, &args.fields, bars)?;
        // What was published within a time shares what it shares; a sample of all times would not.
        let time = |article: &Article| article.published.map_or(i64::MAX, Published::earliest_s);
        articles.sort_by(|a, b| time(a).cmp(&time(b)).then_with(|| a.id.cmp(&b.id)));
        Ok((Self::Own(articles), done))
    }

    /// Sizes where none are given.
    pub(super) fn usual_sizes(&self) -> Vec<u64> {
        match self {
            Self::Invented(_) => vec![1_000, 3_000, 10_000],
            Self::Own(articles) => {
                [9, 3, 1].map(|part| (articles.len() as u64 / part).max(1)).to_vec()
            }
        }
    }

    /// Refuses sizes that are too large, before anything is measured.
    pub(super) fn check(&self, largest: u64) -> Result<(), Error> {
        match self {
            Self::Invented(synth) => synth.events(largest).map(|_| ()),
            Self::Own(articles) if largest > articles.len() as u64 => Err(Error::Option {
                option: "--sizes".to_owned(),
                reason: format!(
                    "{largest} articles are more than the {} there are",
                    articles.len()
                ),
                hint: Some("leave it out, or make more of them with --from".to_owned()),
            }),
            Self::Own(_) => Ok(()),
        }
    }

    /// The seed of what is invented.
    pub(super) fn seed(&self) -> Option<u64> {
        match self {
            Self::Invented(synth) => Some(synth.seed()),
            Self::Own(_) => None,
        }
    }

    /// Writes the articles without the truth; how many bytes they are.
    pub(super) fn write(&self, articles: u64, path: &Path, bars: &Bars) -> anyhow::Result<u64> {
        let bytes = match self {
            Self::Invented(synth) => {
                let mut file = BufWriter::new(File::create(path).map_err(Error::io(path))?);
                let mut bytes = 0;
                synth.rows(articles, |rows| {
                    let lines = rows.of(Beside::Corpus);
                    bytes += lines.len() as u64;
                    bars.writing(rows.articles(), articles);
                    file.write_all(lines).map_err(Error::io(path))
                })?;
                file.flush().map_err(Error::io(path))?;
                bytes
            }
            Self::Own(own) => write(own[..articles as usize].iter(), path)?.1,
        };
        bars.finish();
        Ok(bytes)
    }
}

/// Writes a corpus that is no news; how many articles and bytes it is.
pub(super) fn write_slow(slow: Slow, words: u64, path: &Path) -> Result<(u64, u64), Error> {
    write(slow.articles(words), path)
}

fn write(
    articles: impl Iterator<Item = impl std::borrow::Borrow<Article>>,
    path: &Path,
) -> Result<(u64, u64), Error> {
    let mut file = BufWriter::new(File::create(path).map_err(Error::io(path))?);
    let (mut count, mut bytes) = (0, 0);
    for article in articles {
        let line = line(article.borrow());
        (count, bytes) = (count + 1, bytes + line.len() as u64);
        file.write_all(&line).map_err(Error::io(path))?;
    }
    file.flush().map_err(Error::io(path))?;
    Ok((count, bytes))
}
