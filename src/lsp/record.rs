//! Writes the traffic to a file, one message a line, so that what a user saw can be played again in a test.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use serde_json::{Value, json};

/// Who sent a message.
#[derive(Debug, Clone, Copy)]
pub enum From {
    Client,
    Server,
}

pub struct Recorder {
    file: Mutex<File>,
    start: Instant,
}

impl Recorder {
    /// # Errors
    /// When the file cannot be made.
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(Recorder {
            file: Mutex::new(File::create(path)?),
            start: Instant::now(),
        })
    }

    /// Adds a message with the milliseconds since the start. A message that is not JSON is kept as a string.
    pub fn write(&self, from: From, message: &[u8]) {
        let message = serde_json::from_slice(message).unwrap_or_else(|_| Value::from(String::from_utf8_lossy(message)));
        let from = match from {
            From::Client => "client",
            From::Server => "server",
        };
        let line = json!({ "ms": self.start.elapsed().as_millis() as u64, "from": from, "message": message });
        if let Ok(mut file) = self.file.lock() {
            // A full disk must not take the server down.
            let _ = writeln!(file, "{line}");
        }
    }
}
