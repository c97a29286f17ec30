//! A certificate that only these tests trust.
//!
//! The client is to use an HTTP client of its own, as what it does about dead connections is part of
//! what is tested. It trusts what the system trusts, which on Linux an environment variable names. No
//! process can safely change its own environment, so that each test runs in a child that has it.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// What the TLS library reads the trusted certificates from.
const TRUSTED: &str = "SSL_CERT_FILE";
/// The folder of the certificate of the server; set in children alone.
const FOLDER: &str = "ADVERSARY_CERTIFICATE";

/// Whether this is the child that runs the test with this name; if not, runs it.
pub(crate) fn is_child(name: &str) -> bool {
    if std::env::var_os(FOLDER).is_some() {
        return true;
    }
    let folder = tempfile::tempdir().unwrap();
    write(folder.path());
    let status = Command::new(std::env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture", "--test-threads", "1"])
        .env(TRUSTED, folder.path().join("trusted.pem"))
        .env(FOLDER, folder.path())
        .env_remove("SSL_CERT_DIR")
        .status()
        .unwrap();
    assert!(status.success(), "{name} failed in its child");
    false
}

fn write(folder: &std::path::Path) {
    let mut authority = CertificateParams::new([]).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let server = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    let server = server.signed_by(&key, &authority).unwrap();
    std::fs::write(folder.join("trusted.pem"), authority.pem()).unwrap();
    std::fs::write(folder.join("server.pem"), server.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
}

/// Accepts TLS with the certificate of the child, and offers this protocol alone.
pub(crate) fn acceptor(protocol: &[u8]) -> TlsAcceptor {
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    let certificate = CertificateDer::from_pem_file(folder.join("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder.join("key.pem")).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    config.alpn_protocols = vec![protocol.to_vec()];
    TlsAcceptor::from(Arc::new(config))
}
