//! Ratios on a noisy machine.

/// The median of the ratios of pairs, and the middle half of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ratio {
    pub(super) median: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    /// How many pairs there were; none for numbers that do not vary.
    pub(super) pairs: usize,
}

impl Ratio {
    /// A ratio of numbers that do not vary.
    pub(super) fn exact(ratio: f64) -> Self {
        Self {
            median: ratio,
            low: ratio,
            high: ratio,
            pairs: 0,
        }
    }

    pub(super) fn of_pairs(pairs: impl IntoIterator<Item = f64>) -> Self {
        let mut ratios: Vec<_> = pairs.into_iter().collect();
        ratios.sort_by(f64::total_cmp);
        Self {
            median: at(&ratios, 0.5),
            low: at(&ratios, 0.25),
            high: at(&ratios, 0.75),
            pairs: ratios.len(),
        }
    }
}

/// The median of some numbers.
pub(super) fn median(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let mut numbers: Vec<_> = numbers.into_iter().collect();
    numbers.sort_by(f64::total_cmp);
    at(&numbers, 0.5)
}

/// The number at that part of the way through a sorted list, between two of them if need be.
fn at(sorted: &[f64], part: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let place = part * last as f64;
    let (below, above) = (
        sorted[place.floor() as usize],
        sorted[place.ceil() as usize],
    );
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outliers_do_not_count() {
        let ratio = Ratio::of_pairs([1.0, 1.2, 90.0, 1.1, 1.3]);
        assert_eq!((ratio.low, ratio.median, ratio.high), (1.1, 1.2, 1.3));
    }

    #[test]
    fn an_even_number_of_pairs_has_a_middle() {
        assert_eq!(median([1.0, 4.0, 2.0, 3.0]), 2.5);
        assert!(median([]).is_nan());
    }
}
