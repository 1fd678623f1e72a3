"""The desk a holder writes an activity at: what was sent, and the page as answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import OwnDoor
from ce_credits.models import Activity
from ce_credits.services import Report, problems_of
from core.failures import FieldProblem, Refusal
from credentials.policy import Policy
from portal.forms.ce import CeForm
from portal.queries.activity_expected import expected_words
from portal.queries.activity_form import (
    item_of,
    marks_of,
    writing_page,
)
from portal.queries.activity_mine import activity_url, edit_url
from portal.queries.activity_quote import quote
from portal.queries.activity_typed import Typed, report_of
from portal.queries.places import in_program
from portal.sent import sent

State = Activity.State
ALREADY = "This activity is submitted already. Nothing was sent twice."
DISCARDED = "This draft was discarded. Write a new one."


@dataclass(frozen=True)
class Desk:
    """Where a holder writes: the program, the day, and the activity once begun."""

    request: HttpRequest
    door: OwnDoor
    program: str
    today: date
    activity: Activity | None = None

    @property
    def address(self) -> str:
        """Where the form is sent to."""
        if self.activity:
            return edit_url(self.activity)
        return in_program(reverse("ce_new"), self.program)

    def report(self, typed: Typed) -> Report:
        """Take what was typed as a report."""
        kept = self.activity.catalogue_item if self.activity else None
        return report_of(typed, item_of(self.program, typed.get("item", ""), kept))

    def policy(self, typed: Typed) -> Policy:
        """The pack of the day that was typed (X6)."""
        return report_of(typed).policy(self.program, self.today)

    def problems(self, typed: Typed) -> list[FieldProblem]:
        """What stands in the way of submitting it, beside a proof."""
        report = self.report(typed)
        return problems_of(report=report, program=self.program, today=self.today)

    def page(
        self, typed: Typed, problems: Sequence[FieldProblem] = (), status: int = 200
    ) -> HttpResponse:
        """Show the form with what was typed, and each problem beside its field."""
        report, activity = report_of(typed), self.activity
        answer = quote(
            self.door.member,
            self.program,
            report,
            activity_id=activity.pk if activity else None,
            today=self.today,
        )
        read = "" if typed.get("minutes", "").strip() else answer.minutes_read
        form = CeForm(
            report.policy(self.program, self.today),
            {**typed, "minutes": read} if read else typed,
            present=answer.present,
            marks=marks_of(activity, typed) if activity else {},
            refused=bool(problems),
        )
        if problems:
            form.refuse(problems, report)
        page = writing_page(
            self.program,
            activity,
            draft=uuid4(),
            code=typed.get("item", ""),
            q=sent(self.request.GET, "q", 100),
            quote=answer,
        )
        context = {
            "page": page,
            "form": form,
            "page_title": page.heading,
            "action_url": self.address,
            "minutes_read": read,
            "kind_words": expected_words(
                self.door.member, self.program, self.report(typed), today=self.today
            ),
            "stale": status == 409,
            "unsaved": "item" in self.request.GET,
        }
        status = 422 if problems and status == 200 else status
        return render(self.request, "portal/ce_write.html", context, status=status)

    def stale(self, typed: Typed, refusal: Refusal) -> HttpResponse:
        """Show that another window was faster; what was typed here is on the page."""
        assert self.activity is not None
        self.activity.refresh_from_db()
        if self.activity.state not in Activity.OPEN:
            return self.too_late()
        return self.page(typed, [FieldProblem("stale", refusal.text)], status=409)

    def too_late(self) -> HttpResponse:
        """Lead to the activity, which is no longer to be written."""
        assert self.activity is not None
        if self.activity.state == State.WITHDRAWN:
            messages.info(self.request, DISCARDED)
            return redirect(in_program(reverse("ce_new"), self.program))
        messages.info(self.request, ALREADY)
        return redirect(activity_url(self.activity))
