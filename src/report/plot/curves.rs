//! Curves of one share over another, 0 to 1 both ways.

use std::fmt::Write as _;

use super::{Line, escaped};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 250.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 620.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 200.0;

/// Draws lines of shares over shares, told apart by dashes too, and a threshold.
pub(crate) fn curves(
    title: &str,
    across: &str,
    lines: &[Line],
    threshold: Option<(f64, &str)>,
) -> String {
    let x = |share: f64| LEFT + share * (RIGHT - LEFT);
    let y = |share: f64| BOTTOM - share * (BOTTOM - TOP);
    let mut svg = format!(
        "<svg class=\"plot\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">",
        escaped(title)
    );
    for tick in 0..=5 {
        let share = f64::from(tick) / 5.0;
        let percent = tick * 20;
        // Writing to a String cannot fail, here and below.
        let _ = write!(
            svg,
            "<path class=\"grid\" d=\"M{LEFT} {up:.1}H{RIGHT}\"/><text x=\"{}\" y=\"{:.1}\" \
             text-anchor=\"end\">{percent} %</text><text x=\"{:.1}\" y=\"{}\" \
             text-anchor=\"middle\">{percent} %</text>",
            LEFT - 6.0,
            y(share) + 4.0,
            x(share),
            BOTTOM + 18.0,
            up = y(share),
        );
    }
    for (number, line) in lines.iter().enumerate() {
        let places: Vec<String> =
            line.points.iter().map(|&(a, b)| format!("{:.1} {:.1}", x(a), y(b))).collect();
        let _ = write!(svg, "<path class=\"curve curve-{number}\" d=\"M{}\"/>", places.join("L"));
        let (from, below) = (LEFT + 150.0 * number as f64, HEIGHT - 8.0);
        let _ = write!(
            svg,
            "<path class=\"curve curve-{number}\" d=\"M{from} {:.1}h24\"/><text x=\"{}\" y=\"{below}\">\
             {}</text>",
            below - 4.0,
            from + 30.0,
            escaped(&line.name)
        );
    }
    if let Some((share, what)) = threshold {
        let _ = write!(
            svg,
            "<path class=\"threshold\" d=\"M{at:.1} {}V{BOTTOM}\"/><text class=\"threshold-label\" \
             x=\"{:.1}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            TOP - 18.0,
            x(share) - 5.0,
            TOP - 8.0,
            escaped(what),
            at = x(share),
        );
    }
    let _ = write!(
        svg,
        "<text x=\"{RIGHT}\" y=\"{}\" text-anchor=\"end\">{}</text>",
        BOTTOM + 32.0,
        escaped(across)
    );
    svg + "</svg>"
}
