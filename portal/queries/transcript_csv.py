"""A transcript's rows for a spreadsheet."""

from collections.abc import Iterator, Sequence

from portal.queries.transcript import Transcript

HEADS = (
    "Term",
    "Date",
    "Title",
    "Provider",
    "Kind",
    "Minutes",
    "Credits",
    "Unit",
    "Status",
    "Explanation",
    "Rule",
    "Policy",
    "Index number",
    "Catalogue code",
    "Licence number",
    "Reported by",
    "Topics",
    "Website",
    "Stated by the provider",
)


def csv_rows(page: Transcript) -> Iterator[Sequence[str]]:
    """Give a transcript's rows for a spreadsheet, its heads first."""
    yield HEADS
    for block in page.blocks:
        term = block.title.removeprefix("Term ")
        for each in block.entries:
            yield (
                term,
                each.on,
                each.line.title,
                each.provider,
                each.kind,
                each.minutes,
                each.credits,
                each.unit,
                each.line.tag.word,
                each.line.why,
                each.rule,
                each.policy,
                each.index,
                each.code,
                each.licence_number,
                each.reported_by,
                each.topic_words,
                each.website,
                each.stated,
            )
