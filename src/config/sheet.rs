//! Loading the sheet of official figures that a settings file names.

use std::path::Path;
use std::sync::Arc;

use super::ConfigError;
use crate::finding::Bilingual;
use crate::model::figures::sheet::Sheet;
use crate::source::decode;

/// Reads the sheet kept at `path`, in any encoding that drafts may have.
///
/// # Errors
/// [`ConfigError`] of the sheet's own path if it cannot be read, or at the first line of it that is wrong.
pub(super) fn load(path: &Path) -> Result<Arc<Sheet>, ConfigError> {
    let error = |line: Option<usize>, range, message| ConfigError {
        path: path.to_owned(),
        range,
        line,
        message,
    };
    let bytes = std::fs::read(path).map_err(|reason| {
        let message = Bilingual::new(
            format!("读不了这份口径表：{reason}"),
            format!("cannot read the sheet of official figures: {reason}"),
        );
        error(None, None, message)
    })?;
    let not_text = || {
        let message = Bilingual::fixed(
            "口径表须是CSV文件，请从电子表格里另存为CSV",
            "the sheet of official figures must be CSV; save it as CSV from the spreadsheet",
        );
        error(None, None, message)
    };
    let text = decode::decode(&bytes, None).map_err(|_| not_text())?.text;
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(not_text());
    }
    Sheet::parse(&text, &path.to_string_lossy()).map(Arc::new).map_err(|wrong| {
        let range = line_range(&text, wrong.line);
        error(Some(wrong.line), Some(range), wrong.message)
    })
}

/// Bytes of a line, counted from one.
fn line_range(text: &str, line: usize) -> std::ops::Range<usize> {
    let mut start = 0;
    for piece in text.split_inclusive('\n').take(line.saturating_sub(1)) {
        start += piece.len();
    }
    let end = text[start..].find(['\r', '\n']).map_or(text.len(), |length| start + length);
    start..end
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn a_sheet_is_found_beside_its_settings() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("written");
        let load = || Config::load(&folder.path().join("jiaogao.toml"));
        write("jiaogao.toml", "figures = '口径.csv'".as_bytes());
        assert!(load().is_err_and(|error| error.path.ends_with("口径.csv") && error.line.is_none()));
        let (gbk, _, _) = encoding_rs::GBK.encode("指标,数值,单位\r\n小麦种植面积,136.7,万亩\r\n油菜种植面积,十二,万亩\r\n");
        write("口径.csv", &gbk);
        let error = load().expect_err("a bad number");
        assert_eq!((error.line, error.range.map(|range| range.len() > 10)), (Some(3), Some(true)));
        write("口径.csv", "指标,数值,单位\n小麦种植面积,136.7,万亩\n".as_bytes());
        let config = load().expect("a good sheet");
        assert_eq!(config.sheet.map(|sheet| sheet.rows.len()), Some(1));
        write("口径.csv", b"PK\x03\x04\0\0\0");
        assert!(load().is_err_and(|error| error.message.en.contains("CSV")));
    }
}
