"""Who records the payment of a course sees whoever bought it, and enrols them."""

from django.db import migrations

from core.walls import walls


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0007_refunds_again"),
        ("courses", "0009_allowances_guards"),
    ]
    operations = [walls("courses_enrolment", "accounts_member")]
