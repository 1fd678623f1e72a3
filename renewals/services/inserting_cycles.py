"""Who is told of a day of their cycle, found and written down inside the database.

The stored standing decides: a person's newest recording, and in it the period of the
day. `Round.meets` says the same of one person; tests hold one against the other.
"""

from datetime import date, datetime

from core.models import OutboxMessage
from notifications.models import Subscription
from renewals.rules.cycles import Round
from renewals.services.inserting import (
    ADDRESS,
    ANEW,
    MEMBER,
    STATES,
    message_row,
    not_told,
    where,
)
from renewals.services.inserting_rows import id_made_of, insert_rows, json_made_of

# Whoever's standing of the day `w` is the one asked for, and how they came to it. What
# has an OFFSET is looked up by an index, once a row (`inserting`).
OF_RECORDING = """SELECT 1 FROM credentials_standingperiod n
              WHERE n.member_id = p.member_id AND n.program = p.program
                AND n.recording = p.recording"""
# More time ends for some on one day, for others on another.
ENDS = f"""AND EXISTS (
             {OF_RECORDING} AND n.from_on = %(ends_on)s LIMIT 1 OFFSET 0)"""
PERIODS = """
  FROM (SELECT p.member_id
          FROM credentials_standingperiod p
         WHERE p.program = %(program)s AND p.standing = %(standing)s
           AND p.from_on BETWEEN %(first)s AND %(until)s
           AND NOT EXISTS (
             SELECT 1 FROM credentials_standingperiod n
              WHERE n.member_id = p.member_id AND n.program = p.program
                AND n.recording > p.recording LIMIT 1 OFFSET 0)
           AND NOT EXISTS (
             {of_recording} AND n.from_on > p.from_on AND n.from_on <= %(today)s
              LIMIT 1 OFFSET 0)
           AND NOT EXISTS (
             {of_recording} AND n.standing = p.standing
                AND n.from_on >= %(first)s AND n.from_on < %(entered_from)s
              LIMIT 1 OFFSET 0)
           AND EXISTS (
             {of_recording} AND n.standing = p.standing
                AND n.from_on BETWEEN %(first)s AND %(entered_until)s
              LIMIT 1 OFFSET 0)
           AND NOT EXISTS (
             {of_recording} AND n.standing = 'extended'
                AND n.from_on > %(today)s AND n.from_on <= %(late_on)s
              LIMIT 1 OFFSET 0)
           {ends}
         ORDER BY p.member_id) w
""".replace("{of_recording}", OF_RECORDING)
# Courtesy reminders are everybody's who did not end them.
WANTED = """
       NOT EXISTS (
         SELECT 1 FROM notifications_subscription n
          WHERE n.user_id = m.user_id AND n.kind = %(choice)s AND NOT n."on"
          LIMIT 1 OFFSET 0)
"""
IN_ORDER = " ORDER BY w.member_id "


def insert_round(
    *, kind: str, program: str, round_: Round, today: date, now: datetime
) -> int:
    """Queue a notice to every member whom it is due to; return how many are new.

    One person is told once of each notice and the day it counts from: the row's subject
    is made of them, and unique with kind and address.
    """
    subject = id_made_of("%(key)s", "w.member_id")
    ends = {"ends_on": round_.ends_on} if round_.ends_on else {}
    found = [not_told(subject, ADDRESS), f"{ADDRESS} <> ''"]
    if round_.is_courtesy:
        found.append(WANTED)
    return insert_rows(
        OutboxMessage,
        message_row(subject=subject, recipient=ADDRESS)
        | {"payload": json_made_of(member="w.member_id", key="%(key)s")},
        PERIODS.replace("{ends}", ENDS if round_.ends_on else "")
        + MEMBER
        + where(*found)
        + IN_ORDER
        + ANEW,
        {
            **STATES,
            **ends,
            "kind": kind,
            "program": program,
            # The same notice of another body is another one.
            "key": f"{program} {round_.key}",
            "standing": round_.standing,
            "first": round_.first,
            "until": min(round_.last, today),
            "today": today,
            "entered_from": round_.entered_from,
            "entered_until": round_.entered_until,
            "late_on": round_.season.late_on,
            "choice": Subscription.Kind.REMINDERS.value,
            "now": now,
        },
    )
