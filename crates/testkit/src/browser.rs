//! How does a test ask a real browser to open a page, to press a key, and to say what it saw?
//!
//! Chromium is driven through its own driver by the WebDriver protocol, which is JSON over HTTP: few enough requests that
//! a library would be longer than what it saves.

use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A running browser. It ends, and its profile vanishes, when it is dropped.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    http: reqwest::Client,
    _profile: TempDir,
}

const HOW_TO: &str = "these tests need Chromium and its driver: `cargo xtask test` installs them, or install Debian's packages \
    `chromium` and `chromium-driver`";

/// How often a driver is started that ends before it listens.
const STARTS: usize = 5;

/// A driver that listens. It draws its port and takes it a moment later, so another program may have taken it in between.
fn begin() -> (Child, Lines<BufReader<ChildStdout>>, u16) {
    for _ in 0..STARTS {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot run `chromedriver`: {error}; {HOW_TO}"));
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        if let Some(port) = lines.find_map(|line| port_in(&line.ok()?)) {
            return (driver, lines, port);
        }
        driver.wait().unwrap();
    }
    panic!("`chromedriver` ended before it listened, {STARTS} times; {HOW_TO}")
}

impl Browser {
    /// Starts one; a machine without Chromium fails the test and says what is missing.
    pub async fn start() -> Self {
        let (driver, lines, port) = begin();
        // Somebody has to read what the driver goes on to say, or it stops when the pipe is full.
        std::thread::spawn(move || lines.for_each(drop));
        let profile = tempfile::tempdir().unwrap();
        let mut browser =
            Self { driver, port, session: String::new(), http: reqwest::Client::new(), _profile: profile };
        browser.open_session().await;
        browser
    }

    async fn open_session(&mut self) {
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            &format!("--user-data-dir={}", self._profile.path().display()),
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "timeouts": { "script": 60_000, "pageLoad": 60_000 },
        } } });
        let answer = self.http.post(format!("http://127.0.0.1:{}/session", self.port)).json(&wanted);
        let answer: Value = answer.send().await.unwrap().json().await.unwrap();
        let session = answer["value"]["sessionId"].as_str();
        self.session =
            session.unwrap_or_else(|| panic!("Chromium did not start: {answer}; {HOW_TO}")).to_owned();
    }

    async fn ask(&self, path: &str, body: Value) -> Value {
        self.try_to(path, body).await.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The same, where an error is an answer.
    async fn try_to(&self, path: &str, body: Value) -> Result<Value, Value> {
        let address = format!("http://127.0.0.1:{}/session/{}/{path}", self.port, self.session);
        let answer: Value = self.http.post(address).json(&body).send().await.unwrap().json().await.unwrap();
        let value = answer["value"].clone();
        if value["error"].is_null() { Ok(value) } else { Err(value) }
    }

    /// The cookies of the page that is open, as a request sends them.
    pub async fn cookies(&self) -> String {
        let found = self.devtools("Network.getCookies", json!({})).await;
        let cookies = found["cookies"].as_array().unwrap().iter();
        let pair = |cookie: &Value| {
            format!("{}={}", cookie["name"].as_str().unwrap(), cookie["value"].as_str().unwrap())
        };
        cookies.map(pair).collect::<Vec<_>>().join("; ")
    }

    /// Runs a script that leads to another page, and waits until that is there.
    pub async fn follow(&self, script: &str) {
        self.run(&format!("document.documentElement.dataset.left = 'yes'; {script}")).await;
        for _ in 0..200 {
            // One page may take the place of another between the question and the answer.
            let there = self.try_source().await;
            if there.is_ok_and(|html| html.contains("</main>") && !html.contains("data-left")) {
                return;
            }
        }
        panic!("no other page came: {}", self.html().await);
    }

    /// Opens an address, presses a button of its page and waits until that page is left. False where no page comes, or none with such
    /// a button, or the page stays.
    pub async fn try_to_press(&self, address: &str, button: &str) -> bool {
        if self.try_to("url", json!({ "url": address })).await.is_err() {
            return false;
        }
        let script = "const button = document.querySelector(arguments[0]);
            document.documentElement.dataset.left = 'yes'; button?.click(); return button !== null";
        let pressed = self.try_to("execute/sync", json!({ "script": script, "args": [button] })).await;
        if pressed.is_ok_and(|found| found == true) {
            for _ in 0..200 {
                if self.try_source().await.is_ok_and(|html| !html.contains("data-left")) {
                    return true;
                }
            }
        }
        false
    }

    /// Opens an address and waits until the page is there.
    pub async fn open(&self, address: &str) {
        self.ask("url", json!({ "url": address })).await;
    }

    /// Makes the window that many pixels wide.
    pub async fn width(&self, pixels: u32) {
        let screen = json!({ "width": pixels, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", screen).await;
    }

    /// Asks pages to be `light` or `dark`.
    pub async fn scheme(&self, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Allows or forbids pages to run scripts.
    pub async fn scripts(&self, allowed: bool) {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": !allowed })).await;
    }

    /// Runs a script before those of every page that is opened from now on.
    pub async fn before_every_page(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// The page as it stands in the browser, read without a script.
    pub async fn html(&self) -> String {
        let root = self.devtools("DOM.getDocument", json!({ "depth": 0 })).await;
        let node = json!({ "nodeId": root["root"]["nodeId"] });
        self.devtools("DOM.getOuterHTML", node).await["outerHTML"].as_str().unwrap().to_owned()
    }

    async fn devtools(&self, command: &str, params: Value) -> Value {
        self.ask("goog/cdp/execute", json!({ "cmd": command, "params": params })).await
    }

    /// What a function without arguments answers; `return` gives the answer.
    pub async fn run(&self, script: &str) -> Value {
        self.ask("execute/sync", json!({ "script": script, "args": [] })).await
    }

    /// The same where the answer comes later: the script calls its last argument with it.
    pub async fn run_later(&self, script: &str) -> Value {
        self.ask("execute/async", json!({ "script": script, "args": [] })).await
    }

    /// Presses a key, by its WebDriver code.
    pub async fn press(&self, key: char) {
        let key = key.to_string();
        let strokes = json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
        self.ask("actions", json!({ "actions": [{ "type": "key", "id": "keys", "actions": strokes }] }))
            .await;
    }

    /// Types a text where the focus is.
    pub async fn write(&self, text: &str) {
        let strokes: Vec<Value> = text
            .chars()
            .flat_map(|key| {
                ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() }))
            })
            .collect();
        self.ask("actions", json!({ "actions": [{ "type": "key", "id": "keys", "actions": strokes }] }))
            .await;
    }

    async fn try_source(&self) -> Result<String, Value> {
        let command = |cmd: &str, params: Value| json!({ "cmd": cmd, "params": params });
        let root = command("DOM.getDocument", json!({ "depth": 0 }));
        let root = self.try_to("goog/cdp/execute", root).await?;
        let node = command("DOM.getOuterHTML", json!({ "nodeId": root["root"]["nodeId"] }));
        let html = self.try_to("goog/cdp/execute", node).await?;
        Ok(html["outerHTML"].as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the page says so; a page that never does fails the test.
    pub async fn until(&self, said: &str) {
        for _ in 0..200 {
            // One page may take the place of another between the question and the answer.
            let source = self.try_source().await;
            if source.is_ok_and(|html| html.contains(said)) {
                return;
            }
        }
        panic!("no page says `{said}`: {}", self.html().await);
    }

    /// What the console said since it was last asked.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.ask("se/log", json!({ "type": "browser" })).await;
        entries.as_array().unwrap().iter().map(|e| e["message"].to_string()).collect()
    }

    /// Every address that was asked for since this was last asked.
    pub async fn requests(&self) -> Vec<String> {
        let entries = self.ask("se/log", json!({ "type": "performance" })).await;
        let events = entries.as_array().unwrap().iter().map(|e| e["message"].as_str().unwrap().to_owned());
        let events = events.map(|text| serde_json::from_str::<Value>(&text).unwrap()["message"].clone());
        let sent = events.filter(|event| event["method"] == "Network.requestWillBeSent");
        sent.map(|event| event["params"]["request"]["url"].as_str().unwrap().to_owned()).collect()
    }
}

impl Drop for Browser {
    /// A driver that is killed leaves its browser behind, so the session is ended first, whatever the test came to.
    fn drop(&mut self) {
        if let Ok(mut line) = TcpStream::connect(("127.0.0.1", self.port)) {
            let _ = write!(
                line,
                "DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
                self.session
            );
            let mut status = [0; 12];
            let _ = line.read_exact(&mut status);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// `ChromeDriver was started successfully on port 40123.`
fn port_in(line: &str) -> Option<u16> {
    line.split("successfully on port ").nth(1)?.trim_end_matches('.').trim().parse().ok()
}
