//! Agencies and outlets, each with a style of its own.

use super::dice::Dice;
use super::lexicon::invented;
use Dateline::{Dashed, Dated, Undated};
use Marks::{Curly, Straight};
use Spelling::{American, British};

/// How copy is set in type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) spelling: Spelling,
    pub(super) names: Names,
    pub(super) marks: Marks,
    pub(super) breaks: Breaks,
}

/// How words are spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// `harbour`, `per cent`.
    British,
    /// `harbor`, `percent`.
    American,
}

/// How people are named again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// `Ost`.
    Bare,
    /// `Mr Ost`.
    Courtesy,
}

/// The form of quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    Straight,
    Curly,
}

/// How paragraphs are told from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaks {
    /// By a blank line.
    Blank,
    /// By a line break.
    Line,
    /// By a blank line, and lines are broken at some width, as on the wire.
    Wrapped,
}

/// A news agency.
#[derive(Debug)]
pub(super) struct Agency {
    /// As its dateline and reports have it.
    pub(super) name: &'static str,
    spelling: Spelling,
    marks: Marks,
    pub(super) dateline: Dateline,
}

/// What a dateline tells beside the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dateline {
    /// `OBER, March 3 (AFP) - `
    Dated,
    /// `OBER (dpa) - `
    Undated,
    /// `OBER (AP) — `
    Dashed,
}

/// Real names, for the form of their datelines and credits: what is invented was sent by none of them.
pub(super) const AGENCIES: [Agency; 10] = [
    agency("Reuters", British, Straight, Dated),
    agency("AP", American, Curly, Dashed),
    agency("AFP", British, Straight, Dated),
    agency("dpa", British, Straight, Undated),
    agency("PA", British, Curly, Undated),
    agency("Xinhua", British, Straight, Dated),
    agency("UPI", American, Straight, Dated),
    agency("PTI", British, Straight, Dated),
    agency("EFE", British, Curly, Dated),
    agency("TASS", British, Straight, Dated),
];

/// How many of a thousand stories are whose.
pub(super) const SHARES: [u32; 10] = [260, 240, 190, 80, 70, 50, 30, 40, 25, 15];

const fn agency(
    name: &'static str,
    spelling: Spelling,
    marks: Marks,
    dateline: Dateline,
) -> Agency {
    Agency { name, spelling, marks, dateline }
}

impl Agency {
    pub(super) fn style(&self) -> Style {
        let (spelling, marks) = (self.spelling, self.marks);
        Style { spelling, marks, names: Names::Bare, breaks: Breaks::Blank }
    }
}

/// An outlet and its habits; shares are in thousandths.
#[derive(Debug)]
pub(super) struct Outlet {
    pub(super) name: String,
    pub(super) site: String,
    pub(super) style: Style,
    /// Lines above its stories, between paragraphs and below.
    pub(super) top: Vec<Line>,
    pub(super) middle: Vec<Line>,
    pub(super) end: Vec<Line>,
    /// How often it keeps a dateline, credits an agency beside its byline, or at the end.
    pub(super) credits: [u32; 3],
    /// How often it trims and how often it rewrites, times the usual.
    pub(super) trims: u32,
    pub(super) rewrites: u32,
    /// How often it brings a story up to date.
    pub(super) updates: u32,
    /// Whether its site tells the day only.
    pub(super) day_only: bool,
}

/// A line of furniture.
#[derive(Debug)]
pub(super) struct Line {
    /// How often it is there, in thousandths of the stories.
    pub(super) share: u32,
    /// What it says; a headline of another story follows if it ends in a colon.
    pub(super) text: String,
}

/// How many outlets there are.
pub(super) const OUTLETS: usize = 400;

const FIRST: [&str; 24] = [
    "Daily", "Morning", "Evening", "Northern", "Southern", "Eastern", "Western", "New", "National",
    "Weekly", "Free", "Old", "Island", "Coastal", "Central", "County", "Metro", "Valley",
    "Harbour", "Union", "Upland", "Lakeside", "Border", "River",
];
const LAST: [&str; 24] = [
    "Post",
    "Herald",
    "Courier",
    "Gazette",
    "Chronicle",
    "Mirror",
    "Star",
    "Sun",
    "Times",
    "Tribune",
    "Observer",
    "Standard",
    "Record",
    "Journal",
    "Ledger",
    "Echo",
    "Argus",
    "Mail",
    "Press",
    "Voice",
    "Monitor",
    "Bulletin",
    "Register",
    "Messenger",
];

impl Outlet {
    pub(super) fn new(seed: u64, number: usize) -> Self {
        let mut dice = Dice::new(seed, 0x6f75_746c_6574, number as u64);
        let name = if number.is_multiple_of(2) {
            format!("{} {}", invented(1 << 50 | number as u64, 2), dice.pick(&LAST))
        } else {
            let at = number / 2 % (FIRST.len() * LAST.len());
            format!("{} {}", FIRST[at % FIRST.len()], LAST[(at / FIRST.len() + at) % LAST.len()])
        };
        let site = name.to_lowercase().replace(' ', "") + ".example";
        let style = Style {
            spelling: if dice.per_mille(400) { American } else { British },
            names: if dice.per_mille(150) { Names::Courtesy } else { Names::Bare },
            marks: if dice.per_mille(450) { Curly } else { Straight },
            breaks: [Breaks::Blank, Breaks::Line, Breaks::Wrapped][dice.which(&[79, 15, 6])],
        };
        let top = lines("top", &[300], &name, &site, &mut dice);
        let middle = lines("middle", &[350], &name, &site, &mut dice);
        let end = lines("end", &[500, 350, 250], &name, &site, &mut dice);
        Self {
            style,
            top,
            middle,
            end,
            credits: [dice.below(700) as u32, dice.below(500) as u32, dice.below(500) as u32],
            trims: 1 + dice.below(3) as u32,
            rewrites: 1 + dice.below(3) as u32,
            updates: dice.below(140) as u32,
            day_only: dice.per_mille(120),
            name,
            site,
        }
    }
}

/// An outlet's own choice of the lines of a section: for each of `shares`, one in so many of a thousand
/// outlets.
fn lines(section: &str, shares: &[u32], name: &str, site: &str, dice: &mut Dice) -> Vec<Line> {
    let of = |section: &str| -> Vec<&str> {
        let source = include_str!("furniture.txt");
        let heading = format!("\n[{section}]\n");
        let start =
            source.find(&heading).expect("sections are named in this module") + heading.len();
        source[start..].lines().take_while(|line| !line.is_empty()).collect()
    };
    let (all, sections) = (of(section), of("section"));
    let mut chosen: Vec<&str> = Vec::new();
    let mut lines = Vec::new();
    for &share in shares {
        let line = *dice.pick(&all);
        let text = choose(line, dice)
            .replace("{outlet}", name)
            .replace("{site}", site)
            .replace("{section}", dice.pick::<&str>(&sections))
            .replace(" {headline}", "");
        let share_of_stories = 200 + dice.below(750) as u32;
        if dice.per_mille(share) && !chosen.contains(&line) {
            chosen.push(line);
            lines.push(Line { share: share_of_stories, text });
        }
    }
    lines
}

/// Of the words in round brackets one each.
fn choose(line: &str, dice: &mut Dice) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, (choice, after))) =
        rest.split_once('(').and_then(|(before, rest)| Some((before, rest.split_once(')')?)))
    {
        let choices: Vec<&str> = choice.split('|').collect();
        text.push_str(before);
        text.push_str(dice.pick::<&str>(&choices));
        rest = after;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_is_the_same_for_all_its_stories_and_no_two_are_alike() {
        let outlets: Vec<Outlet> = (0..OUTLETS).map(|number| Outlet::new(1, number)).collect();
        let mut names: Vec<&str> = outlets.iter().map(|outlet| &*outlet.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), OUTLETS);
        let lines = outlets.iter().flat_map(|o| o.top.iter().chain(&o.middle).chain(&o.end));
        assert!(lines.clone().count() > OUTLETS);
        for line in lines {
            assert!(!line.text.contains(['{', '}', '(', ')', '|']), "{}", line.text);
        }
    }
}
