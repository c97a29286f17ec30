//! A response body as far as it has been read.

use bytes::{Bytes, BytesMut};

/// The one buffer of a response body. Whatever ends the reading, what has come is in it.
#[derive(Debug, Default)]
pub(crate) struct Body {
    /// A body of one chunk, which most are, is taken as it is.
    first: Bytes,
    joined: BytesMut,
}

impl Body {
    pub(crate) fn len(&self) -> usize {
        self.first.len() + self.joined.len()
    }

    /// Appends a chunk, or as much of it as a body of `max` bytes has room for; whether all of it had.
    pub(crate) fn push(&mut self, mut chunk: Bytes, max: usize) -> bool {
        let room = max.saturating_sub(self.len());
        let fits = chunk.len() <= room;
        chunk.truncate(room);
        if self.len() == 0 {
            self.first = chunk;
        } else {
            self.joined
                .extend_from_slice(&std::mem::take(&mut self.first));
            self.joined.extend_from_slice(&chunk);
        }
        fits
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        if self.joined.is_empty() {
            &self.first
        } else {
            &self.joined
        }
    }

    pub(crate) fn into_bytes(self) -> Bytes {
        if self.joined.is_empty() {
            self.first
        } else {
            self.joined.freeze()
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self {
            first: bytes,
            joined: BytesMut::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_up_to_the_limit() {
        for (chunks, max, expected, fits) in [
            (vec!["ab"], 2, "ab", true),
            (vec!["ab"], 1, "a", false),
            (vec!["", "ab", "", "c"], 3, "abc", true),
            (vec!["ab", "cd"], 3, "abc", false),
            (vec!["ab", "cd", "ef"], 6, "abcdef", true),
            (vec!["ab", "cd"], 0, "", false),
        ] {
            let mut body = Body::default();
            let all_fit = chunks
                .iter()
                .all(|chunk| body.push(Bytes::from_static(chunk.as_bytes()), max));
            assert_eq!((all_fit, body.len()), (fits, expected.len()), "{chunks:?}");
            assert_eq!(body.into_bytes(), expected, "{chunks:?}");
        }
    }
}
