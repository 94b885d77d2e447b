//! How time and memory grow with the number of articles, and what that comes to.

use serde::{Deserialize, Serialize};

/// A power law through measurements: `factor * n^exponent`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Growth {
    /// 1 is in step with the articles, 2 with their pairs.
    pub exponent: f64,
    /// What one article would take.
    pub factor: f64,
}

impl Growth {
    /// The least squares of the logarithms; `None` for fewer than two sizes.
    pub fn fit(points: &[(f64, f64)]) -> Option<Self> {
        let logs: Vec<(f64, f64)> = points
            .iter()
            .filter(|(n, value)| *n > 0.0 && *value > 0.0)
            .map(|(n, value)| (n.ln(), value.ln()))
            .collect();
        let count = logs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / count;
        let (x, y) = (mean(|p| p.0), mean(|p| p.1));
        let spread: f64 = logs.iter().map(|p| (p.0 - x).powi(2)).sum();
        if logs.len() < 2 || spread < 1e-9 {
            return None;
        }
        let together: f64 = logs.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
        let exponent = together / spread;
        Some(Self { exponent, factor: (y - exponent * x).exp() })
    }

    /// What so many articles would take.
    pub fn at(self, articles: f64) -> f64 {
        self.factor * articles.powf(self.exponent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_law_is_found_again() {
        let points = [1e3, 1e4, 1e5].map(|n: f64| (n, 0.002 * n.powf(1.25)));
        let growth = Growth::fit(&points).unwrap();
        assert!((growth.exponent - 1.25).abs() < 1e-9);
        assert!((growth.at(1e6) - 0.002 * 1e6_f64.powf(1.25)).abs() < 1e-6);
        assert_eq!(Growth::fit(&points[..1]), None);
        assert_eq!(Growth::fit(&[(10.0, 1.0), (10.0, 2.0)]), None);
    }
}
