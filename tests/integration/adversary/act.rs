//! What the server does with a request.

/// How the server misbehaves, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// It does not.
    Answer,
    /// The whole connection falls silent, and stays open.
    Silent { executed: bool },
    /// As before, in the middle of the body.
    SilentInBody,
    /// This response never comes; the connection is well.
    Stall { executed: bool },
    /// As before, in the middle of the body.
    StallInBody,
    /// The connection is reset.
    Reset { executed: bool },
    /// The connection ends without a word.
    Close { executed: bool },
    /// The connection ends without a word if it has been used before; otherwise the server answers.
    CloseIfReused,
    /// The server answers, and then ends the connection without a word.
    CloseAfter,
    /// The connection ends in the middle of the body.
    CutBody,
    /// The response ends in the middle of the body, and nothing says that this is not the end: the
    /// end of the connection is that of the body, or the stream is reset without an error.
    EndEarly,
    /// The body ends with the connection, and is whole.
    CloseDelimited,
    /// Piece by piece, with pauses.
    Pieces,
    /// Informational responses without end.
    Informed,
    /// A few informational responses before the answer.
    InformedFirst,
    /// The server says that it takes no more requests on this connection, this one included.
    GoAway { executed: bool },
    /// The stream is reset with this code; in HTTP/1.1 the connection is.
    ResetStream { code: u32, executed: bool },
    /// An error of the API.
    Status { status: u16, executed: bool },
    /// A 500 that is stored under the key.
    Replayed,
    /// 429 with a date, by a clock that is off by so many hours.
    Limited { hours: i64 },
    /// What a replica knows that lags behind.
    OldReplica,
}

/// Every code that a stream may be reset with.
const CODES: u32 = 14;

/// Every act.
pub(crate) fn all() -> Vec<Act> {
    let mut all = vec![
        Act::Answer,
        Act::SilentInBody,
        Act::StallInBody,
        Act::CloseIfReused,
        Act::CloseAfter,
        Act::CutBody,
        Act::EndEarly,
        Act::CloseDelimited,
        Act::Pieces,
        Act::Informed,
        Act::InformedFirst,
        Act::Replayed,
        Act::OldReplica,
    ];
    for executed in [false, true] {
        all.extend([
            Act::Silent { executed },
            Act::Stall { executed },
            Act::Reset { executed },
            Act::Close { executed },
            Act::GoAway { executed },
        ]);
        all.extend((0..CODES).map(|code| Act::ResetStream { code, executed }));
    }
    all.extend([-1, 0, 1].map(|hours| Act::Limited { hours }));
    for (status, executed) in [
        (500, true),
        (503, false),
        (409, false),
        (424, true),
        (402, true),
    ] {
        all.push(Act::Status { status, executed });
    }
    all
}

impl Act {
    /// Whether a POST has its effect.
    pub(crate) fn executes(self) -> bool {
        match self {
            Self::Silent { executed }
            | Self::Stall { executed }
            | Self::Reset { executed }
            | Self::Close { executed }
            | Self::GoAway { executed }
            | Self::ResetStream { executed, .. }
            | Self::Status { executed, .. } => executed,
            Self::CloseIfReused | Self::Limited { .. } | Self::Informed => false,
            _ => true,
        }
    }
}
