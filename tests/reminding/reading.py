"""Reading mail as it is put together on a day."""

from datetime import date

from icalendar import Calendar, Event

from core.letters import Letter, Moment, compose
from core.models import OutboxMessage
from tests.cast import NOW, TODAY


def read(message: OutboxMessage, today: date = TODAY) -> Letter | None:
    """Put a message together on a day."""
    return compose(message=message, moment=Moment(NOW, lambda zone: today))


def items_of(letter: Letter | None) -> list[str]:
    """The lines of a letter there is."""
    assert letter is not None
    items: list[str] = letter.payload["items"]
    return items


def event_in(content: bytes) -> tuple[Calendar, Event]:
    """The one event of a calendar file."""
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    assert isinstance(calendar, Calendar)
    return calendar, event


def said(event: Event, name: str) -> str:
    """One line of an event, as it is written."""
    return str(event[name])
