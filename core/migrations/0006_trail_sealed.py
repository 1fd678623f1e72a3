"""The chain holds from here on: no entry without its place, and nothing changes one."""

from django.db import migrations, models

from core.migrating import append_only, kept, sealed


class Migration(migrations.Migration):
    dependencies = [("core", "0005_trail_chain")]
    operations = [
        *(
            migrations.AlterField(
                model_name="auditentry",
                name=name,
                field=models.CharField(max_length=size),
            )
            for name, size in (("chain", 60), ("hash", 64), ("key_id", 12))
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="number",
            field=models.PositiveBigIntegerField(),
        ),
        migrations.AddConstraint(
            model_name="auditentry",
            constraint=models.UniqueConstraint(
                fields=("chain", "number"), name="one_number_a_chain"
            ),
        ),
        append_only("core_auditentry"),
        sealed("core_auditentry"),
        kept("core_audithead"),
    ]
