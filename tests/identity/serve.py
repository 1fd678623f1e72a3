"""Run the provider: `python -m tests.identity.serve PORT CALLBACK ADDRESS…`.

It knows these addresses, each with the same password, and one client of its own.
"""

import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from tests.identity.words import CLIENT, PASSWORD, SECRET

# Named apart: the project's own type checker knows no such app.
CLIENTS: str = "allauth_idp_oidc.Client"


class Server(ThreadingMixIn, WSGIServer):
    """Answers several at once: browsers keep connections open."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def fill(callback: str, addresses: list[str]) -> None:
    """Make the tables, the people and the client."""
    call_command("migrate", verbosity=0, interactive=False)
    for address in addresses:
        user = get_user_model().objects.create_user(
            username=address, email=address, password=PASSWORD
        )
        apps.get_model("account.EmailAddress").objects.create(
            user=user, email=address, primary=True, verified=True
        )
    client = apps.get_model(CLIENTS)(
        id=CLIENT,
        name="Goodstanding",
        scopes="openid\nemail",
        skip_consent=True,
    )
    client.set_redirect_uris([callback])
    client.set_secret(SECRET)
    client.save()


def main(port: int, callback: str, addresses: list[str]) -> None:
    """Fill it and serve until somebody ends the process."""
    django.setup()
    fill(callback, addresses)
    server = make_server(
        "127.0.0.1",
        port,
        get_wsgi_application(),
        server_class=Server,
        handler_class=Quiet,
    )
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
