//! `--statistics`: how often each rule spoke.

use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::{Look, OutputFormat};
use crate::finding::Finding;
use crate::rules;

/// Findings counted by rule.
#[derive(Debug, Default)]
pub struct Statistics {
    counts: FxHashMap<&'static str, Count>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Count {
    findings: usize,
    fixable: usize,
}

impl Statistics {
    pub fn add(&mut self, findings: &[Finding]) {
        for finding in findings {
            let count = self.counts.entry(finding.rule).or_default();
            count.findings += 1;
            count.fixable += usize::from(!finding.fixes.is_empty());
        }
    }

    pub fn print(&self, out: &mut dyn Write, format: OutputFormat, look: Look) -> io::Result<()> {
        let mut rows: Vec<_> = self.counts.iter().collect();
        rows.sort_unstable_by_key(|&(&rule, count)| (std::cmp::Reverse(count.findings), rule));
        if matches!(format, OutputFormat::Json | OutputFormat::Jsonl) {
            let rows: Vec<Value> = rows
                .iter()
                .map(|&(rule, count)| json!({"rule": rule, "count": count.findings, "fixable": count.fixable}))
                .collect();
            return writeln!(out, "{}", Value::from(rows));
        }
        let digits = rows.first().map_or(1, |(_, count)| count.findings.to_string().len());
        let widest = rows.iter().map(|(rule, _)| rule.len()).max().unwrap_or(0);
        for (rule, count) in rows {
            let strong = look.palette.strong;
            let summary = rules::find(rule).map_or("", |rule| rule.meta().summary.get(look.language));
            writeln!(out, "{:>digits$}  {strong}{rule:widest$}{strong:#}  {summary}", count.findings)?;
        }
        Ok(())
    }
}
