//! What happens on the days on which people order, and on the one after: what is permitted, what is refused, and what people ask?

use serde_json::{Value, json};

use super::Keys;
use super::people::{People, Texts};
use super::stage::Stage;

/// Plays it.
pub async fn play(stage: &mut Stage, keys: &Keys, people: &mut People, texts: &Texts) -> anyhow::Result<()> {
    orders(stage, keys, people, texts).await?;
    progress(stage, keys, people).await?;
    permitted(stage, keys, people).await?;
    refused(stage, keys, people).await?;
    corrections(stage, keys, people).await?;
    second_thoughts(stage, keys, people).await
}

async fn orders(stage: &mut Stage, keys: &Keys, people: &mut People, texts: &Texts) -> anyhow::Result<()> {
    stage
        .chapter("2026-08-18T09:00", "Twelve people order; each says what else their data may be used for")?;
    for person in people.all().to_vec() {
        stage.at(&format!("{}T10:00", person.order.created))?;
        let told = format!("{} orders {}, {}", person.called(), person.ordered(), person.ticked());
        let answer = stage.yes(&keys.shop, "/v1/collect", person.checkout(texts), &told).await?;
        people.note(&person, &answer);
    }
    stage.minutes(10);
    let sergey = people.named("sergey")?;
    let no = [sergey.answer(texts, "marketing", Some("email"), false)];
    let asked = json!({ "subject": people.subject(sergey), "purpose": "marketing", "consents": no });
    stage
        .yes(
            &keys.shop,
            "/v1/consents",
            asked,
            "Sergey is asked about advertising and says no; a no is kept too",
        )
        .await?;
    stage.minutes(10);
    let irina = people.named("irina")?;
    let greedy = json!({ "subject": irina.by_email(), "parts": [
        { "purpose": "order", "reference": irina.order.number, "values": { "iin": irina.iin } },
    ]});
    stage
        .no(
            &keys.shop,
            "/v1/collect",
            greedy,
            "attribute_not_needed",
            "a careless form asks Irina's IIN for an order",
        )
        .await?;
    stage.minutes(10);
    let mut old_text = irina.answer(texts, "service_book", None, true);
    if let Some(fields) = old_text.as_object_mut() {
        fields.insert("text_digest".to_owned(), json!("0".repeat(64)));
    }
    let old = json!({ "subject": people.subject(irina), "purpose": "service_book", "consents": [old_text] });
    stage
        .no(
            &keys.shop,
            "/v1/consents",
            old,
            "text_unknown",
            "a tick under a text that is not the published one",
        )
        .await
}

async fn progress(stage: &mut Stage, keys: &Keys, people: &People) -> anyhow::Result<()> {
    stage.chapter("2026-11-19T18:00", "The orders move on, and open and end purposes")?;
    happened(
        stage,
        keys,
        people,
        &["paid", "delivered", "closed"],
        "order.paid",
        "are paid: the invoice opens, by the Tax Code",
    )
    .await?;
    let invoices = people
        .with_status(&["paid", "delivered", "closed"])
        .map(|p| {
            json!({ "subject": people.subject(p), "parts": [
                { "purpose": "invoice", "reference": p.order.number, "values": { "iin": p.iin } },
            ]})
        })
        .collect();
    stage.minutes(1);
    stage.all(&keys.shop, "/v1/collect", invoices, "their IINs are collected for the invoice alone").await?;
    happened(
        stage,
        keys,
        people,
        &["delivered", "closed"],
        "order.delivered",
        "arrive: delivery ends, six months of locked storage begin",
    )
    .await?;
    happened(
        stage,
        keys,
        people,
        &["delivered", "closed"],
        "invoice.issued",
        "have their invoice: kept five years, locked",
    )
    .await?;
    happened(stage, keys, people, &["closed"], "order.closed", "are closed: kept three years, locked").await
}

/// Reports an event of every order that has come so far.
pub async fn happened(
    stage: &mut Stage,
    keys: &Keys,
    people: &People,
    statuses: &'static [&'static str],
    event: &str,
    told: &str,
) -> anyhow::Result<()> {
    let mut events = Vec::new();
    for person in people.with_status(statuses) {
        events.push(
            json!({ "subject": people.subject(person), "event": event, "reference": person.order.number }),
        );
    }
    stage.minutes(1);
    let told = format!("{} orders {told}", events.len());
    stage.all(&keys.shop, "/v1/events", events, &told).await.map(drop)
}

async fn permitted(stage: &mut Stage, keys: &Keys, people: &People) -> anyhow::Result<()> {
    stage.chapter("2026-11-20T09:00", "The next morning: what the policy permits")?;
    let (darya, sergey) = (people.named("darya")?, people.named("sergey")?);
    let (aigul, yerlan) = (people.named("aigul")?, people.named("yerlan")?);
    let asked =
        read(people.subject(darya), "delivery", &["delivery_address", "recipient_name", "recipient_phone"]);
    stage
        .yes(&keys.courier, "/v1/retrieve", asked, "the courier desk reads where Darya's parcel goes")
        .await?;
    stage.minutes(3);
    let asked = json!({ "purpose": "order", "attribute": "phone", "value": sergey.phone });
    stage
        .yes(
            &keys.shop,
            "/v1/look-up",
            asked,
            "a customer calls: the shop finds Sergey's order by his number",
        )
        .await?;
    stage.minutes(1);
    let asked = read(people.subject(sergey), "invoice", &["full_name", "iin"]);
    stage
        .yes(&keys.shop, "/v1/retrieve", asked, "the accountant reads name and IIN for Sergey's invoice")
        .await?;
    stage.minutes(7);
    let asked =
        by(aigul.by_email(), json!({ "purpose": "marketing", "attributes": ["email"], "channel": "email" }));
    stage
        .yes(&keys.mailing, "/v1/use", asked, "may Aigul get the newsletter by e-mail? Yes; no value leaves")
        .await?;
    stage.minutes(2);
    let asked = json!({ "purpose": "marketing", "attributes": ["email"], "limit": 50 });
    let audience = stage
        .yes(&keys.mailing, "/v1/list", asked, "the newsletter's audience, each person decided alone")
        .await?;
    let listed = audience.get("persons").and_then(Value::as_array).map_or(0, Vec::len);
    let refused = audience.get("refused").and_then(Value::as_u64).unwrap_or_default();
    stage.below(&format!("{listed} people listed, {refused} refused; each of them is an entry of its own"));
    stage.expect(
        listed == 9 && refused == 1,
        "nine consents and one refusal stand in the compartment of advertising",
    );
    stage.minutes(3);
    let asked =
        by(people.subject(yerlan), json!({ "purpose": "recall_notice", "attributes": ["phone", "car_vin"] }));
    stage
        .yes(&keys.shop, "/v1/use", asked, "Yerlan may be warned of dangerous brake pads: the law says so")
        .await?;
    stage.minutes(6);
    visits(stage, keys, people).await
}

async fn visits(stage: &mut Stage, keys: &Keys, people: &People) -> anyhow::Result<()> {
    let aruzhan = people.named("aruzhan")?;
    let visit = json!({ "parts": [
        { "purpose": "site_visit", "reference": aruzhan.visitor_id, "values": { "visitor_id": aruzhan.visitor_id } },
    ]});
    let visitor = stage
        .yes(
            &keys.shop,
            "/v1/collect",
            visit,
            "somebody visits the site: a number, no name, no tie to any order",
        )
        .await?;
    let visitor = visitor.get("subject").cloned().unwrap_or_default();
    let ends = json!({ "visitor": { "id": visitor }, "customer": people.subject(aruzhan) });
    stage.minutes(2);
    let joined = with(&ends, json!({ "from": "site_visit", "to": "service_book" }));
    stage
        .no(
            &keys.shop,
            "/v1/link",
            joined,
            "link_not_declared",
            "joining visits with a service book is declared nowhere",
        )
        .await?;
    stage.minutes(2);
    let joined = with(&ends, json!({ "from": "site_visit", "to": "order" }));
    stage
        .yes(&keys.shop, "/v1/link", joined, "Aruzhan logs in to see her order: that join is declared")
        .await
        .map(drop)
}

async fn refused(stage: &mut Stage, keys: &Keys, people: &People) -> anyhow::Result<()> {
    stage.chapter("2026-11-20T11:00", "And what it refuses")?;
    let named = |id| people.named(id);
    let asked = read(people.subject(named("darya")?), "order", &["phone"]);
    stage
        .no(
            &keys.mailing,
            "/v1/retrieve",
            asked,
            "not_authorised",
            "the mailing tool wants Darya's phone \"for her order\"",
        )
        .await?;
    stage.minutes(3);
    let asked = read(people.subject(named("darya")?), "order", &["phone"]);
    stage
        .no(
            &keys.trainee,
            "/v1/retrieve",
            asked,
            "no_undertaking",
            "the trainee has signed no confidentiality undertaking",
        )
        .await?;
    stage.minutes(5);
    let asked = read(people.subject(named("darya")?), "delivery", &["iin"]);
    stage
        .no(
            &keys.courier,
            "/v1/retrieve",
            asked,
            "attribute_not_needed",
            "the courier desk wants an IIN: no parcel needs one",
        )
        .await?;
    stage.minutes(4);
    let asked = by(
        people.subject(named("darya")?),
        json!({ "purpose": "marketing", "attributes": ["phone"], "channel": "email" }),
    );
    stage
        .no(
            &keys.mailing,
            "/v1/use",
            asked,
            "no_consent",
            "e-mail to Darya: she agreed to SMS and to nothing else",
        )
        .await?;
    stage.minutes(2);
    let asked = json!({ "subject": people.subject(named("sergey")?), "purpose": "marketing", "attributes": ["email"], "channel": "email" });
    stage
        .no(&keys.mailing, "/v1/use", asked, "consent_refused", "e-mail to Sergey: he was asked, and said no")
        .await?;
    stage.minutes(2);
    let asked = by(
        named("marat")?.by_email(),
        json!({ "purpose": "marketing", "attributes": ["email"], "channel": "email" }),
    );
    stage
        .no(
            &keys.mailing,
            "/v1/use",
            asked,
            "no_record",
            "advertising does not know Marat exists: another compartment",
        )
        .await?;
    stage.minutes(6);
    let asked = read(people.subject(named("viktor")?), "delivery", &["delivery_address"]);
    stage
        .no(
            &keys.courier,
            "/v1/retrieve",
            asked,
            "purpose_reached",
            "Viktor's parcel has arrived: his address is locked",
        )
        .await?;
    stage.minutes(3);
    let asked = read(people.subject(named("olga")?), "promo", &["email"]);
    stage.no(&keys.shop, "/v1/retrieve", asked, "no_personal_data", "promo codes need nobody's data").await
}

async fn corrections(stage: &mut Stage, keys: &Keys, people: &People) -> anyhow::Result<()> {
    stage.chapter("2026-11-20T14:00", "People say that something is wrong")?;
    let (viktor, gulnar) = (people.named("viktor")?, people.named("gulnar")?);
    let asked = by(viktor.by_email(), json!({ "purpose": "order", "values": { "phone": "+77000000207" } }));
    let answer =
        stage.yes(&keys.shop, "/v1/rectify", asked, "Viktor has a new number: put right at once").await?;
    stage.expect(
        answer.get("applied") == Some(&json!(true)),
        "a correction without a block is applied at once",
    );
    stage.minutes(20);
    let gulnars = |body: Value| with(&json!({ "subject": people.subject(gulnar), "purpose": "order" }), body);
    let asked = gulnars(json!({ "reason": "inaccurate", "scope": "everything" }));
    let blocked = stage
        .yes(&keys.shop, "/v1/restrict", asked, "Gulnar disputes her data: everything of hers is blocked")
        .await?;
    stage.minutes(5);
    let asked = gulnars(json!({ "attributes": ["phone"] }));
    stage
        .no(
            &keys.shop,
            "/v1/retrieve",
            asked.clone(),
            "blocked",
            "while it is blocked, nobody reads her phone",
        )
        .await?;
    stage.minutes(5);
    let new = "+77000000206";
    let wanted = gulnars(json!({ "values": { "phone": new } }));
    let answer = stage
        .yes(
            &keys.shop,
            "/v1/rectify",
            wanted,
            "her correction is accepted, and waits: the law freezes changes",
        )
        .await?;
    stage.expect(answer.get("applied") == Some(&json!(false)), "a correction during a block waits");
    stage.minutes(60);
    let restriction = blocked.get("restriction").cloned().unwrap_or_default();
    let lifted = gulnars(json!({ "restriction": restriction }));
    stage
        .yes(
            &keys.shop,
            "/v1/unrestrict",
            lifted,
            "the dispute is settled: the block ends, and the correction with it",
        )
        .await?;
    stage.minutes(5);
    let read =
        stage.yes(&keys.shop, "/v1/retrieve", asked, "her order is read again, with the new number").await?;
    let phone = read.get("values").and_then(|values| values.get("phone"));
    stage.expect(phone == Some(&json!(new)), "the correction is applied when the block ends");
    Ok(())
}

async fn second_thoughts(stage: &mut Stage, keys: &Keys, people: &People) -> anyhow::Result<()> {
    stage.chapter("2026-11-20T16:30", "People change their minds")?;
    let (alikhan, irina, nurlan) =
        (people.named("alikhan")?, people.named("irina")?, people.named("nurlan")?);
    let asked = by(people.subject(alikhan), json!({ "purpose": "service_book" }));
    let answer = stage
        .yes(
            &keys.shop,
            "/v1/withdraw",
            asked,
            "Alikhan takes back his consent to the service book. What goes on:",
        )
        .await?;
    goes_on(stage, &answer);
    let line = |purpose: &str, state: &str| {
        let lines = answer.get("purposes").and_then(Value::as_array);
        lines.is_some_and(|all| {
            all.iter()
                .any(|l| l.get("purpose") == Some(&json!(purpose)) && l.get("state") == Some(&json!(state)))
        })
    };
    stage.expect(line("service_book", "stopped"), "the service book stops");
    stage.expect(line("recall_notice", "continues"), "recall notices go on by law");
    stage.minutes(3);
    let asked = read(people.subject(alikhan), "service_book", &["car_vin"]);
    stage
        .no(
            &keys.shop,
            "/v1/retrieve",
            asked,
            "consent_withdrawn",
            "his VIN is read for the service book no more",
        )
        .await?;
    stage.minutes(1);
    let asked = by(people.subject(alikhan), json!({ "purpose": "recall_notice", "attributes": ["car_vin"] }));
    stage
        .yes(&keys.shop, "/v1/use", asked, "but it still serves to warn him of a dangerous part: by law")
        .await?;
    stage.minutes(11);
    let asked = by(people.subject(irina), json!({ "purpose": "order" }));
    stage
        .no(
            &keys.shop,
            "/v1/destroy",
            asked,
            "still_needed",
            "Irina wants all gone; her parcel is not even sent",
        )
        .await?;
    stage.minutes(4);
    let asked = by(people.subject(irina), json!({ "purpose": "marketing" }));
    stage
        .yes(
            &keys.shop,
            "/v1/destroy",
            asked,
            "what advertising had of her is destroyed at once, key and all",
        )
        .await?;
    stage.minutes(14);
    let asked = json!({ "subject": people.subject(nurlan) });
    let answer = stage
        .yes(&keys.shop, "/v1/stop", asked, "Nurlan demands an end to everything. What is left:")
        .await?;
    goes_on(stage, &answer);
    stage.minutes(2);
    let asked = json!({ "subject": people.subject(nurlan), "purpose": "order", "attributes": ["phone"] });
    stage
        .no(&keys.shop, "/v1/retrieve", asked, "subject_stopped", "from then on nothing of his is read")
        .await
}

/// The table a person gets: what stops, what goes on and why, what is kept and until when.
pub fn goes_on(stage: &Stage, answer: &Value) {
    for line in answer.get("purposes").and_then(Value::as_array).into_iter().flatten() {
        let word = |field: &str| line.get(field).and_then(Value::as_str).unwrap_or_default();
        let why = match word("state") {
            "continues" => format!("goes on, on {}", word("basis").replace('_', " ")),
            "kept" if word("until").is_empty() => {
                format!("locked, as long as a {} ground needs it", word("basis"))
            }
            "kept" => format!("over; locked until {}", word("until").split('T').next().unwrap_or_default()),
            _ => "stopped".to_owned(),
        };
        stage.below(&format!("    {:<15} {why}", word("purpose")));
    }
}

/// A request to read attributes of somebody for a purpose.
pub fn read(subject: Value, purpose: &str, attributes: &[&str]) -> Value {
    by(subject, json!({ "purpose": purpose, "attributes": attributes }))
}

/// A request about somebody.
pub fn by(subject: Value, body: Value) -> Value {
    with(&json!({ "subject": subject }), body)
}

/// One object with the fields of two; those of the second count.
pub fn with(first: &Value, second: Value) -> Value {
    let mut both = first.clone();
    if let (Some(fields), Value::Object(more)) = (both.as_object_mut(), second) {
        fields.extend(more);
    }
    both
}
