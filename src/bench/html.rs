//! A report as one page that needs nothing else: tables, and plots as SVG.

use std::collections::BTreeMap;

use super::{Contest, Found, LEFT_OUT, Report, Run, Strain};
use crate::report::plot::{Line, escaped, figure, plot};

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
    color:#222}table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .7rem;text-align:right;\
    border-bottom:1px solid #ddd}th:first-child,td:first-child{text-align:left}svg{max-width:100%;\
    height:auto}text{font:12px system-ui,sans-serif;fill:#444}";

impl Report {
    /// The whole page.
    pub fn html(&self) -> String {
        let mut page = format!(
            "<!doctype html>\n<html lang=en><meta charset=utf-8><title>copytaster bench</title>\
             <style>{STYLE}</style>\n<h1>copytaster bench</h1>\n<p>Version {}, {}, {} cores.</p>\n",
            escaped(&self.version),
            self.seed.map_or_else(|| "your articles".to_owned(), |seed| format!("seed {seed}")),
            self.cores
        );
        page += &self.runs_table();
        page += &plot("Wall time, seconds", &self.series(|run| Some(run.wall_s.median)));
        page += &plot(
            "Memory, megabytes",
            &self.series(|run| run.peak_memory_bytes.map(|bytes| bytes as f64 / 1e6)),
        );
        page += &self.stages_table();
        page += &self.accuracy_table();
        page += &self.outlook_table();
        self.contests.iter().for_each(|contest| page += &contest_table(contest));
        page += &self.strain.as_ref().map_or_else(String::new, strain_table);
        page
    }

    fn runs_table(&self) -> String {
        let head = [
            "articles",
            "threads",
            "wall s",
            "low",
            "high",
            "CPU s",
            "articles/s",
            "MB/s",
            "memory MB",
            "run MB",
        ];
        let rows = self.runs.iter().map(|run| {
            let cpu = run.cpu_s.map_or(f64::NAN, |cpu| cpu.median);
            let memory = run.peak_memory_bytes.map_or(f64::NAN, |bytes| bytes as f64 / 1e6);
            let mut row = vec![run.articles.to_string(), run.threads.to_string()];
            row.extend(
                [run.wall_s.median, run.wall_s.low, run.wall_s.high, cpu].map(|s| figure(s, 2)),
            );
            row.push(figure(run.articles_per_s(), 0));
            row.push(figure(run.megabytes_per_s(), 1));
            row.extend([memory, run.folder_bytes as f64 / 1e6].map(|mb| figure(mb, 0)));
            row
        });
        table("Speed", &head, rows)
    }

    fn stages_table(&self) -> String {
        let Some(first) = self.runs.first() else { return String::new() };
        let names = first.stages.iter().map(|(name, _)| name.as_str());
        let work = first.work.keys().map(String::as_str);
        let head: Vec<&str> =
            ["articles", "threads"].into_iter().chain(names).chain(work).collect();
        let rows = self.runs.iter().map(|run| {
            let stages = run.stages.iter().map(|(_, seconds)| figure(*seconds, 2));
            let work = run.work.values().map(u64::to_string);
            let of = [run.articles.to_string(), run.threads.to_string()];
            of.into_iter().chain(stages).chain(work).collect()
        });
        table("Stages in seconds, and work", &head, rows)
    }

    fn accuracy_table(&self) -> String {
        let mut head = vec!["hundredths".to_owned()];
        head.extend(self.accuracy.iter().map(|of| format!("{} articles", of.articles)));
        let mut rows: BTreeMap<(usize, String), Vec<String>> = BTreeMap::new();
        for of in &self.accuracy {
            let single = [
                ("precision", of.precision),
                ("recall", of.recall),
                ("plagdet", of.plagdet),
                ("agency", of.agency),
                ("derivation", of.derivation),
                ("credited", of.credited),
                ("treatment", of.treatment),
            ];
            let lists = [
                ("recall", &of.recall_by_level),
                ("recall of text", &of.text_by_level),
                ("recall", &of.recall_by_relation),
                ("recall", &of.recall_by_treatment),
                ("agency", &of.agency_by_treatment),
                ("derivation", &of.derivation_by_treatment),
            ];
            let single = single.iter().map(|&(name, share)| (0, name.to_owned(), share));
            let listed = lists.iter().zip(1..).flat_map(|(&(what, shares), at)| {
                shares.iter().map(move |(name, share)| (at, format!("{what}: {name}"), *share))
            });
            for (at, name, share) in single.chain(listed) {
                rows.entry((at, name)).or_default().push(figure(100.0 * share, 1));
            }
        }
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let rows = rows
            .into_iter()
            .map(|((_, name), shares)| std::iter::once(name).chain(shares).collect());
        table("Accuracy", &head, rows)
    }

    fn outlook_table(&self) -> String {
        let head = ["threads", "time ~ n^", "articles", "seconds", "memory GB", "disk GB"];
        let rows = self.outlook.iter().flat_map(|outlook| {
            outlook.ahead.iter().map(|ahead| {
                vec![
                    outlook.threads.to_string(),
                    figure(outlook.time.exponent, 2),
                    ahead.articles.to_string(),
                    figure(ahead.wall_s, 0),
                    figure(ahead.peak_memory_bytes.unwrap_or(f64::NAN) / 1e9, 1),
                    figure(ahead.folder_bytes / 1e9, 1),
                ]
            })
        });
        table("What larger corpora will take", &head, rows)
    }

    /// A line for each number of threads.
    fn series(&self, value: impl Fn(&Run) -> Option<f64>) -> Vec<Line> {
        let mut series: BTreeMap<usize, Vec<(f64, f64)>> = BTreeMap::new();
        for run in &self.runs {
            if let Some(value) = value(run).filter(|value| *value > 0.0) {
                series.entry(run.threads).or_default().push((run.articles as f64, value));
            }
        }
        let line = |(threads, points)| Line { name: format!("-j {threads}"), points };
        series.into_iter().map(line).collect()
    }
}

fn contest_table(contest: &Contest) -> String {
    let head = [
        "program",
        "wall s",
        "CPU s",
        "memory MB",
        "pairs",
        "of .7",
        "of .5",
        "joined",
        "precision",
        "recall",
        "F1",
        "CPU of ours",
    ];
    let entries = contest.entries.iter().map(|entry| {
        let found = entry.found.map_or_else(|| [const { String::new() }; 7], Found::cells);
        let ratio = figure(contest.ratio(entry).unwrap_or(f64::NAN), 2);
        let name = std::iter::once(entry.name.clone());
        name.chain(entry.costs()).chain(found).chain([ratio]).collect()
    });
    let absent = contest.absent.iter().map(|(name, why)| vec![format!("{name}: {why}")]);
    let title = format!("Beside others: {} articles", contest.articles);
    let [alike, half, copy] = contest.truth;
    table(&title, &head, entries.chain(absent))
        + &format!(
            "<p>Of the pairs looked at {alike} have a Jaccard similarity of .7 or more, {half} of .5; \
             {copy} share copy: precision and recall are of these, in hundredths. {}</p>\n",
            escaped(LEFT_OUT)
        )
}

fn strain_table(strain: &Strain) -> String {
    let head =
        ["corpus", "words", "CPU s", "of news, a word", "hot values", "pairs aligned", "passages"];
    let news = ("news".to_owned(), strain.news.clone());
    let rows = std::iter::once(&news).chain(&strain.runs).map(|(name, run)| {
        let work = |name: &str| run.work.get(name).copied().unwrap_or_default().to_string();
        vec![
            name.clone(),
            work("words"),
            figure(run.cpu_s.unwrap_or(run.wall_s).median, 2),
            figure(strain.ratio(run), 2),
            work("hot_values"),
            work("candidates"),
            work("passages"),
        ]
    });
    table("Corpora that are no news", &head, rows)
}

fn table(title: &str, head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let cells = |tag: &str, cells: &mut dyn Iterator<Item = String>| {
        let cells = cells.map(|cell| format!("<{tag}>{}</{tag}>", escaped(&cell)));
        format!("<tr>{}</tr>\n", cells.collect::<Vec<_>>().concat())
    };
    let body: String = rows.map(|row| cells("td", &mut row.into_iter())).collect();
    if body.is_empty() {
        return String::new();
    }
    let head = cells("th", &mut head.iter().map(|name| (*name).to_owned()));
    format!("<h2>{}</h2>\n<table>\n{head}{body}</table>\n", escaped(title))
}
