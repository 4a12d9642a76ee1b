//! Why a document cannot be read.

use crate::finding::Bilingual;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// An OLE file, a .doc or .wps of the old kind, or rich text.
    OldFormat,
    Encrypted,
    /// No zip package at all, or a broken one.
    NotAPackage,
    /// A package or an OLE file, but not of a text document.
    NotADocument,
    /// A part is missing or is not well-formed XML.
    Broken {
        part: String,
        reason: String,
    },
    /// A part, named where it is known, unpacks to more or nests deeper than is reasonable.
    TooLarge {
        part: String,
    },
}

impl Error {
    /// What is wrong and what to do, to be said after the file's name.
    pub fn message(&self) -> Bilingual {
        match self {
            Error::OldFormat => Bilingual::fixed(
                "是旧格式的文档（.doc、.wps、.rtf），请在Word或WPS里另存为.docx再查",
                "is a document of the old kind (.doc, .wps, .rtf); save it as .docx in Word or WPS",
            ),
            Error::Encrypted => Bilingual::fixed(
                "文档加了密码，请去掉密码，另存为.docx再查",
                "is protected by a password; remove the password and save it as .docx",
            ),
            Error::NotAPackage => Bilingual::fixed(
                "不是完整的Word文档，可能没有下载完或者已经损坏；请用Word或WPS打开，另存为.docx再查",
                "is not a whole Word document: it may be cut short or damaged; open it in Word or WPS and save it as .docx",
            ),
            Error::NotADocument => Bilingual::fixed(
                "不是Word文档（可能是表格、演示文稿或别的压缩文件）；请把要查的文字在Word或WPS里存成.docx再查",
                "is not a Word document (perhaps a spreadsheet, slides or some archive); put its text into a document and save that as .docx",
            ),
            Error::Broken { part, reason } => Bilingual::new(
                format!("文档里的{part}已经损坏（{reason}）；请用Word或WPS打开，另存为.docx再查"),
                format!("its part {part} is damaged ({reason}); open it in Word or WPS and save it as .docx"),
            ),
            Error::TooLarge { part } => Bilingual::new(
                format!("文档里的{part}解开后大得离谱或者嵌套得太深，不像正常的文稿，没有查"),
                format!("its part {part} unpacks to an absurd size or nests absurdly deep; it was not read"),
            ),
        }
    }
}
