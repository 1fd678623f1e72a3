"""What a browser complains of while pages are shown, whatever else a test looks at."""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

KIND = "content-type"
POLICY = "content-security-policy"
OWN = ("chrome:", "chrome-extension:")
# A page we asked for with a status of 400 or more: the console repeats it.
REPEATED = "Failed to load resource: the server responded with a status of"


@dataclass
class Watch:
    """Everything wrong that pages of one context did; `faults` stays empty.

    `awaited` are the statuses a document may have beside success; `status` is the last
    document's, `papers` are the addresses of the PDFs that came. What the browser's own
    PDF viewer does is no page's doing, nor is what pages of `elsewhere` do, another
    site's address that a journey leads over.
    """

    base: str
    awaited: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    status: int = 0
    elsewhere: tuple[str, ...] = ()

    @property
    def _others(self) -> tuple[str, ...]:
        return (*OWN, *(f"{each}/" for each in self.elsewhere))

    def over(self, context: BrowserContext) -> "Watch":
        """Listen to every page the context has or opens."""
        context.on("console", self._said)
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)
        context.on("page", self._opened)
        return self

    def _opened(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def _said(self, message: ConsoleMessage) -> None:
        # A refused style, script or connection (CSP) is an error here too.
        repeated = message.text.startswith(REPEATED)
        own = message.location["url"].startswith(self._others)
        if message.type == "error" and not repeated and not own:
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        ours = (f"{self.base}/", "data:", "blob:", *self._others)
        if not request.url.startswith(ours):
            self.faults.append(f"asked elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        # A page left before all of it came has failed nobody.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.url.startswith(self._others):
            return
        document = response.request.is_navigation_request()
        if document:
            self.status = response.status
        if response.status >= 400 and not (
            document and response.status in self.awaited
        ):
            self.faults.append(f"answered {response.status}: {response.url}")
        kind, policy = (response.headers.get(name, "") for name in (KIND, POLICY))
        if "text/html" in kind and "default-src 'none'" not in policy:
            self.faults.append(f"{response.url} has the policy {policy!r}")
        if kind == "application/pdf":
            self.papers.append(response.url)
