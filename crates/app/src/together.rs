//! How are many deeds done at once, so that their commits share one write to the disk?

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use crate::error::Error;

/// Deeds that are under way at once.
const AT_ONCE: usize = 64;

/// Drives futures, so many at once, until all are done or one fails.
pub(crate) async fn together<T, F>(mut waiting: impl Iterator<Item = F>) -> Result<Vec<T>, Error>
where
    F: Future<Output = Result<T, Error>>,
{
    let mut flying: Vec<Pin<Box<F>>> = Vec::new();
    let mut done = Vec::new();
    poll_fn(|context| {
        loop {
            flying.extend(waiting.by_ref().take(AT_ONCE - flying.len()).map(Box::pin));
            let before = done.len();
            let mut place = 0;
            while let Some(future) = flying.get_mut(place) {
                match future.as_mut().poll(context) {
                    Poll::Ready(Ok(value)) => {
                        done.push(value);
                        drop(flying.swap_remove(place));
                    }
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                    Poll::Pending => place += 1,
                }
            }
            if flying.is_empty() && done.len() == before {
                return Poll::Ready(Ok(std::mem::take(&mut done)));
            }
            if done.len() == before {
                return Poll::Pending;
            }
        }
    })
    .await
}
