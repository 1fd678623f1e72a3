"""For each rule, code that must be found and code that must be left alone.

A sample is (path, code): the path decides which layer the code is taken for.
"""

from dataclasses import dataclass

from tests.lint import edge, inside, size
from tests.lint.source import Rule


@dataclass(frozen=True)
class Samples:
    """Every `bad` one gives a finding, no `good` one does."""

    bad: tuple[tuple[str, str], ...]
    good: tuple[tuple[str, str], ...]


def _long(lines: int) -> str:
    return "def act() -> None:\n" + "    step()\n" * lines


SERVICE = "credentials/services/seats.py"
SERVICES = "courses/services.py"
VIEW = "portal/views/people.py"
MANY_LINES = "said\n" * 50

SAMPLES: dict[Rule, Samples] = {
    edge.clock_inside: Samples(
        bad=(
            (SERVICE, "from django.utils import timezone\ntimezone.now()"),
            (SERVICE, "from django.utils import timezone as z\nx(default=z.now)"),
            (SERVICE, "import datetime as dt\ndt.date.today()"),
            (SERVICE, "from datetime import datetime\ndatetime.now(UTC)"),
            ("renewals/rules/terms.py", "import time\ntime.time()"),
            ("renewals/queries.py", "from core.clock import today\ntoday(zone)"),
            ("renewals/queries.py", "from core import clock\nclock.now()"),
            ("core/audit.py", "from django.db.models.functions import Now\nNow()"),
            ("courses/models.py", "at = DateTimeField(auto_now_add=True)"),
        ),
        good=(
            (VIEW, "from core import clock\nclock.now()"),
            ("portal/management/commands/x.py", "from core.clock import now\nnow()"),
            ("core/clock.py", "from django.utils import timezone\ntimezone.now()"),
            (SERVICE, "def grant(*, now: datetime) -> None:\n    use(now)"),
            (SERVICE, "import time\ntime.monotonic()"),
        ),
    ),
    edge.unscoped_read: Samples(
        bad=(
            (VIEW, "Member.objects.all()"),
            (VIEW, "Member.objects.get(pk=pk).name"),
            (VIEW, "rows = Member.objects\nrows.filter(pk=pk)"),
            (VIEW, "models.Member._default_manager.first()"),
            (VIEW, "get_object_or_404(Member, pk=pk)"),
            (VIEW, "connection.cursor()"),
            ("portal/api/members.py", "queryset = Member.objects.order_by('name')"),
            ("accounts/forms.py", "ModelChoiceField(Member.objects.all())"),
            ("accounts/tasks.py", "Member.objects.raw('select 1')"),
            ("portal/management/commands/x.py", "Member.objects.count()"),
        ),
        good=(
            (VIEW, "Member.objects.of(door.practice).filter(pk=pk)"),
            (VIEW, "Activity.objects.visible_to(door.member)"),
            (VIEW, "Activity.objects.of_program(door.program).first()"),
            (VIEW, "get_object_or_404(Member.objects.of(practice), pk=pk)"),
            (VIEW, "get_object_or_404(mine, pk=pk)"),
            (VIEW, "get_object_or_404(Product, code='renewals')"),
            (VIEW, "request.GET.get('q'), choices.filter('x')"),
            ("accounts/forms.py", "ModelChoiceField(Member.objects.none())"),
            ("accounts/queries.py", "Member.objects.filter(pk=pk)"),
        ),
    ),
    edge.write_at_edge: Samples(
        bad=(
            (VIEW, "member.save()"),
            (VIEW, "Member.objects.of(practice).update(name='x')"),
            (VIEW, "Member.objects.create(name='x')"),
            ("portal/api/members.py", "serializer.save()"),
            ("accounts/tasks.py", "rows.filter(pk=pk).update(state='sent')"),
        ),
        good=(
            (VIEW, "context.update(page=1)"),
            (VIEW, "add_member(actor=door.actor, now=now())"),
            ("accounts/services.py", "member.save()"),
        ),
    ),
    inside.import_inside: Samples(
        bad=(
            (VIEW, "def page():\n    from core import clock"),
            (SERVICE, "class A:\n    def act(self):\n        import json"),
        ),
        good=((VIEW, "from core import clock\ndef page():\n    clock.now()"),),
    ),
    inside.signals: Samples(
        bad=(
            (SERVICE, "from django.db.models.signals import post_save"),
            (SERVICE, "from django.db.models import signals"),
            ("core/apps.py", "from django.dispatch import receiver"),
            ("core/apps.py", "import django.dispatch"),
        ),
        good=((SERVICE, "from core.events import publish\nimport signal"),),
    ),
    inside.delete_rows: Samples(
        bad=(
            (SERVICE, "entry.delete()"),
            (SERVICE, "Member.objects.filter(pk=pk).delete()"),
            ("core/audit.py", "cursor.execute('DELETE FROM core_auditentry')"),
            ("core/audit.py", "cursor.execute('DROP TABLE core_auditentry')"),
        ),
        good=(
            (SERVICE, "cache.delete('page')"),
            (SERVICE, "from core.files import storage\nstorage.delete(key)"),
            (SERVICE, "del names['x']"),
        ),
    ),
    inside.floats: Samples(
        bad=(
            (SERVICE, "credits = 0.5"),
            ("ce_credits/rules/bands.py", "float(minutes)"),
            ("ce_credits/rules/bands.py", "import math"),
            ("courses/models.py", "price = models.FloatField()"),
        ),
        good=(
            (SERVICE, "credits = Decimal('0.5')"),
            ("ce_credits/rules/bands.py", "isinstance(minutes, float)"),
            ("certificates/layouts/draw.py", "margin = 0.5"),
        ),
    ),
    inside.services_signature: Samples(
        bad=(
            (SERVICES, "def grant(pool: Pool, *, now: datetime) -> None:\n    'Add.'"),
            (SERVICES, "def grant(*, pool, now: datetime) -> None:\n    'Add.'"),
            (SERVICES, "def grant(*, now: datetime):\n    'Add seats.'"),
            (SERVICES, "def grant(*, now: datetime) -> None:\n    pass"),
        ),
        good=(
            (SERVICES, "def grant(*, now: datetime) -> None:\n    'Add seats.'"),
            (SERVICES, "def on_paid(event: Paid) -> None:\n    'Add what was paid.'"),
            (SERVICES, "def _lock(pool):\n    pass"),
            (VIEW, "def page(request):\n    pass"),
        ),
    ),
    inside.body_codes: Samples(
        bad=(
            (SERVICE, "if program == 'acmss':\n    pass"),
            (SERVICE, "ACMSS_FEE = 1"),
        ),
        good=((SERVICE, "program = door.program"),),
    ),
    size.long_module: Samples(
        bad=((VIEW, "step()\n" * 301),), good=((VIEW, "step()\n" * 300),)
    ),
    size.long_function: Samples(
        bad=((VIEW, _long(41)),),
        good=(
            (VIEW, _long(40)),
            (VIEW, f"def act():\n    '''{MANY_LINES}'''\n    step()\n"),
        ),
    ),
}
