"""The far side's cards: pages to store one on, customers, and what is charged to them.

As the real one does, a card that is refused leaves a payment behind, and says so in the
answer's error.
"""

import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

SETUP = {
    *("mode", "allowed_payment_method_types", "client_reference_id", "customer"),
    *("expires_at", "success_url", "cancel_url"),
}
DEBIT = {
    *("amount", "currency", "customer", "payment_method", "off_session", "confirm"),
    *("allowed_payment_method_types", "description", "metadata"),
}
VISA = {"brand": "visa", "last4": "4242", "exp_month": 8, "exp_year": 2028}
AMEX = {"brand": "amex", "last4": "0005", "exp_month": 1, "exp_year": 2029}


class Answered(Exception):  # noqa: N818  (an answer, not a fault)
    """An answer that is no object."""

    def __init__(
        self,
        status: int,
        kind: str,
        message: str,
        code: str = "",
        **more: Any,  # noqa: ANN401  (as the API has it)
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error = {"type": kind, "message": message, "code": code or None, **more}


@dataclass
class StoredCards:
    """Customers, their cards, pages to store one on, and payments."""

    customers: dict[str, dict[str, Any]] = field(default_factory=dict)
    methods: dict[str, dict[str, Any]] = field(default_factory=dict)
    setups: dict[str, dict[str, Any]] = field(default_factory=dict)
    intents: dict[str, dict[str, Any]] = field(default_factory=dict)
    # Why the next charges are refused: a code of the provider's; empty: they are paid.
    refuses: str = ""
    # Whether charges stay "processing" until they are decided.
    undecided: bool = False
    base: str = ""
    # The methods below are called by the far side, which does once what bears a key.
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)

    def clock(self) -> float:
        """The far side's own time."""
        return time.time()

    @property
    def taken(self) -> list[int]:
        """What was taken from cards, in hundredths."""
        paid = [each for each in self.intents.values() if each["status"] == "succeeded"]
        return [each["amount_received"] for each in paid]

    def store(self, session_id: str, card: dict[str, Any] = VISA) -> dict[str, Any]:
        """Type a card in on a page to store one on."""
        found = self.sessions[session_id]
        if found["status"] != "open":
            raise Answered(400, "invalid_request_error", "This page is over.")
        method = f"pm_{uuid4().hex[:24]}"
        self.methods[method] = {
            "id": method,
            "object": "payment_method",
            "type": "card",
            "customer": found["customer"],
            "card": dict(card),
        }
        intent = f"seti_{uuid4().hex[:24]}"
        self.setups[intent] = {
            "id": intent,
            "object": "setup_intent",
            "status": "succeeded",
            "payment_method": method,
        }
        found |= {"status": "complete", "setup_intent": intent, "url": None}
        return found

    def open_setup(self, sent: dict[str, Any]) -> dict[str, Any]:
        """Make a page to store a card on."""
        self._known(sent, SETUP)
        self._customer(sent)
        made = f"cs_test_{uuid4().hex}"
        self.sessions[made] = {
            "id": made,
            "object": "checkout.session",
            "mode": "setup",
            "url": f"{self.base}/c/pay/{made}",
            "status": "open",
            "payment_status": "no_payment_required",
            "amount_total": None,
            "currency": None,
            "client_reference_id": sent["client_reference_id"],
            "customer": sent["customer"],
            "expires_at": int(sent["expires_at"]),
            "payment_intent": None,
            "setup_intent": None,
            "name": "Store a card",
            "success_url": sent["success_url"],
            "cancel_url": sent["cancel_url"],
        }
        return self.sessions[made]

    def expanded(self, session: dict[str, Any]) -> dict[str, Any]:
        """A page with its set-up and the card, for whoever asks to expand them."""
        intent = self.setups.get(session.get("setup_intent") or "")
        if intent is None:
            return session
        method = self.methods[intent["payment_method"]]
        return session | {"setup_intent": intent | {"payment_method": method}}

    def do_stored(self, method: str, path: str, sent: dict[str, Any]) -> dict[str, Any]:
        """Answer a call about customers, cards and payments."""
        match method, path.strip("/").split("/")[1:]:
            case "POST", ["customers"]:
                made = f"cus_{uuid4().hex[:14]}"
                self.customers[made] = {"id": made, "object": "customer", **sent}
                return self.customers[made]
            case "POST", ["payment_methods", known, "detach"]:
                return self._detach(known)
            case "POST", ["payment_intents"]:
                return self._debit(sent)
            case "GET", ["payment_intents"]:
                self._customer(sent)
                found = [
                    each
                    for each in self.intents.values()
                    if each["customer"] == sent["customer"]
                    and each["created"] >= int(sent["created[gte]"])
                ]
                return {"object": "list", "data": found, "has_more": False, "url": path}
            case _:
                message = f"No such thing: {path}"
                raise Answered(404, "invalid_request_error", message)

    def _detach(self, known: str) -> dict[str, Any]:
        found = self.methods.get(known)
        if found is None or not found["customer"]:
            message = "The payment method you provided is not attached to a customer."
            raise Answered(400, "invalid_request_error", message)
        found["customer"] = None
        return found

    def _debit(self, sent: dict[str, Any]) -> dict[str, Any]:
        self._known(sent, DEBIT)
        self._customer(sent)
        method = self.methods.get(sent["payment_method"])
        if method is None or method["customer"] != sent["customer"]:
            message = f"No such PaymentMethod: {sent['payment_method']}"
            raise Answered(400, "invalid_request_error", message, "resource_missing")
        made = f"pi_{uuid4().hex[:24]}"
        intent = {
            "id": made,
            "object": "payment_intent",
            "amount": int(sent["amount"]),
            "amount_received": 0,
            "currency": sent["currency"],
            "customer": sent["customer"],
            "payment_method": sent["payment_method"],
            "created": int(self.clock()),
            "metadata": dict(sent["metadata"]),
            "status": "succeeded",
            "last_payment_error": None,
        }
        self.intents[made] = intent
        if self.refuses:
            error = self._refused(intent)
            raise Answered(402, "card_error", "Your card was declined.", **error)
        if self.undecided:
            intent["status"] = "processing"
        else:
            self.decide(made)
        return intent

    def _refused(self, intent: dict[str, Any]) -> dict[str, Any]:
        """Leave a payment that was refused, and say why as the API does."""
        own = self.refuses in {"expired_card", "authentication_required"}
        code = self.refuses if own else "card_declined"
        decline = None if self.refuses == "expired_card" else self.refuses
        said = {"code": code, "decline_code": decline}
        intent |= {
            "status": "requires_payment_method",
            "last_payment_error": {"type": "card_error", **said},
        }
        return {**said, "payment_intent": dict(intent)}

    def decide(self, intent_id: str) -> dict[str, Any]:
        """Take the money of a payment."""
        found = self.intents[intent_id]
        found |= {"status": "succeeded", "amount_received": found["amount"]}
        return found

    def _known(self, sent: dict[str, Any], names: set[str]) -> None:
        for name in sent.keys() - names:
            message = f"Received unknown parameter: {name}"
            raise Answered(400, "invalid_request_error", message, "parameter_unknown")

    def _customer(self, sent: dict[str, Any]) -> None:
        if sent.get("customer") not in self.customers:
            message = f"No such customer: {sent.get('customer')}"
            raise Answered(400, "invalid_request_error", message, "resource_missing")
