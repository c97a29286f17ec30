//! Keys and secrets leave nothing behind in memory, looked for in all of it.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs::{self, File};
use std::hint::black_box;
use std::os::unix::fs::FileExt;

use stripe_client_runtime::{Client, SecretKey};

/// Hides a text from the search for it.
const MASK: u8 = 0x55;
const CHUNK: usize = 1 << 20;

/// Looks for a text without having it in memory itself.
struct Search {
    masked: Vec<u8>,
    chunk: Vec<u8>,
}

impl Search {
    /// A search for this text and the number of the test, so that one test does not find another's.
    fn new(masked: &[u8], test: u8) -> Self {
        Self {
            masked: [masked, &[(b'a' + test) ^ MASK]].concat(),
            chunk: vec![0; CHUNK],
        }
    }

    /// A key that ends with the text that is looked for. It is long, since whoever frees memory writes
    /// into the beginning of it.
    fn key(&self, prefix: &str) -> String {
        // With room for one more, so that no copy of it is left behind by making room.
        let mut key = String::with_capacity(1_000);
        key.push_str(prefix);
        key.extend(std::iter::repeat_n('0', 800));
        key.extend(self.masked.iter().map(|byte| char::from(byte ^ MASK)));
        key
    }

    /// Whether the text is anywhere in the memory that this process can write to.
    fn finds(&mut self) -> bool {
        let maps = fs::read_to_string("/proc/self/maps").unwrap();
        let memory = File::open("/proc/self/mem").unwrap();
        let found = maps.lines().any(|line| {
            let (range, rest) = line.split_once(' ').unwrap();
            let (start, end) = range.split_once('-').unwrap();
            let number = |text| u64::from_str_radix(text, 16).unwrap();
            rest.starts_with("rw") && self.is_within(&memory, number(start), number(end))
        });
        // What was found must not be found again in here.
        self.chunk.fill(0);
        black_box(&self.chunk);
        found
    }

    fn is_within(&mut self, memory: &File, mut start: u64, end: u64) -> bool {
        while start < end {
            self.chunk.fill(0);
            let length = CHUNK.min(usize::try_from(end - start).unwrap());
            // A page that is not there holds nothing.
            let _ = memory.read_at(&mut self.chunk[..length], start);
            let masked = &self.masked;
            let fits = |window: &[u8]| window.iter().zip(masked).all(|(a, b)| a ^ MASK == *b);
            if self.chunk[..length].windows(masked.len()).any(fits) {
                return true;
            }
            // The text may lie across two chunks.
            let step = if length == CHUNK {
                CHUNK - masked.len()
            } else {
                length
            };
            start += step as u64;
        }
        false
    }
}

/// `wiped_after_use_`, masked.
fn masked() -> Vec<u8> {
    let reversed = "_esu_retfa_depiw";
    reversed.bytes().rev().map(|byte| byte ^ MASK).collect()
}

#[test]
fn a_key_is_wiped_with_its_last_clone() {
    let mut search = Search::new(&masked(), 0);
    assert!(!search.finds(), "before there was a key");
    // Several, since what one left behind may be overwritten by chance.
    let clients: Vec<_> = (0..20)
        .map(|_| {
            let key = SecretKey::new(search.key("sk_test_")).unwrap();
            Client::builder(key.clone()).build().unwrap()
        })
        .collect();
    assert!(search.finds(), "the search finds what is there");
    drop(clients);
    assert!(!search.finds(), "after the last clone was dropped");
}

#[test]
fn a_key_that_is_refused_is_wiped() {
    let mut search = Search::new(&masked(), 1);
    for _ in 0..20 {
        assert!(SecretKey::new(search.key("pk_test_")).is_err());
        let line = search.key("sk_test_") + "\n";
        assert!(SecretKey::new(line).is_err());
    }
    assert!(!search.finds());
}

#[test]
fn what_is_not_wiped_is_found() {
    let mut search = Search::new(&masked(), 2);
    for _ in 0..20 {
        drop(black_box(search.key("sk_test_")));
    }
    assert!(search.finds(), "else the other tests would show nothing");
}

#[cfg(feature = "webhook")]
#[test]
fn of_a_signing_secret_nothing_is_kept() {
    use stripe_client_runtime::webhook::SigningSecret;

    let mut search = Search::new(&masked(), 3);
    let secrets: Vec<_> = (0..20)
        .map(|_| SigningSecret::new(search.key("whsec_")).unwrap())
        .collect();
    assert!(!search.finds(), "only what signing needs is kept");
    drop(secrets);
    for _ in 0..20 {
        assert!(SigningSecret::new(search.key("sk_test_")).is_err());
    }
    assert!(!search.finds());
}
