"""What activities and awards of before know of their day, kind and first step."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery

from core.migrating import unguarded


def fill_in(apps, editor):
    """Copy day and kind to each award; write each activity's first step."""
    activities = apps.get_model("ce_credits", "Activity").objects
    awards = apps.get_model("ce_credits", "CreditAward").objects
    steps = apps.get_model("ce_credits", "ActivityStep")
    activities.update(changed_at=F("created_at"), submitted_at=F("created_at"))
    mine = activities.filter(pk=OuterRef("activity"))
    awards.update(
        on=Subquery(mine.values("on")[:1]), kind=Subquery(mine.values("kind")[:1])
    )
    first = {
        award.activity_id: award.counts_from for award in awards.filter(sequence=1)
    }
    steps.objects.bulk_create(
        steps(
            activity=each,
            number=1,
            kind="recorded",
            by=each.reported_by,
            on=first.get(each.pk, each.created_at.date()),
            at=each.created_at,
        )
        for each in activities.filter(version=0)
    )
    activities.filter(version=0).update(version=1)


class Migration(migrations.Migration):
    dependencies = [("ce_credits", "0003_proofs_and_steps")]
    operations = [
        unguarded("ce_credits_creditaward"),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
