"""Who records the payment of a course enrols whoever bought it."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [("courses", "0009_allowances_guards")]
    operations = [walls("courses_enrolment")]
