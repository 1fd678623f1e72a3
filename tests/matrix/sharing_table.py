"""The rows of links to transcripts, and of all programs on one page."""

from collections.abc import Mapping
from typing import Any

from tests.matrix.expectations import Row, Word, get, sends, shows, write
from tests.matrix.world import World


def _link(world: World) -> Mapping[str, Any]:
    return {"program": "acmss", "name": "New employer", "days": 30}


LINK = {"link_id": "transcript link"}
SECRET = {"secret": "transcript secret"}
SHARING = {
    "my_programs": shows(Word.OWN),
    "transcript_links": Row(
        Word.OWN,
        {
            "GET": get(),
            "POST": write(200, sends(name="New employer", days="30")),
        },
    ),
    "revoke_transcript_link": Row(
        Word.OWN, {"POST": write(302, sends())}, LINK, own_things=True
    ),
    "shared_transcript": Row(Word.PUBLIC, {"GET": get()}, SECRET),
    "shared_transcript_pdf": Row(Word.PUBLIC, {"GET": get()}, SECRET),
    "api_my_standing": shows(Word.OWN),
    "api_my_transcript_links": Row(
        Word.OWN,
        {
            "GET": get(),
            "POST": write(201, _link),
        },
    ),
    "api_my_transcript_link_revoke": Row(
        Word.OWN,
        {"POST": write(200, lambda world: {})},
        {"transcript_link_id": "transcript link over REST"},
        own_things=True,
    ),
}
