"""The rows of changing people over REST."""

from tests.cast import BODY
from tests.matrix.expectations import Row, Send, Word, get, write

READ, WRITE = "members:read", "members:write"
NAMED = {"member_id": "person over REST"}
SOMEBODY = {
    "program": BODY,
    "first_name": "Ina",
    "last_name": "Invited",
    "email": "ina.rest@mail.example",
}


def says(**values: str) -> Send:
    """Send these values and no others."""
    return lambda world: values


PEOPLE_OVER_REST = {
    "api_member_details": Row(
        Word.PRACTICE,
        {
            "GET": get(scope=READ),
            "PATCH": write(200, says(program=BODY, phone="555-0100"), WRITE),
        },
        NAMED,
    ),
    "api_member_remove": Row(
        Word.PRACTICE,
        {"POST": write(200, says(program=BODY, reason="leaves"), WRITE)},
        NAMED,
    ),
    "api_members": Row(
        Word.PRACTICE,
        {"GET": get(scope=READ), "POST": write(201, says(**SOMEBODY), WRITE)},
    ),
    "api_renewal_mode": Row(
        Word.PRACTICE,
        {"PUT": write(200, says(program=BODY, mode="auto"), WRITE)},
        NAMED,
    ),
    "api_transfers": Row(Word.PRACTICE, {"POST": write(202, says(**SOMEBODY), WRITE)}),
}
