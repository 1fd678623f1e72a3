"""What people ask the help system's staff."""

import uuid
from django.db import migrations, models

from core.walls import walls


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('portal', '0003_adding_members'),
    ]

    operations = [
        migrations.CreateModel(
            name='HelpQuestion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('program', models.CharField(max_length=20)),
                ('asked_at', models.DateTimeField()),
                ('user_id', models.UUIDField(null=True)),
                ('name', models.CharField(max_length=200)),
                ('email', models.EmailField(max_length=254)),
                ('page', models.CharField(blank=True, max_length=300)),
                ('request', models.CharField(blank=True, max_length=64)),
                ('text', models.TextField(max_length=4000)),
                ('told_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True, max_length=4000)),
                ('answered_by', models.CharField(blank=True, max_length=200)),
                ('answered_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-asked_at', 'id'),
                'indexes': [models.Index(fields=['program', '-asked_at'], name='questions_of_body')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', '')), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True), models.Q(('answered_by', ''), _negated=True)), _connector='OR'), name='an_answer_is_whole')],
            },
        ),
        walls("portal_helpquestion", "accounts_staffrole"),
    ]
