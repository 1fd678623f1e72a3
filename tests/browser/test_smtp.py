"""The same mail through a real server: what leaves the house by SMTP."""

from tests.browser.post_office import PostOffice, post_office
from tests.browser.renewing import check_mail, renew_tom
from tests.browser.stage import Stage
from tests.browser.visitor import Visitors

__all__ = ["post_office"]


def test_a_renewal_is_mailed_by_smtp(
    visitor: Visitors, stage: Stage, post_office: PostOffice
) -> None:
    renew_tom(visitor())
    stage.settle()
    check_mail(post_office.letters)
    # Nobody sees on the envelope who else was told.
    assert [[str(each["To"])] for each in post_office.letters] == post_office.recipients
