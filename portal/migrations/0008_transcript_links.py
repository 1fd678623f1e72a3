"""Secret addresses of transcripts."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from core.migrating import frozen, kept, once
from core.walls import walls


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0007_views_of_applications'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TranscriptLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('program', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=100)),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('until_on', models.DateField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ending', models.CharField(blank=True, choices=[('revoked', 'Revoked'), ('merged', 'Accounts merged')], max_length=8)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transcript_links', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-made_at', 'id'),
                'indexes': [models.Index(fields=['user', 'program'], name='transcript_links_of_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ending', '')), models.Q(('ended_at__isnull', False), models.Q(('ending', ''), _negated=True)), _connector='OR'), name='a_link_s_end_is_whole')],
            },
        ),
        frozen(
            "portal_transcriptlink",
            ("user_id", "program", "name", "secret_hash", "made_at", "until_on"),
        ),
        # A link that was ended opens nothing again, and that it was there stays.
        once("portal_transcriptlink", "ended_at"),
        kept("portal_transcriptlink"),
        walls("portal_transcriptlink"),
    ]
