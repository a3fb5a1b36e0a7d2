//! How often may somebody ask?
//!
//! A key is limited by its id. Whoever shows no valid key is limited by address; behind a proxy that is the proxy's address, so
//! the proxy should limit by itself what comes without a key.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::problem::Failure;

/// How many asks pass between two sweeps of what is remembered.
const SWEEP: u32 = 4096;

/// The two limits.
pub(crate) struct Limits {
    keys: DefaultKeyedRateLimiter<String>,
    addresses: DefaultKeyedRateLimiter<Option<IpAddr>>,
    clock: DefaultClock,
    asked: AtomicU32,
}

impl Limits {
    pub(crate) fn new(per_second: NonZeroU32) -> Self {
        let quota = Quota::per_second(per_second);
        Self {
            keys: RateLimiter::keyed(quota),
            addresses: RateLimiter::keyed(quota),
            clock: DefaultClock::default(),
            asked: AtomicU32::new(0),
        }
    }

    /// Refuses a key that asks too often.
    pub(crate) fn key(&self, id: &str) -> Result<(), Failure> {
        self.sweep();
        self.keys.check_key(&id.to_owned()).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            Failure::RateLimited { seconds: wait.as_secs() + 1 }
        })
    }

    /// Refuses an address that asks too often without a key.
    pub(crate) fn address(&self, address: Option<IpAddr>) -> Result<(), Failure> {
        self.sweep();
        self.addresses.check_key(&address.map(network)).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            Failure::RateLimited { seconds: wait.as_secs() + 1 }
        })
    }

    /// Forgets who has not asked for a while, so that memory does not grow with the number of addresses.
    fn sweep(&self) {
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.keys.retain_recent();
            self.addresses.retain_recent();
        }
    }
}

/// One household has one IPv4 address, but as many IPv6 addresses as it likes: there the network counts.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_ipv6_network_share_a_limit_and_ipv4_addresses_do_not() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }

    #[test]
    fn who_asks_too_often_waits_and_others_do_not() {
        let limits = Limits::new(NonZeroU32::MIN);
        let refused = (0..100).filter(|_| limits.key("one").is_err()).count();
        assert!(refused > 50, "{refused}");
        assert!(limits.key("other").is_ok());
        assert!(limits.address(None).is_ok());
    }
}
