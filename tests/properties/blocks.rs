//! Whatever a draft looks like, its blocks stand in it in order, and their prose leads back to it.

use std::ops::Range;

use jiaogao::source::block::Block;
use jiaogao::source::prose::OBJECT;
use jiaogao::source::{self, Format};

use super::draft::Written;

pub fn holds(data: &[u8]) {
    let written = Written::of(data);
    hold_for_text(&written.text, written.format);
}

pub fn hold_for_text(text: &str, format: Format) {
    let blocks = source::split(text, format);
    let mut end = 0;
    for block in &blocks {
        assert!(block.range.start >= end, "{block:?} overlaps the one before it, in {text:?}");
        assert!(text.get(block.range.clone()).is_some(), "{block:?} tears a character of {text:?}");
        end = block.range.end;
        hold_for_prose(text, block, format);
    }
    let mut end = 0;
    for comment in source::comments(text, format) {
        assert!(comment.start >= end, "{comment:?} overlaps the one before it, in {text:?}");
        assert!(
            text.get(comment.clone()).is_some_and(|comment| comment.starts_with("<!--")),
            "{comment:?} is none in {text:?}"
        );
        end = comment.end;
    }
}

fn hold_for_prose(text: &str, block: &Block, format: Format) {
    let prose = block.prose.text();
    let mut end = block.range.start;
    for (at, char) in prose.char_indices() {
        let place = at..at + char.len_utf8();
        let source = block.source_range(place.clone());
        assert_inside(&source, block, text);
        // Characters shown for one piece of markup share its place.
        assert!(source.end >= end, "the prose of {block:?} goes back at {at} in {text:?}");
        end = source.end;
        let is_as_written = text[source.clone()] == prose[place];
        let may_differ = format != Format::Plain || OBJECT.starts_with(char) || char == ' ';
        assert!(is_as_written || may_differ, "{char:?} of {block:?} is not at {source:?} in {text:?}");
        let back = block.prose.offset_of(source.start - block.range.start);
        assert!(prose.is_char_boundary(back));
        assert!(
            !is_as_written || source.is_empty() || back == at,
            "{at} of {block:?} leads back to {back} in {text:?}"
        );
    }
    assert_inside(&block.source_range(0..prose.len()), block, text);
    let mut last = 0;
    for joint in &block.joints {
        assert!(
            *joint >= last && prose.is_char_boundary(*joint),
            "{:?} are no places in order in {prose:?}",
            block.joints
        );
        last = *joint;
    }
}

fn assert_inside(source: &Range<usize>, block: &Block, text: &str) {
    assert!(
        source.start >= block.range.start && source.end <= block.range.end && text.get(source.clone()).is_some(),
        "{source:?} is no place in {block:?} of {text:?}"
    );
}
