"""Two accounts of one person: the report, the merge, and what it moved."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_sponsored_now'),
    ]

    operations = [
        migrations.CreateModel(
            name='Duplicate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('program', models.CharField(max_length=20)),
                ('email', models.EmailField(max_length=254)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('proved_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('asked', 'Link sent'), ('proved', 'Waiting for staff'), ('merged', 'Merged'), ('undone', 'Undone'), ('refused', 'Not merged'), ('ended', 'Ended')], max_length=8)),
                ('ground', models.CharField(blank=True, max_length=400)),
                ('moved', models.JSONField(default=dict)),
                ('merged_at', models.DateTimeField(null=True)),
                ('merged_by', models.CharField(blank=True, max_length=200)),
                ('reason', models.CharField(blank=True, max_length=400)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=200)),
                ('given_up', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('given_up_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reported_duplicates', to='accounts.member')),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.member')),
            ],
            options={
                'ordering': ('-asked_at', 'id'),
                'indexes': [models.Index(fields=['program', 'state', '-asked_at'], name='duplicates_of_body')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'proved'))), fields=('member',), name='one_living_duplicate'), models.UniqueConstraint(condition=models.Q(('state', 'merged')), fields=('given_up',), name='given_up_once'), models.CheckConstraint(condition=models.Q(('state__in', ('asked', 'ended')), models.Q(('other__isnull', False), ('proved_at__isnull', False)), _connector='OR'), name='duplicate_was_proved'), models.CheckConstraint(condition=models.Q(models.Q(('given_up__isnull', False), ('given_up_user__isnull', False), ('kept__isnull', False), ('merged_at__isnull', False), ('state__in', ('merged', 'undone')), models.Q(('kept', models.F('given_up')), _negated=True), models.Q(('ground', ''), _negated=True)), models.Q(('given_up', None), ('kept', None), ('merged_at', None), ('state__in', ('asked', 'proved', 'refused', 'ended'))), _connector='OR'), name='merge_names_both'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('undone', 'refused')), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='merge_ended_with_reason')],
            },
        ),
    ]
