//! Who is asked for often, and who seldom?

use rand::{Rng, RngExt};

/// Ranks of which the first comes most often, by Zipf's law with the exponent of the Yahoo cloud benchmark.
#[derive(Debug)]
pub struct Zipf {
    sums: Vec<f64>,
}

const EXPONENT: f64 = 0.99;

impl Zipf {
    /// So many ranks.
    pub fn new(ranks: usize) -> Self {
        let mut sum = 0.0;
        let sums = (1..=ranks).map(|rank| {
            sum += (rank as f64).powf(-EXPONENT);
            sum
        });
        Self { sums: sums.collect() }
    }

    /// One of them, counted from zero.
    pub fn draw(&self, chance: &mut impl Rng) -> usize {
        let whole = self.sums.last().copied().unwrap_or_default();
        let point = chance.random::<f64>() * whole;
        self.sums.partition_point(|sum| *sum <= point).min(self.sums.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::SmallRng;

    use super::*;

    #[test]
    fn the_first_comes_about_twice_as_often_as_the_second_and_every_rank_can_come() {
        let zipf = Zipf::new(10);
        let mut chance = SmallRng::seed_from_u64(7);
        let mut counts = [0_u32; 10];
        for _ in 0..100_000 {
            counts[zipf.draw(&mut chance)] += 1;
        }
        let ratio = f64::from(counts[0]) / f64::from(counts[1]);
        assert!((1.8..2.2).contains(&ratio), "{counts:?}");
        assert!(counts.iter().all(|count| *count > 0));
    }
}
