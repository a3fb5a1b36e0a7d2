//! Does a person at the machine let somebody in who cannot come in by themselves?

use serde_json::Value;

use super::support::{Server, installed, saqta, text};

fn told(arguments: &[&str]) -> (i32, Value) {
    let ended = saqta(arguments).output().unwrap();
    (ended.status.code().unwrap(), serde_json::from_slice(&ended.stdout).unwrap())
}

#[test]
fn a_link_for_somebody_new_is_made_at_the_machine_and_opens_a_page_of_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let data = installed(folder.path());
    let data = text(&data);
    let (status, listed) = told(&["--json", "staff", "list", "--data", data]);
    assert_eq!((status, &listed["staff"]), (0, &Value::Array(Vec::new())));
    let (status, unknown) = told(&["--json", "staff", "reset", "saule@shop.example", "--data", data]);
    assert_eq!(status, 3, "{unknown}");
    assert!(!unknown.to_string().contains("saule@shop.example"));
    let (status, made) = told(&["--json", "staff", "invite", "--role", "responsible", "--data", data]);
    assert_eq!(status, 0, "{made}");
    let link = made["link"].as_str().unwrap();
    assert!(link.starts_with("http://127.0.0.1:8787/staff/setup?token="));
    let server = Server::start(folder.path().join("data").as_path());
    let path = link.split_once("8787").unwrap().1;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let page = |path: &str| {
        let url = format!("{}{path}", server.url());
        runtime.block_on(async { reqwest::get(url).await.unwrap() }).status().as_u16()
    };
    assert_eq!(page(path), 200);
    assert_eq!(page("/staff/setup?token=another"), 403);
    assert_eq!(server.stop(), 0);
}
