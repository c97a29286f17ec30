//! TLS: a certificate that nobody vouches for, and the protocol that is spoken where the server offers
//! a choice.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use stripe_financial_connections::{Client, ClientBuilder, SecretKey};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::support::script_server::TestClock;

/// How every connection in HTTP/2 begins.
const HTTP_2: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// A TLS server with a certificate of its own making. It hangs up once it has seen how the client
/// begins.
struct Server {
    url: String,
    certificate: Vec<u8>,
    connections: Arc<AtomicUsize>,
    beginning: oneshot::Receiver<Vec<u8>>,
}

async fn serve() -> Server {
    let own = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let (sender, beginning) = oneshot::channel();
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        let mut sender = Some(sender);
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            // A client that refuses the certificate ends the handshake.
            let read: io::Result<Vec<u8>> = async {
                let mut stream = acceptor.accept(stream).await?;
                let mut bytes = vec![0; HTTP_2.len()];
                stream.read_exact(&mut bytes).await?;
                Ok(bytes)
            }
            .await;
            if let (Ok(bytes), Some(sender)) = (read, sender.take()) {
                let _ = sender.send(bytes);
            }
        }
    });
    Server {
        url,
        certificate: own.cert.der().to_vec(),
        connections,
        beginning,
    }
}

fn client(server: &Server) -> ClientBuilder {
    Client::builder(SecretKey::new("sk_test_tls").unwrap()).base_url(server.url.as_str())
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused_once() {
    let server = serve().await;
    let client = client(&server).build().unwrap();
    let error = client.accounts().disconnect("fca_1").await.unwrap_err();
    assert!(error.is_certificate() && !error.is_connect(), "{error}");
    assert_eq!(error.attempts(), 1);
    assert!(!error.maybe_executed());
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn http_2_is_spoken_where_it_is_offered() {
    let server = serve().await;
    let certificate = reqwest::Certificate::from_der(&server.certificate).unwrap();
    let http = reqwest::Client::builder()
        .tls_certs_merge([certificate])
        .build()
        .unwrap();
    let client = client(&server)
        .reqwest_client(http)
        .max_retries(0)
        .build()
        .unwrap();
    let error = client.accounts().retrieve("fca_1").await.unwrap_err();
    assert!(!error.is_certificate(), "{error:?}");
    assert_eq!(server.beginning.await.unwrap(), HTTP_2);
}

/// A server that answers each handshake with a TLS alert: fatal, with this description.
async fn alerting(description: u8) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            // The whole of the client's greeting, or the alert is lost in a reset.
            let _ = stream.read(&mut [0; 4096]).await;
            let alert = [0x15, 3, 3, 0, 2, 2, description];
            let _ = stream.write_all(&alert).await;
            let _ = stream.shutdown().await;
        }
    });
    (url, connections)
}

#[tokio::test]
async fn an_alert_that_may_pass_is_a_failed_connection() {
    // internal_error, decode_error
    for description in [80, 50] {
        let (url, connections) = alerting(description).await;
        let client = Client::builder(SecretKey::new("sk_test_tls").unwrap())
            .base_url(url)
            .clock(TestClock::new())
            .build()
            .unwrap();
        let error = client.accounts().disconnect("fca_1").await.unwrap_err();
        assert!(error.is_connect() && !error.is_certificate(), "{error:?}");
        assert_eq!(error.attempts(), 3);
        assert!(!error.maybe_executed());
        assert_eq!(connections.load(Ordering::SeqCst), 3);
    }
    // handshake_failure, protocol_version
    for description in [40, 70] {
        let (url, connections) = alerting(description).await;
        let key = SecretKey::new("sk_test_tls").unwrap();
        let client = Client::builder(key).base_url(url).build().unwrap();
        let error = client.accounts().disconnect("fca_1").await.unwrap_err();
        assert!(error.is_certificate() && !error.is_connect(), "{error:?}");
        assert_eq!(connections.load(Ordering::SeqCst), 1);
    }
}
