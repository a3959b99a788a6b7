"""What the tables of moves print: the handbook of norms, the drawn states, and each step with its law, page and tests.

`python -m tools.tables`. A house test holds the documents against the tables, so a new move is not forgotten in them.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import django
from django.utils import timezone, translation

from tools import throwaway

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
HEAD = "<!-- `make docs` writes this page from the tables of moves; what is typed into it is lost. -->\n\n"
MACHINES = {"petition": "信访件", "assignment": "承办", "review": "复查、复核", "hearing": "听证"}
# Pages under another name than their move's, and moves that no page makes.
PAGES = {"petition.receive": "desk:petition-receive", "petition.register": "desk:intake"}
# Steps beside the road, with their article, a page each and the papers they draw up.
BESIDE = {
    "petition.ask_withdrawal": ("本级工作制度", "desk:withdrawal-ask", ("withdrawal",)),
    "petition.drop_withdrawal": ("本级工作制度", "desk:withdrawal-drop", ()),
    "petition.ask_correction": ("本级工作制度", "desk:correction-ask", ()),
    "petition.confirm_correction": ("本级工作制度", "desk:correction-confirm", ()),
}
# Verbs whose sentences stand in the file of another.
SENTENCES = {
    **dict.fromkeys(("raise_objection", "return_assignment", "refuse_objection", "decide_owner"), "objection"),
    **dict.fromkeys(("ask_withdrawal", "drop_withdrawal"), "withdraw"),
    **dict.fromkeys(("ask_correction", "confirm_correction"), "corrections"),
    **dict.fromkeys(("draft_opinion", "issue_opinion"), "opinion"),
    **dict.fromkeys(("ask_extension", "refuse_extension"), "extend"),
    **dict.fromkeys(("route_to_procedure", "procedure_taken"), "accept_procedure"),
    "leave_simple": "accept_simple",
    "end_supplement": "ask_supplement",
    "handle_again": "return_result",
    **dict.fromkeys(("sponsor", "log_sponsor_visit", "end_sponsorship"), "instruct"),
    **dict.fromkeys(("recuse_unit", "allow_unit"), "recuse"),
    **dict.fromkeys(("apply_review", "ask_review_supplement", "end_review_supplement", "admit_review"), "review"),
    **dict.fromkeys(("refuse_review", "examine_review", "decide_review", "record_review"), "review"),
    **dict.fromkeys(("deliver_review", "close_review", "order_redo"), "review"),
    **dict.fromkeys(("ask_review_withdrawal", "withdraw_review", "keep_review"), "review_withdrawal"),
    **dict.fromkeys(("go_to_hearing", "back_from_hearing", "propose_hearing", "approve_hearing"), "hearing"),
    **dict.fromkeys(("notice_hearing", "replace_host", "hold_hearing", "conclude_hearing", "drop_hearing"), "hearing"),
    "drop_co": "finish_co",
    "receive": "register",
    "take_back": "cancel",
    "log_work": "handle",
    "check_result": "report",
    "finish": "deliver",
}
NONE = "—"
NO_PAPER = "不出文书"


def documents() -> dict[str, str]:
    """Each file of docs/ that is written here, as it should be."""
    with translation.override("zh-hans"):
        return {"handbook.md": handbook(), "states.md": states(), "branches.md": branches()}


def main() -> int:
    with throwaway.environment() as env:
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(env)
        django.setup()
        for name, text in documents().items():
            (DOCS / name).write_text(text, encoding="utf-8")
            print(f"docs/{name}")
    return 0


def moves() -> dict[str, Any]:
    from xinfang.petitions import openings

    return openings.moves()


def by_machine() -> Iterator[tuple[str, dict[str, Any]]]:
    for machine in MACHINES:
        if rows := {verb: move for verb, move in moves().items() if verb.startswith(f"{machine}.")}:
            yield machine, rows


# 操作规范手册


def handbook() -> str:
    """One section a step, in the words that the page of the step shows."""
    intro = (
        "# 操作规范手册\n\n每一步的规范、依据、谁来办、期限和文书，都出自系统里的流程表："
        "页面上的按钮、权限和期限用的是同一张表。\n"
        "怎样在页面上办，见[使用手册](manual/index.md)；状态怎样转换，见[状态图](states.md)。\n"
    )
    sections = [
        f"\n## {MACHINES[machine]}\n" + "".join(_norm(machine, verb, move) for verb, move in rows.items())
        for machine, rows in by_machine()
    ]
    return HEAD + intro + "".join(sections)


def _norm(machine: str, verb: str, move: Any) -> str:
    lines = [
        ("依据", move.article),
        ("谁来办", _hands(move)),
        ("什么时候", "、".join(_state(machine, start) for start in sorted(move.start)) or "新收到时"),
        ("办完以后", _state(machine, move.to) if move.to else "状态不变"),
        ("停止的期限", "、".join(map(_clock, move.stops))),
        ("开始的期限", "、".join(map(_clock, move.starts))),
        ("文书", "、".join(str(kind.label) for kind in move.papers)),
    ]
    said = "".join(f"* {name}：{text}\n" for name, text in lines if text)
    return f"\n### {move.label}\n\n{move.norm}\n\n{said}"


def _hands(move: Any) -> str:
    from xinfang.organizations.models import Duty

    seats = "、".join(str(duty.label) for duty in Duty if duty in move.duties)
    others = [{"petitioner": "信访人本人", "system": "系统"}[hand] for hand in sorted(move.also)]
    named = [f"{move.where.label}的{seats}"] if seats else []
    if below := "、".join(str(duty.label) for duty in Duty if duty in move.within):
        named.append(f"登记机构的{below}（对本系统下级单位）")
    if working := "、".join(str(duty.label) for duty in Duty if duty in move.working):
        named.append(f"主办单位的{working}")
    return "；".join([*named, *others])


def _clock(clock: Any) -> str:
    from xinfang.deadlines.terms import term

    return str(term(clock, timezone.localdate()).name)


def _state(machine: str, value: str) -> str:
    return str(_states_of(machine)(value).label)


def _states_of(machine: str) -> Any:
    from xinfang.petitions import lifecycle

    return {
        "petition": lifecycle.PetitionStatus,
        "assignment": lifecycle.AssignmentStatus,
        "review": lifecycle.ReviewStatus,
        "hearing": lifecycle.HearingStatus,
    }[machine]


# 状态图


def states() -> str:
    """One diagram a machine. Steps that leave the state alone are listed under it, or the picture could not be read."""
    drawn = [_diagram(machine, rows) for machine, rows in by_machine()]
    return (
        HEAD
        + "# 状态图\n\n箭头是一步，名字是页面上的按钮。每一步的规范见[操作规范手册](handbook.md)。\n"
        + "".join(drawn)
    )


def _diagram(machine: str, rows: dict[str, Any]) -> str:
    arrows: dict[tuple[str, str], list[str]] = {}
    still = []
    for move in rows.values():
        starts = sorted(move.start) or ["[*]"]
        if not move.to or set(starts) == {move.to}:
            still.append(f"{move.label}（{'、'.join(_state(machine, start) for start in sorted(move.start))}）")
            continue
        for start in starts:
            arrows.setdefault((start, move.to), []).append(str(move.label))
    named = [value for value in _states_of(machine) if any(value in arrow for arrow in arrows)]
    lines = [f'    state "{value.label}" as {value.value}' for value in named]
    lines += [f"    {start} --> {to}: {'、'.join(labels)}" for (start, to), labels in arrows.items()]
    left = {start for start, _to in arrows}
    lines += [f"    {value.value} --> [*]" for value in named if value not in left]
    beside = f"\n状态不变的：{'；'.join(still)}。\n" if still else ""
    return f"\n## {MACHINES[machine]}\n\n```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + f"\n```\n{beside}"


# 每一步在哪里


def branches() -> str:
    """Every step × article × page × paper × test × journey. A blank cell is a step that nobody can find, use or trust."""
    head = (
        "# 每一步：依据、页面、测试\n\n"
        "| 步骤 | 在流程表和痕迹里 | 依据 | 页面 | 文书 | 测试 | 走到这一步的全程测试 |\n|---|---|---|---|---|---|---|\n"
    )
    return HEAD + head + "".join(f"| {' | '.join(row)} |\n" for row in rows())


def rows() -> list[list[str]]:
    """The cells; a journey is not asked of every step."""
    from xinfang.desk.words import act_label

    on_the_road = [
        [
            str(move.label),
            f"`{verb}`",
            move.article,
            page_of(verb, move),
            papers_of(move.papers),
            test_of(verb),
            journey_of(verb),
        ]
        for verb, move in moves().items()
    ]
    return on_the_road + [
        [act_label(verb), f"`{verb}`", article, f"`{page}`", papers_of(_kinds(papers)), test_of(verb), journey_of(verb)]
        for verb, (article, page, papers) in BESIDE.items()
    ]


def _kinds(papers: Iterable[str]) -> list[Any]:
    from xinfang.documents.kinds import PaperKind

    return [PaperKind(kind) for kind in papers]


def page_of(verb: str, move: Any) -> str:
    """The name of its page, 系统 where no person makes the move, nothing where its page is missing."""
    from xinfang.desk.forms.moves import FORMS

    if not move.duties:
        return "系统"
    if verb in FORMS:
        return f"`desk:{verb.replace('.', '-', 1)}`"
    return f"`{PAGES[verb]}`" if verb in PAGES else ""


def papers_of(kinds: Iterable[Any]) -> str:
    """Each with the picture that somebody has looked at, where there is one."""
    pictures = ROOT / "tests" / "documents" / "pictures"
    named = [(str(kind.label), pictures / f"{kind.value}.png") for kind in kinds]
    cells = [f"[{label}](../{file.relative_to(ROOT)})" if file.exists() else label for label, file in named]
    return "、".join(cells) or NO_PAPER


def test_of(verb: str) -> str:
    """The file of the verb's sentences: its own, the one it shares, or the first that calls it."""
    word, folder = verb.partition(".")[2], ROOT / "tests" / "petitions"
    own = folder / f"test_{SENTENCES.get(word, word)}.py"
    calls = (f"actions.{word}(", f"actions.{word},", f'"{verb}"')
    found = own if own.exists() else _first(sorted(folder.glob("test_*.py")), calls)
    return _link(found) if found else ""


def journey_of(verb: str) -> str:
    """The first journey that goes this way: its steps are named after the verb, or it opens the verb's page."""
    word = verb.partition(".")[2]
    files = sorted((ROOT / "tests" / "journeys").glob("test_*.py"))
    found = _first(files, (f'"{word}"', f"-{word}", f"def {word}(", f".{word}(", f"/{word}/"))
    return _link(found) if found else NONE


def _first(files: list[Path], words: tuple[str, ...]) -> Path | None:
    return next((file for file in files if any(word in _text(file) for word in words)), None)


def _text(file: Path) -> str:
    """With the text of what it brings along from beside it."""
    text = file.read_text(encoding="utf-8")
    beside = re.findall(r"from tests\.journeys\.(\w+) import", text) if "journeys" in file.parts else []
    return text + "".join((file.parent / f"{name}.py").read_text(encoding="utf-8") for name in beside)


def _link(file: Path) -> str:
    return f"[{file.stem}](../{file.relative_to(ROOT)})"


if __name__ == "__main__":
    sys.exit(main())
