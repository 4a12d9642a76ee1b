//! The command line of `jiaogao lint`.

use std::path::PathBuf;

use clap::ArgAction;
use encoding_rs::Encoding;

use crate::cli::read;
use crate::config::FailOn;
use crate::output::OutputFormat;
use crate::source::Format;

#[derive(clap::Args)]
pub struct Arguments {
    /// 文稿或文件夹，默认当前文件夹；“-”指标准输入 | Drafts or folders, by default the current one; `-` is standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// 输出格式：full（默认）、concise、json、jsonl、sarif、github、gitlab、checkstyle、junit、rdjson、html | How findings are printed: full (default), concise, json, jsonl, sarif, github, gitlab, checkstyle, junit, rdjson, html
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "full",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) output_format: OutputFormat,
    /// 改好有把握的地方 | Mend what can be mended safely
    #[arg(long, group = "change")]
    pub(super) fix: bool,
    /// 同--fix或--diff合用：连须核对的改法一并用上 | With --fix or --diff: use also the fixes that a person should check
    #[arg(long, requires = "change")]
    pub(super) unsafe_fixes: bool,
    /// 只显示--fix会改什么，不写文件 | Show what --fix would change, and write nothing
    #[arg(long, group = "change")]
    pub(super) diff: bool,
    /// 把问题写成批注，连同Word文稿存成这个副本 | Write a copy of the Word draft, with the findings as comments in it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["change", "write_baseline"])]
    pub(super) annotate: Option<PathBuf>,
    /// 同--annotate合用：有把握的改法写成修订 | With --annotate: write the safe fixes as tracked changes
    #[arg(long, requires = "annotate")]
    pub(super) track_fixes: bool,
    /// 同--annotate合用：可以写进原稿，另留备份 | With --annotate: the draft itself may be replaced; a backup is kept
    #[arg(long, requires = "annotate")]
    pub(super) in_place: bool,
    /// 只用这些规则或规则族，如figure,stray/pair | Run only these rules or families, as figure,stray/pair
    #[arg(long, value_name = "RULES", value_delimiter = ',', action = ArgAction::Append)]
    pub(super) select: Vec<String>,
    /// 不用这些规则或规则族 | Do not run these rules or families
    #[arg(long, value_name = "RULES", value_delimiter = ',', action = ArgAction::Append)]
    pub(super) ignore: Vec<String>,
    /// 有不低于这一级的问题时以1退出：error、warning（默认）、info、hint、never | Exit with 1 when something is found at this level or above: error, warning (default), info, hint, never
    #[arg(long, value_name = "LEVEL", hide_possible_values = true)]
    pub(super) fail_on: Option<FailOn>,
    /// 不列问题，只按规则计数 | Print counts by rule instead of findings
    #[arg(long)]
    pub(super) statistics: bool,
    /// 这些文稿是一套（报告、附件、新闻稿）：数字互相核对，相同的段落互相提示 | The drafts belong together (report, annexes, press release): hold their figures against each other and tell passages in common
    #[arg(long)]
    pub(super) together: bool,
    /// 对照以前的报告，找出照搬而没有更新数字、年份的段落 | Find passages taken over from this earlier report without renewing figures or years
    #[arg(long, value_name = "FILE")]
    pub(super) against: Option<PathBuf>,
    /// 不报基线文件里已有的问题 | Do not report what this baseline file holds
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// 把现有的问题写进--baseline指的文件 | Write the present findings to the file of --baseline
    #[arg(long, requires = "baseline", conflicts_with = "change")]
    pub(super) write_baseline: bool,
    /// 查过的结果存进这个文件夹，没有改动的文稿下次不再重查 | Keep findings in this folder, and do not lint again what has not changed
    #[arg(long, value_name = "DIR")]
    pub(super) cache: Option<PathBuf>,
    /// 查文件夹时跳过的路径，写法同.gitignore | Paths to leave out when folders are walked, written as in .gitignore
    #[arg(long, value_name = "GLOB", action = ArgAction::Append)]
    pub(super) exclude: Vec<String>,
    /// 点了名的文件也按exclude跳过 | Leave out excluded files even where they are named
    #[arg(long)]
    pub(super) force_exclude: bool,
    /// 文稿的编码，默认自动识别 | The encoding of the drafts, by default detected
    #[arg(long, value_name = "NAME", value_parser = read::encoding)]
    pub(super) encoding: Option<&'static Encoding>,
    /// 文稿的格式：plain、markdown、html、word，默认看后缀和内容；jsonl是每行一份文稿的档案 | The format of the drafts: plain, markdown, html, word; by default told by the suffix and the content; jsonl is an archive, one draft a line
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub(super) input_format: Option<InputFormat>,
    /// Word文档里的修订按未接受时的样子读 | Read Word documents as they were before their tracked changes
    #[arg(long)]
    pub(super) original: bool,
    /// 标准输入的文稿叫什么 | The name of the draft on standard input
    #[arg(long, value_name = "PATH")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// 用这份设置 | Use this settings file
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(super) config: Option<PathBuf>,
    /// 不用任何设置文件 | Use no settings file
    #[arg(long)]
    pub(super) isolated: bool,
    /// 并行的线程数 | The number of threads
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<std::num::NonZeroUsize>,
    /// 不显示进度和结尾的总计 | No progress bar and no closing line
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum InputFormat {
    Plain,
    Markdown,
    Html,
    Word,
    Jsonl,
}

impl Arguments {
    pub(super) fn how(&self) -> read::How {
        let format = |format| match format {
            InputFormat::Plain => Some(Format::Plain),
            InputFormat::Markdown => Some(Format::Markdown),
            InputFormat::Html => Some(Format::Html),
            InputFormat::Word => Some(Format::Word),
            InputFormat::Jsonl => None,
        };
        read::How {
            encoding: self.encoding,
            format: self.input_format.and_then(format),
            changes: read::changes(self.original),
        }
    }

    /// Whether the findings of each draft, taken by itself, are not all that is wanted: it is changed, or held against other drafts.
    pub(super) fn goes_beyond_findings(&self) -> bool {
        self.fix || self.diff || self.annotate.is_some() || self.together || self.against.is_some()
    }

    pub(super) fn threads(&self) -> usize {
        self.jobs
            .map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
    }
}
