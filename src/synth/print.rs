//! Gives an article what a page has beside the story: dateline, credit, headline, date, furniture.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::desk::Draft;
use super::dice::Dice;
use super::event::id;
use super::facts::Facts;
use super::lexicon::{Class, invented};
use super::outlet::{AGENCIES, Agency, Dateline, Line, Outlet, Style};
use super::page::{Around, Page, Place};
use super::plan::{CopyKind, Task};
use super::text::{Entry, Home, Texts};
use super::{Synth, Ticket};
use crate::article::{Article, Published};
use crate::error::Position;

/// An article in type.
#[derive(Debug)]
pub(super) struct Printed {
    pub(super) article: Article,
    pub(super) places: Vec<Place>,
    /// Whether it names an agency as its source.
    pub(super) credited: bool,
    /// Seconds of Unix time.
    time_s: i64,
    /// As it was before the house style.
    headline: String,
}

/// Prints the articles of an event, in order.
#[derive(Debug)]
pub(super) struct Printer<'s, 'a> {
    pub(super) synth: &'s Synth,
    pub(super) ticket: &'s Ticket,
    pub(super) facts: &'a Facts,
    /// Headlines of the copies.
    pub(super) headlines: Vec<String>,
    pub(super) dice: Dice,
}

/// What is printed of where a story comes from.
#[derive(Debug, Default)]
struct Credit {
    dateline: String,
    byline: Option<String>,
    line: Option<String>,
    credited: bool,
}

/// The first day of the news: 1 January 2024.
const START_S: i64 = 1_704_067_200;

/// Something happens every four minutes.
const EVERY_S: i64 = 240;

impl<'s, 'a> Printer<'s, 'a> {
    /// Finds a headline for every copy.
    pub(super) fn new(
        synth: &'s Synth,
        ticket: &'s Ticket,
        facts: &'a Facts,
        texts: &mut Texts<'_>,
        mut dice: Dice,
    ) -> Self {
        let copies = ticket.plan.copies.iter().enumerate();
        let headlines = copies
            .map(|(ix, copy)| {
                let raw = synth.material.raw.as_ref();
                let raw = raw.and_then(|raw| raw.headline(ticket.first_raw + ix));
                raw.map_or_else(
                    || {
                        let wording = texts.headline(&mut dice);
                        Page::headline(wording, AGENCIES[copy.agency].style(), texts)
                    },
                    str::to_owned,
                )
            })
            .collect();
        Self { synth, ticket, facts, headlines, dice }
    }

    /// Sets an article; `before` are those of the event that were set.
    pub(super) fn print(
        &mut self,
        ix: usize,
        drafts: &[Draft],
        before: &[Printed],
        texts: &mut Texts<'_>,
    ) -> Printed {
        let draft = &drafts[ix];
        let task = self.ticket.plan.tasks[ix];
        let time_s = self.time_s(task, before);
        let (outlet, style, name) = self.printed_by(task);
        let credit = self.credit(draft, outlet, time_s, texts);
        let headline = self.headline(task, draft, style, before, texts);
        let around = self.around(outlet, &credit);
        let page = Page::set(&draft.entries, &around, style, texts);
        let number = self.ticket.first + ix as u64;
        let url = match (task, outlet) {
            (Task::Update { of, .. }, _) => before[of].article.url.clone(),
            (_, Some(outlet)) => Some(format!("https://{}/{number}", outlet.site)),
            (_, None) => None,
        };
        let at = Timestamp::from_second(time_s).expect("news is of this millennium");
        let published = match outlet {
            Some(outlet) if outlet.day_only => Published::Day(at.to_zoned(TimeZone::UTC).date()),
            _ => Published::Instant(at),
        };
        let article = Article {
            id: id(self.synth.seed, number),
            outlet: Some(name.to_owned()),
            published: Some(published),
            headline: Some(headline.clone()),
            byline: credit.byline,
            language: self.synth.material.raw.is_none().then(|| "en".to_owned()),
            url,
            text: page.text.into(),
            at: Position { file: "synth".into(), line: Some(number + 1) },
        };
        Printed { article, places: page.places, credited: credit.credited, time_s, headline }
    }

    /// Whose article it is: an outlet's or an agency's, in which style and by what name.
    fn printed_by(&self, task: Task) -> (Option<&'s Outlet>, Style, &'s str) {
        match task {
            Task::Copy { copy } => {
                let agency = &AGENCIES[self.ticket.plan.copies[copy].agency];
                (None, agency.style(), agency.name)
            }
            Task::Pickup { outlet, .. }
            | Task::Independent { outlet, .. }
            | Task::Update { outlet, .. } => {
                let outlet = &self.synth.outlets[outlet];
                (Some(outlet), outlet.style, &outlet.name)
            }
        }
    }

    /// That of the copy or of the earlier version, or one of its own.
    fn headline(
        &mut self,
        task: Task,
        draft: &Draft,
        style: Style,
        before: &[Printed],
        texts: &mut Texts<'_>,
    ) -> String {
        match (task, draft.copies.first()) {
            (Task::Update { of, .. }, _) if self.dice.per_mille(700) => before[of].headline.clone(),
            (_, Some(&copy)) if draft.treatment.keeps_headline() => self.headlines[copy].clone(),
            _ => {
                let headline = texts.headline(&mut self.dice);
                Page::headline(headline, style, texts)
            }
        }
    }

    /// When it is out: some minutes or hours after what it was made of; few clocks are wrong.
    fn time_s(&mut self, task: Task, before: &[Printed]) -> i64 {
        let dice = &mut self.dice;
        let start = START_S + self.ticket.number as i64 * EVERY_S;
        let copies = &self.ticket.plan.copies;
        let sent = |copy: usize| match copies[copy].kind {
            CopyKind::Report => start + copy as i64 * 700,
            CopyKind::Version => start + 2 * 3600,
            CopyKind::FollowUp => start + 26 * 3600,
        };
        let mut minutes = |octaves| (dice.zipf(octaves) * 60 + dice.below(60)) as i64;
        match task {
            Task::Copy { copy } => sent(copy) + minutes(3),
            Task::Pickup { copy, second, .. } => {
                let lag = minutes(11);
                let sent = sent(copy).max(second.map_or(0, sent));
                if dice.per_mille(20) { sent - lag / 8 } else { sent + 600 + lag }
            }
            Task::Independent { .. } => start + 600 + minutes(11),
            Task::Update { of, .. } => before[of].time_s + 600 + minutes(9),
        }
    }

    /// Whether and how an article says whose copy it is.
    fn credit(
        &mut self,
        draft: &Draft,
        outlet: Option<&Outlet>,
        time_s: i64,
        texts: &Texts<'_>,
    ) -> Credit {
        let Some(outlet) = outlet else {
            let agency = &AGENCIES[self.ticket.plan.copies[draft.copies[0]].agency];
            let dateline = dateline(&self.facts.cities[0], time_s, agency);
            return Credit { dateline, credited: true, ..Credit::default() };
        };
        let agencies = self.agencies(draft, texts);
        let dice = &mut self.dice;
        let names = agencies.iter().map(|agency| agency.name).collect::<Vec<_>>().join("/");
        let byline = dice.per_mille(600).then(|| {
            let first = texts.material.lexicon.draw(Class::FirstName, dice).text;
            format!("{first} {}", invented(dice.bits() >> 30, 2))
        });
        if agencies.is_empty() || draft.is_background {
            return Credit { byline, ..Credit::default() };
        }
        let whole = draft.treatment.is_whole();
        let mut credit = Credit { byline, ..Credit::default() };
        if whole && agencies.len() == 1 && dice.per_mille(outlet.credits[0]) {
            credit.dateline = dateline(&self.facts.cities[0], time_s, agencies[0]);
        }
        let credits_byline = dice.per_mille(outlet.credits[1]);
        if credits_byline {
            credit.byline = Some(match credit.byline {
                Some(byline) if !whole => format!("{byline} and {names}"),
                _ => names.clone(),
            });
        }
        if dice.per_mille(outlet.credits[2]) {
            credit.line = Some(credit_line(&names, agencies.len(), whole, dice));
        }
        credit.credited = credits_byline || !credit.dateline.is_empty() || credit.line.is_some();
        credit
    }

    /// Whose copy an article holds; of what was cut nobody is credited.
    fn agencies(&self, draft: &Draft, texts: &Texts<'_>) -> Vec<&'static Agency> {
        let agency = |copy: usize| self.ticket.plan.copies[copy].agency;
        let mut agencies: Vec<usize> = draft.copies.iter().map(|&copy| agency(copy)).collect();
        agencies.dedup();
        let home = |entry: &Entry| texts.parts[entry.part as usize].home;
        let is_of = |home, of| matches!(home, Home::Copy(copy) if agency(copy.into()) == of);
        agencies.retain(|&of| draft.entries.iter().map(home).any(|home| is_of(home, of)));
        agencies.into_iter().map(|agency| &AGENCIES[agency]).collect()
    }

    /// The lines that an outlet prints around this story.
    fn around(&mut self, outlet: Option<&Outlet>, credit: &Credit) -> Around {
        let mut around = Around { dateline: credit.dateline.clone(), ..Around::default() };
        around.end.extend(credit.line.clone());
        let Some(outlet) = outlet else { return around };
        let today = (self.ticket.number / 16) as usize;
        let (dice, headlines) = (&mut self.dice, &self.synth.headlines);
        let mut line = |line: &Line| {
            let linked = &headlines[(today + dice.zipf(5)) % headlines.len()];
            let text = if line.text.ends_with(':') {
                format!("{} {linked}", line.text)
            } else {
                line.text.clone()
            };
            dice.per_mille(line.share).then_some(text)
        };
        around.top = outlet.top.iter().filter_map(&mut line).collect();
        around.middle = outlet.middle.iter().find_map(&mut line);
        around.end.extend(outlet.end.iter().filter_map(&mut line));
        around
    }
}

/// What stands below a story for its source.
fn credit_line(names: &str, agencies: usize, whole: bool, dice: &mut Dice) -> String {
    match (whole, agencies) {
        (_, 2..) => "– Agencies".to_owned(),
        (true, _) if dice.per_mille(500) => format!("Source: {names}"),
        (true, _) => format!("({names})"),
        (false, _) if dice.per_mille(500) => format!("(With inputs from {names})"),
        (false, _) => format!("{names} contributed to this report."),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn dateline(city: &str, time_s: i64, agency: &Agency) -> String {
    let (city, name) = (city.to_uppercase(), agency.name);
    let day = Timestamp::from_second(time_s).expect("news is of this millennium");
    let date = day.to_zoned(TimeZone::UTC).date();
    match agency.dateline {
        Dateline::Dated => {
            let month = MONTHS[date.month() as usize - 1];
            format!("{city}, {month} {} ({name}) - ", date.day())
        }
        Dateline::Dashed => format!("{city} ({name}) — "),
        Dateline::Undated => format!("{city} ({name}) - "),
    }
}
