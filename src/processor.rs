//! What the processor can do beyond the least of its kind, and loops compiled for each of its
//! instruction sets.
#![allow(clippy::inline_always, reason = "a loop is compiled for an instruction set as a whole")]
#![allow(unsafe_code, reason = "code for an instruction set may run only where that was found")]

/// Work over whole slices that is compiled once for every instruction set, from the same code, so that
/// all give the same values.
pub trait Loop {
    /// Does the work. It has to be `#[inline(always)]`, as does what it calls: what is not part of the
    /// compiled function is compiled for the least processor.
    fn run(self);
}

/// An instruction set that loops are compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstructionSet {
    /// AVX-512 with bytes, words and all register widths: servers since 2017.
    Avx512,
    /// AVX2: nearly all processors since 2013.
    Avx2,
    /// SSE 4.1.
    Sse41,
    /// What every processor of its kind has: SSE2 on `x86_64`, NEON on `aarch64`.
    Plain,
}

impl InstructionSet {
    /// All of them, the widest first.
    pub const ALL: [Self; 4] = [Self::Avx512, Self::Avx2, Self::Sse41, Self::Plain];

    /// The widest that the processor has.
    pub fn best() -> Self {
        Self::ALL.into_iter().find(|set| set.is_here()).unwrap_or(Self::Plain)
    }

    /// Whether the processor has it, and the system saves its registers.
    #[cfg(target_arch = "x86_64")]
    pub fn is_here(self) -> bool {
        match self {
            Self::Avx512 => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
            }
            Self::Avx2 => is_x86_feature_detected!("avx2"),
            Self::Sse41 => is_x86_feature_detected!("sse4.1"),
            Self::Plain => true,
        }
    }

    /// Whether the processor has it.
    #[cfg(not(target_arch = "x86_64"))]
    pub fn is_here(self) -> bool {
        self == Self::Plain
    }

    /// Those that the processor has; a test says which it could not try.
    #[cfg(test)]
    #[allow(clippy::print_stderr, reason = "a test that leaves something out says so")]
    pub(crate) fn tested() -> impl Iterator<Item = Self> {
        let (here, missing): (Vec<_>, Vec<_>) =
            Self::ALL.into_iter().partition(|set| set.is_here());
        if !missing.is_empty() {
            eprintln!("not tried, for this processor has it not: {missing:?}");
        }
        here.into_iter()
    }

    /// Runs the loop that was compiled for it; the plain one where the processor has it not.
    pub fn run(self, work: impl Loop) {
        #[cfg(target_arch = "x86_64")]
        if self.is_here() {
            // SAFETY: each of these functions needs nothing but the features that it names, and
            // `is_here` has just asked the processor for all of them.
            return unsafe {
                match self {
                    Self::Avx512 => avx512(work),
                    Self::Avx2 => avx2(work),
                    Self::Sse41 => sse41(work),
                    Self::Plain => work.run(),
                }
            };
        }
        work.run();
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
fn avx512(work: impl Loop) {
    work.run();
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn avx2(work: impl Loop) {
    work.run();
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "sse4.1")]
fn sse41(work: impl Loop) {
    work.run();
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sum<'a> {
        numbers: &'a [u32],
        sum: &'a mut u32,
    }

    impl Loop for Sum<'_> {
        #[inline(always)]
        fn run(self) {
            *self.sum = self.numbers.iter().fold(0, |sum, number| sum.wrapping_mul(3) ^ number);
        }
    }

    #[test]
    fn every_instruction_set_runs_the_same_loop() {
        let numbers = &[7, u32::MAX, 0, 1 << 31];
        let mut plain = 0;
        Sum { numbers, sum: &mut plain }.run();
        // One that is not here falls back to the plain loop.
        for set in InstructionSet::ALL {
            let mut sum = 1;
            set.run(Sum { numbers, sum: &mut sum });
            assert_eq!(sum, plain, "{set:?}");
        }
        assert_eq!(InstructionSet::tested().next(), Some(InstructionSet::best()));
    }
}
