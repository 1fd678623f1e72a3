"""Whom a practice's provider lets in, of all who ask, and whose settings are shown."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import SignOnLink, SingleSignOn, Sponsorship, User
from tests.cast import OTHER_BODY, TODAY, a_member
from tests.matrix.actors import ACTORS, ONE_STEP, SIGNED_OUT, TOKENS
from tests.matrix.asking import ask
from tests.matrix.world import World
from tests.sign_on.browsing import go
from tests.sign_on.provider import FakeProvider, a_provider

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
PEOPLE = [each for each in ACTORS if each not in {SIGNED_OUT, *TOKENS}]
# Whoever works for a body, or belongs to two practices, is of neither's provider.
ITS_OWN = {
    "own": {"administrator", "colleague", "member", ONE_STEP[0]},
    "foreign": {"foreign administrator", "foreign member"},
}
ADMINISTRATORS = {"own": "administrator", "foreign": "foreign administrator"}


@pytest.fixture
def provider(world: World, settings: Settings) -> Iterator[FakeProvider]:
    """Let both practices have a provider that is there and vouches for everybody."""
    settings.OUTGOING_LOCALHOST = True
    domains = [user_of(world, each).email.rpartition("@")[2] for each in PEOPLE]
    with a_provider() as made:
        SingleSignOn.objects.update(issuer=made.issuer, domains=domains)
        yield made


def user_of(world: World, actor: str) -> User:
    """Find whose browser it is."""
    return User.objects.get(pk=world.client(actor).session["_auth_user_id"])


def lets_in(
    provider: FakeProvider, slug: str, user: User, subject: str = "", **said: object
) -> bool:
    """Go to a practice's provider, come back as somebody; whether we believe it."""
    cache.clear()
    link = SignOnLink.objects.filter(user=user, until_at=None).first()
    known = subject or (link.subject if link else str(user.pk))
    provider.say(known, user.email, aud=slug, **said)
    client, here = Client(), reverse("sign_on", kwargs={"practice": slug})
    state = go(client, provider, here)
    back = reverse("sign_on_back", kwargs={"practice": slug})
    answer = client.get(back, {"state": state, "code": "c0de"})
    assert answer.status_code in {302, 403}
    return answer.status_code == 302


@pytest.mark.parametrize("whose", ITS_OWN)
def test_a_practice_s_provider_opens_its_own_people_s_accounts_alone(
    whose: str, world: World, provider: FakeProvider
) -> None:
    slug = getattr(world.things["practice"], whose)
    # Staff of a body and people of another practice, who belong to Northside as well.
    for actor in ("manager", "reviewer"):
        a_member(f"Moss {actor}", world.cast.northside, user=user_of(world, actor))
    nobody = user_of(world, "stranger")
    twice = a_member("Tess Twice", world.cast.northside, user=nobody)
    Sponsorship.objects.create(
        practice=world.cast.lakeview, member=twice, program=OTHER_BODY, from_on=TODAY
    )
    came = {each for each in PEOPLE if lets_in(provider, slug, user_of(world, each))}
    assert came == ITS_OWN[whose]


def test_a_provider_s_word_is_weighed(world: World, provider: FakeProvider) -> None:
    """It vouches for a proven address of the practice, and for one person for good."""
    member, slug = user_of(world, "member"), world.cast.northside.slug
    colleague = user_of(world, "colleague")
    assert not lets_in(provider, slug, member, email_verified=False)
    assert not lets_in(provider, slug, member, subject="another")
    assert lets_in(provider, slug, member)
    # The name is Bob's already, and stays his.
    assert not lets_in(provider, slug, colleague, subject=slug)
    held = SingleSignOn.objects.filter(practice=world.cast.northside)
    held.update(domains=[colleague.email.rpartition("@")[2]])
    assert not lets_in(provider, slug, member)
    assert lets_in(provider, slug, colleague)


def test_a_way_begun_at_another_practice_leads_nowhere(
    world: World, provider: FakeProvider
) -> None:
    """Both have the same provider here, and are known to it by the same name."""
    SingleSignOn.objects.update(client_id="one")
    slugs = world.things["practice"]
    for begun, ended in ((slugs.own, slugs.foreign), (slugs.foreign, slugs.own)):
        provider.say("charlie", user_of(world, "foreign member").email, aud="one")
        client = Client()
        state = go(client, provider, reverse("sign_on", kwargs={"practice": begun}))
        back = reverse("sign_on_back", kwargs={"practice": ended})
        answer = client.get(back, {"state": state, "code": "c0de"})
        assert answer.status_code == 400


def test_one_that_is_off_is_not_there(world: World) -> None:
    practice = world.cast.northside
    SingleSignOn.objects.filter(practice=practice).update(is_on=False)
    for name in ("sign_on", "sign_on_back"):
        for slug in (practice.slug, world.things["practice"].missing):
            path = reverse(name, kwargs={"practice": slug})
            assert ask(Client(), "GET", path).status == 404


@pytest.mark.parametrize("whose", ADMINISTRATORS)
def test_an_administrator_is_shown_what_their_own_practice_set(
    whose: str, world: World
) -> None:
    """Of both practices one has the first row of the table, whichever it is."""
    slugs = world.things["practice"]
    own, other = (slugs.own, slugs.foreign)[:: 1 if whose == "own" else -1]
    path = reverse("sign_on_settings", kwargs={"practice": own})
    heard = ask(world.client(ADMINISTRATORS[whose]), "GET", path)
    assert heard.status == 200
    page = heard.body.decode()
    assert f'value="{own}"' in page
    assert f'value="{other}"' not in page
    names = {"own": "Bob Baker", "foreign": "Charlie Chen"}
    assert {each for each in names if names[each] in page} == {whose}


@pytest.mark.parametrize("whose", ADMINISTRATORS)
def test_an_administrator_changes_what_their_own_practice_set(
    whose: str, world: World
) -> None:
    slugs = world.things["practice"]
    own, other = (slugs.own, slugs.foreign)[:: 1 if whose == "own" else -1]
    before = SingleSignOn.objects.get(practice__slug=other)
    path = reverse("sign_on_settings", kwargs={"practice": own})
    typed = {
        "issuer": "https://login.mail.example",
        "client_id": "changed",
        "domains": "mail.example",
        "state": "off",
    }
    heard = ask(world.client(ADMINISTRATORS[whose]), "POST", path, typed)
    assert heard.status == 302
    assert SingleSignOn.objects.get(practice__slug=own).client_id == "changed"
    after = SingleSignOn.objects.get(practice__slug=other)
    assert (after.client_id, after.is_on) == (before.client_id, True)
    held = SignOnLink.objects.filter(until_at=None).values("practice__slug")
    assert [each["practice__slug"] for each in held] == [other]
