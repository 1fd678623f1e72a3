"""Who made the token that a feed came by."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ce_credits', '0019_missing_moves_with_a_person'),
    ]

    operations = [
        migrations.AddField(
            model_name='feeddelivery',
            name='maker_id',
            field=models.UUIDField(null=True),
        ),
    ]
