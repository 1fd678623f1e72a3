"""Which kinds of exports there are, how people call them, and who makes them."""

from collections.abc import Mapping

from core.exporting import Exporter
from portal.binding import build
from portal.queries.export_kinds import KINDS
from portal.queries.exports import build_export
from portal.services import BINDER

EXPORTERS: Mapping[str, Exporter] = {
    **{each.code: Exporter(each.name, build_export) for each in KINDS},
    BINDER: Exporter("Audit binder", build, "the audit binder"),
}
