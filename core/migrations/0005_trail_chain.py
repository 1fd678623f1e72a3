"""Every entry gets a place in a chain, those written before there was one too."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import migrations, models

from core.chain import MARKED, START, chain_of, seal, spelled
from core.migrating import unguarded

BATCH = 1000


def chain(apps, editor):
    """Chain the entries there are, in the order of their ids."""
    entry, head = (apps.get_model("core", f"Audit{name}") for name in ("Entry", "Head"))
    ends: dict[str, tuple[int, str]] = {}
    rows = entry.objects.order_by("id").iterator(chunk_size=BATCH)
    for batch in batches(rows):
        for row in batch:
            row.chain = chain_of(row.practice_id, row.program)
            number, row.previous = ends.get(row.chain, (0, START))
            row.number = number + 1
            values = {name: getattr(row, name) for name in MARKED}
            row.key_id, row.hash = seal(spelled(values))
            ends[row.chain] = row.number, row.hash
        fields = ["chain", "number", "previous", "hash", "key_id"]
        entry.objects.bulk_update(batch, fields, batch_size=100)
    head.objects.bulk_create(
        head(chain=name, count=count, hash=made)
        for name, (count, made) in ends.items()
    )


def batches(rows: Iterator) -> Iterable[list]:
    """Cut a stream of rows into lists."""
    while batch := list(islice(rows, BATCH)):
        yield batch


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("core", "0004_mail_by_program")]
    operations = [
        unguarded("core_auditentry"),
        *(
            migrations.AddField(
                model_name="auditentry",
                name=name,
                field=models.CharField(max_length=size, blank=True, default=""),
                preserve_default=False,
            )
            for name, size in (
                ("chain", 60),
                ("previous", 64),
                ("hash", 64),
                ("key_id", 12),
            )
        ),
        migrations.AddField(
            model_name="auditentry",
            name="number",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                (
                    "chain",
                    models.CharField(max_length=60, primary_key=True, serialize=False),
                ),
                ("count", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
    ]
