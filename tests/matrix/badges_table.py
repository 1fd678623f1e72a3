"""The rows of certificates of cycles and of badges: their holder's, and anybody's."""

from collections.abc import Mapping
from typing import Any

from tests.matrix.expectations import Row, Word, sends, shows, write
from tests.matrix.world import World


def _nothing(world: World) -> Mapping[str, Any]:
    return {}


BADGES = {
    "badge": shows(Word.PUBLIC, badge_id="badge"),
    "badge_image": shows(Word.PUBLIC, badge_id="badge"),
    "badge_picture": shows(Word.PUBLIC, badge_id="badge"),
    "badge_paper": shows(Word.PUBLIC, badge_id="badge"),
    "api_badge": shows(Word.PUBLIC, badge_id="badge over REST"),
    "my_certificates": shows(Word.OWN),
    "share_badge": Row(
        Word.OWN,
        {"POST": write(302, sends())},
        {"certification_id": "credential"},
        own_things=True,
    ),
    "withdraw_badge": Row(
        Word.OWN,
        {"POST": write(302, sends())},
        {"badge_id": "badge"},
        own_things=True,
    ),
    "api_my_certificates": shows(Word.OWN),
    "api_my_badges": shows(Word.OWN),
    "api_my_badge": Row(
        Word.OWN,
        {"POST": write(201, _nothing)},
        {"certification_id": "credential over REST"},
        own_things=True,
    ),
    "api_my_badge_withdraw": Row(
        Word.OWN,
        {"POST": write(200, _nothing)},
        {"badge_id": "badge over REST"},
        own_things=True,
    ),
}
