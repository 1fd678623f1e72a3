"""Notices, what people opted into, and the secret addresses of their calendars."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from core.migrating import append_only, frozen
from core.walls import walls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0007_rosters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('last_used_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_feed', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('message_id', models.UUIDField(unique=True)),
                ('program', models.CharField(blank=True, max_length=20)),
                ('place', models.CharField(choices=[('person', 'Yourself'), ('own', 'Credential holder'), ('practice', 'Practice administrator'), ('staff', 'Staff')], max_length=8)),
                ('klass', models.CharField(choices=[('notice', 'Notice'), ('security', 'Security notice'), ('news', 'You asked for it')], max_length=8)),
                ('kind', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=150)),
                ('path', models.CharField(max_length=300)),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('practice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.practice')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-created_at'], name='notices_of_person'), models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='notices_unread'), models.Index(fields=['created_at'], name='notices_by_age')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('place', 'practice'), _negated=True), ('practice__isnull', False), _connector='OR'), name='notice_names_its_practice'), models.CheckConstraint(condition=models.Q(models.Q(('place', 'staff'), _negated=True), models.Q(('program', ''), _negated=True), _connector='OR'), name='notice_names_its_body'), models.CheckConstraint(condition=models.Q(('path__startswith', '/')), name='notice_leads_home')],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('weekly', 'Weekly summary')], max_length=10)),
                ('on', models.BooleanField()),
                ('from_on', models.DateField()),
                ('changed_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subscriptions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='one_preference_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='WeeklySummary',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('week_on', models.DateField()),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='summaries', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'week_on'), name='one_summary_a_week')],
            },
        ),
        frozen(
            "notifications_notice",
            ("message_id", "user_id", "practice_id", "program", "place", "title", "path"),
        ),
        append_only("notifications_weeklysummary"),
        walls(
            "notifications_notice",
            "notifications_subscription",
            "notifications_weeklysummary",
            "notifications_calendarfeed",
        ),
    ]
