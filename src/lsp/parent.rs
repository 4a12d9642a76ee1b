//! Whether the process that started the server still lives.

use std::time::Duration;

const INTERVAL: Duration = Duration::from_millis(400);

/// Returns when the process is gone.
pub async fn wait_for_end(process: u32) {
    while is_alive(process) {
        tokio::time::sleep(INTERVAL).await;
    }
}

/// A process that cannot be asked after counts as alive: the closed pipe tells of its end as well.
#[cfg(unix)]
fn is_alive(process: u32) -> bool {
    let Some(pid) = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw) else {
        return true;
    };
    !is_zombie(process) && rustix::process::test_kill_process(pid) != Err(rustix::io::Errno::SRCH)
}

#[cfg(not(unix))]
fn is_alive(_process: u32) -> bool {
    true
}

/// A process that has ended but was not yet waited for still answers to its number. Where there is no `/proc`, that is not found out.
#[cfg(unix)]
fn is_zombie(process: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name of the program, in brackets, may hold anything; the state is the first word after it.
    stat.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with('Z'))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn this_process_is_alive() {
        assert!(is_alive(std::process::id()));
    }

    #[test]
    fn an_ended_process_is_not_alive_before_or_after_it_was_waited_for() {
        let mut child = std::process::Command::new("sleep").arg("600").spawn().expect("sleep starts");
        assert!(is_alive(child.id()));
        child.kill().expect("sleep can be killed");
        while is_alive(child.id()) {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.wait().expect("sleep can be waited for");
        assert!(!is_alive(child.id()));
    }
}
