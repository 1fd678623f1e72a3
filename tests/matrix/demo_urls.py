"""The project's routes as they are with DEMO=1."""

from pathlib import Path
from runpy import run_path

from django.test import override_settings

from config import urls as project

handler400, handler403 = project.handler400, project.handler403
handler404, handler500 = project.handler404, project.handler500

PORTAL = Path(project.__file__).parents[1] / "portal" / "urls.py"
with override_settings(DEMO=True):
    _portal = run_path(str(PORTAL))["urlpatterns"]
with override_settings(DEMO=False):
    _known = {each.name for each in run_path(str(PORTAL))["urlpatterns"]}
doors = [each for each in _portal if each.name not in _known]
urlpatterns = [*project.urlpatterns, *doors]
