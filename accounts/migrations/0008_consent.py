"""Coming to a practice by consent: one record, and an answer that may be no."""

import django.db.models.deletion
from django.db import migrations, models

from core.migrating import remaking


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_rosters'),
    ]

    operations = [
        *remaking(
            migrations.AddField(
                model_name='invitation',
                name='declined_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='member',
                name='joined_to',
                field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.member'),
            ),
            migrations.AddConstraint(
                model_name='invitation',
                constraint=models.CheckConstraint(condition=models.Q(('declined_at', None), models.Q(('accepted_at', None), ('replaced_at__isnull', False)), _connector='OR'), name='declined_is_over'),
            ),
            migrations.AddConstraint(
                model_name='member',
                constraint=models.CheckConstraint(condition=models.Q(('joined_to', None), ('user', None), _connector='OR'), name='set_aside_without_account'),
            ),
        ),
    ]
