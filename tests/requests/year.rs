//! Are dates kept through a whole year: over holidays, a minute before midnight, on the last minute and a minute after it?

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use saqta_app::requests::desk::Deed;
use saqta_domain::rules::must_answer::Lateness;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::request::course::RequestState;
use saqta_domain::terms::request::{Matter, Outcome};
use saqta_testkit::office::{code, deed, file, from_page, post, seen, staff};
use saqta_testkit::shop::{Shop, Store};

use crate::shop::show_anew;

/// Where the law of the shop counts its days.
fn there(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::get("Asia/Almaty").unwrap())
}

/// Lets the days pass one by one until that instant.
async fn until(shop: &Shop, at: Timestamp) {
    loop {
        let left = at.duration_since(shop.now()).as_secs();
        if left <= 0 {
            return;
        }
        shop.wait(left.min(24 * 3_600).seconds()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_promised_is_kept_on_every_day_of_a_year() {
    let shop = Shop::open(Store::Sqlite, Default::default()).await.unwrap();
    let letters = post(&shop);
    let key = shop.key(&["order"]).await;
    let responsible = staff(2, Role::Responsible);
    let began = shop.now();
    let mut asked = 0_u16;
    while there(shop.now()).date() < there(began).date().checked_add(1.years()).unwrap() {
        asked += 1;
        shop.customer(&key, asked).await;
        let phone = format!("+7700001{asked:04}");
        let night = there(shop.now()).date().checked_add(3.days()).unwrap().at(23, 59, 0, 0);
        until(&shop, night.to_zoned(TimeZone::get("Asia/Almaty").unwrap()).unwrap().timestamp()).await;

        // A question waits for people; a copy is made as soon as it is shown who asks.
        let mut question = from_page(Matter::Explanation, &phone);
        question.text = "Где мои данные?".to_owned();
        let question = file(&shop, &question).await;
        let copy = file(&shop, &from_page(Matter::Access, &phone)).await;
        code(&shop, letters.path()).await;
        show_anew(&shop, letters.path(), &copy).await;
        let made = seen(&shop, &copy).await;
        assert_eq!((made.state, made.lateness), (RequestState::Answered(Outcome::Done), Lateness::InTime));

        let filed = there(shop.now());
        let waiting = seen(&shop, &question).await;
        let clock = waiting.due.strictest().unwrap();
        let days = filed.date().until(clock.last_day).unwrap().get_days();
        assert!((3..=16).contains(&days), "three working days from {filed}: {}", clock.last_day);
        assert!(clock.last_day.weekday().to_monday_zero_offset() < 5 || clock.unknown.is_none());
        let midnight = there(clock.due);
        assert_eq!(
            midnight.date(),
            clock.last_day.tomorrow().unwrap(),
            "it is over at 24:00 of its last day"
        );
        assert_eq!((midnight.hour(), midnight.minute()), (0, 0));
        let late = asked.is_multiple_of(3);
        let answered_at = clock.due.checked_add(if late { 1 } else { -1 }.minutes()).unwrap();
        until(&shop, answered_at).await;
        let before = seen(&shop, &question).await.lateness;
        assert_eq!(matches!(before, Lateness::Overdue { .. }), late, "{filed}: {before:?}");
        let answer = Deed::Answer { answer: "В Казахстане.".into(), basis: String::new() };
        deed(&shop, &responsible, question.number, answer).await;
        let after = seen(&shop, &question).await.lateness;
        assert_eq!(matches!(after, Lateness::WasLate { .. }), late, "{filed}: {after:?}");
    }
    assert!(asked >= 35, "{asked} people asked in that year");
    shop.close().await;
}
