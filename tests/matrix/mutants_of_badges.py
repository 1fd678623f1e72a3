"""Certificates of cycles and badges that somebody else could reach."""

from tests.matrix.mutating import WITH_PUBLIC, Mutant

ROWS = "certificates/models.py"
OWN = "portal/queries/my_certificates.py"
PAGES = "portal/views/own_certificates.py"
BADGES = (
    Mutant(
        ROWS,
        '"""Those of the member\'s credentials."""\n'
        "        return self.filter(member=member.pk)",
        '"""Those of the member\'s credentials."""\n        return self.all()',
        "withdraw_badge",
    ),
    Mutant(
        OWN,
        "Certification.objects.filter(member=member, pk=certification_id)",
        "Certification.objects.filter(pk=certification_id)",
        "share_badge",
    ),
    Mutant(
        PAGES,
        "@route(permission=OWN)\ndef certificates(",
        f"{WITH_PUBLIC}@route(permission=PUBLIC)\ndef certificates(",
        "my_certificates",
    ),
)
