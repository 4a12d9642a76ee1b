//! Colours, or none.

use anstyle::{AnsiColor, Style};

use crate::finding::{Language, Severity};

/// The styles of the parts of the output. Styles that are empty print nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Palette {
    pub error: Style,
    pub warning: Style,
    pub info: Style,
    pub hint: Style,
    pub strong: Style,
    /// Line numbers, bars and arrows.
    pub frame: Style,
    pub help: Style,
    pub added: Style,
    pub removed: Style,
}

impl Palette {
    pub fn colored() -> Self {
        let bold = |color: AnsiColor| color.on_default().bold();
        Palette {
            error: bold(AnsiColor::Red),
            warning: bold(AnsiColor::Yellow),
            info: bold(AnsiColor::Blue),
            hint: bold(AnsiColor::Cyan),
            strong: Style::new().bold(),
            frame: bold(AnsiColor::Blue),
            help: bold(AnsiColor::Green),
            added: AnsiColor::Green.on_default(),
            removed: AnsiColor::Red.on_default(),
        }
    }

    pub fn severity(&self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Info => self.info,
            Severity::Hint => self.hint,
        }
    }
}

/// A severity as a person reads it.
pub fn severity_word(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Error => language.pick("错误", "error"),
        Severity::Warning => language.pick("警告", "warning"),
        Severity::Info => language.pick("留意", "info"),
        Severity::Hint => language.pick("提示", "hint"),
    }
}
