//! How do several statements reach PostgreSQL in one round trip?
//!
//! Every future is polled once before any is waited for, so all statements are on the wire before the first answer; the
//! server runs them in that order. A pipeline is no transaction: it has to hold its own `begin` and `commit`.

use std::borrow::Cow;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Statement};

use crate::db::dialect;
use crate::db::value::{LeafPosition, Row, Value};
use crate::error::Error;

/// How many rows a statement touched or returned, and what it returned.
pub(super) type Answer = (u64, Vec<Row>);

/// A statement that is on its way or will be.
pub(super) type Pending<'a> = Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send + 'a>>;

/// A command without parameters: `begin`, `savepoint`, `commit`.
pub(super) fn command<'a>(client: &'a Client, text: &'static str) -> Pending<'a> {
    Box::pin(async move {
        client.batch_execute(text).await.map_err(|error| dialect::postgres(&error))?;
        Ok((0, Vec::new()))
    })
}

/// A prepared statement with its parameters; a parameter of the wrong type is found before anything is sent.
pub(super) fn call<'a>(
    client: &'a Client,
    statement: &'a Statement,
    params: &'a [Value],
    position: Option<LeafPosition>,
) -> Result<Pending<'a>, Error> {
    let types = statement.params();
    if types.len() != params.len() {
        return Err(Error::Parameter(params.len()));
    }
    let mut values = Vec::with_capacity(params.len());
    for (index, (value, wanted)) in (1..).zip(params.iter().zip(types)) {
        let value = value.resolve(position)?;
        if bound(&value, wanted).is_none() {
            return Err(Error::Parameter(index));
        }
        values.push(value);
    }
    Ok(Box::pin(send(client, statement, values)))
}

async fn send(client: &Client, statement: &Statement, values: Vec<Cow<'_, Value>>) -> Result<Answer, Error> {
    let params: Vec<&(dyn ToSql + Sync)> =
        values.iter().zip(statement.params()).filter_map(|(value, wanted)| bound(value, wanted)).collect();
    let refused = |error: tokio_postgres::Error| dialect::postgres(&error);
    if statement.columns().is_empty() {
        let touched = client.execute(statement, &params).await.map_err(refused)?;
        return Ok((touched, Vec::new()));
    }
    let found = client.query(statement, &params).await.map_err(refused)?;
    let rows = found.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    Ok((u64::try_from(rows.len()).unwrap_or(u64::MAX), rows))
}

/// The value in the form that PostgreSQL takes for a column of that type, or nothing where it does not fit.
fn bound<'a>(value: &'a Value, wanted: &Type) -> Option<&'a (dyn ToSql + Sync)> {
    match (value, wanted) {
        (Value::Int(value), &Type::INT8) => Some(value),
        (Value::Text(value), &Type::TEXT) => Some(value),
        (Value::Bytes(value), &Type::BYTEA) => Some(value),
        (Value::Null, &Type::INT8) => Some(&None::<i64>),
        (Value::Null, &Type::TEXT) => Some(&None::<String>),
        (Value::Null, &Type::BYTEA) => Some(&None::<Vec<u8>>),
        _ => None,
    }
}

fn row(row: &tokio_postgres::Row) -> Result<Row, Error> {
    let mut values = Vec::with_capacity(row.len());
    for (column, of) in row.columns().iter().enumerate() {
        let value = match *of.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(column).map(Value::from),
            Type::INT4 => row.try_get::<_, Option<i32>>(column).map(|value| value.map(i64::from).into()),
            Type::TEXT => row.try_get::<_, Option<String>>(column).map(Value::from),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(column).map(Value::from),
            _ => return Err(Error::Column { column, expected: "portable" }),
        };
        values.push(value.map_err(|_| Error::Column { column, expected: "of its type" })?);
    }
    Ok(Row::new(values))
}

/// Waits for all, in order; every one is sent before the first is answered.
pub(super) async fn all(pending: Vec<Pending<'_>>) -> Vec<Result<Answer, Error>> {
    let mut slots: Vec<(Pending<'_>, Option<Result<Answer, Error>>)> =
        pending.into_iter().map(|future| (future, None)).collect();
    poll_fn(|context| {
        let mut waiting = false;
        for (future, slot) in &mut slots {
            if slot.is_some() {
                continue;
            }
            match future.as_mut().poll(context) {
                Poll::Ready(answer) => *slot = Some(answer),
                Poll::Pending => waiting = true,
            }
        }
        if waiting { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    slots.into_iter().filter_map(|(_, answer)| answer).collect()
}
