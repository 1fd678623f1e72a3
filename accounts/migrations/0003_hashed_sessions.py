"""Sessions are kept by their key's hash; those kept by the key itself end."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("accounts", "0002_sessions")]

    operations = [
        migrations.RunSQL("DELETE FROM accounts_websession", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="websession",
            name="session_key",
            field=models.CharField(max_length=64, primary_key=True, serialize=False),
        ),
    ]
