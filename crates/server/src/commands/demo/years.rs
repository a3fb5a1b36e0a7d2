//! What comes to its end by itself as the years go by, and what does not come back?

use serde_json::{Value, json};

use super::Keys;
use super::day::{by, happened, read, with};
use super::people::{People, Texts};
use super::stage::Stage;

/// Plays it.
pub async fn play(stage: &mut Stage, keys: &Keys, people: &People, texts: &Texts) -> anyhow::Result<()> {
    stage.chapter("2026-12-10T10:00", "The rest of the orders comes to its end")?;
    happened(stage, keys, people, &["created"], "order.paid", "are paid").await?;
    happened(stage, keys, people, &["created", "paid"], "order.delivered", "arrive").await?;
    happened(stage, keys, people, &["created", "paid"], "invoice.issued", "have their invoice").await?;
    happened(stage, keys, people, &["created", "paid", "delivered"], "order.closed", "are closed").await?;
    stage.minutes(30);
    let yerlan = people.named("yerlan")?;
    let held = json!({ "subject": people.subject(yerlan), "purpose": "order" });
    let held = with(&held, json!({ "ground": "case 2-117 before the district court" }));
    let hold = stage
        .yes(&keys.shop, "/v1/hold", held, "Yerlan sues the carrier: a hold keeps his data from destruction")
        .await?;
    let hold = hold.get("hold").cloned().unwrap_or_default();

    stage.chapter("2027-06-20T03:00", "Six months after the deliveries")?;
    let report = jobs(stage, "the night's sweep destroys addresses; Yerlan's is on hold and stays").await?;
    stage.expect(number(&report, "destroyed") >= 11, "the addresses of eleven people are destroyed");

    stage.chapter("2028-12-01T09:00", "More than two years after the consents to advertising")?;
    let aigul = people.named("aigul")?;
    let asked =
        by(aigul.by_email(), json!({ "purpose": "marketing", "attributes": ["email"], "channel": "email" }));
    stage
        .no(
            &keys.mailing,
            "/v1/use",
            asked.clone(),
            "consent_expired",
            "the newsletter for Aigul: her yes was for two years",
        )
        .await?;
    stage.minutes(1);
    jobs(stage, "what advertising had is destroyed, each person with their own key").await?;
    stage.minutes(1);
    stage
        .no(
            &keys.mailing,
            "/v1/use",
            asked,
            "no_record",
            "advertising knows her no more; her purchases are elsewhere",
        )
        .await?;

    stage.chapter("2029-12-20T03:00", "Three years after the last order")?;
    happened(
        stage,
        keys,
        people,
        &["created", "paid", "delivered", "closed"],
        "recall.window_closed",
        "are too old for a recall",
    )
    .await?;
    stage.minutes(10);
    jobs(stage, "orders are destroyed; what the Tax Code demands stays, locked").await?;
    stage.minutes(10);
    let darya = people.named("darya")?;
    // Nothing she could be found by is left, so that not even the shop can name her any more.
    let asked = read(darya.by_email(), "order", &["phone"]);
    stage
        .no(
            &keys.shop,
            "/v1/retrieve",
            asked,
            "no_record",
            "Darya's phone: gone, and so is the way to find her by it",
        )
        .await?;
    stage.minutes(10);
    let wanted = json!({ "subject": people.subject(yerlan), "purpose": "order" });
    stage
        .no(
            &keys.shop,
            "/v1/destroy",
            wanted.clone(),
            "held",
            "Yerlan asks for destruction; the court's case forbids it",
        )
        .await?;
    stage.minutes(60);
    let lifted = with(&wanted, json!({ "hold": hold }));
    stage.yes(&keys.shop, "/v1/lift-hold", lifted, "the case is over, and the hold is lifted").await?;
    stage.minutes(1);
    jobs(stage, "and what had waited for that comes to its end").await?;

    stage.chapter("2031-12-20T03:00", "Five years after the invoices")?;
    let report = jobs(stage, "the last data of all twelve people end; sums stay, tied to nobody").await?;
    stage.expect(number(&report, "destroyed") >= 12, "nothing is left of any of the twelve people");
    stage.minutes(5);
    let admin = stage.admin.clone();
    let (status, turned) = stage.post(&admin, "/v1/epochs", &json!({})).await?;
    stage.expect(status.is_success(), "the epoch turns");
    stage.tell("the epoch turns: no old backup opens what was destroyed").await?;
    stage.below(&format!(
        "{} destructions are final in every copy there ever was",
        number(&turned, "completed")
    ));
    stage.minutes(355);
    let irina = people.named("irina")?;
    let back = stage
        .yes(
            &keys.shop,
            "/v1/collect",
            irina.checkout(texts),
            "Irina orders again: to the shop she is somebody new",
        )
        .await?;
    stage.expect(back.get("new") == Some(&json!(true)), "nobody is remembered");
    Ok(())
}

/// Runs the jobs, and tells what they did.
async fn jobs(stage: &mut Stage, told: &str) -> anyhow::Result<Value> {
    let admin = stage.admin.clone();
    let (status, report) = stage.post(&admin, "/v1/jobs/run", &json!({})).await?;
    stage.expect(status.is_success(), "the jobs run");
    stage.tell(told).await?;
    let mut counts = vec![
        format!(
            "{} due",
            match number(&report, "due") {
                1 => "1 record".to_owned(),
                due => format!("{due} records"),
            }
        ),
        format!("{} ended", number(&report, "destroyed")),
    ];
    for (field, words) in
        [("depersonalised", "kept in part without a tie to the person"), ("held_back", "held back")]
    {
        if number(&report, field) > 0 {
            counts.push(format!("{} {words}", number(&report, field)));
        }
    }
    stage.below(&counts.join(", "));
    Ok(report)
}

fn number(report: &Value, field: &str) -> u64 {
    let counts = report.get("retention").unwrap_or(report);
    counts.get(field).and_then(Value::as_u64).unwrap_or_default()
}
