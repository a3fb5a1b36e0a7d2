//! Clause 3.1: documents are taken in typed and limited in size, and after a withdrawal only what another ground covers goes on.

use saqta_testkit::shop::on_both;
use saqta_testkit::watch::plant_value;
use serde_json::json;

use crate::acts::{about, opens_service_book};

#[test]
fn a_document_is_kept_and_opened_and_one_of_a_wrong_type_or_size_is_not() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        let scan = about(&subject, "service_book", json!({ "attribute": "contract_scan" }));
        let text = "Договор № 17 о покупке автомобиля";
        plant_value(text);
        shop.upload(&key, &scan, "text/plain", text.as_bytes()).await.refused("no_consent", "6.1");

        opens_service_book(shop, &key, &subject).await;
        let kept = shop.upload(&key, &scan, "text/plain", text.as_bytes()).await.done();
        let document = json!({ "attribute": "contract_scan", "document": kept["document"] });
        let open = about(&subject, "service_book", document);
        assert_eq!(shop.post(&key, "/v1/documents/open", open).await.done(), text);
        let read = shop.retrieve(&key, &subject, "service_book", &["contract_scan"]).await.done();
        assert_eq!(read["documents"][0]["id"], kept["document"], "{read}");

        let page = shop.upload(&key, &scan, "text/html", b"<script>").await;
        page.problem(415, "media_type_not_accepted");
        let long = vec![b'x'; 10 * 1024 * 1024 + 1];
        shop.upload(&key, &scan, "text/plain", &long).await.problem(413, "too_large");
        let other = about(&subject, "order", json!({ "attribute": "contract_scan" }));
        shop.upload(&key, &other, "text/plain", b"x").await.refused("attribute_not_needed", "5.5");
    });
}

#[test]
fn after_a_withdrawal_the_order_goes_on_and_the_answer_says_why() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        opens_service_book(shop, &key, &subject).await;
        let told = shop.post(&key, "/v1/withdraw", about(&subject, "service_book", json!({}))).await.done();
        let expected = json!([
            { "purpose": "order", "state": "continues", "basis": "contract" },
            { "purpose": "service_book", "state": "stopped" },
        ]);
        assert_eq!(told["purposes"], expected);

        shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
        let refused = shop.retrieve(&key, &subject, "service_book", &["car_vin"]).await;
        refused.refused("consent_withdrawn", "7.10");
    });
}
