"""答复关: what an opinion still lacks on the day it is to be signed (条例 三十二; domain appendix C5).

Every demand must have the facts found, a basis in force that day and a result, and the petitioner must be sent to the right
organ for 复查. Each gap has its sentence and the demand it stands beside, so that a page can show it before the head presses.
The facts, the basis and the result are never waived; where the library of laws or the list of organs may be wrong, the head
may say in writing why he signs all the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from xinfang.foundation.errors import Refused
from xinfang.foundation.text import either, listed
from xinfang.legislation import shelf
from xinfang.legislation.citations import Reference, cited_in, references, spelled
from xinfang.legislation.queries import Resolution, resolve_all
from xinfang.organizations.models import Unit
from xinfang.petitions import remedies
from xinfang.petitions.codes import GapCode, OpinionResult
from xinfang.petitions.letters import demands_of
from xinfang.petitions.lifecycle import MOVES
from xinfang.petitions.models import Answer, Demand, Opinion
from xinfang.petitions.wordings import BARE, DOCUMENT, EMPTY, NOT_OURS, PAPER, SEVERAL

NEVER_WAIVED = frozenset(
    {GapCode.UNANSWERED, GapCode.NO_FINDING, GapCode.NO_BASIS, GapCode.NO_RESULT, GapCode.NOT_OURS}
)


@dataclass(frozen=True)
class Gap:
    """What is missing, beside which demand (0: the opinion as a whole)."""

    n: int
    code: GapCode
    sentence: str

    @property
    def is_asked(self) -> bool:
        """What the library does not know the head looks up himself."""
        return self.code == GapCode.UNKNOWN_LAW

    @property
    def may_be_waived(self) -> bool:
        return self.code not in NEVER_WAIVED and not self.is_asked


@dataclass(frozen=True)
class Draft:
    """What the gate looks at, where many are looked at together."""

    demands: Sequence[Demand]
    answers: Sequence[Answer]
    remedy_organ: str


class GateShut(Refused):
    """What is missing, beside its field: a tick, or the head's reason, where either would do."""

    def __init__(self, gap: Gap) -> None:
        sentence = gap.sentence
        if gap.may_be_waived:
            sentence += _("确有理由仍要签发的，由负责人写明理由。")
        field = f"looked_up_{gap.n}" if gap.is_asked else "waiver" if gap.may_be_waived else ""
        if gap.n:
            super().__init__("第 %(n)s 项诉求：%(gap)s", field=field, article=BASIS, n=gap.n, gap=sentence)
        else:
            super().__init__("%(gap)s", field=field, article=BASIS, gap=sentence)


BASIS = "条例 三十二"


def gaps_of(opinion: Opinion, answers: Iterable[Answer], *, on: date) -> list[Gap]:
    """Everything that stands in the way of this draft, demand by demand."""
    assignment = opinion.assignment
    organs = right_organs(assignment.unit)
    return gaps(demands_of(assignment.petition), answers, opinion.remedy_organ, organs, on=on)


def gaps_before_signing(demands: Iterable[Demand], answers: Sequence[Answer], *, on: date) -> list[Gap]:
    """Those of the draft that would be signed next, the last of these; none when there is none to sign."""
    last = answers[-1].opinion if answers else None
    if last is None or last.issued_at or last.assignment.status not in MOVES["assignment.issue_opinion"].start:
        return []
    mine, organs = [one for one in answers if one.opinion_id == last.pk], right_organs(last.assignment.unit)
    return gaps(demands, mine, last.remedy_organ, organs, on=on)


def gaps(
    demands: Iterable[Demand], answers: Iterable[Answer], remedy_organ: str, organs: Sequence[str], *, on: date
) -> list[Gap]:
    """The same, of what was already read."""
    return gaps_of_many([Draft(list(demands), list(answers), remedy_organ)], organs, on=on)[0]


def gaps_of_many(drafts: Sequence[Draft], organs: Sequence[str], *, on: date) -> list[list[Gap]]:
    """The same of many drafts of one unit: what their bases say of the law is read once."""
    laws = _read((answer.basis for draft in drafts for answer in draft.answers), on)
    found = []
    for draft in drafts:
        answered = {answer.demand_id: answer for answer in draft.answers}
        own = [gap for demand in draft.demands for gap in _of_demand(demand.n, answered.get(demand.pk), laws)]
        found.append([*own, *_of_remedy(draft.remedy_organ, organs)])
    return found


def right_organs(unit: Unit) -> tuple[str, ...]:
    """The organs a petitioner may ask for 复查 of this unit's opinion; none where the county has not said."""
    return remedies.review_organs(unit)


def organ_of(unit: Unit) -> str:
    """The usual one, where there is any."""
    return next(iter(right_organs(unit)), "")


# Laws


def _read(texts: Iterable[str], on: date) -> dict[str, list[Gap]]:
    """By text, what is wrong with the laws that it names."""
    named = {text: references(text) for text in texts}
    spoken = iter(resolve_all(named, on))
    return {text: _of_basis(text, list(islice(spoken, len(refs))), on) for text, refs in named.items()}


def wrong_bases(texts: Iterable[str], *, on: date) -> dict[str, str]:
    """Of these texts, those that are no basis on that day whoever looks them up, with the sentence that says why."""
    read = _read(texts, on)
    return {text: str(gap.sentence) for text, gaps in read.items() for gap in gaps if not gap.is_asked}


def _of_basis(text: str, cited: Sequence[Resolution], on: date) -> list[Gap]:
    if not cited_in(text) and not any(one.law for one in cited):
        return [_of_no_law(text)]
    return [gap for one in cited if (gap := _of_law(one, on))]


def _of_law(one: Resolution, on: date) -> Gap | None:
    """Where no library was loaded nothing can be looked up, and a law known by its name alone is taken at its word."""
    if one.law is None:
        return _asked(spelled(one.reference)) if shelf.current().titles else None
    if not one.law.spans:
        return None
    if one.law.on(on) is None:
        code = GapCode.NOT_YET if on < one.law.spans[0].since else GapCode.REPEALED
        return Gap(0, code, one.sentence + _instead(one))
    if one.reference.number and one.article is None:
        return Gap(0, GapCode.NO_ARTICLE, one.sentence)
    return None


def _instead(one: Resolution) -> str:
    """The articles that took the place of a repealed one, where they are known."""
    heir = shelf.current().titles.get(one.law.succeeded_by or 0) if one.law else None
    if heir is None or not one.instead:
        return ""
    numbers = [int(anchor.partition("#")[2]) for anchor in one.instead]
    return _("现行对应条文：%(articles)s。") % {
        "articles": listed(spelled(Reference(heir.title, number)) for number in numbers)
    }


def _of_no_law(text: str) -> Gap:
    """A paper of some organ is looked up by the head; 有关规定 that are of nothing are no basis."""
    if DOCUMENT.search(text):
        return _asked(text)
    if any(len(EMPTY.sub("", name)) >= SHORTEST_NAME for name in PAPER.findall(text)):
        sentence = _("“%(text)s”没有写明是哪一部文件的哪一条。请写明；确有规定的，由负责人签发时核对当日有效并勾选。")
        return Gap(0, GapCode.UNKNOWN_LAW, sentence % {"text": text})
    return Gap(0, GapCode.NO_BASIS, _said_nothing())


SHORTEST_NAME = 4


def _asked(name: str) -> Gap:
    sentence = _("法规库里没有%(name)s。请核对名称和效力；当日有效的，由负责人签发时核对并勾选。") % {"name": name}
    return Gap(0, GapCode.UNKNOWN_LAW, sentence)


def _said_nothing() -> str:
    return _(
        "依据里没有写出法律、法规、规章或者政策文件。请求合理但缺乏法律依据的，依据写《信访工作条例》第三十二条第一款第二项。"
    )


# Demands


def _of_demand(n: int, answer: Answer | None, laws: dict[str, list[Gap]]) -> list[Gap]:
    if answer is None:
        return [Gap(n, GapCode.UNANSWERED, _("这项诉求还没有答复。"))]
    found = []
    if not answer.finding.strip():
        found.append(Gap(n, GapCode.NO_FINDING, _("没有写明查明的事实。")))
    elif _says_only_not_ours(answer.finding):
        found.append(Gap(n, GapCode.NOT_OURS, _not_ours()))
    if not answer.basis.strip():
        found.append(Gap(n, GapCode.NO_BASIS, _("没有写明依据。")))
    else:
        found += [replace(gap, n=n) for gap in laws[answer.basis]]
    if answer.result not in OpinionResult.values:
        found.append(Gap(n, GapCode.NO_RESULT, _("没有选择结果：支持、解释说明，还是不予支持。")))
    return found


FACTS_BEGIN_AT = 12
"""So many characters beside 不属于本单位职责 are more than a courtesy."""


def _says_only_not_ours(finding: str) -> bool:
    rest, count = NOT_OURS.subn("", finding)
    return count > 0 and len(BARE.sub("", rest)) < FACTS_BEGIN_AT


def _not_ours() -> str:
    return _(
        "“不属于本单位职责”不是答复的理由。收到之日起五个工作日内可以提出异议；应当通过其他法定途径处理的，办理“导入其他法定程序”；"
        "异议期已过的，请与信访局协商改派。"
    )


# The organ of 复查


def _of_remedy(written: str, organs: Sequence[str]) -> list[Gap]:
    named = [part.strip() for part in SEVERAL.split(written)]
    if not organs or all(part in organs for part in named):
        return []
    sentence = _("复查机关写的是“%(written)s”，对本单位意见不服的应当向%(organs)s请求复查。")
    return [Gap(0, GapCode.WRONG_REMEDY, sentence % {"written": written, "organs": either(organs)})]
