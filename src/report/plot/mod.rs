//! Plots as SVG, without a script.

mod columns;
mod curves;

pub(crate) use columns::Columns;
pub(crate) use curves::curves;

use std::fmt::Write as _;

/// Values by articles that belong together.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) points: Vec<(f64, f64)>,
}

const COLOURS: [&str; 6] = ["#1965b0", "#dc050c", "#4eb265", "#882e72", "#f7a072", "#555555"];
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 580.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 280.0;

/// Whole powers of ten around the points, across and up.
struct Axes {
    across: (f64, f64),
    up: (f64, f64),
}

/// Draws values by articles, both on logarithmic scales: a straight line is a power law. Nothing for
/// fewer than two points.
pub(crate) fn plot(title: &str, lines: &[Line]) -> String {
    let points: Vec<(f64, f64)> = lines.iter().flat_map(|line| line.points.clone()).collect();
    if points.len() < 2 {
        return String::new();
    }
    let axes =
        Axes { across: powers(points.iter().map(|p| p.0)), up: powers(points.iter().map(|p| p.1)) };
    let title = escaped(title);
    let mut svg = format!(
        "<h2>{title}</h2>\n<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=img aria-label=\"{title}\">\n"
    );
    axes.draw(&mut svg);
    for (line, colour) in lines.iter().zip(COLOURS.iter().cycle()) {
        axes.line(line, colour, &mut svg);
    }
    svg + "</svg>\n"
}

fn powers(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let low = values.clone().fold(f64::MAX, f64::min).log10().floor();
    let high = values.fold(f64::MIN, f64::max).log10().ceil();
    (low, high.max(low + 1.0))
}

impl Axes {
    fn x(&self, value: f64) -> f64 {
        let (low, high) = self.across;
        LEFT + (value.log10() - low) / (high - low) * (RIGHT - LEFT)
    }

    fn y(&self, value: f64) -> f64 {
        let (low, high) = self.up;
        BOTTOM - (value.log10() - low) / (high - low) * (BOTTOM - TOP)
    }

    fn draw(&self, svg: &mut String) {
        let ticks =
            |(low, high): (f64, f64)| (low as i32..=high as i32).map(|power| 10_f64.powi(power));
        for value in ticks(self.across) {
            let (x, below) = (self.x(value), BOTTOM + 18.0);
            let _ = writeln!(svg, "<path d=\"M{x:.1} {TOP}V{BOTTOM}\" stroke=\"#ddd\"/>");
            let _ = writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{below}\" text-anchor=\"middle\">{value}</text>"
            );
        }
        for value in ticks(self.up) {
            let (y, beside) = (self.y(value), LEFT - 8.0);
            let _ = writeln!(svg, "<path d=\"M{LEFT} {y:.1}H{RIGHT}\" stroke=\"#ddd\"/>");
            let _ = writeln!(
                svg,
                "<text x=\"{beside}\" y=\"{:.1}\" text-anchor=\"end\">{value}</text>",
                y + 4.0
            );
        }
    }

    fn line(&self, line: &Line, colour: &str, svg: &mut String) {
        let places: Vec<(f64, f64)> =
            line.points.iter().map(|&(x, y)| (self.x(x), self.y(y))).collect();
        let path: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let path = path.join("L");
        let _ = writeln!(
            svg,
            "<path d=\"M{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>"
        );
        for ((x, y), (articles, value)) in places.iter().zip(&line.points) {
            let _ = writeln!(
                svg,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"{colour}\">\
                 <title>{articles} articles: {}</title></circle>",
                figure(*value, 2)
            );
        }
        if let Some((x, y)) = places.last() {
            let (x, y, name) = (x + 8.0, y + 4.0, escaped(&line.name));
            let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\">{name}</text>");
        }
    }
}

/// A value with so many decimal places, or a dash where there is none.
pub(crate) fn figure(value: f64, places: usize) -> String {
    if value.is_finite() { format!("{value:.places$}") } else { "–".to_owned() }
}

/// Text that means itself in HTML and XML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
