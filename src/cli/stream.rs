//! Work in parallel on items that arrive from outside, results in order, each handed over as soon as it is due.
//!
//! Unlike [`super::ordered`], which draws its items on the calling thread, this does not wait for the next item while a result is ready: whoever
//! feeds it may wait for each answer before sending more.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many items a thread may be ahead of the one whose result is due. It bounds the memory.
const AHEAD: usize = 4;

/// What happens to the results.
pub(super) trait Sink<R> {
    /// Takes the result that is due. Breaks when nobody wants any more.
    fn take(&mut self, result: R) -> ControlFlow<()>;

    /// No result is ready just now, so what was taken should not be held back.
    fn pause(&mut self) -> ControlFlow<()>;
}

/// Works on `items` with some threads and hands the results to `sink` in the order of the items. The thread that draws the items is left to
/// itself when the sink breaks off, since it may be waiting for an item that never comes.
pub(super) fn for_each<T, R>(items: impl Iterator<Item = T> + Send + 'static, threads: usize, work: impl Fn(T) -> R + Sync, sink: &mut impl Sink<R>)
where
    T: Send + 'static,
    R: Send,
{
    let (places, place_taken) = mpsc::sync_channel(AHEAD * threads);
    // A worker takes `None` for the end of the work.
    let (drawn, waiting) = mpsc::channel();
    let no_more = drawn.clone();
    let end = move || (0..threads).for_each(|_| drop(no_more.send(None)));
    let end_of_items = end.clone();
    thread::spawn(move || {
        for item in items.enumerate() {
            // Either end is gone once the sink has broken off.
            if places.send(()).is_err() || drawn.send(Some(item)).is_err() {
                return;
            }
        }
        end_of_items();
    });
    let waiting = Mutex::new(waiting);
    let (done, results) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (done, waiting, work) = (done.clone(), &waiting, &work);
            scope.spawn(move || work_until_none_is_left(waiting, work, &done));
        }
        drop(done);
        if hand_over(&results, &place_taken, sink).is_break() {
            end();
        }
    });
}

fn work_until_none_is_left<T, R>(waiting: &Mutex<Receiver<Option<(usize, T)>>>, work: &impl Fn(T) -> R, done: &Sender<(usize, R)>) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Some((index, item))) = next else { return };
        if done.send((index, work(item))).is_err() {
            return;
        }
    }
}

/// Puts results into order. A place is given back with each result, so that another item may be drawn.
fn hand_over<R>(results: &Receiver<(usize, R)>, place_taken: &Receiver<()>, sink: &mut impl Sink<R>) -> ControlFlow<()> {
    let mut due = 0;
    let mut pending: VecDeque<Option<R>> = VecDeque::new();
    loop {
        let (index, result) = match results.try_recv() {
            Ok(result) => result,
            Err(TryRecvError::Disconnected) => return ControlFlow::Continue(()),
            Err(TryRecvError::Empty) => {
                sink.pause()?;
                match results.recv() {
                    Ok(result) => result,
                    Err(_) => return ControlFlow::Continue(()),
                }
            }
        };
        if pending.len() <= index - due {
            pending.resize_with(index - due + 1, || None);
        }
        pending[index - due] = Some(result);
        while let Some(result) = pending.front_mut().and_then(Option::take) {
            pending.pop_front();
            due += 1;
            let _ = place_taken.recv();
            sink.take(result)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[derive(Default)]
    struct Seen {
        results: Vec<u64>,
        most: Option<usize>,
    }

    impl Sink<u64> for Seen {
        fn take(&mut self, result: u64) -> ControlFlow<()> {
            self.results.push(result);
            match self.most {
                Some(most) if self.results.len() >= most => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            }
        }

        fn pause(&mut self) -> ControlFlow<()> {
            ControlFlow::Continue(())
        }
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in [1, 2, 4] {
            let mut seen = Seen::default();
            let work = |item| {
                thread::sleep(Duration::from_micros(item * 7919 % 500));
                item
            };
            for_each(0..200, threads, work, &mut seen);
            assert_eq!(seen.results, (0..200).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_slow_item_holds_back_a_bounded_number() {
        let drawn = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&drawn);
        let items = (0..1000).inspect(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        let most = AtomicUsize::new(0);
        let work = |item: u64| {
            if item == 0 {
                thread::sleep(Duration::from_millis(50));
                most.store(drawn.load(Ordering::SeqCst), Ordering::SeqCst);
            }
            item
        };
        for_each(items, 2, work, &mut Seen::default());
        // One item more may be drawn and wait for its place.
        assert!(most.load(Ordering::SeqCst) <= 2 * AHEAD + 1, "{most:?}");
    }

    #[test]
    fn an_answer_does_not_wait_for_the_next_question() {
        let (ask, questions) = mpsc::channel();
        struct Asking {
            ask: Option<Sender<u64>>,
            answers: Vec<u64>,
        }
        impl Sink<u64> for Asking {
            fn take(&mut self, result: u64) -> ControlFlow<()> {
                self.answers.push(result);
                match (&self.ask, result < 5) {
                    (Some(ask), true) => ask.send(result + 1).unwrap(),
                    _ => self.ask = None,
                }
                ControlFlow::Continue(())
            }

            fn pause(&mut self) -> ControlFlow<()> {
                ControlFlow::Continue(())
            }
        }
        ask.send(1).unwrap();
        let mut asking = Asking {
            ask: Some(ask),
            answers: Vec::new(),
        };
        for_each(questions.into_iter(), 2, |item| item, &mut asking);
        assert_eq!(asking.answers, [1, 2, 3, 4, 5]);
    }

    #[test]
    fn breaking_off_does_not_wait_for_more_items() {
        let (ask, questions) = mpsc::channel();
        ask.send(1).unwrap();
        let mut seen = Seen {
            most: Some(1),
            ..Seen::default()
        };
        for_each(questions.into_iter(), 2, |item| item, &mut seen);
        assert_eq!(seen.results, [1]);
        drop(ask);
    }
}
