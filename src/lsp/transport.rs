//! Carries messages between the client and the service.
//!
//! The loop of tower-lsp itself ends at the first message that it cannot decode, and looks at only a few requests at a time, so that a change
//! can wait behind slow requests. This one answers what it cannot decode and reads on, and lets every handler run up to its first wait before
//! it reads the next message: handlers therefore see messages in the order in which they were sent.

use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::BytesMut;
use futures::{SinkExt, StreamExt, future};
use serde::Serialize;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc;
use tower_lsp::ClientSocket;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_service::Service;

use super::frame::{self, Frame, FrameReader};
use super::record::{From, Recorder};

/// How long a client that is going may take to read what was still to be said.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Messages to the client, in the order in which they are sent. Sending never waits.
#[derive(Clone)]
pub struct Sender {
    queue: mpsc::UnboundedSender<Outgoing>,
}

/// What the writer does next.
enum Outgoing {
    Message(String),
    /// Nothing more is written, whoever still holds a sender.
    End,
}

impl Sender {
    pub fn send(&self, message: &impl Serialize) {
        match serde_json::to_string(message) {
            Ok(message) => self.enqueue(Outgoing::Message(message)),
            Err(error) => tracing::error!("a message cannot be written: {error}"),
        }
    }

    /// A closed queue means that the client is gone, which the reader finds out for itself.
    fn enqueue(&self, outgoing: Outgoing) {
        let _ = self.queue.send(outgoing);
    }
}

/// The receiving end of a [`Sender`].
pub struct Queue(mpsc::UnboundedReceiver<Outgoing>);

pub fn queue() -> (Sender, Queue) {
    let (sender, receiver) = mpsc::unbounded_channel();
    (Sender { queue: sender }, Queue(receiver))
}

/// Runs until the client says `exit` or closes its end, and returns when everything that was to be said has been written.
pub async fn serve<S>(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite + Unpin + Send + 'static,
    mut service: S,
    socket: ClientSocket,
    (sender, queue): (Sender, Queue),
    recorder: Option<Arc<Recorder>>,
) where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + Unpin + 'static,
{
    let (mut requests, mut responses) = socket.split();
    let mut writer = tokio::spawn(write(output, queue, recorder.clone()));
    let to_client = sender.clone();
    let forward = tokio::spawn(async move {
        while let Some(request) = requests.next().await {
            to_client.send(&request);
        }
    });
    let mut reader = FrameReader::new(input);
    loop {
        let frame = tokio::select! {
            frame = reader.next() => frame,
            _ = &mut writer => break,
        };
        let body = match frame {
            Ok(Some(Frame::Body(body))) => body,
            Ok(Some(Frame::Garbage)) => {
                sender.send(&Response::from_error(Id::Null, Error::parse_error()));
                continue;
            }
            Ok(None) | Err(_) => break,
        };
        if let Some(recorder) = &recorder {
            recorder.write(From::Client, &body);
        }
        match decode(&body) {
            Ok(Message::Request(request)) => {
                let is_exit = request.method() == "exit";
                call(&mut service, request, &sender).await;
                if is_exit {
                    break;
                }
            }
            Ok(Message::Response(response)) => drop(responses.send(response).await),
            Err(Undecodable::NotJson) => {
                sender.send(&Response::from_error(Id::Null, Error::parse_error()));
                reader.resume_inside(body);
            }
            Err(Undecodable::NotMessage(id)) => sender.send(&Response::from_error(id, Error::invalid_request())),
        }
    }
    forward.abort();
    sender.enqueue(Outgoing::End);
    if !writer.is_finished() {
        // A client that does not read any more is not waited for.
        let _ = tokio::time::timeout(LAST_WORDS, writer).await;
    }
}

async fn call<S>(service: &mut S, request: Request, sender: &Sender)
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + Unpin + 'static,
{
    if future::poll_fn(|context| service.poll_ready(context)).await.is_err() {
        return;
    }
    let is_initialize = request.method() == "initialize";
    let mut answer = service.call(request);
    if is_initialize {
        // Nothing may be handled before this is answered.
        return reply(sender, answer.await);
    }
    match futures::poll!(&mut answer) {
        Poll::Ready(answer) => reply(sender, answer),
        Poll::Pending => {
            let sender = sender.clone();
            tokio::spawn(async move { reply(&sender, answer.await.ok().map_or(Ok::<_, ()>(None), Ok)) });
        }
    }
}

fn reply<E>(sender: &Sender, answer: Result<Option<Response>, E>) {
    if let Ok(Some(response)) = answer {
        sender.send(&response);
    }
}

async fn write(mut output: impl AsyncWrite + Unpin, mut queue: Queue, recorder: Option<Arc<Recorder>>) {
    while let Some(Outgoing::Message(message)) = queue.0.recv().await {
        if let Some(recorder) = &recorder {
            recorder.write(From::Server, message.as_bytes());
        }
        if frame::write(&mut output, message.as_bytes()).await.is_err() {
            return;
        }
        if queue.0.is_empty() && output.flush().await.is_err() {
            return;
        }
    }
    let _ = output.flush().await;
}

enum Message {
    Request(Request),
    Response(Response),
}

enum Undecodable {
    NotJson,
    /// JSON, but no message; the id that it has, if any.
    NotMessage(Id),
}

fn decode(body: &BytesMut) -> Result<Message, Undecodable> {
    let message: Value = serde_json::from_slice(body).map_err(|_| Undecodable::NotJson)?;
    let id = message.get("id").cloned().unwrap_or_default();
    let decoded = if message.get("method").is_some_and(Value::is_string) {
        serde_json::from_value(message).map(Message::Request)
    } else {
        serde_json::from_value(message).map(Message::Response)
    };
    decoded.map_err(|_| Undecodable::NotMessage(serde_json::from_value(id).unwrap_or(Id::Null)))
}
