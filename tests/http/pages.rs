//! Pages, probes and headers.

use serde_json::json;

use crate::bodies::example;
use crate::server::{header, server};

#[test]
fn the_documentation_page_needs_nobody_else() {
    let page = server().get("/docs").send().unwrap();
    let policy = header(&page, "content-security-policy").to_owned();
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("http") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert_eq!(header(&page, "content-type"), "text/html; charset=utf-8");
    assert!(page.headers().get("set-cookie").is_none());
    let page = page.text().unwrap();
    assert!(!page.contains("://") && !page.contains("<style") && !page.contains("style="), "{page}");
    for quoted in page.split('"').filter(|text| text.starts_with('/')) {
        let file = server().get(quoted).send().unwrap();
        assert_eq!(file.status(), 200, "{quoted}");
        assert!(!header(&file, "content-type").is_empty());
    }
    let start = server().get("/docs/start.js").send().unwrap().text().unwrap();
    assert!(!start.contains("://") && start.contains("validatorUrl: null"), "{start}");
}

#[test]
fn every_reply_is_guarded() {
    let replies = [
        server().ask(&example()),
        server().ask(&json!({})),
        server().get("/v1/facts").send().unwrap(),
        server().get("/nowhere").send().unwrap(),
        server().get("/docs").send().unwrap(),
        server().get("/healthz").send().unwrap(),
        server().post("{").send().unwrap(),
        server().client.delete(server().url("/v1/law")).send().unwrap(),
    ];
    for reply in replies {
        assert!(header(&reply, "content-security-policy").contains("frame-ancestors 'none'"));
        assert_eq!(header(&reply, "x-content-type-options"), "nosniff");
        assert_eq!(header(&reply, "referrer-policy"), "no-referrer");
        assert_eq!(header(&reply, "x-frame-options"), "DENY");
        assert_eq!(header(&reply, "cross-origin-resource-policy"), "same-origin");
        assert!(!header(&reply, "cache-control").is_empty());
        for absent in ["server", "x-powered-by", "set-cookie", "access-control-allow-origin"] {
            assert!(reply.headers().get(absent).is_none(), "{absent}");
        }
    }
}

#[test]
fn the_probes_say_that_it_is_ready() {
    assert_eq!(server().json("/healthz"), json!({ "status": "ok" }));
    let ready = server().json("/readyz");
    assert_eq!((&ready["status"], &ready["law"]), (&json!("ready"), &server().json("/v1/law")["hash"]));
    let head = server().client.head(server().url("/healthz")).send().unwrap();
    assert_eq!((head.status().as_u16(), head.bytes().unwrap().len()), (200, 0));
}

#[test]
fn only_the_rule_set_is_compressed_and_only_for_those_who_ask() {
    let ask = |coding: &str| server().get("/v1/facts").header("accept-encoding", coding).send().unwrap();
    assert_eq!(header(&ask("gzip, br"), "content-encoding"), "gzip");
    assert_eq!(header(&ask("br"), "content-encoding"), "");
    assert_eq!(header(&ask("identity;q=0"), "content-encoding"), "");
    let answer = server().post(example().to_string()).header("accept-encoding", "gzip").send().unwrap();
    assert_eq!(header(&answer, "content-encoding"), "");
}
