"""The system's packages: install them as root, else say which command does.

    python3 -m deploy.system install base test     needs root
    python3 -m deploy.system need base test        as root the same; else a look

`need` installs as root and otherwise looks for what the packages bring, so it is
content on any system that has it. It touches nothing but packages.
"""

import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from deploy.processes import OperatorError, main, output, run, say

PACKAGES = {
    "base": (
        "python3-venv",
        "ca-certificates",  # whom to believe, where a practice has a provider
        "libpango-1.0-0",
        "libpangoft2-1.0-0",
        "libharfbuzz-subset0",
        "fonts-dejavu-core",
        "fonts-noto-core",
        "fonts-droid-fallback",
        "fonts-wqy-microhei",  # Hangul, which the three others lack
    ),
    # libatomic1: what drives the browser needs it, and says so too late.
    "test": ("chromium", "poppler-utils", "libzbar0", "libatomic1"),
    "services": ("postgresql", "redis-server", "nginx-light"),
    "compose": ("docker-compose",),
    "try-clean": ("debootstrap",),
}
TARGETS = {
    "base": "system",
    "test": "system-test",
    "services": "system-services",
    "compose": "system-compose",
    "try-clean": "system-try-clean",
}
LIBRARIES = {
    "base": (
        "libpango-1.0.so.0",
        "libpangoft2-1.0.so.0",
        "libharfbuzz-subset.so.0",
    ),
    "test": ("libzbar.so.0", "libatomic.so.1"),
}
PROGRAMS = {
    "test": ("pdftotext", "pdffonts"),
    "services": ("redis-server", "nginx"),
    "compose": ("docker-compose",),
    "try-clean": ("debootstrap",),
}
FONTS = ("DejaVu Sans", "Noto Sans", "Droid Sans Fallback", "WenQuanYi Micro Hei")
POSTGRESQL_FOLDERS = "usr/lib/postgresql/*/bin"


def installed(package: str) -> bool:
    """Whether dpkg holds the package, unpacked and configured."""
    status, text = output(["dpkg", "-s", package])
    return status == 0 and "Status: install ok installed" in text


def install(sets: Sequence[str]) -> None:
    """Install the packages of these sets; without a missing one, touch no network.

    Raises:
        OperatorError: when we are not root, or apt-get could not install them.
    """
    if not shutil.which("apt-get"):
        raise OperatorError(
            "This system has no apt-get. Install by its own means what Debian calls: "
            + " ".join(package for name in sets for package in PACKAGES[name])
        )
    missing = [
        package for name in sets for package in PACKAGES[name] if not installed(package)
    ]
    if not missing:
        return
    if os.geteuid() != 0:
        raise OperatorError(f"Only root installs packages. Run: {sudo_command(sets)}")
    say(f"Installing {' '.join(missing)}")
    command = ["apt-get", "install", "--yes", "-q", "--no-install-recommends"]
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # Package lists that are absent or too old are fetched, others left alone.
    known = run([*command, "--simulate", *missing], env=env, quiet=True) == 0
    if known and run([*command, *missing], env=env) == 0:
        return
    run(["apt-get", "update", "-q"], env=env)
    if run([*command, *missing], env=env) != 0:
        raise OperatorError(
            f"apt-get could not install {' '.join(missing)}; see above."
        )


def absent(name: str) -> list[str]:
    """Name what a set's packages would bring and this machine does not have."""
    found = [library for library in LIBRARIES.get(name, ()) if not has_library(library)]
    found += [program for program in PROGRAMS.get(name, ()) if not server(program)]
    if name == "base":
        found += missing_fonts()
        if importlib.util.find_spec("ensurepip") is None:
            found.insert(0, "Python's venv")
    if name == "test" and browser() is None:
        found.insert(0, "chromium")
    if name == "services" and postgresql_folder() is None:
        found.insert(0, "PostgreSQL's server")
    return found


def has_library(name: str) -> bool:
    """Whether the dynamic loader finds this shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        # macOS and others name the same library otherwise.
        stem = name.removeprefix("lib").split(".so")[0]
        return sys.platform != "linux" and ctypes.util.find_library(stem) is not None
    return True


def missing_fonts() -> list[str]:
    """Name the fonts that certificates need and a Debian system does not have.

    Elsewhere other fonts may cover the same scripts, and no package of ours brings
    them, so nothing is asked.
    """
    if not shutil.which("apt-get") or not shutil.which("fc-list"):
        return []
    families = output(["fc-list", "--format", "%{family}\n"])[1]
    return [f"the font {name}" for name in FONTS if name not in families]


def server(name: str) -> str | None:
    """Return the path of a program, also where ordinary users don't look."""
    aside = Path("/usr/sbin", name)
    return shutil.which(name) or (str(aside) if aside.exists() else None)


def browser() -> str | None:
    """Return the path of the chromium that browser tests drive, if there is one."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else shutil.which("chromium")


def postgresql_folder() -> Path | None:
    """Return the folder of PostgreSQL's server programs: PATH's, else the newest."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("postgres"):
        return Path(on_path).resolve().parent
    folders = [
        path
        for path in Path("/").glob(POSTGRESQL_FOLDERS)
        if (path / "initdb").exists()
    ]
    return max(folders, key=lambda path: version_of(path.parent.name), default=None)


def version_of(folder: str) -> tuple[int, ...]:
    """Read a folder named by a version, such as 15 or 9.6, for comparing."""
    return tuple(int(part) for part in folder.split(".") if part.isdigit())


def sudo_command(sets: Sequence[str]) -> str:
    """Return the command that installs these sets."""
    return "sudo make " + " ".join(TARGETS[name] for name in sets)


def need(sets: Sequence[str], *, goal: str) -> None:
    """Make sure that what these sets bring is there before `goal` goes on.

    Raises:
        OperatorError: with the exact command to type, when something is missing, or
            when we run under sudo, where nothing but packages may be made.
    """
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install(sets)
        if os.environ.get("SUDO_UID", "0") != "0":
            raise OperatorError(
                "The packages are installed; under sudo nothing else is made. "
                f"Now run as yourself: make {goal}"
            )
    gaps = [(name, absent(name)) for name in sets]
    if any(names for _, names in gaps):
        missing = ", ".join(part for _, names in gaps for part in names)
        command = sudo_command([name for name, names in gaps if names])
        raise OperatorError(f"Missing here: {missing}. Run: {command}")


def program(arguments: Sequence[str]) -> int:
    """Install or look for the sets named on the command line."""
    verb, *sets = arguments
    if verb == "install":
        install(sets)
        say(f"The packages of make {' '.join(TARGETS[name] for name in sets)} are in.")
    else:
        need(sets, goal=os.environ.get("GOAL", "demo"))
    return 0


if __name__ == "__main__":
    main(program)
