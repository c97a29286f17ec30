//! Why a request failed below HTTP.

use std::error::Error as StdError;
use std::io;

use crate::retry::Fault;

pub(super) fn classify(error: &reqwest::Error) -> Fault {
    if error.is_builder() {
        Fault::Address
    } else if !error.is_connect() {
        Fault::Interrupted
    } else if is_tls(error) {
        Fault::Certificate
    } else {
        Fault::Connect
    }
}

/// Whether the connection has ended, and not only the exchange of this request on it.
pub(super) fn ends_connection(error: &reqwest::Error) -> bool {
    !find::<h2::Error>(error).is_some_and(h2::Error::is_reset)
}

/// Whether the connection failed because of what the server is, which stays the same, and not because
/// of the network or of a fault that passes.
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    #[cfg(feature = "rustls")]
    if let Some(error) = find::<rustls::Error>(error) {
        return is_lasting(error);
    }
    speaks_of_certificate(error)
}

/// By the error of the TLS library itself.
#[cfg(feature = "rustls")]
fn is_lasting(error: &rustls::Error) -> bool {
    use rustls::{AlertDescription as Alert, Error};

    match error {
        // What the server makes of our offer, each time. Any other alert may be a fault in one of its
        // processes, or damage on the way.
        Error::AlertReceived(alert) => matches!(
            alert,
            Alert::HandshakeFailure
                | Alert::NoCertificate
                | Alert::BadCertificate
                | Alert::UnsupportedCertificate
                | Alert::CertificateRevoked
                | Alert::CertificateExpired
                | Alert::CertificateUnknown
                | Alert::UnknownCA
                | Alert::AccessDenied
                | Alert::ExportRestriction
                | Alert::ProtocolVersion
                | Alert::InsufficientSecurity
                | Alert::InappropriateFallback
                | Alert::MissingExtension
                | Alert::UnsupportedExtension
                | Alert::CertificateUnobtainable
                | Alert::UnrecognisedName
                | Alert::BadCertificateStatusResponse
                | Alert::BadCertificateHashValue
                | Alert::UnknownPSKIdentity
                | Alert::CertificateRequired
                | Alert::NoApplicationProtocol
        ),
        Error::DecryptError
        | Error::EncryptError
        | Error::FailedToGetCurrentTime
        | Error::FailedToGetRandomBytes
        | Error::HandshakeNotComplete
        | Error::PeerSentOversizedRecord
        | Error::General(_)
        | Error::Other(_) => false,
        // A certificate that is refused, another protocol or version, or no TLS at all.
        _ => true,
    }
}

/// What the texts of alerts that last have in common, in the words of the specification.
const LASTING: [&str; 9] = [
    "access denied",
    "certificate",
    "handshake failure",
    "inappropriate fallback",
    "insufficient security",
    "no application protocol",
    "protocol version",
    "unknown ca",
    "unrecognized name",
];

/// By what the errors of the operating systems' TLS libraries have in common: a refused certificate
/// is invalid data, or the text says what was refused. Their types say no more.
fn speaks_of_certificate(error: &(dyn StdError + 'static)) -> bool {
    causes(error).any(|error| {
        let io = error.downcast_ref::<io::Error>();
        let is_invalid_data = io.is_some_and(|error| error.kind() == io::ErrorKind::InvalidData);
        let text = error.to_string().to_ascii_lowercase();
        is_invalid_data || LASTING.iter().any(|words| text.contains(words))
    })
}

fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    causes(error).find_map(|error| error.downcast_ref())
}

fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn StdError + 'static)| {
        let error: &'a (dyn StdError + 'static) = *error;
        // An I/O error that wraps another has that one's source for its own, and so hides it.
        let inner = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        match inner {
            Some(inner) => Some(inner),
            None => error.source(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_certificates_are_told_from_network_faults() {
        let invalid = || io::Error::new(io::ErrorKind::InvalidData, "bad record");
        assert!(is_tls(&invalid()));
        assert!(is_tls(&io::Error::other("the certificate has expired")));
        assert!(is_tls(&io::Error::other(invalid())));
        assert!(!is_tls(&io::Error::from(io::ErrorKind::ConnectionRefused)));
        assert!(!is_tls(&io::Error::from(io::ErrorKind::UnexpectedEof)));
    }

    #[cfg(feature = "rustls")]
    #[test]
    fn alerts_are_told_apart_by_what_may_pass() {
        use rustls::{AlertDescription as Alert, CertificateError, Error, InvalidMessage};

        // The TLS library wraps all of its errors in the same kind of I/O error.
        let lasts = |error| is_tls(&io::Error::new(io::ErrorKind::InvalidData, error));
        for alert in [
            Alert::InternalError,
            Alert::BadRecordMac,
            Alert::DecodeError,
            Alert::DecryptError,
            Alert::UserCanceled,
            Alert::CloseNotify,
            Alert::UnexpectedMessage,
            Alert::Unknown(200),
        ] {
            assert!(!lasts(Error::AlertReceived(alert)), "{alert:?}");
        }
        for alert in [
            Alert::HandshakeFailure,
            Alert::ProtocolVersion,
            Alert::UnknownCA,
        ] {
            assert!(lasts(Error::AlertReceived(alert)), "{alert:?}");
        }
        assert!(lasts(Error::InvalidCertificate(CertificateError::Expired)));
        assert!(lasts(Error::InvalidMessage(
            InvalidMessage::InvalidContentType
        )));
        // Words do not decide.
        assert!(!lasts(Error::General("no certificate at hand".to_owned())));
    }
}
