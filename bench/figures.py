"""One JSON line a figure, on stdout; everything else a bench says goes to stderr."""

import json
import sys
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figures:
    """Of one bench on one database."""

    bench: str
    db: str

    def say(self, metric: str, value: float, unit: str, *, n: int, **more: Any) -> None:
        line = {"bench": self.bench, "metric": metric, "value": round(value, 3), "unit": unit, "db": self.db, "n": n}
        print(json.dumps(line | more), flush=True)


def note(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
