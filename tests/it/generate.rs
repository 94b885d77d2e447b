//! Invented articles, the same for the same seed: agency copy, what outlets make of it, and their own
//! reports. For tests of work and of laws, and for benches; what is true of news it cannot tell.

use copytaster::{Article, Position, hash};

/// So many articles, in the order of their ids. A story is agency copy with up to seven pickups,
/// whole, trimmed or with words changed; two articles in five are an outlet's own.
pub(crate) fn articles(count: usize, seed: u64) -> Vec<Article> {
    let mut dice = Dice(seed);
    let mut articles = Vec::with_capacity(count);
    while articles.len() < count {
        let topic = dice.below(1 << 40);
        if dice.one_in(3) {
            let pickups = dice.below(8);
            let agency = dice.pick(&AGENCIES);
            let copy = story(&mut dice, topic);
            push(&mut articles, agency, &credited(agency, &copy), &mut dice);
            for _ in 0..pickups {
                let outlet = outlet(&mut dice);
                let text = pickup(agency, &outlet, &copy, &mut dice);
                push(&mut articles, &outlet, &text, &mut dice);
            }
        } else {
            let outlet = outlet(&mut dice);
            let text = with_furniture(&outlet, &story(&mut dice, topic));
            push(&mut articles, &outlet, &text, &mut dice);
        }
    }
    articles.truncate(count);
    articles
}

/// The articles as lines of JSON.
pub(crate) fn jsonl(articles: &[Article]) -> String {
    let line = |article: &Article| {
        let Article { id, outlet, published, text, .. } = article;
        let published = published.map(|published| published.to_string());
        let json =
            serde_json::json!({ "id": id, "source": outlet, "date": published, "text": text });
        json.to_string() + "\n"
    };
    articles.iter().map(line).collect()
}

const AGENCIES: [&str; 4] = ["Reuters", "AFP", "AP", "dpa"];

fn outlet(dice: &mut Dice) -> String {
    format!("The {} Post", capital(&word(5_000 + dice.below(60))))
}

fn push(articles: &mut Vec<Article>, outlet: &str, text: &str, dice: &mut Dice) {
    let number = articles.len();
    let at = 1_735_689_600 + number as i64 * 600 + dice.below(3_000) as i64;
    articles.push(Article {
        id: format!("g{number:07}"),
        outlet: Some(outlet.to_owned()),
        published: Some(copytaster::Published::Instant(
            jiff::Timestamp::from_second(at).expect("a time in this century"),
        )),
        headline: None,
        byline: None,
        language: Some("en".to_owned()),
        url: None,
        text: text.to_owned(),
        at: Position { file: "generated".into(), line: Some(number as u64 + 1) },
    });
}

/// The paragraphs of a story, each a few sentences; its names are its own.
fn story(dice: &mut Dice, topic: u64) -> Vec<String> {
    let sentence = |dice: &mut Dice| {
        let length = 9 + dice.below(18);
        let words: Vec<String> = (0..length).map(|_| dice.word(topic)).collect();
        let text = capital(&words.join(" "));
        if dice.one_in(6) {
            format!("“{text},” said {}.", capital(&dice.word(topic)))
        } else {
            text + "."
        }
    };
    let paragraph =
        |dice: &mut Dice| (0..=dice.below(3)).map(|_| sentence(dice)).collect::<Vec<_>>().join(" ");
    (0..5 + dice.below(9)).map(|_| paragraph(dice)).collect()
}

fn credited(agency: &str, copy: &[String]) -> String {
    format!("OSLO, March 3 ({agency}) - {}", copy.join("\n\n"))
}

/// What an outlet makes of copy: cut from below, words changed, a lede of its own, with a credit or
/// without.
fn pickup(agency: &str, outlet: &str, copy: &[String], dice: &mut Dice) -> String {
    let kept = if dice.one_in(2) { copy.len() } else { 2 + dice.below(copy.len() as u64) as usize };
    let mut paragraphs = copy[..kept.min(copy.len())].to_vec();
    if dice.one_in(2) {
        let every = 8 + dice.below(25);
        for paragraph in &mut paragraphs {
            *paragraph = changed(paragraph, every, dice);
        }
    }
    if dice.one_in(4) {
        let topic = dice.below(1 << 40);
        paragraphs.splice(..1, story(dice, topic).into_iter().take(1));
    }
    let text = if dice.one_in(3) { paragraphs.join("\n\n") } else { credited(agency, &paragraphs) };
    with_furniture(outlet, &[text])
}

/// One word in so many gives way to another.
fn changed(paragraph: &str, every: u64, dice: &mut Dice) -> String {
    let words = paragraph
        .split(' ')
        .map(|word| if dice.one_in(every) { dice.word(0) } else { word.to_owned() });
    words.collect::<Vec<_>>().join(" ")
}

fn with_furniture(outlet: &str, paragraphs: &[String]) -> String {
    format!("{}\n\nRead more from {outlet} in our daily letter.", paragraphs.join("\n\n"))
}

const COMMON: [&str; 40] = [
    "the", "of", "to", "in", "and", "a", "that", "for", "on", "was", "is", "with", "said", "it",
    "as", "by", "at", "from", "his", "he", "be", "has", "an", "were", "have", "are", "had", "not",
    "which", "who", "they", "after", "will", "their", "been", "its", "would", "more", "than",
    "one",
];

/// The word of a rank: the commonest are English, the rest invented of syllables.
fn word(rank: u64) -> String {
    if let Some(common) = COMMON.get(rank as usize) {
        return (*common).to_owned();
    }
    let mut digits = hash::mix(rank) >> 16;
    let mut word = String::new();
    for _ in 0..2 + rank.min(4_000) / 2_000 {
        word.push(char::from(b"bdfgklmnprstvz"[(digits % 14) as usize]));
        word.push(char::from(b"aeiou"[(digits / 14 % 5) as usize]));
        digits /= 70;
    }
    word + ["n", "r", "s", "l", ""][(digits % 5) as usize]
}

fn capital(text: &str) -> String {
    text[..1].to_uppercase() + &text[1..]
}

/// A stream of numbers from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        ((u128::from(hash::mix(self.0)) * u128::from(limit)) >> 64) as u64
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u64) as usize]
    }

    /// A word as frequent as its rank says (Zipf), now and then one of the topic's own.
    fn word(&mut self, topic: u64) -> String {
        if self.one_in(12) {
            return word(50_000 + (topic + self.below(20)) % 1_000_000);
        }
        let share = self.below(1 << 32) as f64 / f64::from(u32::MAX);
        word((20_000_f64.powf(share) - 1.0) as u64)
    }
}
