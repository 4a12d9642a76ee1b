//! A draft that was edited step by step is the draft that has the same text from the start: the same blocks, the same facts, the same findings.

use jiaogao::border;
use jiaogao::draft::{Draft, Piece};
use jiaogao::source::Format;

use super::fragments::Input;
use super::lint::lint;

pub fn holds(data: &[u8]) {
    let mut input = Input(data);
    let choices = input.byte();
    let format = [Format::Plain, Format::Markdown, Format::Html, Format::Plain][usize::from(choices & 3)];
    // Of long drafts with one wide line, only the part around an edit is cut anew.
    let rest = if choices & 4 == 0 { String::new() } else { long_draft() };
    let mut text = input.text() + &rest + &input.text();
    let mut draft = Draft::new(&text, format);
    while !input.is_empty() {
        let steps: Vec<Step> = (0..=choices >> 6).map(|_| Step::of(&mut input)).collect();
        let edits: Vec<_> = steps.iter().map(|step| step.make(&mut text)).collect();
        draft.edit_all(edits.iter().map(|(range, with)| (range.clone(), *with)));
        assert_eq!(draft.text().to_string(), text);
        assert_same_pieces(&draft, &Draft::new(&text, format));
    }
    assert_eq!(lint(&draft), lint(&Draft::new(&text, format)), "{text:?}");
}

fn long_draft() -> String {
    let lines: String = (1..40).map(|number| format!("本处办理第{number}件事项，用时{number}天。\n")).collect();
    format!("\n{}。\n{lines}", "全县粮食生产再获丰收".repeat(40))
}

/// One edit: where, in parts of the text and in bytes, how many bytes go, and what comes.
struct Step {
    share: u8,
    offset: u8,
    length: u8,
    with: String,
}

impl Step {
    fn of(input: &mut Input) -> Self {
        Step {
            share: input.byte(),
            offset: input.byte(),
            length: input.byte(),
            with: {
                let count = usize::from(input.byte() % 8);
                super::fragments::text(input.take(count))
            },
        }
    }

    /// Makes the edit in the text, and tells it as it is asked for: with positions that need not be borders of characters.
    fn make(&self, text: &mut String) -> (std::ops::Range<usize>, &str) {
        let start = text.len() * usize::from(self.share) / 255 + usize::from(self.offset) % 16;
        let end = start + usize::from(self.length);
        text.replace_range(border::before(text, start)..border::before(text, end), &self.with);
        (start..end, &self.with)
    }
}

fn assert_same_pieces(edited: &Draft, fresh: &Draft) {
    let text = fresh.text().to_string();
    assert_eq!(edited.pieces().len(), fresh.pieces().len(), "{text:?}");
    for (edited, fresh) in edited.pieces().iter().zip(fresh.pieces()) {
        assert_eq!(edited.block(), fresh.block(), "{text:?}");
        let facts = |piece: &Piece| format!("{:?}", piece.facts());
        assert_eq!(facts(edited), facts(fresh), "of {:?} in {text:?}", fresh.prose());
    }
}
