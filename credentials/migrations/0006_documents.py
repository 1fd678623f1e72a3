"""What a body hands to practices, who read it, and what practices file themselves."""

import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_rosters'),
        ('credentials', '0005_seats_down_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SecureDocument',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('program', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('added_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('title', 'added_at'),
                'constraints': [models.UniqueConstraint(models.F('program'), django.db.models.functions.text.Lower('title'), name='one_document_a_title')],
            },
        ),
        migrations.CreateModel(
            name='DocumentVersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('effective_on', models.DateField()),
                ('changes', models.CharField(max_length=1000)),
                ('file_key', models.CharField(max_length=100, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('pages', models.PositiveSmallIntegerField()),
                ('published_by', models.CharField(max_length=200)),
                ('published_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.CharField(blank=True, max_length=200)),
                ('withdrawn_why', models.CharField(blank=True, max_length=400)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='credentials.securedocument')),
            ],
            options={
                'ordering': ('document', '-number'),
            },
        ),
        migrations.CreateModel(
            name='DocumentReading',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reader', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='accounts.practice')),
                ('token', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.apitoken')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='credentials.documentversion')),
            ],
            options={
                'ordering': ('-at', 'id'),
                'indexes': [models.Index(fields=['practice', 'version', '-at'], name='readings_newest')],
            },
        ),
        migrations.CreateModel(
            name='DocumentAcknowledgement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('by', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='accounts.practice')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='credentials.documentversion')),
            ],
            options={
                'ordering': ('-at', 'id'),
                'constraints': [models.UniqueConstraint(fields=('version', 'practice', 'user'), name='acknowledged_once')],
            },
        ),
        migrations.CreateModel(
            name='OwnDocumentVersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('document', models.UUIDField()),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('staffing', 'Staffing protocol'), ('method', 'Method of work'), ('training', 'Training record'), ('policy', 'Policy'), ('other', 'Other')], max_length=10)),
                ('covers_from', models.DateField(null=True)),
                ('covers_until', models.DateField(null=True)),
                ('file_key', models.CharField(max_length=100, unique=True)),
                ('file_kind', models.CharField(choices=[('pdf', 'Pdf'), ('png', 'Png'), ('jpeg', 'Jpeg')], max_length=4)),
                ('name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('stored_sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('pages', models.PositiveSmallIntegerField()),
                ('added_by', models.CharField(max_length=200)),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(null=True)),
                ('removed_by', models.CharField(blank=True, max_length=200)),
                ('removed_why', models.CharField(blank=True, max_length=400)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_documents', to='accounts.practice')),
            ],
            options={
                'ordering': ('title', 'document', '-number'),
                'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='one_own_version_a_number'), models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('practice', 'sha256'), name='one_own_copy_a_file'), models.CheckConstraint(condition=models.Q(('covers_from', None), ('covers_until', None), ('covers_until__gte', models.F('covers_from')), _connector='OR'), name='own_document_covers_days')],
            },
        ),
        migrations.AddConstraint(
            model_name='documentversion',
            constraint=models.UniqueConstraint(fields=('document', 'number'), name='one_version_a_number'),
        ),
        migrations.AddConstraint(
            model_name='documentversion',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('document', 'sha256'), name='one_version_a_file'),
        ),
        migrations.AddConstraint(
            model_name='documentversion',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='versions_count_from_one'),
        ),
    ]
