"""Migration helpers: what was published is never changed, whoever asks."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.migrating import drop, refuse
from core.without_models import WithoutModels

WORDS = "is written once published"
PUBLISHED = (
    "EXISTS (SELECT 1 FROM courses_courseversion v "
    "WHERE v.id = {0} AND v.published_at IS NOT NULL)"
)


def published_asked() -> WithoutModels:
    """Let PostgreSQL's guards ask for a version, whatever the walls show."""

    def make(editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "postgresql":
            return
        editor.execute(
            "CREATE OR REPLACE FUNCTION course_published(asked uuid) "
            "RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER "
            "SET search_path = public, pg_temp AS $$ BEGIN RETURN "
            f"{PUBLISHED.format('asked')}; END $$",
            None,
        )

    return WithoutModels(make)


def published_once(table: str) -> WithoutModels:
    """Refuse to change or remove a version that was published."""

    def guard(editor: BaseDatabaseSchemaEditor) -> None:
        published = "OLD.published_at IS NOT NULL"
        refuse(editor, table, "published", "UPDATE", WORDS, published)
        refuse(editor, table, "unpublished", "DELETE", WORDS, published)

    return WithoutModels(guard)


def part_of_published(*tables: str) -> WithoutModels:
    """Refuse to add to, change or remove from a version that was published."""

    def guard(editor: BaseDatabaseSchemaEditor) -> None:
        old, new = _asked(editor, "OLD"), _asked(editor, "NEW")
        for table in tables:
            refuse(editor, table, "added", "INSERT", WORDS, new)
            refuse(editor, table, "published", "UPDATE", WORDS, f"{old} OR {new}")
            refuse(editor, table, "unpublished", "DELETE", WORDS, old)

    return WithoutModels(guard)


def taught_as_published(table: str) -> WithoutModels:
    """Refuse to begin with a version that is a draft still."""

    def guard(editor: BaseDatabaseSchemaEditor) -> None:
        draft = f"NOT {_asked(editor, 'NEW')}"
        refuse(editor, table, "taught", "INSERT", "names a draft", draft)

    return WithoutModels(guard)


def passed_is_not_used_up(table: str) -> WithoutModels:
    """Refuse that whoever completed a course used up the tries of its test."""

    def guard(editor: BaseDatabaseSchemaEditor) -> None:
        both = "NEW.used_up_at IS NOT NULL AND NEW.completed_at IS NOT NULL"
        words = "is completed or used up"
        # A function of each name: the words are part of it.
        refuse(editor, table, "used_up", "UPDATE", words, both)

    return WithoutModels(guard, lambda editor: drop(editor, table, f"{table}_used_up"))


def _asked(editor: BaseDatabaseSchemaEditor, row: str) -> str:
    if editor.connection.vendor == "postgresql":
        return f"course_published({row}.version_id)"
    return PUBLISHED.format(f"{row}.version_id")
