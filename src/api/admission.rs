//! How many requests are answered or wait for it at once. Whoever comes beyond that is told to come back, before
//! anything of the request is read, so that no crowd can fill the memory or make everybody wait.
//!
//! Requests are counted and nothing else: no address, no key, nothing that would tell one caller from another.

use std::sync::{Arc, Weak};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::problem::{Kind, Problem};

/// The places of all workers together.
pub(super) struct Admission(Arc<Semaphore>);

/// Held for as long as somebody waits for the reply.
pub(super) struct Waiting(Arc<()>);

/// The place of one request; given back when it is dropped.
pub(super) struct Place {
    _permit: OwnedSemaphorePermit,
    caller: Weak<()>,
}

impl Admission {
    /// So many places.
    pub(super) fn of(places: usize) -> Self {
        Self(Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS))))
    }

    /// Takes a place, if one is free.
    pub(super) fn admit(&self) -> Result<(Waiting, Place), Problem> {
        let permit = Arc::clone(&self.0).try_acquire_owned();
        let permit = permit.map_err(|_| Problem::new(Kind::TooManyRequests))?;
        let waiting = Waiting(Arc::new(()));
        let caller = Arc::downgrade(&waiting.0);
        Ok((waiting, Place { _permit: permit, caller }))
    }
}

impl Place {
    /// Whether anybody still waits for the reply.
    pub(super) fn is_awaited(&self) -> bool {
        self.caller.strong_count() > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_its_request_is_done() {
        let admission = Admission::of(2);
        let one = admission.admit();
        let other = admission.admit();
        assert!(one.is_ok() && other.is_ok());
        assert!(admission.admit().is_err());
        drop(one);
        assert!(admission.admit().is_ok());
    }

    #[test]
    fn a_place_knows_when_nobody_waits_any_more() {
        let Ok((waiting, place)) = Admission::of(1).admit() else { panic!("there is a place") };
        assert!(place.is_awaited());
        drop(waiting);
        assert!(!place.is_awaited());
    }
}
