"""Debian packages, by root or by a sudo that asks no password; anyone else is told the one line to run."""

from __future__ import annotations  # so that a Python that is too old can still say so

import os
import shutil
import subprocess
import sys


def say(sentence: str) -> None:
    """To stderr: stdout belongs to what was asked for."""
    print(sentence, file=sys.stderr, flush=True)


def stop(sentence: str) -> None:
    say(sentence)
    sys.exit(1)


def as_root() -> list[str] | None:
    """The words before a command that make it root's, or None when that takes a password."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def install(packages: list[str]) -> None:
    install_line = ["install", "-y", "--no-install-recommends", *packages]
    root = as_root()
    if root is None or not shutil.which("apt-get"):
        stop(f"Needed, on Debian or Ubuntu: sudo apt-get update && sudo apt-get {' '.join(install_line)}")
        return
    say(f"Installing with apt: {' '.join(packages)} …")
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    _run([*apt, "update"])
    _run([*apt, *install_line])


def _run(command: list[str]) -> None:
    """Quiet when it works, the end of its words when it does not."""
    log = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "errors": "replace"}
    done = subprocess.run(command, stdin=subprocess.DEVNULL, check=False, **log)
    if done.returncode:
        stop(f"{done.stdout[-3000:]}\nThis failed: {' '.join(command)}")
