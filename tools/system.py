"""What the tests need from the operating system: `python -m tools.system database browser log` installs what is missing."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import debian, postgres

CHROMIUM = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
RELEASE = Path("/etc/os-release")
TLOG = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")


def chromium() -> str | None:
    """The browser's path. XINFANG_CHROMIUM names another one."""
    return os.environ.get("XINFANG_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


def chromium_package() -> str:
    is_ubuntu = RELEASE.exists() and "ID=ubuntu" in RELEASE.read_text().splitlines()
    return "chromium-browser" if is_ubuntu else "chromium"


def has_chinese_font() -> bool:
    """Without one, Chromium draws boxes, and a picture of a page proves nothing."""
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False).stdout.strip())


def missing_for_database() -> list[str]:
    return [] if postgres.binaries() else ["postgresql"]


def has_driver_library() -> bool:
    """What the driver of the browser is linked with, and a bare Debian lacks."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


def missing_for_browser() -> list[str]:
    browser = [] if chromium() else [chromium_package()]
    font = [] if has_chinese_font() else ["fontconfig", "fonts-wqy-microhei"]
    return [*browser, *font, *([] if has_driver_library() else ["libatomic1"])]


def missing_for_log() -> list[str]:
    """The implementation of the log's formats that nobody here wrote (tests/trace/test_go.py)."""
    go = [] if shutil.which("go") else ["golang-go"]
    return [*go, *([] if TLOG.exists() else ["golang-golang-x-mod-dev"])]


def main() -> None:
    needs = {"database": missing_for_database, "browser": missing_for_browser, "log": missing_for_log}
    missing = [package for need in sys.argv[1:] for package in needs[need]()]
    if missing:
        debian.install(missing)


if __name__ == "__main__":
    main()
