"""CPU spent by processes and all they started, read from /proc."""

import os
from collections.abc import Iterable
from pathlib import Path

TICK = 1000 / os.sysconf("SC_CLK_TCK")
_PARENT, _USER, _KERNEL = 1, 11, 12  # counted after the name, which may hold spaces


def cpu_ms(roots: Iterable[int]) -> float:
    """Milliseconds, user and kernel, of these processes and their living descendants."""
    stats = {int(folder.name): stat for folder in Path("/proc").glob("[0-9]*") if (stat := _stat(folder))}
    children: dict[int, list[int]] = {}
    for pid, stat in stats.items():
        children.setdefault(int(stat[_PARENT]), []).append(pid)
    family, waiting = set[int](), list(roots)
    while waiting:
        pid = waiting.pop()
        family.add(pid)
        waiting += children.get(pid, [])
    return sum(int(stats[pid][_USER]) + int(stats[pid][_KERNEL]) for pid in family & stats.keys()) * TICK


def _stat(folder: Path) -> list[str]:
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:  # it ended meanwhile
        return []
