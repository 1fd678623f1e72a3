"""Which charsets a body may say it has: UTF-8, said or unsaid."""

from collections.abc import Iterable
from email.message import Message
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

CHARSETS = {"utf-8", "utf8"}
# A type that nobody reads: a page answers 400, REST 415.
UNREADABLE = "application/x-unreadable"


def only_utf8(application: WSGIApplication) -> WSGIApplication:
    """Take away the Content-Type of a body in another charset.

    Django decodes the address by the body's charset before any middleware runs, and
    fails outside all error pages at one that Python knows but that is no text: zlib.
    """

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        said = Message()
        said["Content-Type"] = str(environ.get("CONTENT_TYPE", "")).replace("\n", " ")
        charset = said.get_param("charset", "utf-8")
        if str(charset).lower() not in CHARSETS:
            environ["CONTENT_TYPE"] = UNREADABLE
        return application(environ, start)

    return answer
