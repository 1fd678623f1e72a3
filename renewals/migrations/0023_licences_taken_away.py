"""A licence that was entered by mistake is taken away; its number is free again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("renewals", "0022_licence_guards")]
    operations = [
        migrations.AddField(
            model_name="licence",
            name="removed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveConstraint(
            model_name="licence", name="one_licence_of_a_number"
        ),
        migrations.AddConstraint(
            model_name="licence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at", None)),
                fields=("member", "program", "number"),
                name="one_licence_of_a_number",
            ),
        ),
    ]
