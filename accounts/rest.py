"""What every REST view stands on: its door, its query, its limits, its one answer."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from hashlib import sha256
from typing import Any, ClassVar, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from accounts.access import Door, Kind, Permission, open_door
from accounts.answers import SecondFactorFirst, SignInFirst, WrongRole
from accounts.models import Token, User
from accounts.passed import shown_by
from accounts.services import Tried, note_denied
from core import clock, idempotency
from core.failures import Missing, Stale
from core.idempotency import Answer, Attempt
from core.problem_types import PROBLEM_TYPES
from core.problems import Forbidden, NotAuthenticated, RateLimited, StaleCopy
from core.rest import AnyAccept, Limit, Query, Strict
from core.rest.describing import ETAG, IF_MATCH, idempotency_key
from core.scope import scoped

Handler = Callable[..., HttpResponseBase]
SECOND_FACTOR = (
    "Your role needs a second step at sign-in. Open your page Sign-in and security, "
    "set it up or pass it there, then send the request again."
)
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class CallerLimit(Limit):
    """A token's requests, or a signed-in person's."""

    scope = "token"

    def caller(self, request: Request) -> str:
        """Count by token, else by person, else by address."""
        if isinstance(request.auth, Token):
            return f"token:{request.auth.pk}"
        if isinstance(request.user, User):
            return f"user:{request.user.pk}"
        return super().caller(request)


class RestView(APIView):
    """A REST address: the request comes in through the door its method declares.

    A handler is called with the request, the open door and the rest of the address;
    the query parameters are in `asked`. `permissions` names what each method needs;
    a method without one is not answered. `refusals` names, by method, the problems the
    services behind it may answer; `matched` the methods that take an If-Match, `once`
    those that need an Idempotency-Key, which every POST takes. `operations` gives each
    method's name in the description: a verb, and what it is about.
    """

    permissions: ClassVar[Mapping[str, Permission]] = {}
    query: ClassVar[type[Query]] = Query
    refusals: ClassVar[Mapping[str, Sequence[str]]] = {}
    once: ClassVar[frozenset[str]] = frozenset()
    matched: ClassVar[frozenset[str]] = frozenset()
    operations: ClassVar[Mapping[str, tuple[str, str]]] = {}
    # False where a POST only asks: sent again, it asks again.
    keyed: ClassVar[bool] = True
    # False where the work may be done again and is then done once all the same.
    in_one_piece: ClassVar[bool] = True

    # The door is the permission; REST framework's own never come into it.
    permission_classes = ()
    content_negotiation_class = AnyAccept
    throttle_classes: Sequence[type[BaseThrottle]] = (CallerLimit,)
    http_method_names = [
        "get",
        "head",
        "post",
        "put",
        "patch",
        "delete",
    ]
    asked: Mapping[str, Any]
    attempt: Attempt | None = None
    limit_headers: Mapping[str, str] = {}

    def dispatch(
        self, request: HttpRequest, *args: object, **kwargs: str
    ) -> HttpResponseBase:
        """Answer a request; whatever is refused on the way is a problem."""
        self.args, self.kwargs = args, kwargs
        asked = self.initialize_request(request, *args, **kwargs)
        self.request, self.headers = asked, self.default_response_headers
        response: Any
        try:
            response = self._answer(asked, dict(kwargs))
        except Exception as error:
            response = self.handle_exception(self._told_apart(error))
        # A fault of ours, nobody's refusal, was raised on by handle_exception.
        response = self.finalize_response(asked, response, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store, private")
        for name, value in self.limit_headers.items():
            response.headers[name] = value
        return cast(HttpResponseBase, response)

    def _answer(self, request: Request, kwargs: dict[str, str]) -> HttpResponseBase:
        method = "GET" if request.method == "HEAD" else str(request.method)
        permission = self.permissions.get(method)
        if permission is None:
            raise MethodNotAllowed(method)
        handler: Handler = getattr(self, method.lower())
        self._count(request)
        address = dict(kwargs)
        try:
            door = self._enter(request, permission, kwargs)
            self.look_at(request)
            self.asked = self.query_of(method).read(request)
            if method in self.once or (
                method == "POST"
                and self.keyed
                and idempotency.HEADER in request.headers
            ):
                return self._once(request, door, handler, kwargs)
            with scoped(door.scope):
                return handler(request, door, **kwargs)
        except (Missing, Forbidden) as error:
            self._note(request, address, int(error.status))
            raise

    def _note(self, request: Request, address: Mapping[str, str], answer: int) -> None:
        """Note a refused change on the trail; all of its own transaction is undone."""
        match = request.resolver_match
        tried = Tried(
            route=match.view_name if match else "",
            method=str(request.method),
            practice=address.get("practice", ""),
            program=address.get("body", ""),
            answer=answer,
        )
        note_denied(
            user=request.user if isinstance(request.user, User) else None,
            token=request.auth if isinstance(request.auth, Token) else None,
            tried=tried,
            now=clock.now(),
        )

    def look_at(self, request: Request) -> None:
        """Refuse a request for what its head alone says; nothing of it is read yet."""

    def _told_apart(self, error: Exception) -> Exception:
        """Tell whoever named their copy that it is the copy which is old."""
        named = "If-Match" in self.request.headers
        if isinstance(error, Stale) and named and self.request.method in self.matched:
            return StaleCopy(error.text, error.problems, error.extra)
        return error

    def check_copy(self, etag: str) -> None:
        """Hold the present state against the copy that the request names, if any.

        Raises:
            Stale: the copy is of another state.
        """
        named = self.request.headers.get("If-Match")
        if named is not None and not {"*", etag} & set(parse_etags(named)):
            raise Stale("It changed since you read it. Read it again.")

    def _count(self, request: Request) -> None:
        for limit in self.get_throttles():
            fits = limit.allow_request(request, self)
            if isinstance(limit, Limit):
                self.limit_headers = limit.headers
            if not fits:
                seconds = int(limit.wait() or 0) or 1
                raise RateLimited(
                    f"Too many requests. Wait {seconds} seconds, then try again.",
                    extra={"retry_after": seconds},
                )

    def _enter(
        self, request: Request, permission: Permission, kwargs: dict[str, str]
    ) -> Door:
        try:
            return open_door(
                permission,
                user=request.user if isinstance(request.user, User) else None,
                token=request.auth if isinstance(request.auth, Token) else None,
                practice_slug=kwargs.pop("practice", ""),
                program=kwargs.pop("body", ""),
                shown=shown_by(request),
            )
        except SignInFirst as error:
            kind = PROBLEM_TYPES["not-authenticated"]
            raise NotAuthenticated(kind.detail) from error
        except SecondFactorFirst as error:
            raise Forbidden(SECOND_FACTOR) from error
        except WrongRole as error:
            if request.auth and permission.needs:
                text = f"This token doesn't have the scope {permission.needs}."
                raise Forbidden(text) from error
            raise Forbidden(PROBLEM_TYPES["forbidden"].detail) from error

    def _once(
        self, request: Request, door: Door, handler: Handler, kwargs: dict[str, str]
    ) -> HttpResponseBase:
        self.attempt = Attempt(
            actor_key=door.actor.key,
            route=f"{request.method} {request.path}",
            key=idempotency.key_from(request.headers.get(idempotency.HEADER)),
            fingerprint=self.fingerprint(request),
        )
        with scoped(door.scope):
            claim = idempotency.claim(self.attempt, now=clock.now())
        if isinstance(claim, Answer):
            replay = HttpResponse(claim.text, "application/json", status=claim.status)
            replay.headers["Idempotent-Replayed"] = "true"
            return replay
        try:
            with scoped(door.scope), self._together():
                response = handler(request, door, **kwargs)
                text = JSONRenderer().render(getattr(response, "data", None)).decode()
                idempotency.keep(claim, Answer(response.status_code, text))
        except BaseException:
            with scoped(door.scope):
                idempotency.give_back(claim)
            raise
        return response

    def sent(self, request: Request, kind: type[Strict]) -> dict[str, Any]:
        """Read the body as a kind of question.

        Raises:
            ValidationError: with each field that is missing, unknown or not usable.
        """
        asked = kind(data=request.data)
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)

    def _together(self) -> AbstractContextManager[object]:
        return transaction.atomic() if self.in_one_piece else nullcontext()

    def fingerprint(self, request: Request) -> str:
        """Digest the body, so that another one under the same key is found out."""
        body = json.dumps(request.data, sort_keys=True, default=str)
        return sha256(body.encode()).hexdigest()

    @property
    def form_key(self) -> str:
        """What names this very request to a service; for methods in `once` alone."""
        if self.attempt is None:
            raise RuntimeError(f"{self.request.method} asks for no key here.")
        return self.attempt.form_key

    # What core.schema.Declares asks for.

    def query_of(self, method: str) -> type[Query]:
        """The query parameters a method takes: those of the list, for GET."""
        return self.query if method == "GET" else Query

    def problems_of(self, method: str) -> Sequence[str]:
        """The problems a method may answer."""
        found = ["malformed", "rate-limited", *self.refusals.get(method, ())]
        if self.permissions[method].kind is not Kind.PUBLIC:
            found += ["not-authenticated", "forbidden", "not-found"]
        if method in UNSAFE:
            found += ["too-large", "unsupported-media-type", "validation-error"]
        if method == "POST" and self.keyed:
            found += ["idempotency-key-reused", "idempotency-in-progress"]
        if method in self.matched:
            found.append("stale-version")
        return sorted(set(found))

    def headers_of(self, method: str) -> Sequence[OpenApiParameter]:
        """The request headers a method reads, and the answer's."""
        copies = [ETAG] if self.matched else []
        copies += [IF_MATCH] if method in self.matched else []
        keyed = method == "POST" and self.keyed
        keys = idempotency_key(needed=method in self.once) if keyed else ()
        return (*copies, *keys)
