"""Names as the public may type them: capitals, accents and spaces don't matter."""

import re
from unicodedata import normalize

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.without_models import WithoutModels

# As word processors write them, and as keyboards do.
QUOTES, DASHES = "\u2018\u2019\u02bc", "\u2010\u2011"
TYPED = str.maketrans(QUOTES + DASHES, "'" * len(QUOTES) + "-" * len(DASHES))
MARKS = re.compile("[\u0300-\u036f]")
# Between a last and a first name; no name that is kept holds it.
SPLIT = "\x1f"
# The same as `plain_name` below; both are needed, and a test holds them together.
FUNCTION = r"""
CREATE OR REPLACE FUNCTION plain_name(last text, first text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(regexp_replace(
      normalize(lower(normalize(translate(last, E'\u2018\u2019\u02bc\u2010\u2011',
        '''''''--'), NFKD)), NFKD), '[\u0300-\u036f]', '', 'g'),
      '[[:space:]]+', ' ', 'g'))
    || chr(31) ||
    btrim(regexp_replace(regexp_replace(
      normalize(lower(normalize(translate(first, E'\u2018\u2019\u02bc\u2010\u2011',
        '''''''--'), NFKD)), NFKD), '[\u0300-\u036f]', '', 'g'),
      '[[:space:]]+', ' ', 'g'))
$$
"""
INDEX = """
CREATE INDEX IF NOT EXISTS member_by_plain_name
  ON accounts_member (plain_name(last_name, first_name))
"""


def plain_name(last: str, first: str) -> str:
    """Fold two names into what is compared of them, as the database does."""
    return f"{_plain(last)}{SPLIT}{_plain(first)}"


def _plain(name: str) -> str:
    small = normalize("NFKD", normalize("NFKD", name.translate(TYPED)).lower())
    return " ".join(MARKS.sub("", small).split())


def folded_names() -> WithoutModels:
    """Let PostgreSQL fold names, and find people by what comes of it."""

    def build(editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(FUNCTION, None)
            editor.execute(INDEX, None)

    return WithoutModels(build)
