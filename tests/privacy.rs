//! Nothing that a caller sends is written anywhere: the built binary, at its most verbose, is sent marked values in
//! every place that a request has, and none of them may show in what it writes. Nor may it leave a file behind.
#![expect(clippy::expect_used, reason = "a test stops at the first thing that is not as it should be")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use reqwest::blocking::Client;
use serde_json::{Map, Value as Json, json};
use tempfile::TempDir;

/// A word that stands in no program, made anew in each run.
fn mark() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_nanos();
    let seed = now ^ u128::from(std::process::id()) << 64;
    let letters =
        (0..9).map(|place| char::from(b'a' + u8::try_from((seed >> (place * 5)) % 23).unwrap_or(0)));
    format!("zq{}", letters.collect::<String>())
}

/// A process that ends with the test, whatever comes of it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // If it has ended already, so much the better.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Service {
    child: Running,
    port: u16,
    out: JoinHandle<String>,
    err: JoinHandle<String>,
    client: Client,
    /// Where it runs, and where programs like it keep what they keep.
    home: TempDir,
}

impl Service {
    fn start() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        for folder in [WORK, TEMPORARY, HOME] {
            std::fs::create_dir(home.path().join(folder)).expect("a folder");
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_onward"))
            .args(["serve", "--bind", "127.0.0.1:0"])
            .env("RUST_LOG", "trace,actix_http=trace,actix_web=trace,hyper=trace")
            .env("RUST_BACKTRACE", "full")
            .current_dir(home.path().join(WORK))
            .env("TMPDIR", home.path().join(TEMPORARY))
            .env("HOME", home.path().join(HOME))
            .env_remove("XDG_CACHE_HOME")
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_DATA_HOME")
            .env_remove("XDG_STATE_HOME")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary");
        let (tell, told) = mpsc::channel();
        let err = collect(child.stderr.take().expect("a pipe"), move |line| {
            if let Some((_, port)) = line.trim().rsplit_once(':')
                && line.contains("http://")
            {
                let _ = tell.send(port.parse::<u16>().expect("a port"));
            }
        });
        let out = collect(child.stdout.take().expect("a pipe"), |_| {});
        let port = told.recv_timeout(Duration::from_secs(60)).expect("the address");
        let client = Client::builder().timeout(Duration::from_secs(30)).build().expect("a client");
        Self { child: Running(child), port, out, err, client, home }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn ask(&self, body: &Json) -> (u16, String) {
        let request = self.client.post(self.url("/v1/eligibility")).json(body);
        let response = request.send().expect("a reply");
        (response.status().as_u16(), response.text().expect("a body"))
    }

    /// Everything that it wrote to its output; into files it may have written nothing.
    fn stop(self) -> String {
        thread::sleep(Duration::from_millis(300));
        let own = open_files(std::process::id());
        for file in open_files(self.child.0.id()) {
            assert!(!file.starts_with('/') || own.contains(&file), "it holds the file {file} open");
        }
        drop(self.child);
        assert_eq!(below(self.home.path()), [HOME, TEMPORARY, WORK], "it left something behind");
        format!("{}\n{}", self.out.join().expect("output"), self.err.join().expect("output"))
    }
}

/// The folders in which a program would leave something: where it stands, where it keeps things for a while, and where
/// it keeps them for good.
const WORK: &str = "work";
const TEMPORARY: &str = "temporary";
const HOME: &str = "home";

/// Everything below a folder, by its path in it.
fn below(folder: &Path) -> Vec<String> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            found.push(path.strip_prefix(folder).expect("below it").display().to_string());
            if path.is_dir() {
                open.push(path);
            }
        }
    }
    found.sort();
    found
}

/// What a process has open, where the system tells: pipes, sockets, and files by their path.
fn open_files(process: u32) -> Vec<String> {
    let entries = std::fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| std::fs::read_link(entry.path()).ok());
    named.map(|file| file.display().to_string()).filter(|file| file != "/dev/null").collect()
}

fn collect(
    from: impl Read + Send + 'static,
    mut each: impl FnMut(&str) + Send + 'static,
) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut all = String::new();
        let mut lines = BufReader::new(from);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let text = String::from_utf8_lossy(&line).into_owned();
            each(&text);
            all.push_str(&text);
            line.clear();
        }
        all
    })
}

/// A request in which every fact of the vocabulary has `value`.
fn everywhere(facts: &[Json], value: impl Fn(&Json) -> Json) -> Json {
    let mut body = json!({ "people": [{}], "household": {} });
    for fact in facts {
        let pointer = fact["pointer"].as_str().expect("a pointer");
        put(&mut body, pointer.trim_start_matches('/').split('/'), value(fact));
    }
    body
}

fn put<'p>(body: &mut Json, mut steps: impl Iterator<Item = &'p str>, value: Json) {
    let Some(step) = steps.next() else {
        // A list of items holds them already, and is not replaced by a word.
        if !body.is_array() {
            *body = value;
        }
        return;
    };
    if step == "*" {
        if !body.is_array() {
            *body = json!([{}]);
        }
        put(&mut body[0], steps, value);
    } else {
        if !body.is_object() {
            *body = Json::Object(Map::new());
        }
        put(&mut body[step], steps, value);
    }
}

#[test]
fn nothing_that_is_sent_is_written() {
    let service = Service::start();
    let mark = mark();
    let mut asked = 0;
    let vocabulary: Json = service.client.get(service.url("/v1/facts")).send().unwrap().json().unwrap();
    let facts = vocabulary["facts"].as_array().expect("facts").clone();
    assert!(facts.len() > 100);

    // Every fact at once, as a value, as a name, nested and in part; then each fact by itself, in a sound request.
    let sound =
        || json!({ "state": "AR", "as_of": "2026-11-23", "people": [{ "id": mark, "applicant": true }] });
    let ways = [
        json!(mark),
        json!([mark]),
        json!({ (mark.as_str()): mark }),
        json!({ "one_of": [mark, { "amount": mark, "per": mark }] }),
        json!({ "between": [mark, mark], "per": mark }),
        json!({ "unknown": mark }),
        json!({ "amount": mark, "per": mark }),
    ];
    for way in &ways {
        let (status, said) = service.ask(&everywhere(&facts, |_| way.clone()));
        assert_eq!(status, 422);
        assert!(!said.contains(&mark), "{said}");
        asked += 1;
    }
    for fact in &facts {
        let mut body = sound();
        put(&mut body, fact["pointer"].as_str().unwrap().trim_start_matches('/').split('/'), json!(mark));
        let (status, said) = service.ask(&body);
        assert!(status == 422 || status == 200, "{said}");
        assert!(status == 200 || !said.contains(&mark), "{said}");
        asked += 1;
    }

    // Sound requests, whose values no other place has.
    let (amount, day) = ("83917.46", "1937-04-19");
    let mut body = sound();
    body["people"][0]["date_of_birth"] = json!(day);
    body["people"][0]["income"] = json!([{ "kind": "wages", "amount": amount, "per": "month" }]);
    body["household"] = json!({ "assets": amount, "rent_or_mortgage": { "amount": amount, "per": "month" } });
    for explain in ["none", "summary", "full"] {
        body["options"] = json!({ "explain": explain });
        let (status, said) = service.ask(&body);
        assert_eq!(status, 200, "{said}");
        assert!(said.contains(&mark), "the label of a person is in the answer");
        asked += 1;
    }

    // Headers, query, path, method, and bodies that are not even JSON.
    let request = |path: &str| service.client.get(service.url(path));
    let names = [
        "user-agent",
        "referer",
        "cookie",
        "authorization",
        "x-forwarded-for",
        "accept-language",
        "if-none-match",
    ];
    for path in
        ["/v1/facts".to_owned(), format!("/{mark}"), format!("/v1/programs/{mark}"), format!("/docs/{mark}")]
    {
        for query in ["".to_owned(), format!("?as_of={mark}&{mark}={mark}")] {
            let mut request = request(&format!("{path}{query}")).header(format!("x-{mark}"), &mark);
            for name in names {
                request = request.header(name, &mark);
            }
            request.send().expect("a reply");
            asked += 1;
        }
    }
    let method = reqwest::Method::from_bytes(mark.to_uppercase().as_bytes()).unwrap();
    for path in ["/v1/eligibility", "/v1/facts", "/nowhere"] {
        service.client.request(method.clone(), service.url(path)).send().expect("a reply");
        asked += 1;
    }
    for body in [mark.clone(), format!("{{\"{mark}\": {mark}}}"), format!("{{\"{mark}\": 1, \"{mark}\": 2}}")]
    {
        for media in ["application/json", "text/plain", mark.as_str()] {
            let request = service.client.post(service.url("/v1/eligibility")).header("content-type", media);
            let response = request.header("accept", "application/json").body(body.clone()).send().unwrap();
            assert!(response.status().is_client_error());
            assert!(!response.text().unwrap().contains(&mark));
            asked += 1;
        }
    }
    // What is not HTTP, or ends in the middle.
    for bytes in [
        format!("{mark}\r\n\r\n"),
        format!("GET /{mark} {mark}\r\n{mark}\r\n\r\n"),
        format!("POST /v1/eligibility HTTP/1.1\r\nHost: {mark}\r\nContent-Length: {mark}\r\n\r\n"),
        format!(
            "POST /v1/eligibility HTTP/1.1\r\nHost: {mark}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{mark}"
        ),
        format!(
            "POST /v1/eligibility HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{mark}\r\n"
        ),
    ] {
        let mut stream = TcpStream::connect(("127.0.0.1", service.port)).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_millis(300))).expect("a timeout");
        stream.write_all(bytes.as_bytes()).expect("sent");
        let mut said = Vec::new();
        let _ = stream.read_to_end(&mut said);
    }

    let written = service.stop();
    let lower = written.to_lowercase();
    for sent in [mark.as_str(), amount, day, "83,917", "as_of="] {
        assert!(!lower.contains(sent), "{sent} was written:\n{written}");
    }
    let addresses = written.lines().filter(|line| line.contains("127.0.0.1")).count();
    assert_eq!(addresses, 1, "only its own address, at the start:\n{written}");
    // It did log: one line for each request that was one.
    let lines = written.lines().filter(|line| line.contains("route=")).count();
    assert!(lines >= asked, "{lines} lines for {asked} requests:\n{written}");
    assert!(
        written.contains("route=\"/v1/eligibility\"") && written.contains("method=\"other\""),
        "{written}"
    );
}
