//! Drafts that are not open: all of the workspace's folders linted, pulled or searched.
//!
//! This work is done on threads of its own, leaves one processor free, and stands aside whenever an open draft is being linted.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use ignore::WalkBuilder;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tower_lsp::ls_types::notification::Progress;
use tower_lsp::ls_types::request::WorkDoneProgressCreate;
use tower_lsp::ls_types::*;

use super::client::{Client, Outbox};
use super::event::{Event, Inbox};
use super::settings::{Book, ForDraft};
use super::shelf::Shelf;
use super::snapshot::Snapshot;
use super::view::View;
use super::{diagnostics, outline};
use crate::source::{self, Format};

/// What background work shares from one run to the next.
#[derive(Default)]
pub struct Background {
    busy: Arc<AtomicUsize>,
    found: Arc<Cache<Vec<Diagnostic>>>,
    symbols: Arc<Cache<Vec<SymbolInformation>>>,
    last_token: u32,
    running: FxHashMap<ProgressToken, Arc<AtomicBool>>,
}

/// Held while an open draft is being linted.
pub struct Busy(Arc<AtomicUsize>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Background {
    pub fn hold(&self) -> Busy {
        self.busy.fetch_add(1, Ordering::Relaxed);
        Busy(Arc::clone(&self.busy))
    }

    pub fn cancel(&mut self, token: &ProgressToken) {
        if let Some(running) = self.running.remove(token) {
            running.store(true, Ordering::Relaxed);
        }
    }

    /// Everything that one run needs to know.
    pub fn work(&self, book: &Book, shelf: &Arc<Shelf>, open: Vec<Target>, client: &Arc<Client>, folders: &Arc<[PathBuf]>) -> Work {
        Work {
            book: book.clone(),
            shelf: Arc::clone(shelf),
            open,
            client: Arc::clone(client),
            folders: Arc::clone(folders),
            busy: Arc::clone(&self.busy),
            found: Arc::clone(&self.found),
            symbols: Arc::clone(&self.symbols),
        }
    }
}

/// A draft to look at.
pub enum Target {
    Open(Box<View>),
    File(PathBuf, ForDraft),
}

pub struct Work {
    book: Book,
    shelf: Arc<Shelf>,
    open: Vec<Target>,
    client: Arc<Client>,
    folders: Arc<[PathBuf]>,
    busy: Arc<AtomicUsize>,
    found: Arc<Cache<Vec<Diagnostic>>>,
    symbols: Arc<Cache<Vec<SymbolInformation>>>,
}

/// What was made of a file, as long as the file and its settings are the same.
struct Cache<T>(Mutex<FxHashMap<PathBuf, (Stamp, T)>>);

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Cache(Mutex::default())
    }
}

#[derive(Clone, PartialEq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    held: ForDraft,
}

impl<T: Clone> Cache<T> {
    fn get_or_make(&self, path: &Path, held: &ForDraft, make: impl FnOnce() -> Option<T>) -> Option<T> {
        let metadata = std::fs::metadata(path).ok()?;
        let stamp = Stamp {
            modified: metadata.modified().ok(),
            length: metadata.len(),
            held: held.clone(),
        };
        if let Some((known, made)) = self.0.lock().ok()?.get(path)
            && *known == stamp
        {
            return Some(made.clone());
        }
        let made = make()?;
        self.0.lock().ok()?.insert(path.to_owned(), (stamp, made.clone()));
        Some(made)
    }
}

/// What a lint of the workspace found.
pub struct Swept {
    open: Vec<Vec<Diagnostic>>,
    /// Every draft that is not open, those without findings included.
    pub closed: Vec<(Uri, Vec<Diagnostic>)>,
    /// Whether all drafts were looked at.
    pub is_complete: bool,
}

impl Swept {
    /// How many drafts were linted, and how many findings there are of each severity.
    pub fn summary(&self) -> Value {
        let all = || self.open.iter().chain(self.closed.iter().map(|(_, diagnostics)| diagnostics)).flatten();
        let count = |severity: DiagnosticSeverity| all().filter(|diagnostic| diagnostic.severity == Some(severity)).count();
        json!({
            "drafts": self.open.len() + self.closed.len(),
            "complete": self.is_complete,
            "error": count(DiagnosticSeverity::ERROR),
            "warning": count(DiagnosticSeverity::WARNING),
            "info": count(DiagnosticSeverity::INFORMATION),
            "hint": count(DiagnosticSeverity::HINT),
        })
    }
}

impl Work {
    /// The drafts in the folders that are not open, with the settings that hold for each.
    fn files(&self, open: &FxHashSet<Uri>) -> Vec<Target> {
        let mut book = self.book.clone();
        let mut files = Vec::new();
        for folder in self.folders.iter() {
            let walk = WalkBuilder::new(folder).require_git(false).sort_by_file_name(|a, b| a.cmp(b)).build();
            for entry in walk.flatten() {
                let path = entry.into_path();
                // An editor shows no Word documents, so nobody could go to a finding in one.
                let is_text = source::has_draft_suffix(&path) && Format::of_path(&path) != Format::Word;
                if !is_text || !path.is_file() || book.excludes(&path) {
                    continue;
                }
                if Uri::from_file_path(&path).is_some_and(|uri| !open.contains(&uri)) {
                    let held = book.for_draft(Some(&path));
                    files.push(Target::File(path, held));
                }
            }
        }
        files
    }

    fn view(&self, path: &Path, held: &ForDraft) -> Option<View> {
        Some(View {
            uri: Uri::from_file_path(path)?,
            version: None,
            snapshot: Arc::new(Snapshot::of_file(path, held, &self.shelf)?),
            client: Arc::clone(&self.client),
            language: held.language.unwrap_or(self.client.locale),
            folders: Arc::clone(&self.folders),
            behind: None,
            shown: None,
        })
    }

    fn diagnostics(&self, path: &Path, held: &ForDraft) -> Option<Vec<Diagnostic>> {
        let make = || Some(diagnostics::of(&self.view(path, held)?));
        match held.depends_on_others() {
            true => make(),
            false => self.found.get_or_make(path, held, make),
        }
    }

    fn stand_aside(&self, is_cancelled: &dyn Fn() -> bool) {
        const PAUSE: Duration = Duration::from_millis(2);
        while self.busy.load(Ordering::Relaxed) > 0 && !is_cancelled() {
            std::thread::sleep(PAUSE);
        }
    }

    fn open_uris(&self) -> FxHashSet<Uri> {
        let uri = |target: &Target| match target {
            Target::Open(view) => Some(view.uri.clone()),
            Target::File(..) => None,
        };
        self.open.iter().filter_map(uri).collect()
    }

    /// Does something with every target, several at a time; what has not begun when the work is cancelled is left out.
    fn each<T: Send>(&self, targets: &[Target], is_cancelled: &(dyn Fn() -> bool + Sync), act: impl Fn(&Target) -> Option<T> + Sync) -> Vec<T> {
        let act = |target: &Target| {
            self.stand_aside(is_cancelled);
            if is_cancelled() { None } else { act(target) }
        };
        let spare = std::thread::available_parallelism().map_or(1, |processors| (processors.get() - 1).max(1));
        match rayon::ThreadPoolBuilder::new().num_threads(spare).build() {
            Ok(pool) => pool.install(|| targets.par_iter().filter_map(act).collect()),
            Err(_) => targets.iter().filter_map(act).collect(),
        }
    }
}

/// Lints everything and sends what was found as an event. Shows how far it is if the client gave a token or takes one of the server's.
pub fn sweep(work: Work, token: Option<ProgressToken>, reply: oneshot::Sender<Value>, background: &mut Background, outbox: Outbox, inbox: Inbox) {
    let is_ours = token.is_none();
    let token = token.or_else(|| {
        background.last_token += 1;
        let token = ProgressToken::String(format!("jiaogao/lint/{}", background.last_token));
        work.client.shows_progress().then_some(token)
    });
    let was_cancelled = Arc::new(AtomicBool::new(false));
    if let Some(token) = &token {
        background.running.insert(token.clone(), Arc::clone(&was_cancelled));
    }
    let language = work.client.locale;
    tokio::spawn(async move {
        if let Some(token) = token.clone().filter(|_| is_ours) {
            // Without the client's consent nothing is shown, and the work is done all the same.
            let created = outbox
                .send_request::<WorkDoneProgressCreate>(WorkDoneProgressCreateParams { token })
                .await;
            if created.is_err() {
                tracing::info!("the client shows no progress");
            }
        }
        let meter = token.map(|token| Meter { token, outbox });
        let swept = tokio::task::spawn_blocking(move || {
            if let Some(meter) = &meter {
                meter.begin(language.pick("检查工作区的文稿", "Linting the workspace"));
            }
            let is_cancelled = || was_cancelled.load(Ordering::Relaxed) || reply.is_closed();
            let swept = lint_all(&work, &is_cancelled, meter.as_ref());
            if let Some(meter) = &meter {
                meter.end();
            }
            (swept, reply)
        });
        if let Ok((swept, reply)) = swept.await {
            inbox.send(Event::Swept(swept, reply));
        }
    });
}

fn lint_all(work: &Work, is_cancelled: &(dyn Fn() -> bool + Sync), meter: Option<&Meter>) -> Swept {
    let files = work.files(&work.open_uris());
    let done = AtomicUsize::new(0);
    let total = files.len();
    let closed = work.each(&files, is_cancelled, |target| {
        let Target::File(path, held) = target else { return None };
        let diagnostics = work.diagnostics(path, held);
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(meter) = meter {
            meter.report(done, total, path);
        }
        Some((Uri::from_file_path(path)?, diagnostics?))
    });
    let is_complete = !is_cancelled();
    let open = work.open.iter().filter_map(|target| match target {
        Target::Open(view) => Some(diagnostics::of(view)),
        Target::File(..) => None,
    });
    Swept {
        open: open.collect(),
        closed,
        is_complete,
    }
}

/// Shows how far the work is.
struct Meter {
    token: ProgressToken,
    outbox: Outbox,
}

impl Meter {
    fn begin(&self, title: &str) {
        self.send(WorkDoneProgress::Begin(WorkDoneProgressBegin {
            title: title.to_owned(),
            cancellable: Some(true),
            message: None,
            percentage: Some(0),
        }));
    }

    /// Says something at every hundredth, so that ten thousand drafts are not ten thousand messages.
    fn report(&self, done: usize, total: usize, path: &Path) {
        let percentage = |done: usize| (done * 100 / total.max(1)) as u32;
        if percentage(done) == percentage(done - 1) {
            return;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.send(WorkDoneProgress::Report(WorkDoneProgressReport {
            cancellable: Some(true),
            message: Some(format!("{done}/{total} {name}")),
            percentage: Some(percentage(done)),
        }));
    }

    fn end(&self) {
        self.send(WorkDoneProgress::End(WorkDoneProgressEnd { message: None }));
    }

    fn send(&self, progress: WorkDoneProgress) {
        self.outbox.notify::<Progress>(ProgressParams {
            token: self.token.clone(),
            value: ProgressParamsValue::WorkDone(progress),
        });
    }
}

/// Answers `workspace/diagnostic` for the drafts that are not open; for open ones the client asks one by one.
pub fn report(
    work: &Work,
    open: &FxHashSet<Uri>,
    params: &WorkspaceDiagnosticParams,
    is_cancelled: impl Fn() -> bool + Sync,
) -> WorkspaceDiagnosticReport {
    let files = work.files(open);
    let mut previous: FxHashMap<&Uri, &str> = params.previous_result_ids.iter().map(|id| (&id.uri, id.value.as_str())).collect();
    let found = work.each(&files, &is_cancelled, |target| {
        let Target::File(path, held) = target else { return None };
        Some((Uri::from_file_path(path)?, work.diagnostics(path, held)?))
    });
    let mut items: Vec<WorkspaceDocumentDiagnosticReport> = Vec::new();
    for (uri, diagnostics) in &found {
        let id = diagnostics::result_id(diagnostics);
        let is_known = previous.remove(uri) == Some(id.as_str());
        items.push(if is_known {
            WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                uri: uri.clone(),
                version: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
            })
        } else {
            full(uri, Some(id), diagnostics.clone())
        });
    }
    if !is_cancelled() {
        // Drafts that are gone have nothing to be found in them.
        let gone = previous.into_keys().filter(|uri| !open.contains(uri));
        items.extend(gone.map(|uri| full(uri, None, Vec::new())));
    }
    WorkspaceDiagnosticReport { items }
}

fn full(uri: &Uri, result_id: Option<String>, items: Vec<Diagnostic>) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri: uri.clone(),
        version: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
    })
}

/// Answers `workspace/symbol`: headings and items of all drafts whose name holds the letters of the query in their order.
pub fn symbols(work: &Work, query: &str) -> Vec<SymbolInformation> {
    const MOST: usize = 500;
    let of_view = |view: &View| {
        let mut flat = Vec::new();
        outline::flatten(view, &outline::entries(view), None, &mut flat);
        flat
    };
    let mut found: Vec<SymbolInformation> = Vec::new();
    for target in &work.open {
        if let Target::Open(view) = target {
            found.extend(of_view(view).into_iter().filter(|symbol| matches(&symbol.name, query)));
        }
    }
    let files = work.files(&work.open_uris());
    let in_files = work.each(&files, &|| false, |target| {
        let Target::File(path, held) = target else { return None };
        let symbols = work.symbols.get_or_make(path, held, || Some(of_view(&work.view(path, held)?)))?;
        Some(symbols.into_iter().filter(|symbol| matches(&symbol.name, query)).collect::<Vec<_>>())
    });
    found.extend(in_files.into_iter().flatten());
    found.truncate(MOST);
    found
}

fn matches(name: &str, query: &str) -> bool {
    let mut name = name.chars().flat_map(char::to_lowercase);
    query
        .chars()
        .filter(|char| !char.is_whitespace())
        .flat_map(char::to_lowercase)
        .all(|wanted| name.any(|char| char == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_matches_letters_in_their_order() {
        for (query, fits) in [("", true), ("工作", true), ("年做", true), ("作工", false), ("2024", true), ("gdp", true)] {
            assert_eq!(matches("一、2024年工作做法 GDP", query), fits, "{query}");
        }
    }
}
