"""Stripe's far side, as much of it as we talk to: what it holds and how it answers.

It answers the API, shows a page with a button to pay, and signs and sends its events.
Switches make it fail in the ways the real one does. What the real one checks of a
request (the key, the words of a parameter, a used idempotency key) is checked here.
"""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen
from uuid import uuid4

import stripe

from tests.billing.stripe_stored import Answered, StoredCards

__all__ = ["FORMER", "KEY", "SECRET", "Answered", "Far"]
KEY = "sk_test_of_the_fake_far_side"
SECRET = "whsec_of_the_fake_far_side"
FORMER = "whsec_of_the_fake_far_side_before"
HALF_AN_HOUR, A_DAY = 30 * 60, 24 * 60 * 60
# What a page is made of, as the API of the library's version has it.
TAKEN = {
    *("mode", "allowed_payment_method_types", "client_reference_id", "line_items"),
    *("customer_email", "expires_at", "success_url", "cancel_url"),
    "payment_intent_data",
}


@dataclass
class Far(StoredCards):
    """What the far side holds, and the switches that make it fail."""

    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    charges: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    # One of "", "declined", "500", "slow", "busy", "dropped": what the API does next.
    trouble: str = ""
    # How many calls it lasts; below zero for ever.
    lasts: int = -1
    # Done, and the answer lost on its way.
    answers_lost: int = 0
    slow: float = 0
    refund_status: str = "succeeded"
    hooks: str = ""
    # Whether the event is sent as the button is pressed.
    tells: bool = True
    base: str = ""
    now: float = 0
    _used: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    _flight: set[str] = field(default_factory=set)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def clock(self) -> float:
        """The far side's own time; a test may set it."""
        return self.now or time.time()

    def pay(self, session_id: str) -> dict[str, Any]:
        """Press the button on a page: the card is charged once."""
        with self._lock:
            found = self.sessions[session_id]
            if found["status"] != "open":
                raise Answered(400, "invalid_request_error", "This page is over.")
            intent = f"pi_{uuid4().hex[:24]}"
            found |= {"status": "complete", "payment_status": "paid"}
            found["payment_intent"] = intent
            self.charges.append(intent)
            return found

    def end(self, session_id: str) -> dict[str, Any]:
        """Let a page run out."""
        self.sessions[session_id] |= {"status": "expired", "url": None}
        return self.sessions[session_id]

    def knows(self, key: str) -> bool:
        """Whether a key was used."""
        return key in self._used

    def forget_keys(self) -> None:
        """Forget the keys that were used, as the real one does after a day."""
        self._used.clear()

    def event(self, kind: str, found: Mapping[str, Any], **more: Any) -> bytes:  # noqa: ANN401
        """Write an event about something."""
        said = {
            "id": f"evt_{uuid4().hex[:24]}",
            "object": "event",
            "type": kind,
            "created": int(self.clock()),
            "livemode": False,
            "data": {"object": dict(found)},
            **more,
        }
        return json.dumps(said).encode()

    def sign(self, body: bytes, *, secret: str = SECRET, at: float = 0) -> str:
        """Sign a body as the real one does."""
        made: str = stripe.WebhookSignature.generate_signature_header(
            body.decode(), secret, int(at or time.time())
        )
        return made

    def tell(self, kind: str, found: Mapping[str, Any]) -> int:
        """Send an event to whom it is for; give the answer's status."""
        body = self.event(kind, found)
        request = Request(  # noqa: S310  (our own server)
            self.hooks,
            body,
            {"Content-Type": "application/json", "Stripe-Signature": self.sign(body)},
        )
        try:
            with urlopen(request, timeout=10) as answer:  # noqa: S310
                return int(answer.status)
        except URLError as error:
            return getattr(error, "code", 0)

    def answer(
        self, method: str, path: str, sent: dict[str, Any], key: str
    ) -> dict[str, Any]:
        """Answer a call of the API, doing once what bears a key."""
        with self._lock:
            self.calls.append(f"{method} {path}")
            self._fail()
            if method == "GET":
                return self._do(method, path, sent)
            if key in self._flight:
                raise Answered(
                    409,
                    "idempotency_error",
                    "There is currently another in-progress request.",
                    "idempotency_key_in_use",
                )
            if key in self._used:
                asked, answered = self._used[key]
                if asked != (path, sent):
                    raise Answered(
                        400,
                        "idempotency_error",
                        "Keys for idempotent requests can only be used with the same "
                        "parameters they were first used with.",
                    )
                if isinstance(answered, Answered):
                    raise answered
                found: dict[str, Any] = answered
                return found
            self._flight.add(key)
        try:
            time.sleep(self.slow)
            with self._lock:
                done = self._do(method, path, sent)
                self._used[key] = (path, sent), dict(done)
                return done
        except Answered as refused:
            self._used[key] = (path, sent), refused
            raise
        finally:
            self._flight.discard(key)

    def _fail(self) -> None:
        if not self.trouble or not self.lasts:
            return
        self.lasts -= 1
        if self.trouble == "declined":
            raise Answered(
                402, "card_error", "Your card was declined.", "card_declined"
            )
        if self.trouble == "500":
            raise Answered(500, "api_error", "Something went wrong on our end.")
        if self.trouble == "busy":
            raise Answered(429, "rate_limit_error", "Too many.", "rate_limit")
        if self.trouble == "dropped":
            raise ConnectionAbortedError

    def _do(self, method: str, path: str, sent: dict[str, Any]) -> dict[str, Any]:
        match method, path.strip("/").split("/")[1:]:
            case "POST", ["checkout", "sessions"] if sent.get("mode") == "setup":
                return self.open_setup(sent)
            case "POST", ["checkout", "sessions"]:
                return self._open(sent)
            case "GET", ["checkout", "sessions", known] if known in self.sessions:
                return self.expanded(self.sessions[known])
            case "POST", ["checkout", "sessions", known, "expire"]:
                if self.sessions[known]["status"] != "open":
                    raise Answered(
                        400,
                        "invalid_request_error",
                        "Only Checkout Sessions with a status in open can be expired.",
                    )
                return self.end(known)
            case "POST", ["refunds"]:
                return self._refund(sent)
            case "GET", ["refunds"]:
                made = [
                    each
                    for each in self.refunds.values()
                    if each["payment_intent"] == sent.get("payment_intent")
                ]
                return {"object": "list", "data": made, "has_more": False, "url": path}
            case _:
                return self.do_stored(method, path, sent)

    def _open(self, sent: dict[str, Any]) -> dict[str, Any]:
        for name in sent.keys() - TAKEN:
            message = f"Received unknown parameter: {name}"
            raise Answered(400, "invalid_request_error", message, "parameter_unknown")
        item = sent["line_items"]["0"]
        price = item["price_data"]
        until = int(sent["expires_at"])
        soon, late = self.clock() + HALF_AN_HOUR - 60, self.clock() + A_DAY + 60
        if sent.get("mode") != "payment" or not soon <= until <= late:
            raise Answered(400, "invalid_request_error", "Invalid expires_at", "")
        made = f"cs_test_{uuid4().hex}"
        self.sessions[made] = {
            "id": made,
            "object": "checkout.session",
            "url": f"{self.base}/c/pay/{made}",
            "status": "open",
            "payment_status": "unpaid",
            "amount_total": int(price["unit_amount"]) * int(item["quantity"]),
            "currency": price["currency"],
            "client_reference_id": sent["client_reference_id"],
            "customer_details": {"email": sent["customer_email"], "name": "A. Adams"},
            "expires_at": until,
            "payment_intent": None,
            "name": price["product_data"]["name"],
            "success_url": sent["success_url"],
            "cancel_url": sent["cancel_url"],
        }
        return self.sessions[made]

    def _refund(self, sent: dict[str, Any]) -> dict[str, Any]:
        intent, cents = sent["payment_intent"], int(sent["amount"])
        paid = [
            each["amount_total"]
            for each in self.sessions.values()
            if each["payment_intent"] == intent
        ]
        paid += [
            each["amount_received"]
            for each in self.intents.values()
            if each["id"] == intent
        ]
        back = sum(
            each["amount"]
            for each in self.refunds.values()
            if each["payment_intent"] == intent and each["status"] != "failed"
        )
        if not paid or back + cents > paid[0]:
            raise Answered(
                400,
                "invalid_request_error",
                "Refund amount is greater than unrefunded amount on charge.",
                "amount_too_large",
            )
        made = f"re_{uuid4().hex[:24]}"
        self.refunds[made] = {
            "id": made,
            "object": "refund",
            "amount": cents,
            "currency": "usd",
            "payment_intent": intent,
            "status": self.refund_status,
            "failure_reason": "lost_or_stolen_card"
            if self.refund_status == "failed"
            else None,
            "metadata": dict(sent.get("metadata") or {}),
        }
        return self.refunds[made]
