"""Every form speaks in our words, and says something wherever it refuses."""

import re
from collections.abc import Callable, Iterator

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client

import accounts.forms
import accounts.token_form
import portal.forms  # noqa: F401  (its forms are counted below)
from core.failures import FieldProblem, NotUsable
from core.plain_forms import RELOAD, Plain, PlainForm
from core.showing import show_on
from tests.cast import Cast
from tests.ops.project import apps
from tests.portal.reading import Page
from tests.portal.recording import SEATS, activity, certification, grant, place

BORROWED = re.compile(
    r"This field|Ensure|Select a valid|Enter a valid|is not one of|Null char|This value"
)
TOKENS = "/p/northside/settings/api/"


class Sample(PlainForm):
    """A field of each kind, none with words of its own."""

    last_name = forms.CharField(max_length=3, min_length=2)
    where = forms.ChoiceField(label="Practice", choices=[("a", "A")])
    several = forms.MultipleChoiceField(choices=[("a", "A")])
    email = forms.EmailField(label="E-mail")
    on = forms.DateField(label="Earned on")
    count = forms.IntegerField(min_value=1, max_value=9)
    credits = forms.DecimalField(min_value=0, max_digits=3, decimal_places=1)
    form_key = forms.CharField(max_length=4, widget=forms.HiddenInput)
    told = forms.CharField(error_messages={"required": "Say something."})


def said(**sent: str) -> dict[str, list[str]]:
    """Give each field's sentences; what stands above the form has the name ""."""
    query = QueryDict(mutable=True)
    query.update(sent)
    errors = Sample(query).errors
    return {
        name.removeprefix("__all__"): [str(one) for one in each]
        for name, each in errors.items()
    }


def every_form(
    kind: type[forms.BaseForm] = forms.BaseForm,
) -> Iterator[type[forms.BaseForm]]:
    """Yield each form of ours."""
    for each in kind.__subclasses__():
        if each.__module__.split(".")[0] in apps():
            yield each
        yield from every_form(each)


def test_every_form_of_ours_speaks_plainly() -> None:
    found = set(every_form()) - {Plain, PlainForm}
    assert {accounts.forms.SignInForm, accounts.token_form.TokenForm} < found
    assert {each for each in found if not issubclass(each, Plain)} == set()


def test_what_is_missing_is_asked_for_by_name() -> None:
    assert said() == {
        "last_name": ["Enter last name."],
        "where": ["Choose practice."],
        "several": ["Choose several."],
        "email": ["Enter e-mail."],
        "on": ["Enter earned on."],
        "count": ["Enter count."],
        "credits": ["Enter credits."],
        "told": ["Say something."],
        "": [RELOAD],
    }


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("last_name", "x" * 4, "Use at most 3 characters."),
        ("last_name", "x", "Use at least 2 characters."),
        ("last_name", "x\0", "Type this anew: it holds a hidden character."),
        ("where", "b", "Choose one of the list."),
        ("several", "b", "Choose one of the list."),
        ("email", "x", "Enter an e-mail address such as name@practice.example."),
        ("on", "x", "Enter a day such as 2025-10-02."),
        ("count", "x", "Enter a whole number."),
        ("count", "0", "Enter 1 or more."),
        ("count", "10", "Enter 9 or less."),
        ("credits", "x", "Enter a number such as 2.5."),
        ("credits", "-1", "Enter 0 or more."),
        ("credits", "1.25", "Use at most 1 digits after the point."),
        ("credits", "123", "Use at most 2 digits before the point."),
        ("form_key", "x" * 5, RELOAD),
    ],
)
def test_each_kind_of_field_says_what_it_takes(
    field: str, value: str, sentence: str
) -> None:
    assert said(**{field: value})["" if field == "form_key" else field] == [sentence]


def test_a_refusal_of_what_is_hidden_stands_above_the_form() -> None:
    form = Sample(QueryDict())
    text = "This was done already."
    refusals: list[Callable[[], None]] = [
        lambda: show_on(form, NotUsable(text, [FieldProblem("form_key", text)])),
        lambda: accounts.forms.show(
            NotUsable(text, [FieldProblem("form_key", text)]), form
        ),
    ]
    for refuse in refusals:
        refuse()
    assert form.non_field_errors() == [RELOAD, text, text]


@pytest.mark.db
@pytest.mark.parametrize("key", ["", "   ", "x" * 65, "a\0b"])
def test_a_form_without_its_key_asks_to_reload(
    mona: Client, alice: Client, cast: Cast, key: str
) -> None:
    token = {"name": "Payroll", "scopes": "members:read", "expires": "90"}
    answers = [
        mona.post(SEATS, grant(mona, form_key=key)),
        mona.post(place(cast.bob, "activity/"), activity(mona, cast.bob, form_key=key)),
        mona.post(
            place(cast.bob, "certification/"),
            certification(mona, cast.bob, form_key=key),
        ),
        alice.post(TOKENS, token | {"form_key": key}),
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert Page.of(answer).problems == [RELOAD]


@pytest.mark.db
@pytest.mark.parametrize("value", ["", "a\0b", "x" * 500, "-1", "1.23456789", "1e9"])
def test_no_borrowed_sentence_reaches_a_page(
    mona: Client, alice: Client, cast: Cast, value: str
) -> None:
    seats, done = grant(mona), activity(mona, cast.bob)
    earned = certification(mona, cast.bob)
    person = dict.fromkeys(("first_name", "last_name", "email", "program"), value)
    token = dict.fromkeys(("name", "scopes", "expires", "form_key"), value)
    login = dict.fromkeys(("login", "password"), value)
    asked = [
        (mona, SEATS, seats),
        (mona, place(cast.bob, "activity/"), done),
        (mona, place(cast.bob, "certification/"), earned),
    ]
    for client, path, fields in [
        *((client, path, dict.fromkeys(sent, value)) for client, path, sent in asked),
        (alice, "/p/northside/settings/people/", person),
        (alice, TOKENS, token),
        (alice, "/accounts/password/change/", {"oldpassword": value, "password1": ""}),
        (Client(), "/accounts/login/", login),
        (Client(), "/accounts/reset/", {"email": value}),
    ]:
        answer = client.post(path, fields)
        page = Page.of(answer)
        assert answer.status_code in {200, 422}
        assert page.problems, path
        assert not [each for each in page.problems if BORROWED.search(each)], path
