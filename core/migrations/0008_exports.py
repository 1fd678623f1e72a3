"""Files that are asked for and made by a worker."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from core.walls import walls


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_rosters'),
        ('core', '0007_mail_read_back_by_nobody'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExportJob',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('program', models.CharField(blank=True, max_length=20)),
                ('kind', models.CharField(max_length=40)),
                ('params', models.JSONField()),
                ('key', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('working', 'Being made'), ('ready', 'Ready'), ('failed', 'Not made'), ('expired', 'Ended')], default='waiting', max_length=10)),
                ('done', models.PositiveIntegerField(default=0)),
                ('in_all', models.PositiveIntegerField(default=0)),
                ('problem', models.TextField(blank=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('leased_until', models.DateTimeField(null=True)),
                ('file_key', models.CharField(blank=True, max_length=100)),
                ('file_name', models.CharField(blank=True, max_length=200)),
                ('file_kind', models.CharField(blank=True, max_length=10)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('by', models.CharField(max_length=200)),
                ('user_id', models.UUIDField(null=True)),
                ('token_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('ready_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('practice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.practice')),
            ],
            options={
                'ordering': ('-at', 'id'),
                'indexes': [models.Index(fields=['practice', '-at'], name='exports_of_practice'), models.Index(condition=models.Q(('state__in', ('waiting', 'working'))), fields=['at'], name='exports_waiting')],
                'constraints': [models.UniqueConstraint(fields=('key',), name='export_asked_once'), models.CheckConstraint(condition=models.Q(models.Q(('ready_at__isnull', False), ('state', 'ready'), models.Q(('file_key', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), models.Q(models.Q(('state', 'ready'), _negated=True), ('file_key', '')), _connector='OR'), name='export_ready_has_its_file'), models.CheckConstraint(condition=models.Q(models.Q(('leased_until__isnull', False), ('state', 'working')), models.Q(models.Q(('state', 'working'), _negated=True), ('leased_until', None)), _connector='OR'), name='export_leased_while_made')],
            },
        ),
        walls("core_exportjob"),
    ]
