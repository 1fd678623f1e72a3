"""Rosters that practices send in, and what their own programs call people by."""

import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.db import migrations, models

from core.migrating import remaking
from core.walls import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_details'),
    ]

    operations = [
        migrations.CreateModel(
            name='RosterImport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('program', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=200)),
                ('columns', models.JSONField()),
                ('cells', models.JSONField()),
                ('rows', models.JSONField()),
                ('problems', models.JSONField()),
                ('notes', models.JSONField()),
                ('row_count', models.PositiveIntegerField()),
                ('new', models.PositiveIntegerField()),
                ('changed', models.PositiveIntegerField()),
                ('bad', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('checked', 'Checked'), ('importing', 'Importing'), ('done', 'Imported'), ('failed', 'Nothing imported'), ('replaced', 'Replaced')], max_length=10)),
                ('whole', models.BooleanField(default=False)),
                ('invite', models.BooleanField(default=False)),
                ('done', models.PositiveIntegerField(default=0)),
                ('added', models.PositiveIntegerField(default=0)),
                ('updated', models.PositiveIntegerField(default=0)),
                ('by', models.CharField(max_length=200)),
                ('user_id', models.UUIDField(null=True)),
                ('token_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-at', 'id'),
            },
        ),
        *remaking(
            migrations.AddField(
                model_name='sponsorship',
                name='external_id',
                field=models.CharField(blank=True, max_length=60),
            ),
            migrations.AddConstraint(
                model_name='sponsorship',
                constraint=models.UniqueConstraint(models.F('practice'), models.F('program'), django.db.models.functions.text.Lower('external_id'), condition=models.Q(('until_on', None), models.Q(('external_id', ''), _negated=True)), name='one_external_id'),
            ),
        ),
        migrations.AddField(
            model_name='rosterimport',
            name='practice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rosters', to='accounts.practice'),
        ),
        migrations.AddIndex(
            model_name='rosterimport',
            index=models.Index(fields=['practice', '-at'], name='rosters_of_practice'),
        ),
        migrations.AddConstraint(
            model_name='rosterimport',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'importing')), fields=('practice',), name='one_import_at_a_time'),
        ),
        walls(
            "accounts_rosterimport",
            "accounts_member",
            "accounts_practice",
            "accounts_invitation",
        ),
    ]
