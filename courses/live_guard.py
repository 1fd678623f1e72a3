"""Migration helper: what was announced of a live activity is not changed any more."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.migrating import any_changed, refuse
from core.without_models import WithoutModels

TABLE = "courses_liveactivity"
ANNOUNCED = (
    "title",
    "summary",
    "provider",
    "joint_provider",
    "credit_kind",
    "credit",
    "topics",
    "place",
    "capacity",
    "sessions",
    "first_on",
    "last_on",
    "evaluate_by",
)


def announced_once() -> WithoutModels:
    """Refuse to change a published activity's facts, whoever asks.

    Its codes stay as well, but for how they lie sealed: another key seals them anew.
    """

    def guard(editor: BaseDatabaseSchemaEditor) -> None:
        changed = f"OLD.published_at IS NOT NULL AND ({any_changed(editor, ANNOUNCED)})"
        refuse(editor, TABLE, "announced", "UPDATE", "is announced", changed)

    return WithoutModels(guard)
