//! Work in parallel, results in order.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::mpsc;

/// How many items a thread may be ahead of the one whose result is due. It bounds the memory; less makes threads wait for one long draft.
const AHEAD: usize = 8;

/// Works on items with some threads and hands the results over in the order of the items, until there are no more or `consume` breaks. Items
/// are drawn, and results consumed, on the calling thread, and only a bounded number are held at a time. One item alone needs no thread.
pub(super) fn for_each<T: Send, R: Send>(
    mut items: impl Iterator<Item = T>,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
    mut consume: impl FnMut(R) -> ControlFlow<()>,
) {
    let first_two: Vec<T> = items.by_ref().take(2).collect();
    let is_alone = first_two.len() < 2;
    let mut items = first_two.into_iter().chain(items);
    let pool = match threads {
        ..=1 => None,
        _ if is_alone => None,
        // A machine that gives no threads still gets its results.
        _ => rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok(),
    };
    match pool {
        None => {
            let _ = items.try_for_each(|item| consume(work(item)));
        }
        Some(pool) => pool.in_place_scope_fifo(|scope| {
            let (sender, receiver) = mpsc::channel();
            let mut due = 0;
            let mut pending: VecDeque<Option<R>> = VecDeque::new();
            loop {
                while pending.len() < AHEAD * threads
                    && let Some(item) = items.next()
                {
                    let index = due + pending.len();
                    pending.push_back(None);
                    let (sender, work) = (sender.clone(), &work);
                    // The receiver is gone once `consume` has broken off; then nobody wants the result.
                    scope.spawn_fifo(move |_| drop(sender.send((index, work(item)))));
                }
                if pending.is_empty() {
                    return;
                }
                let Ok((index, result)) = receiver.recv() else { return };
                pending[index - due] = Some(result);
                while let Some(result) = pending.front_mut().and_then(Option::take) {
                    pending.pop_front();
                    due += 1;
                    if consume(result).is_break() {
                        return;
                    }
                }
            }
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    fn run(count: u64, threads: usize, delay: impl Fn(u64) -> u64 + Sync) -> Vec<u64> {
        let mut seen = Vec::new();
        let work = |item| {
            std::thread::sleep(Duration::from_micros(delay(item)));
            item
        };
        for_each(0..count, threads, work, |item| {
            seen.push(item);
            ControlFlow::Continue(())
        });
        seen
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in [1, 2, 4] {
            assert_eq!(run(200, threads, |item| item * 7919 % 500), (0..200).collect::<Vec<_>>());
            assert_eq!(run(1, threads, |_| 0), [0]);
            assert!(run(0, threads, |_| 0).is_empty());
        }
    }

    #[test]
    fn a_slow_item_holds_back_a_bounded_number() {
        let drawn = AtomicUsize::new(0);
        let items = (0..1000).inspect(|_| {
            drawn.fetch_add(1, Ordering::SeqCst);
        });
        let work = |item: usize| {
            if item == 0 {
                std::thread::sleep(Duration::from_millis(50));
            }
        };
        let mut most = None;
        for_each(items, 2, work, |()| {
            most.get_or_insert(drawn.load(Ordering::SeqCst));
            ControlFlow::Continue(())
        });
        assert!(most.unwrap() <= 2 * AHEAD, "{most:?}");
    }

    #[test]
    fn breaking_off_stops_the_work() {
        let worked = AtomicUsize::new(0);
        let work = |_: usize| worked.fetch_add(1, Ordering::SeqCst);
        for_each(0..100_000, 2, work, |_| ControlFlow::Break(()));
        assert!(worked.load(Ordering::SeqCst) <= 2 * AHEAD);
    }
}
