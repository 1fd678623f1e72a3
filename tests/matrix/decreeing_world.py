"""A decree of a body of cycles, one of another body, and somebody to give time to."""

from datetime import date

from core.public_ids import spell
from tests.cast import OTHER_BODY
from tests.db.decree_rows import rows_of_decrees
from tests.decreeing.decreeing import number_of
from tests.matrix.things import Thing
from tests.recertifying.living import BODY, a_holder, certified


def decreeing_things() -> dict[str, Thing]:
    """Decree something in both bodies; one certificant waits for another decree."""
    ours = rows_of_decrees(a_holder("Dina Decreed"), BODY)
    theirs = rows_of_decrees(a_holder("Dora Decreed"), OTHER_BODY)
    waits = a_holder("Dan Delayed")
    soon = certified(waits, on=date(2023, 6, 1))
    thing = Thing.rows(ours.decree, theirs.decree)
    return {
        "decree of the body": thing,
        "decree over REST": Thing(
            spell("dec", ours.decree_id),
            spell("dec", theirs.decree_id),
            "dec_" + "0" * 32,
            (),
        ),
        "number to give time to": Thing(number_of(waits), soon.number, "NONE"),
    }
