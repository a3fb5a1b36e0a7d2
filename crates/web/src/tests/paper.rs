//! Can anybody take the policy home on paper?

use axum::body::Body;
use axum::http::Request;

use super::shop::Shop;

#[tokio::test]
async fn the_policy_can_be_printed_in_three_languages() {
    let shop = Shop::open().await;
    for tag in ["kk", "ru", "en"] {
        let path = format!("/policy/v/1/{tag}/pdf");
        let print = shop.get(&path).await;
        assert_eq!(print.status, 200);
        assert_eq!(print.header("content-type"), "application/pdf");
        assert_eq!(print.header("content-language"), tag);
        assert_eq!(print.header("content-disposition"), format!("inline; filename=\"policy-v1-{tag}.pdf\""));
        assert!(print.header("cache-control").contains("immutable"));
        // The page by which a browser shows a print needs an element for it and a style.
        let policy = print.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; object-src 'self'") && !policy.contains("script"));
        assert_eq!(print.header("x-content-type-options"), "nosniff");
        assert!(print.bytes.starts_with(b"%PDF-1.7") && print.bytes.len() > 50_000, "{tag}");
        let language = format!("/Lang({tag})");
        assert!(print.bytes.windows(language.len()).any(|found| found == language.as_bytes()), "{tag}");

        let in_force = shop.get(&format!("/policy/{tag}/pdf")).await;
        assert!(in_force.bytes == print.bytes, "{tag}: the version in force is printed as itself");
        assert_eq!(in_force.header("cache-control"), "no-cache");

        let known = print.header("etag").to_owned();
        let again = Request::get(&path).header("if-none-match", &known).body(Body::empty()).unwrap();
        let again = shop.send(again).await;
        assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
        assert!(again.header("cache-control").contains("immutable"));
    }
}

#[tokio::test]
async fn what_was_never_published_is_not_printed() {
    let shop = Shop::open().await;
    for path in [
        "/policy/v/2/kk/pdf",
        "/policy/v/0/kk/pdf",
        "/policy/v/one/kk/pdf",
        "/policy/v/1/de/pdf",
        "/policy/de/pdf",
        "/policy/v/99999999999999999999/en/pdf",
    ] {
        shop.get(path).await.is(404, "not_found");
    }
}

#[tokio::test]
async fn many_who_ask_at_once_get_the_same_print() {
    let shop = Shop::open().await;
    let ask = || shop.get("/policy/v/1/ru/pdf");
    let (one, two, three) = tokio::join!(ask(), ask(), ask());
    assert!(one.bytes == two.bytes && two.bytes == three.bytes && one.status == 200);
}
