"""A fresh Debian in a folder, able to reach packages as this machine reaches them.

Nothing here names a host: whatever this machine is set to use is carried along.
"""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from deploy.processes import ROOT, OperatorError, output, run

TREE = Path("srv/goodstanding")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
BRINGS = "ca-certificates,make,python3"
PROXIES = ("http_proxy", "https_proxy", "no_proxy", "all_proxy")
CARRIED_NAMES = re.compile(r"PIP_|SSL_CERT_|REQUESTS_CA_|CURL_CA_")
# How apt reaches its sources; what it fetches and keeps is the fresh system's matter.
CARRIED_APT = re.compile(r"Acquire::(https?|Check-|Retries|ForceIPv)")


def build(root: Path, *, suite: str) -> None:
    """Make a minimal Debian with python3 and make, and the tracked files in it.

    Raises:
        OperatorError: when debootstrap ends with an error, which it prints.
    """
    here, mirror = archive()
    command = ["debootstrap", "--variant=minbase", f"--include={BRINGS}", suite]
    if run([*command, root, *mirror]) != 0:
        raise OperatorError(f"debootstrap could not build {suite}; it says why above.")
    carry_apt(root, here=here, suite=suite)
    carry_trust(root)
    carry_pip(root)
    for name in ("resolv.conf", "hosts"):
        copy(Path("/etc") / name, root)
    # No package may start a service: this is no booted machine.
    policy = root / "usr/sbin/policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    copy_tree(root)


def archive() -> tuple[str, list[str]]:
    """Return this Debian's suite and, where apt names one, the archive it uses."""
    words = Path("/etc/os-release").read_text()
    found = re.search(r"^VERSION_CODENAME=(\w+)$", words, re.MULTILINE)
    here = found[1] if found else ""
    ask = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)"]
    lines = output([*ask, "Created-By: Packages"])[1].splitlines()
    uris = [line.split()[0] for line in lines if line.endswith(f" {here}")]
    return here, uris[:1]


def carry_apt(root: Path, *, here: str, suite: str) -> None:
    """Carry apt's sources, for `suite` instead of `here`, and how it reaches them."""
    apt = Path("/etc/apt")
    sources = [apt / "sources.list", *apt.glob("sources.list.d/*.list")]
    for path in [*sources, *apt.glob("sources.list.d/*.sources")]:
        if path.exists():
            copy(path, root)
            copied = root / path.relative_to("/")
            copied.write_text(copied.read_text().replace(here, suite))
    for path in (apt / "keyrings").glob("*"):
        copy(path, root)
    lines = output(["apt-config", "dump"])[1].splitlines()
    kept = [line for line in lines if CARRIED_APT.match(line)]
    (root / "etc/apt/apt.conf.d/99carried").write_text("\n".join([*kept, ""]))


def carry_trust(root: Path) -> None:
    """Carry the certificates that this machine trusts beside the system's own."""
    own = Path("/usr/local/share/ca-certificates")
    if own.is_dir():
        shutil.copytree(own, root / own.relative_to("/"), dirs_exist_ok=True)
    run(["chroot", root, "update-ca-certificates"], env={"PATH": PATH}, quiet=True)
    for name, value in carried_environment(os.environ).items():
        trusted = "CERT" in name or "CA_" in name
        if trusted and Path(value).is_file() and not (root / value[1:]).exists():
            copy(Path(value), root)


def carry_pip(root: Path, *, home: str = "/root") -> None:
    """Carry pip's settings to where the pip of whoever has this home reads them."""
    for path in pip_settings():
        own = Path.home()
        inside = path
        if path.is_relative_to(own):
            inside = Path(home) / path.relative_to(own)
        copy(path, root, inside=inside)


def pip_settings() -> Iterator[Path]:
    """Yield the files pip takes its settings from."""
    home = Path.home()
    named = os.environ.get("PIP_CONFIG_FILE")
    places = [Path("/etc/pip.conf"), home / ".config/pip/pip.conf"]
    places += [home / ".pip/pip.conf", *([Path(named)] if named else [])]
    return (path for path in places if path.is_file())


def local_indexes() -> set[Path]:
    """Return the folders of this machine that pip's settings send it to.

    An index's pages link to files beside them, so its parent is meant.
    """
    texts = [path.read_text() for path in pip_settings()]
    texts += [text for name, text in os.environ.items() if name.startswith("PIP_")]
    found = {Path(match) for text in texts for match in re.findall(r"/[\w./+-]+", text)}
    folders = {path for path in found if path.is_dir()}
    return {path.parent if len(path.parts) > 3 else path for path in folders}


def carried_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that say how to reach and trust a package index."""
    return {
        name: value
        for name, value in environment.items()
        if name.lower() in PROXIES or CARRIED_NAMES.match(name)
    }


def mount_all(root: Path) -> None:
    """Mount what a running system has; the mount namespace takes it all down.

    Raises:
        OperatorError: when the system refuses a mount.
    """
    mounts = [["-t", "proc", "proc", root / "proc"], ["--rbind", "/dev", root / "dev"]]
    for folder in local_indexes():
        inside = root / folder.relative_to("/")
        inside.mkdir(parents=True, exist_ok=True)
        mounts.append(["--bind", "-o", "ro", folder, inside])
    for words in mounts:
        status, text = output(["mount", *[str(word) for word in words]])
        if status != 0:
            raise OperatorError(text)


def copy_tree(root: Path) -> None:
    """Copy the tracked files, as they stand in the working tree."""
    ask = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    status, listed = output(ask)
    if status != 0:
        raise OperatorError(f"{listed}\nOnly a git checkout can be tried.")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            target = root / TREE / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)


def copy(path: Path, root: Path, *, inside: Path | None = None) -> None:
    """Copy a file to the same path, or to `inside`, of the fresh root."""
    if path.exists():
        target = root / (inside or path).relative_to("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_symlink():
            target.unlink()
        shutil.copyfile(path, target)
