//! Columns over classes, with lines where a threshold is; colours and patterns are the style sheet's.

use std::fmt::Write as _;

use super::escaped;

/// A value for each of the classes of something.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// What it shows, for who cannot see it.
    pub(crate) title: String,
    /// Each class with its value.
    pub(crate) classes: Vec<(String, f64)>,
    /// Thresholds: the place in columns from the left, and what it is.
    pub(crate) thresholds: Vec<(f64, String)>,
    /// What stands behind the highest tick: ` %`, or nothing.
    pub(crate) unit: &'static str,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 240.0;
const LEFT: f64 = 56.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 200.0;

impl Columns {
    /// As SVG.
    pub(crate) fn svg(&self) -> String {
        let highest = nice(self.classes.iter().map(|c| c.1).fold(0.0, f64::max));
        let step = (WIDTH - LEFT - 8.0) / self.classes.len().max(1) as f64;
        let y = |value: f64| BOTTOM - value / highest * (BOTTOM - TOP);
        let mut svg = format!(
            "<svg class=\"plot\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">",
            escaped(&self.title)
        );
        for tick in [0.0, 0.5, 1.0].map(|part| part * highest) {
            // Writing to a String cannot fail, here and below.
            let _ = write!(
                svg,
                "<path class=\"grid\" d=\"M{LEFT} {at:.1}H{WIDTH}\"/><text x=\"{x}\" y=\"{label:.1}\" \
                 text-anchor=\"end\">{tick}{unit}</text>",
                at = y(tick),
                x = LEFT - 6.0,
                label = y(tick) + 4.0,
                unit = self.unit
            );
        }
        // Labels need about this much room each.
        let every = (60.0 / step).ceil().max(1.0) as usize;
        for (at, (label, value)) in self.classes.iter().enumerate() {
            let x = LEFT + at as f64 * step;
            let label = escaped(label);
            let _ = write!(
                svg,
                "<rect class=\"column\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\">\
                 <title>{label}: {}{}</title></rect>",
                x + step * 0.08,
                y(*value),
                step * 0.84,
                BOTTOM - y(*value),
                (value * 10.0).round() / 10.0,
                self.unit
            );
            if at % every == 0 {
                let _ = write!(
                    svg,
                    "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{label}</text>",
                    x + step / 2.0,
                    BOTTOM + 18.0
                );
            }
        }
        for (number, (place, what)) in self.thresholds.iter().enumerate() {
            let x = LEFT + place * step;
            // The label stands on the side that has room, each on a line of its own.
            let (anchor, shift) = if x > WIDTH * 0.6 { ("end", -5.0) } else { ("start", 5.0) };
            let _ = write!(
                svg,
                "<path class=\"threshold\" d=\"M{x:.1} {}V{BOTTOM}\"/><text class=\"threshold-label\" \
                 x=\"{:.1}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
                TOP - 22.0,
                x + shift,
                TOP - 14.0 + 14.0 * (number % 2) as f64,
                escaped(what)
            );
        }
        svg + "</svg>"
    }
}

/// The next number from which half can be told at a glance: 1, 2, 4, 6, 8 or 10 times a power of ten.
fn nice(value: f64) -> f64 {
    if value <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(value.log10().floor());
    let times = [1.0, 2.0, 4.0, 6.0, 8.0].into_iter().find(|times| times * power >= value);
    times.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_column_fits_below_the_highest_tick() {
        for (value, tick) in [(0.0, 1.0), (1.0, 1.0), (7.3, 8.0), (9.5, 10.0), (130.0, 200.0)] {
            assert!((nice(value) - tick).abs() < 1e-9, "{value}: {}", nice(value));
        }
    }

    #[test]
    fn names_are_escaped() {
        let plot = Columns {
            title: "\"<script>".to_owned(),
            classes: vec![("<b>".to_owned(), 2.0)],
            ..Columns::default()
        };
        let svg = plot.svg();
        assert!(!svg.contains("<script>") && !svg.contains("<b>"), "{svg}");
    }
}
