//! A server that knows of the API what a document says: it answers the smallest thing that the
//! document allows, and refuses what it does not.

mod instance;
mod parameters;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

/// What has arrived.
#[derive(Clone, Debug, Default)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The query or the body, as it stood in the request.
    pub(crate) form: String,
    /// What the document does not allow in it.
    pub(crate) faults: Vec<String>,
}

pub(crate) struct Stub {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Stub {
    /// Serves the document's operations until the process ends.
    pub(crate) fn start(document: &'static Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&received);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                serve(stream.unwrap(), document, &log);
            }
        });
        Self { url, received }
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, document: &Value, log: &Mutex<Vec<Received>>) {
    let mut request = read(&stream);
    let (status, answer) = match operation(document, &request) {
        Some(operation) => {
            let form = parameters::decoded(&request.form);
            request.faults = parameters::faults(operation, &form);
            match request.faults.is_empty() {
                true => ("200 OK", instance::answer(document, operation, &form)),
                false => ("400 Bad Request", refusal(&request.faults.join("; "))),
            }
        }
        None => {
            request.faults = vec!["the document has no such operation".to_owned()];
            ("404 Not Found", refusal(&request.faults[0]))
        }
    };
    log.lock().unwrap().push(request);
    let body = answer.to_string();
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .unwrap();
}

fn refusal(message: &str) -> Value {
    json!({ "error": { "type": "invalid_request_error", "message": message } })
}

fn read(stream: &TcpStream) -> Received {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let mut words = line.split(' ');
    let (method, target) = (words.next().unwrap().to_owned(), words.next().unwrap());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).unwrap();
        let header = header.trim_end().to_ascii_lowercase();
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if header.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let body = String::from_utf8(body).unwrap();
    Received {
        method: method.to_ascii_lowercase(),
        path: path.to_owned(),
        form: if body.is_empty() {
            query.to_owned()
        } else {
            body
        },
        faults: Vec::new(),
    }
}

/// The operation of a request; a literal path comes before one in braces.
fn operation<'d>(document: &'d Value, request: &Received) -> Option<&'d Value> {
    let paths = document["paths"].as_object().unwrap();
    let item = paths.get(&request.path).or_else(|| {
        let fits = |pattern: &str| {
            let (wanted, given) = (pattern.split('/'), request.path.split('/'));
            wanted.clone().count() == given.clone().count()
                && wanted
                    .zip(given)
                    .all(|(wanted, given)| wanted == given || wanted.starts_with('{'))
        };
        paths
            .iter()
            .find(|(pattern, _)| fits(pattern))
            .map(|(_, item)| item)
    });
    item?.get(&request.method)
}

#[test]
fn what_the_document_does_not_have_is_refused() {
    let document = json!({ "paths": { "/v1/things/{id}": { "post": {
        "requestBody": { "content": { "application/x-www-form-urlencoded": { "schema": {
            "required": ["name"],
            "properties": {
                "name": { "type": "string" },
                "lines": { "type": "array", "items": { "type": "object", "properties": { "count": { "type": "integer" } } } },
            },
        } } } },
        "responses": { "200": { "content": { "application/json": { "schema": { "type": "object" } } } } },
    } } } });
    let stub = Stub::start(Box::leak(Box::new(document)));
    let address = stub.url.trim_start_matches("http://");
    let answer = |path: &str, form: &str| {
        let mut stream = TcpStream::connect(address).unwrap();
        let length = form.len();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\ncontent-length: {length}\r\n\r\n{form}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.lines().next().unwrap().to_owned()
    };
    const PATH: &str = "/v1/things/1";
    assert_eq!(answer(PATH, "name=a&lines[0][count]=2"), "HTTP/1.1 200 OK");
    for form in [
        "",
        "name=a&new=b",
        "name[0]=a",
        "name=a&lines[count]=2",
        "name=a&lines[0][count]=two",
        "name=a&lines[0][new]=2",
    ] {
        assert_eq!(answer(PATH, form), "HTTP/1.1 400 Bad Request", "{form}");
    }
    assert_eq!(answer("/v1/things", "name=a"), "HTTP/1.1 404 Not Found");
    let received = stub.received();
    let refused = received.iter().filter(|request| !request.faults.is_empty());
    assert_eq!((received.len(), refused.count()), (8, 7));
}
