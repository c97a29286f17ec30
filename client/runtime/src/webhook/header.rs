//! The header that carries the signatures: `t=1700000000,v1=5257a8…,v1=…`.

use super::error::{Error, ErrorKind};
use super::secret::SIGNATURE_BYTES;

/// The scheme of the signatures. Others are not checked: `v0` exists in test mode only, and stands
/// for nothing.
const SCHEME: &str = "v1";

/// What the header says, with every signature that could be one.
#[derive(Debug)]
pub(super) struct Header<'a> {
    /// The time as it stands in the header: these bytes are what was signed.
    pub(super) timestamp: &'a str,
    /// The same as a number of seconds.
    pub(super) seconds: i64,
    pub(super) signatures: Vec<[u8; SIGNATURE_BYTES]>,
}

impl<'a> Header<'a> {
    /// Reads a header. Items of other schemes, and those that are none, are passed over: the
    /// vendor may add some.
    pub(super) fn parse(header: &'a [u8]) -> Result<Self, Error> {
        let mut timestamp = None;
        let mut signatures = Vec::new();
        let mut malformed = false;
        for item in header.split(|&byte| byte == b',') {
            let Some((scheme, value)) = split(item) else {
                continue;
            };
            if scheme == b"t" && timestamp.replace(value).is_some() {
                return Err(Error::new(ErrorKind::RepeatedTimestamp));
            }
            if scheme == SCHEME.as_bytes() {
                match signature(value) {
                    Some(signature) => signatures.push(signature),
                    None => malformed = true,
                }
            }
        }
        let timestamp = timestamp.ok_or_else(|| Error::new(ErrorKind::NoTimestamp))?;
        let (timestamp, seconds) =
            seconds(timestamp).ok_or_else(|| Error::new(ErrorKind::MalformedTimestamp))?;
        if signatures.is_empty() {
            return Err(Error::new(if malformed {
                ErrorKind::MalformedSignature
            } else {
                ErrorKind::NoSignature
            }));
        }
        Ok(Self {
            timestamp,
            seconds,
            signatures,
        })
    }
}

/// The two sides of the first `=`.
fn split(item: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = item.iter().position(|&byte| byte == b'=')?;
    Some((item.get(..at)?, item.get(at + 1..)?))
}

/// Digits only: what parses as a number with a sign is not what the vendor writes.
fn seconds(value: &[u8]) -> Option<(&str, i64)> {
    let text = std::str::from_utf8(value).ok()?;
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((text, text.parse().ok()?))
}

/// Lower case only, so that one signature has one spelling.
fn signature(value: &[u8]) -> Option<[u8; SIGNATURE_BYTES]> {
    let mut bytes = [0; SIGNATURE_BYTES];
    let decoded = base16ct::lower::decode(value, &mut bytes).ok()?;
    (decoded.len() == SIGNATURE_BYTES).then_some(bytes)
}

/// Writes a header.
pub(super) fn write(timestamp: &str, signature: &str) -> String {
    format!("t={timestamp},{SCHEME}={signature}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    #[track_caller]
    fn refused(header: &str, expected: ErrorKind) {
        let header = header.replace("HEX", HEX);
        assert_eq!(
            Header::parse(header.as_bytes()).unwrap_err().kind(),
            expected,
            "{header}"
        );
    }

    #[track_caller]
    fn read(header: &str, seconds: i64, signatures: usize) {
        let header = header.replace("HEX", HEX);
        let read = Header::parse(header.as_bytes()).unwrap();
        assert_eq!(
            (read.seconds, read.signatures.len()),
            (seconds, signatures),
            "{header}"
        );
    }

    #[test]
    fn every_signature_is_read() {
        read("t=1,v1=HEX", 1, 1);
        read("v1=HEX,t=0", 0, 1);
        read("t=1,v1=HEX,v1=HEX,v1=HEX", 1, 3);
        read("t=9223372036854775807,v1=HEX", i64::MAX, 1);
    }

    #[test]
    fn what_is_not_known_is_passed_over() {
        read("t=1,v1=HEX,v0=6ffbb59b", 1, 1);
        read("v2=x=y,t=1,,=,a,v1=HEX,", 1, 1);
        read("t=1,v1=short,v1=HEX", 1, 1);
    }

    #[test]
    fn each_oddity_has_its_kind() {
        for header in ["", ",", "v1=HEX", "T=1,v1=HEX", " t=1,v1=HEX", "t,v1=HEX"] {
            refused(header, ErrorKind::NoTimestamp);
        }
        for header in ["t=1,t=1,v1=HEX", "t=1,v1=HEX,t=2", "t=x,t=1,v1=HEX"] {
            refused(header, ErrorKind::RepeatedTimestamp);
        }
        for time in [
            "",
            "x",
            "-1",
            "+1",
            "1.5",
            " 1",
            "0x1",
            "9223372036854775808",
            "\u{661}",
        ] {
            refused(&format!("t={time},v1=HEX"), ErrorKind::MalformedTimestamp);
        }
        for header in [
            "t=1",
            "t=1,v0=HEX",
            "t=1, v1=HEX",
            "t=1,V1=HEX",
            "t=1;v1=HEX,v1",
        ] {
            let kind = if header.contains(';') {
                ErrorKind::MalformedTimestamp
            } else {
                ErrorKind::NoSignature
            };
            refused(header, kind);
        }
        for signature in [
            "",
            "0",
            "00",
            "HEX0",
            "HEX00",
            "x",
            "HEX ",
            &HEX[1..],
            &HEX.to_uppercase(),
            &"g".repeat(64),
        ] {
            refused(
                &format!("t=1,v1={signature}"),
                ErrorKind::MalformedSignature,
            );
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        for header in [&b"t=\xff,v1=00"[..], b"\xff=1", b"t=1,v1=\xff"] {
            assert!(Header::parse(header).is_err());
        }
    }
}
