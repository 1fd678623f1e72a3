"""Days in somebody's calendar: a file that goes with a message, or a whole feed.

A message's file has one whole-day event: calendar programs read the first event only.
Its id stays the same, so that a later file changes or takes back what an earlier one
put in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Alarm, Calendar, Event

from core.letters import Enclosure

REMIND_BEFORE = timedelta(days=7)
# How often a calendar program may look for changes (ISO 8601).
READ_AGAIN = "PT6H"


@dataclass(frozen=True)
class DayEntry:
    """What stands in the calendar.

    Args:
        key: names the entry for good, whatever becomes of it.
        day: the day it stands on, in whichever zone its reader lives.
        title: one line.
        text: what to do, and why.
        url: the page that opens from it.
        made_at: the instant it was put together, UTC.
    """

    key: str
    day: date
    title: str
    text: str
    url: str
    made_at: datetime


def put_in(entry: DayEntry, *, sequence: int = 0) -> Enclosure:
    """Make the file that puts an entry in, with a reminder a week before.

    Args:
        entry: what is put in.
        sequence: how often it was changed or taken back before.
    """
    event = _event(entry, sequence=sequence)
    _describe(event, entry)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", -REMIND_BEFORE)
    event.add_component(alarm)
    return _file("PUBLISH", f"{entry.day}.ics", event)


def take_back(entry: DayEntry, *, sequence: int = 1) -> Enclosure:
    """Make the file that takes an entry out of a calendar again."""
    event = _event(entry, sequence=sequence)
    event.add("summary", entry.title)
    event.add("status", "CANCELLED")
    return _file("CANCEL", f"{entry.day}-cancelled.ics", event)


def feed_of(entries: Iterable[DayEntry], *, name: str) -> bytes:
    """Write a whole calendar, for programs that read it again and again.

    Such a program shows what stands in it now, so nothing has to be taken back.
    """
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", READ_AGAIN)
    for entry in entries:
        event = _event(entry, sequence=0)
        _describe(event, entry)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _describe(event: Event, entry: DayEntry) -> None:
    event.add("summary", entry.title)
    event.add("description", f"{entry.text}\n{entry.url}")
    event.add("url", entry.url)
    # It takes no time of the day away.
    event.add("transp", "TRANSPARENT")


def _event(entry: DayEntry, *, sequence: int) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", entry.made_at)
    event.add("dtstart", entry.day)
    event.add("sequence", sequence)
    event.add("organizer", f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    return event


def _file(method: str, name: str, event: Event) -> Enclosure:
    calendar = _calendar(method)
    calendar.add_component(event)
    return Enclosure(name, calendar.to_ical(), "text/calendar")


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Goodstanding//Renewals//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar
