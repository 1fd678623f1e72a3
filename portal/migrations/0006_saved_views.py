"""Filters that staff saved under a name."""

import uuid
from django.db import migrations, models

from core.walls import walls


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0005_public_report'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('program', models.CharField(max_length=20)),
                ('place', models.CharField(choices=[('queue', 'Queue')], max_length=12)),
                ('name', models.CharField(max_length=60)),
                ('query', models.CharField(max_length=1000)),
                ('saved_by', models.CharField(max_length=200)),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('name', 'id'),
                'constraints': [
                    models.UniqueConstraint(fields=('program', 'place', 'name'), name='one_view_a_name'),
                    models.UniqueConstraint(fields=('program', 'place', 'query'), name='one_name_a_view'),
                ],
            },
        ),
        walls("portal_savedview"),
    ]
