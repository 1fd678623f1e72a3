"""Row-level security: every table stands on the list, and the walls stand."""

from collections.abc import Mapping

import pytest
from django.db import connection, models

from accounts.models import Invitation
from certificates.models import Certificate
from core.migrating import ROLES
from core.scope import Scope
from core.walls import policies, the_walls
from tests.cast import BODY, OTHER_BODY, Cast
from tests.database import WEB, WORKER, working_as
from tests.db.two_practices import of_person, of_practice
from tests.db.walling import (
    MODELS,
    WALLED,
    ask,
    count,
    on_postgresql,
    seen,
    within,
)

pytestmark = pytest.mark.db
# Django's own note of what was migrated; no model.
BESIDE = {"django_migrations"}
STATE = """
    SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
      count(*) FILTER (WHERE p.polwithcheck IS NOT NULL), count(p.*)
    FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    GROUP BY c.oid
"""
DEFINERS = """
    SELECT proname, prosecdef, provolatile, proconfig::text, pg_get_userbyid(proowner)
    FROM pg_proc WHERE proname LIKE 'wall\\_%%'
"""


def test_every_table_is_on_the_list_once() -> None:
    walls = the_walls()
    known = set(walls.tables) | set(walls.unwalled)
    assert not set(MODELS) - known, (
        "A new table: say in config/walls whose its rows are, and end its migration "
        'with walls("its_table"); or say there why it needs none.'
    )
    assert not known - set(MODELS)
    assert not set(walls.tables) & set(walls.unwalled)
    assert all(walls.unwalled.values())


@on_postgresql
@pytest.mark.django_db
def test_so_is_every_table_the_database_has() -> None:
    assert set(connection.introspection.table_names()) == set(MODELS) | BESIDE


@on_postgresql
@pytest.mark.django_db
def test_every_wall_stands_and_holds_the_owner_too() -> None:
    found = {table: rest for table, *rest in ask(STATE)}
    for table, rules in the_walls().tables.items():
        forced, checks, made = found[table]
        assert forced, f'{table}: its migration has to end with walls("{table}")'
        assert checks, f"{table} has no policy with a check"
        # The owner's, the auditor's and the backup's come on top.
        asked = len(list(policies(table, rules))) + 3
        assert made == asked, f"{table} has not the list's policies"
    for table in the_walls().unwalled:
        assert not found[table][0], table


@on_postgresql
@pytest.mark.django_db
def test_what_the_walls_ask_is_asked_as_the_owner_along_one_path() -> None:
    (owner,) = {
        row[0]
        for row in ask(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        )
    }
    found = ask(DEFINERS)
    assert len(found) > 8
    for name, definer, volatile, settings, by in found:
        assert by == owner
        assert volatile == "s", f"{name} is asked for every row"
        assert definer == (settings is not None), name
        assert settings in {None, '{"search_path=public, pg_temp"}'}, name


@on_postgresql
@pytest.mark.parametrize("role", [WEB, WORKER])
def test_without_a_scope_there_are_no_rows(role: str, filled: Cast) -> None:
    assert set(seen()) == set(WALLED), "each table has rows, or this shows nothing"
    with working_as(role):
        assert seen() == {}


@on_postgresql
@pytest.mark.parametrize("role", ROLES[2:])
def test_whoever_reads_for_an_audit_or_a_backup_reads_all(
    role: str, filled: Cast
) -> None:
    everything = seen()
    with working_as(role):
        assert seen() == everything


@on_postgresql
def test_a_practice_sees_its_rows_and_none_of_another(filled: Cast) -> None:
    ours, theirs = of_practice(filled.northside), of_practice(filled.lakeview)
    unseen = {
        "account_emailaddress",
        "account_emailconfirmation",
        "mfa_authenticator",
        # What people are told and asked for is theirs alone.
        "notifications_calendarfeed",
        "notifications_notice",
        "notifications_subscription",
        "portal_transcriptlink",
        # A sponsor's application is of its account, and the body's.
        *("ce_credits_approvalapplication", "ce_credits_approvalstep"),
        "ce_credits_attendancelist",
    }
    with within(Scope.practice(filled.northside.pk)):
        for model, rows in theirs.items():
            assert rows, f"Lakeview has no {model._meta.label}: this shows nothing"
            assert not model._default_manager.filter(pk__in=rows).exists(), model
        for model, rows in ours.items():
            if model._meta.db_table not in unseen:
                assert model._default_manager.filter(pk__in=rows).exists(), model


@on_postgresql
def test_a_person_sees_their_rows_and_nobody_else_s(filled: Cast) -> None:
    mine, others = of_person(filled.bob), of_person(filled.charlie)
    with within(Scope.own(filled.user("bob").pk)):
        for model, rows in others.items():
            assert rows, f"Charlie has no {model._meta.label}: this shows nothing"
            assert not model._default_manager.filter(pk__in=rows).exists(), model
        for model, rows in mine.items():
            if model._meta.db_table != "account_emailconfirmation":
                assert model._default_manager.filter(pk__in=rows).exists(), model


@on_postgresql
def test_a_practice_sees_nothing_of_what_its_people_bought_alone(filled: Cast) -> None:
    mine = of_person(filled.bob)
    alone = {model: rows for model, rows in mine.items() if _is_money(model)}
    assert len(alone) > 8
    with within(Scope.practice(filled.northside.pk)):
        for model, rows in alone.items():
            assert rows, f"Bob has no {model._meta.label}: this shows nothing"
            assert not model._default_manager.filter(pk__in=rows).exists(), model


def _is_money(model: type[models.Model]) -> bool:
    return model._meta.app_label == "billing"


@on_postgresql
def test_a_person_sees_nothing_of_what_their_practice_bought(filled: Cast) -> None:
    bought = {
        model: rows
        for model, rows in of_practice(filled.northside).items()
        if _is_money(model)
    }
    assert len(bought) > 8
    with within(Scope.own(filled.user("bob").pk)):
        for model, rows in bought.items():
            assert rows, f"Northside has no {model._meta.label}: this shows nothing"
            assert not model._default_manager.filter(pk__in=rows).exists(), model


@on_postgresql
def test_a_body_s_staff_see_nothing_of_another_body(filled: Cast) -> None:
    everything = seen()
    with within(Scope.staff(OTHER_BODY)):
        # The other body's one reviewer; and which practices there are.
        assert seen() == {
            "accounts_user": 1,
            "accounts_staffrole": 1,
            "accounts_practice": everything["accounts_practice"],
        }
    with within(Scope.staff(BODY)):
        assert seen()["accounts_staffrole"] == everything["accounts_staffrole"] - 1


NARROW: Mapping[str, set[str]] = {
    "entry": {
        "accounts_user",
        "accounts_practice",
        "accounts_invitation",
        "accounts_apitoken",
        "accounts_bodytoken",
        "accounts_singlesignon",
        "account_emailaddress",
        "account_emailconfirmation",
        "mfa_authenticator",
        "notifications_calendarfeed",
        "notifications_subscription",
        "portal_transcriptlink",
    },
    "queues": {"core_outboxmessage", "certificates_certificate"},
    "public": set(),
    "trail": {"core_auditentry", "core_audithead"},
    "setup": {
        "core_auditentry",
        "accounts_user",
        "accounts_practice",
        "accounts_administration",
        "accounts_bodytoken",
        "accounts_singlesignon",
        "accounts_staffrole",
        "account_emailaddress",
        "courses_liveactivity",
        "mfa_authenticator",
    },
    "nobody": set(),
    # Catalogues of courses, and what their modules are called, are for all who sign in.
    "practice": {"courses_course", "courses_courseversion"},
    "self": {
        "courses_course",
        "courses_courseversion",
        "courses_liveactivity",
        "courses_module",
    },
    "staff": {"accounts_practice"},
    "joining": set(),
    "badge": set(),
}


@on_postgresql
@pytest.mark.parametrize("kind", NARROW)
def test_a_scope_that_names_nobody_sees_its_tables_alone(
    kind: str, filled: Cast
) -> None:
    nobody = "00000000-0000-0000-0000-000000000000"
    key = nobody if kind in {"practice", "self", "joining", "badge"} else ""
    with within(Scope(kind, key)):
        assert set(seen()) == NARROW[kind]


@on_postgresql
def test_the_public_sees_the_one_certificate_it_asks_for(filled: Cast) -> None:
    asked = Certificate.objects.filter(member=filled.bob)[0]
    with within(Scope.public(asked.number)):
        assert list(Certificate.objects.values_list("pk", flat=True)) == [asked.pk]
        assert set(seen()) <= {
            "certificates_certificate",
            "certificates_certificateevent",
            "credentials_standingperiod",
        }


@on_postgresql
def test_an_invitation_opens_its_own_practice_alone(filled: Cast) -> None:
    theirs = of_practice(filled.lakeview)
    invitation = Invitation.objects.of(filled.northside)[0]
    with within(Scope.joining(invitation.pk)):
        assert list(Invitation.objects.values_list("pk", flat=True)) == [invitation.pk]
        for model, rows in theirs.items():
            assert not model._default_manager.filter(pk__in=rows).exists(), model


@on_postgresql
def test_the_web_does_not_sweep_outside_a_demonstration(filled: Cast) -> None:
    with within(Scope.sweep(), WORKER):
        assert count("accounts_member") == 2
    ask("DELETE FROM core_domaindate RETURNING id")
    with within(Scope.sweep()):
        assert seen() == {}
