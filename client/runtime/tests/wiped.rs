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

    /// The text that is looked for.
    fn text(&self) -> String {
        let bytes = self.masked.iter().map(|byte| byte ^ MASK);
        String::from_utf8(bytes.collect()).unwrap()
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

/// `sk_test_wiped_after_use_`, masked.
fn key() -> Vec<u8> {
    let reversed = "_esu_retfa_depiw_tset_ks";
    reversed.bytes().rev().map(|byte| byte ^ MASK).collect()
}

#[test]
fn a_key_is_wiped_with_its_last_clone() {
    let mut search = Search::new(&key(), 0);
    assert!(!search.finds(), "before there was a key");
    let key = SecretKey::new(search.text()).unwrap();
    let client = Client::builder(key.clone()).build().unwrap();
    drop(key);
    assert!(search.finds(), "the search finds what is there");
    drop(client);
    assert!(!search.finds(), "after the last clone was dropped");
}

#[test]
fn a_key_that_is_refused_is_wiped() {
    let mut search = Search::new(&key(), 1);
    assert!(SecretKey::new(search.text() + "\n").is_err());
    assert!(!search.finds());
}

#[test]
fn a_text_that_is_dropped_is_found() {
    // Else the test above would show nothing.
    let mut search = Search::new(&key(), 2);
    let text = black_box(search.text());
    assert!(search.finds());
    drop(text);
}

#[cfg(feature = "webhook")]
#[test]
fn of_a_signing_secret_nothing_is_kept() {
    use stripe_client_runtime::webhook::SigningSecret;

    let mut search = Search::new(&key(), 3);
    let secret = SigningSecret::new(String::from("x") + &search.text()[1..]).unwrap();
    search.masked[0] = b'x' ^ MASK;
    assert!(!search.finds());
    drop(secret);
    // A refused one as well.
    search.masked[0] = b's' ^ MASK;
    assert!(SigningSecret::new(search.text()).is_err());
    assert!(!search.finds());
}
