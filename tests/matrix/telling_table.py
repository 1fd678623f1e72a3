"""The rows of what people are told, what they ask for, and their calendar."""

from tests.matrix.expectations import Call, Row, Word, answers, get, sends, write

# Bob has read his; everybody else is told there is none.
NOTICE = {"notice_id": "notice"}
MARKED = frozenset({200, 404})

TELLING = {
    "api_my_notices": Row(Word.SIGNED_IN, {"GET": get()}),
    "api_read_notice": Row(
        Word.SIGNED_IN,
        {"POST": Call(MARKED, lambda world: {})},
        {"notice_id": "notice over REST"},
    ),
    "api_read_notices": Row(
        Word.SIGNED_IN, {"POST": Call(frozenset({200}), lambda world: {})}
    ),
    "calendar": Row(Word.PUBLIC, {"GET": get()}, {"secret": "calendar"}),
    "calendar_settings": Row(
        Word.SIGNED_IN, {"GET": get(), "POST": write(200, sends())}
    ),
    "end_calendar": Row(Word.SIGNED_IN, {"POST": answers(302)}),
    "notice_settings": Row(
        Word.SIGNED_IN, {"GET": get(), "POST": write(302, sends(kind="weekly"))}
    ),
    "notices": Row(Word.SIGNED_IN, {"GET": get()}),
    "read_notice": Row(Word.SIGNED_IN, {"POST": answers(302, 404)}, NOTICE),
    "read_notices": Row(Word.SIGNED_IN, {"POST": answers(302)}),
    "unsubscribe": Row(
        Word.PUBLIC,
        {"GET": get(), "POST": write(200, sends())},
        {"token": "unsubscribe link"},
    ),
}
