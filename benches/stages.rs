//! What the stages cost that look at one article or two, on one thread: `cargo bench --bench stages`.

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench is no library")]

use std::hint::black_box;
use std::path::Path;
use std::sync::LazyLock;

use copytaster::agency::Agencies;
use copytaster::align::{Aligner, Side};
use copytaster::clean::{Boilerplate, Cleaner};
use copytaster::judge::{self, Judge, Passage, Said};
use copytaster::processor::InstructionSet;
use copytaster::sketch::{PassageOptions, Sketch, passage, shingles, shingles_by};
use copytaster::story::Story;
use copytaster::synth::{Beside, Rows, Synth};
use copytaster::words::{Background, Counts, Sixteenths, Weights, Words};
use copytaster::{Article, ArticleIx, Pair, Span, read};
use divan::counter::{BytesCount, ItemsCount};
use divan::{AllocProfiler, Bencher};
use mimalloc::MiMalloc;

/// That of the program, and counted.
#[global_allocator]
static ALLOCATOR: AllocProfiler<MiMalloc> = AllocProfiler::new(MiMalloc);

fn main() {
    divan::main();
}

/// What the stages work on.
#[derive(Debug, Clone, Copy)]
enum Texts {
    /// Sixty articles in seven languages.
    Corpus,
    /// A thousand invented ones.
    Generated,
}

const TEXTS: [Texts; 2] = [Texts::Corpus, Texts::Generated];

static CORPUS: LazyLock<Vec<Article>> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/stories.jsonl");
    read::all(&[path], &read::Options::default(), &|_| ()).unwrap().articles
});
static GENERATED: LazyLock<Vec<Article>> = LazyLock::new(|| Synth::new(1).articles(1_000).unwrap());
static BACKGROUND: LazyLock<Background> = LazyLock::new(Background::shipped);

impl Texts {
    fn articles(self) -> &'static [Article] {
        match self {
            Self::Corpus => &CORPUS,
            Self::Generated => &GENERATED,
        }
    }

    fn bytes(self) -> BytesCount {
        BytesCount::new(self.articles().iter().map(|article| article.text.len()).sum::<usize>())
    }

    fn stories(self) -> Vec<Story> {
        let story = |article: &Article| Story::of(&article.text, &[Span::whole(&article.text)]);
        self.articles().iter().map(story).collect()
    }
}

#[divan::bench(args = TEXTS)]
fn clean(bencher: Bencher<'_, '_>, texts: Texts) {
    let cleaner = Cleaner::new(&Agencies::shipped());
    let boilerplate = Boilerplate::none();
    bencher.counter(texts.bytes()).bench(|| {
        for article in texts.articles() {
            black_box(cleaner.clean(article, &boilerplate));
        }
    });
}

#[divan::bench(args = TEXTS)]
fn words(bencher: Bencher<'_, '_>, texts: Texts) {
    let mut words = Words::default();
    bencher.counter(texts.bytes()).bench_local(|| {
        for article in texts.articles() {
            words.read(&article.text, &[Span::whole(&article.text)]);
        }
    });
}

#[divan::bench(args = TEXTS)]
fn story(bencher: Bencher<'_, '_>, texts: Texts) {
    bencher.counter(texts.bytes()).bench(|| texts.stories());
}

/// Sketches of articles of 400 words, the making of their shingles included: an item is a shingle. It is the
/// shingles that differ by instruction set; where the processor has one not, its row is that of the plain one.
#[divan::bench(args = InstructionSet::ALL)]
fn minhash(bencher: Bencher<'_, '_>, set: InstructionSet) {
    const ARTICLE: usize = 400;
    let words: Vec<u32> =
        (0..1_000 * ARTICLE as u32).map(|word| word.wrapping_mul(0x9E37_79B9)).collect();
    let mut values = Vec::new();
    bencher.counter(ItemsCount::new(words.len() / ARTICLE * (ARTICLE - 4))).bench_local(|| {
        for article in words.chunks(ARTICLE) {
            values.clear();
            shingles_by(set, article, &mut values);
            black_box(Sketch::of_shingles(&values));
        }
    });
}

#[divan::bench(args = TEXTS)]
fn article_sketch(bencher: Bencher<'_, '_>, texts: Texts) {
    let stories = texts.stories();
    let mut values = Vec::new();
    for story in &stories {
        shingles(story.words(), &mut values);
    }
    bencher.counter(ItemsCount::new(values.len())).bench(|| {
        for story in &stories {
            black_box(Sketch::of_words(story.words()));
        }
    });
}

#[divan::bench(args = TEXTS)]
fn passage_sketch(bencher: Bencher<'_, '_>, texts: Texts) {
    let stories = texts.stories();
    let words: usize = stories.iter().map(|story| story.words().len()).sum();
    let options = PassageOptions::default();
    bencher.counter(ItemsCount::new(words)).bench(|| {
        for story in &stories {
            black_box(passage(story.words(), story.sentences(), &BACKGROUND, &options));
        }
    });
}

/// Two stories with what every word of theirs is worth.
struct Aligned {
    stories: [Story; 2],
    bits: [Vec<Sixteenths>; 2],
}

impl Aligned {
    /// A wire report and its reworded pickup.
    fn new() -> Self {
        let id = |id: &str| CORPUS.iter().find(|article| article.id == id).unwrap();
        let stories = [id("ferry/reuters"), id("ferry/coralcoast")]
            .map(|article| Story::of(&article.text, &[Span::whole(&article.text)]));
        let counts = Counts::default();
        let weights = Weights::new(&BACKGROUND, &counts);
        let bits = [0, 1].map(|side: usize| {
            weights.weigher().of_article(stories[side].words()).alone().to_vec()
        });
        Self { stories, bits }
    }

    fn side(&self, side: usize) -> Side<'_> {
        let story = &self.stories[side];
        Side { words: story.words(), bits: &self.bits[side], breaks: story.breaks() }
    }

    fn words(&self) -> ItemsCount {
        ItemsCount::new(self.stories.iter().map(|story| story.words().len()).sum::<usize>())
    }
}

#[divan::bench]
fn align(bencher: Bencher<'_, '_>) {
    let pair = Aligned::new();
    let mut aligner = Aligner::new(&copytaster::align::Options::default());
    aligner.hold(pair.side(0));
    bencher.counter(pair.words()).bench_local(|| aligner.against(pair.side(0), pair.side(1)));
}

#[divan::bench]
fn judge(bencher: Bencher<'_, '_>) {
    let pair = Aligned::new();
    let mut aligner = Aligner::new(&copytaster::align::Options::default());
    aligner.hold(pair.side(0));
    let alignments = aligner.against(pair.side(0), pair.side(1));
    let quoted = [0, 1].map(|side: usize| pair.stories[side].quoted());
    let figures = [0, 1].map(|side: usize| pair.stories[side].is_figure());
    let said = |side: usize| {
        let bits = &pair.bits[side];
        Said { bits, after_two: bits, quoted: &quoted[side], figures: &figures[side] }
    };
    let judge = Judge::new(&judge::Options::default(), 2);
    let articles = Pair::new(ArticleIx(0), ArticleIx(1));
    bencher.counter(pair.words()).bench(|| {
        let passage = |found| Passage::of(articles, found, said(0), said(1));
        let mut passages: Vec<Passage> = alignments.iter().map(passage).collect();
        judge.accept(
            &mut passages,
            pair.stories[0].words().len().min(pair.stories[1].words().len()),
        );
        black_box(passages);
    });
}

/// Inventing articles and the truth about them, as lines.
#[divan::bench]
fn synth(bencher: Bencher<'_, '_>) {
    let synth = Synth::new(1);
    let mut bytes = 0;
    let count = |rows: &Rows| {
        bytes += rows.of(Beside::Corpus).len();
        Ok(())
    };
    synth.rows(2_000, count).unwrap();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let take = |rows: &Rows| {
            black_box(rows);
            Ok(())
        };
        one_thread().install(|| synth.rows(2_000, take)).unwrap();
    });
}

fn one_thread() -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap()
}
