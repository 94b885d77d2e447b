//! What tuning came to, as one page that needs nothing else.

use std::fmt::Write as _;

use super::table::{named, noun};
use super::{Background, Class, Cost, Curve, Lesson, Measured, Report, Shown};
use crate::report::plot::{Columns, Line, curves, escaped, figure};

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
    color:#222;background:#fff}table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .7rem;\
    text-align:right;border-bottom:1px solid #ddd}th:first-child,td:first-child,td.left{text-align:left}\
    svg{max-width:100%;height:auto}text{font:12px system-ui,sans-serif;fill:#444}.grid{stroke:#ddd}\
    .curve{fill:none;stroke-width:2}.curve-0{stroke:#1965b0}.curve-1{stroke:#dc050c;stroke-dasharray:6 3}\
    .curve-2{stroke:#4eb265;stroke-dasharray:2 3}.curve-3{stroke:#882e72;stroke-dasharray:8 2 2 2}\
    .column{fill:#1965b0}.threshold{stroke:#dc050c;fill:none}.warning{background:#fff4d6;padding:.5rem}\
    .sides{display:grid;grid-template-columns:1fr 1fr;gap:1rem;border-top:1px solid #ddd;margin-top:1rem}\
    .sides p{margin:.3rem 0;white-space:pre-wrap;overflow-wrap:anywhere}\
    @media(prefers-color-scheme:dark){body{color:#ddd;background:#161616}text{fill:#bbb}\
    .grid{stroke:#444}td,th{border-color:#444}.warning{background:#4a3c10}}";

/// The head of a page that loads nothing and sends nothing.
pub(super) fn head(title: &str, style: &str, scripts: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src \
         'none'; style-src 'unsafe-inline'; {scripts}base-uri 'none'; form-action 'none'\">\
         <title>{title}</title><style>{style}</style>\n<h1>{title}</h1>\n"
    )
}

impl Report {
    /// The whole page.
    pub fn html(&self) -> String {
        let mut page = head("copytaster tune", STYLE, "");
        let _ = writeln!(
            page,
            "<p>Version {}, {} articles, {} words.</p>",
            escaped(&self.version),
            self.articles,
            self.words
        );
        if let Some(lesson) = &self.lesson {
            lesson.html(&mut page);
        }
        self.background.html(&mut page);
        self.curve.html(&mut page);
        if let Some(cost) = &self.cost {
            cost.html(&mut page);
        }
        if !self.errors.is_empty() {
            page += "<h2>The worst errors of the chosen setting</h2>\n";
        }
        self.errors.iter().for_each(|shown| shown.html(&mut page));
        page
    }
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>, page: &mut String) {
    let line = |tag: &str, cells: &[String]| {
        let cells = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell)));
        format!("<tr>{}</tr>\n", cells.collect::<Vec<_>>().concat())
    };
    let head: Vec<String> = head.iter().map(|&name| name.to_owned()).collect();
    *page += "<table>\n";
    *page += &line("th", &head);
    rows.for_each(|row| *page += &line("td", &row));
    *page += "</table>\n";
}

impl Lesson {
    fn html(&self, page: &mut String) {
        let _ = writeln!(
            page,
            "<h2>By labels</h2>\n<p>{} {} in {} stories; {} settings tried. Changed: {}.</p>",
            self.wanted,
            noun(self.of),
            self.stories,
            self.settings.len(),
            escaped(&named(&self.settings[self.chosen].setting.changes))
        );
        for warning in &self.warnings {
            let _ = writeln!(page, "<p class=\"warning\">{}</p>", escaped(warning));
        }
        let row = |what: &str, measured: &Measured| {
            let Measured { figures, interval } = measured;
            let cell = |value: Option<f64>, range: Option<super::Interval>| match (value, range) {
                (Some(value), Some(range)) => {
                    format!("{value:.3} ({:.3}–{:.3})", range.low, range.high)
                }
                _ => "–".to_owned(),
            };
            vec![
                what.to_owned(),
                cell(Some(figures.precision), Some(interval.precision)),
                cell(Some(figures.recall), Some(interval.recall)),
                cell(Some(figures.f), Some(interval.f)),
                cell(figures.plagdet, interval.plagdet),
                cell(figures.ari, interval.ari),
            ]
        };
        let mut rows = vec![
            row("as it was", &self.start),
            row("chosen, by these labels", &self.measured),
            row("expected on others", &self.held_out),
        ];
        if let Some(test) = &self.test {
            rows.push(row("stories kept back", &test.chosen));
            rows.push(row("the same, as it was", &test.start));
        }
        let head = ["", "precision", "recall", "F", "plagdet", "ARI"];
        table(&head, rows.into_iter(), page);
        let line = |name: &str, points: Vec<(f64, f64)>| Line { name: name.to_owned(), points };
        let of = |value: fn(&Measured) -> f64| -> Vec<(f64, f64)> {
            self.frontier
                .iter()
                .map(|point| (point.measured.figures.recall, value(&point.measured)))
                .collect()
        };
        let lines = [
            line("best", of(|m| m.figures.precision)),
            line("at worst", of(|m| m.interval.precision.low)),
            line("at best", of(|m| m.interval.precision.high)),
        ];
        let chosen = Some((self.measured.figures.recall, "chosen"));
        *page += "<h2>Precision over recall</h2>\n";
        *page += &curves("Precision over recall", "recall", &lines, chosen);
        let rows = self.frontier.iter().map(|point| {
            let figures = &point.measured.figures;
            vec![
                point.setting.to_string(),
                figure(figures.precision, 3),
                figure(figures.recall, 3),
                figure(figures.f, 3),
                named(&self.settings[point.setting].setting.changes),
            ]
        });
        table(&["setting", "precision", "recall", "F", "changed"], rows, page);
    }
}

impl Background {
    fn html(&self, page: &mut String) {
        let _ = writeln!(
            page,
            "<h2>Chance</h2>\n<p>Of {} pairs of articles {} were drawn at random and aligned; sketches \
             proposed {} that share anything. The plots are of pairs, as powers of two.</p>",
            self.pairs, self.drawn, self.proposed
        );
        for (title, classes, value) in [
            ("Pairs drawn at random, by the bits of their best passage", &self.bits, 0),
            ("Pairs proposed, by the bits of their best passage", &self.bits, 1),
            ("Pairs drawn at random, by resemblance", &self.resemblance, 0),
            ("Pairs proposed, by resemblance", &self.resemblance, 1),
        ] {
            let of = |class: &Class| [class.drawn, class.proposed][value];
            let column = |class: &Class| {
                let pairs = (of(class) as f64 + 1.0).log2();
                (figure(class.from, if class.to <= 1.0 { 2 } else { 0 }), pairs)
            };
            let columns = Columns {
                title: title.to_owned(),
                classes: classes.iter().map(column).collect(),
                ..Columns::default()
            };
            let _ = writeln!(page, "<h3>{}</h3>\n{}", escaped(title), columns.svg());
        }
        let rows = self.thresholds.iter().map(|threshold| {
            vec![
                figure(threshold.min_bits, 0),
                figure(threshold.floor, 0),
                threshold.pairs.to_string(),
                figure(threshold.by_chance, 3),
            ]
        });
        let head = ["judge.min_bits", "asks for bits", "pairs found", "of them by chance, at most"];
        table(&head, rows, page);
    }
}

impl Curve {
    fn html(&self, page: &mut String) {
        *page += "<h2>How likely a pair is looked at</h2>\n";
        let mut lengths: Vec<usize> = self.passages.iter().map(|edited| edited.words).collect();
        lengths.dedup();
        let of = |words: usize, value: fn(&super::Edited) -> Option<f64>| {
            let of_length = self.passages.iter().filter(|edited| edited.words == words);
            of_length.filter_map(|edited| Some((edited.changed, value(edited)?))).collect()
        };
        let predicted = lengths.iter().map(|&words| Line {
            name: format!("{words} words"),
            points: of(words, |e| Some(e.predicted)),
        });
        let measured = lengths.iter().map(|&words| Line {
            name: format!("{words} words"),
            points: of(words, |e| e.measured),
        });
        for (title, lines) in [
            ("Passages, predicted", predicted.collect::<Vec<_>>()),
            ("Passages, measured", measured.collect()),
        ] {
            let _ = writeln!(
                page,
                "<h3>{title}</h3>\n{}",
                curves(title, "words changed", &lines, None)
            );
        }
        let line = |name: &str, points| Line { name: name.to_owned(), points };
        let lines = [
            line("predicted", self.articles.iter().map(|a| (a.resemblance, a.predicted)).collect()),
            line(
                "measured",
                self.articles.iter().filter_map(|a| Some((a.resemblance, a.measured?))).collect(),
            ),
        ];
        let title = "Near duplicates";
        let _ = writeln!(page, "<h3>{title}</h3>\n{}", curves(title, "resemblance", &lines, None));
        let share = |share: Option<f64>| figure(share.unwrap_or(f64::NAN), 3);
        let rows = self.passages.iter().map(|edited| {
            vec![
                edited.words.to_string(),
                figure(edited.changed, 2),
                figure(edited.predicted, 3),
                share(edited.measured),
            ]
        });
        table(&["words", "changed", "predicted", "measured"], rows, page);
        let rows = self.articles.iter().map(|alike| {
            vec![
                figure(alike.resemblance, 2),
                figure(alike.predicted, 3),
                share(alike.measured),
                alike.pairs.to_string(),
            ]
        });
        table(&["resemblance", "predicted", "measured", "pairs"], rows, page);
    }
}

impl Cost {
    fn html(&self, page: &mut String) {
        let _ = writeln!(
            page,
            "<h2>What {} articles will take</h2>\n<p>By {} of them, on this machine.</p>",
            self.articles, self.sample
        );
        let mut rows = vec![
            vec!["values of sketches".to_owned(), self.values.to_string()],
            vec!["pairs to align".to_owned(), self.candidates.to_string()],
        ];
        rows.extend(
            self.seconds.iter().map(|(stage, s)| vec![format!("{stage}, seconds"), figure(*s, 1)]),
        );
        if let Some(bytes) = self.memory_bytes {
            rows.push(vec!["memory, GB".to_owned(), figure(bytes as f64 / 1e9, 2)]);
        }
        table(&["", ""], rows.into_iter(), page);
    }
}

impl Shown {
    fn html(&self, page: &mut String) {
        let _ = writeln!(
            page,
            "<section class=\"sides\"><div><b>{}</b></div><div><b>{}</b></div><div>{}</div><div>{:.0} \
             bits, {:.0} % of the shorter</div>",
            escaped(&self.a),
            escaped(&self.b),
            escaped(&self.what),
            self.bits,
            100.0 * self.share
        );
        self.texts(page);
        *page += "</section>\n";
    }

    pub(super) fn texts(&self, page: &mut String) {
        for (a, b) in &self.texts {
            let _ = writeln!(page, "<p dir=auto>{}</p><p dir=auto>{}</p>", escaped(a), escaped(b));
        }
    }
}
