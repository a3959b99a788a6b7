"""What papers may say of a petitioner, and words that are kept in Chinese whoever acts."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation

from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.foundation.prepared import Prepared
from xinfang.organizations.models import Unit
from xinfang.petitions.came_directly import basis_of_telling
from xinfang.petitions.codes import AssignmentKind, DeliveryMode, OpinionResult, Procedure, ReviewLevel
from xinfang.petitions.models import Assignment, Demand, Petition, Petitioner, ReviewCase

TELEPHONE = "12345（政务服务便民热线）"
"""Of who has none of his own: the same as on the slip."""
IN_PLAIN_WORDS = {
    OpinionResult.EXPLAINED: (
        "您的要求合情合理，但没有法律、法规、规章或者有关规定作依据，不能照您的要求办，原因见上面查明的情况。"
    )
}
"""What a result means where its name alone does not say it (条例 三十二)."""
BY_ITS_ASSIGNER = "交办机关调整"
START_WAS_WRONG = "收到文书的日期原来记错"
WITHDRAWN = "信访人撤回。"
ON_PAPER = "本人书面申请，由信访局录入"
BY_HIMSELF = "本人凭办事密码在网上提出"
NO_LONGER_HANDLED = "该单位的承办已经取消。"
RIGHTS_AT_A_HEARING = (
    "可以委托代理人，可以陈述、申辩、质证和提交证据；认为主持人与本事项有利害关系的，可以申请回避；"
    "遵守听证纪律，核对笔录并签字。无正当理由不到场的，视为放弃听证。"
)
_ROOM = "\uff3f" * 2
PAPERS_SEEN, WINDOW_AND_LEFT = "证件：□已核对　□未出示", f"窗口：{_ROOM}　离开：{_ROOM}时{_ROOM}分"
TO_TICK = "□满意　　□基本满意　　□不满意"
REASONS_TO_TICK = [
    "□超过期限　　　□没有逐项答复",
    "□事实没有查清　□没有讲明依据",
    "□态度不好　　　□答应的事没有落实",
]
HOW_SERVED = {
    DeliveryMode.IN_PERSON: "当面送达",
    DeliveryMode.MAIL: "邮寄送达",
    DeliveryMode.ELECTRONIC: "电子送达",
    DeliveryMode.LEFT_WITH: "留置送达",
    DeliveryMode.ANNOUNCED: "公告送达",
    DeliveryMode.FILED: "因无法送达，存档备查",
    DeliveryMode.OTHER: "以其他方式送达",
}
HEARING = "《信访工作条例》第三十一条第（六）项"
HEARING_IN_FINAL_REVIEW = f"{HEARING}、第三十六条"
NOT_THE_SAME = "不得以同一事实和理由作出与原处理意见相同或者基本相同的结果。"
_PEOPLE = Prepared(lambda petition: Petitioner.objects.filter(petition=petition).order_by("id"))
_DEMANDS = Prepared(lambda petition: Demand.objects.filter(petition=petition).order_by("n"))


def demands_of(petition: Petition) -> list[Demand]:
    """In their order."""
    demands = _DEMANDS.all(petition.pk)
    for demand in demands:
        demand.petition = petition
    return demands


def names_on_letters(petition: Petition) -> str:
    """A sealed petitioner stays unnamed on every paper that a unit reads (S28)."""
    if petition.is_sealed:
        return "来信人（保密）"
    people = _PEOPLE.all(petition.pk)
    for person in people:
        person.petition = petition
    return "、".join(person.identity.name for person in people if person.identity.name) or "匿名"


def lead_on(petition: Petition) -> str:
    """Where many hear of it, one name stands for those who petition (domain 5.24: names only if needed)."""
    first, *others = names_on_letters(petition).split("、")
    return f"{first}等{max(petition.persons_count, len(others) + 1)}人" if others else first


# Why a date moved, for the record: the words of the request stay with the petition.
COMPLEX = "情况复杂"


def receipt_notice(assignment: Assignment) -> dict[str, Any]:
    """受理告知书: received, by which procedure, until when."""
    petition = assignment.petition
    return {
        "to": names_on_letters(petition),
        "number": petition.number,
        "received": _received(assignment),
        "matters": matters_on(petition, [demand.text for demand in demands_of(petition)]),
        "procedure": str(Procedure(assignment.procedure).label),
        "basis": basis_of_telling(assignment),
        "due": assignment.handling_due.isoformat() if assignment.handling_due else "",
        "telephone": telephone_on(petition, assignment.unit.telephone),
    }


def _received(assignment: Assignment) -> str:
    """When it came, and from whom: what an organ handles itself it had from the petitioner."""
    day = timezone.localdate(assignment.came_at)
    if assignment.kind == AssignmentKind.SELF:
        return f"{day} 由{unit_on(assignment.petition, assignment.unit.name)}收到"
    return f"{day} 由信访部门{AssignmentKind(assignment.kind).label}"


def issuer_of(assignment: Assignment) -> Unit:
    """A paper's number names who issues it: of a sealed petition the organ that registered tells the petitioner."""
    return assignment.petition.organ if assignment.petition.is_sealed else assignment.unit


def names_on_slip(petition: Petition, names: Iterable[str]) -> str:
    """What is handed over at the window may be read over a shoulder."""
    return "来信人（保密）" if petition.is_sealed else "、".join(names) or "匿名"


def subject_on(petition: Petition, title: str) -> str:
    """On what leaves the organ towards the petitioner a sealed petition has a number and no subject."""
    return "（保密）" if petition.is_sealed else title


def matters_on(petition: Petition, texts: Sequence[str]) -> list[str]:
    if petition.is_sealed:
        return [f"共{len(texts)}项，内容保密。"]
    return [f"{n}. {text}" for n, text in enumerate(texts, start=1)]


def government_of(place: str) -> str:
    """As papers call it."""
    return f"{place}人民政府"


def opinion_on(review: ReviewCase) -> str:
    """What is looked at again, as papers name it. Of a sealed petition the number would tell whose opinion it is."""
    issued = review.opinion.issued_at
    assert issued is not None
    said = f"{timezone.localdate(issued)} 作出的《{PaperKind.HANDLING_OPINION.label}》"
    if not review.petition.is_sealed:
        said += _in_brackets(_number_of_opinion(review))
    if review.previous:
        said += f"和{review.previous.organ}《{PaperKind.REVIEW_OPINION.label}》"
        said += _in_brackets(_number_of_review(review.previous))
    return said


def _in_brackets(number: str) -> str:
    return f"（{number}）" if number else ""


def _number_of_opinion(review: ReviewCase) -> str:
    """Handled again, a unit has issued several."""
    opinion = review.opinion
    about = {"subject_kind": "assignment", "subject_id": opinion.assignment_id, "issued_at": opinion.issued_at}
    return _number(Paper.objects.filter(kind=PaperKind.HANDLING_OPINION, **about))


def _number_of_review(review: ReviewCase) -> str:
    """That of the organ, where it is outside."""
    if outside := review.finding.outside_number:
        return outside
    kind = PaperKind.REVIEW_OPINION if review.level == ReviewLevel.REVIEW else PaperKind.FINAL_REVIEW_OPINION
    return _number(Paper.objects.filter(kind=kind, subject_kind="review", subject_id=review.pk)) or review.number


def _number(papers: QuerySet[Paper]) -> str:
    return papers.order_by("-id").values_list("number", flat=True).first() or ""


def opinions_given(final: ReviewCase) -> str:
    """What was said of a matter that is ended: the opinion, the review and the final review, with their days and numbers."""
    issued = final.opinion.issued_at
    assert issued is not None
    number = _in_brackets(_number_of_opinion(final))
    said = [f"{timezone.localdate(issued)} {final.respondent.name}处理意见{number}"]
    for review in (final.previous, final):
        if review is None:
            continue
        word = "复查" if review.level == ReviewLevel.REVIEW else "复核"
        finding = review.finding
        said.append(f"{finding.decided_on} {review.organ}{word}意见（{_number_of_review(review)}）")
    return "；".join(said) + "。"


def redo_order(review: ReviewCase, requirement: str) -> str:
    """What the unit is told when its opinion was set aside."""
    level = ReviewLevel(review.level)
    word = "复查" if level == ReviewLevel.REVIEW else "复核"
    return f"{review.organ}{word}撤销原处理意见，责令重新办理。{NOT_THE_SAME}{requirement}"


def hearing_on(day: date) -> str:
    """Why days are not counted, for the record."""
    return f"{day} 听证"


def unit_on(petition: Petition, name: str) -> str:
    return "有关机关" if petition.is_sealed else name


def telephone_on(petition: Petition, telephone: str) -> str:
    """A number tells whose it is, so the way back leads through the organ that registered."""
    return (petition.organ.telephone if petition.is_sealed else telephone) or TELEPHONE


def contact_on(petition: Petition, names: str) -> str:
    """Who petitioned, on the letter to the unit; whoever wants to stay unnamed is reached through the organ (S28)."""
    if not petition.is_sealed:
        return names
    return f"{names}，需要联系的，经{petition.organ.name}转达"


def to_be_served(petition: Petition, paper: Paper, to: str) -> dict[str, Any]:
    """送达回证 for a paper of ours."""
    return served_with(petition, PaperKind(paper.kind), paper.number or "", to)


def served_with(petition: Petition, kind: PaperKind, number: str, to: str) -> dict[str, Any]:
    """送达回证, to be signed: way, day and signature are written on it by hand."""
    return {
        "document": f"《{kind.label}》{number}",
        "number": petition.number,
        "to": to,
        "mode": _boxes(is_anonymous=petition.is_anonymous),
        "on": _A_DAY,
    }


@cache
def _boxes(*, is_anonymous: bool) -> str:
    """To be ticked by hand, in the language of papers. Only who gave no name can be out of reach altogether."""
    ways = [mode for mode in DeliveryMode if mode != DeliveryMode.FILED or is_anonymous]
    with translation.override(settings.LANGUAGE_CODE):
        return "　".join(f"□{mode.label}" for mode in ways)


_A_DAY = "　　　　年　　　月　　　日"
