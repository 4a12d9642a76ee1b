//! What figures and dates of one block say of each other: arithmetic that the draft itself states and that can be done again.

use crate::facts::date::Dates;
use crate::facts::duration::{self, Duration};
use crate::facts::figure::Figure;
use crate::facts::figure::balance;
use crate::facts::figure::composition::{self, Composition};
use crate::facts::figure::conversion;
use crate::facts::figure::doubling::{self, Doubling};
use crate::facts::figure::equation::Equation;
use crate::facts::figure::growth::{self, Growth};
use crate::facts::figure::half::{self, Half};
use crate::facts::figure::product;
use crate::facts::figure::proportion::{self, Proportion};
use crate::facts::figure::rank::{self, RankChange};
use crate::facts::figure::share::{self, Share};
use crate::facts::figure::together::{self, SharesTogether};
use crate::facts::figure::total::{self, Total};

/// The arithmetic of one block.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    /// Lengths of time beside the dates they should follow from.
    pub durations: Vec<Duration>,
    /// Rates of change that do not follow from the figures beside them.
    pub growths: Vec<Growth>,
    /// Wholes that their parts do not make up.
    pub totals: Vec<Total>,
    /// Remainders that the figures before them do not give.
    pub balances: Vec<Equation>,
    /// Counts, averages and totals that do not give each other.
    pub products: Vec<Equation>,
    /// Quantities told in two units that are not the same.
    pub conversions: Vec<Equation>,
    /// Doublings that the figures before them do not give.
    pub doublings: Vec<Doubling>,
    /// More or less than half, where the part is not so.
    pub halves: Vec<Half>,
    /// Sums of shares that do not come out.
    pub shares_together: Vec<SharesTogether>,
    /// Shares of a whole, with the whole where the block names it.
    pub shares: Vec<Share>,
    /// Shares in a row that do not come to a hundred per cent.
    pub compositions: Vec<Composition>,
    /// Shares told as a ratio that do not come to a hundred.
    pub proportions: Vec<Proportion>,
    /// Places gained or lost that the ranks beside them do not give.
    pub ranks: Vec<RankChange>,
}

impl Claims {
    pub fn read(prose: &str, dates: &Dates, figures: &[Figure]) -> Self {
        Claims {
            durations: duration::read(prose, dates, figures),
            growths: growth::read(prose, figures),
            totals: total::read(prose, figures),
            balances: balance::read(prose, figures),
            products: product::read(prose, figures),
            conversions: conversion::read(prose, figures),
            doublings: doubling::read(prose, figures),
            halves: half::read(prose, figures),
            shares_together: together::read(prose, figures),
            shares: share::read(prose, figures),
            compositions: composition::read(prose, figures),
            proportions: proportion::read(prose),
            ranks: rank::read(prose),
        }
    }
}
