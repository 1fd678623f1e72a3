"""A question has a picture: shown to whoever sits the test, while it runs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0013_live_guards")]
    operations = [
        migrations.AlterField(
            model_name="coursefile",
            name="kind",
            field=models.CharField(
                choices=[
                    ("image", "Picture"),
                    ("video", "Video"),
                    ("captions", "Captions"),
                    ("download", "Download"),
                    ("question", "Picture of a question"),
                ],
                max_length=10,
            ),
        ),
    ]
