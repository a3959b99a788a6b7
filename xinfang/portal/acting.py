"""What a petitioner does with his act secret, from the page that tells where his petition stands. The query code does nothing.

Every act: number and query code find the petition, the mark tells a form that was sent twice, the room asks for the secret.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from xinfang.files import store
from xinfang.foundation.errors import Refused
from xinfang.foundation.patience import guarded
from xinfang.foundation.sealing import new_key
from xinfang.organizations.models import Unit
from xinfang.petitions import actions, openings, retaliation, reviews, slip_codes
from xinfang.petitions.codes import AssignmentRole, ErasureReason
from xinfang.petitions.ledger import Access
from xinfang.petitions.models import Petition
from xinfang.petitions.progress import Progress
from xinfang.portal import following, held, own_pack, slips
from xinfang.portal.act_forms import FORMS, ActForm, Retaliation
from xinfang.portal.forms import QueryForm
from xinfang.trace.acts import PETITIONER, AlreadyDone, is_done, once

TOO_LARGE = 413


@dataclass
class Done:
    """What is told after it was done: a sentence, and for one act a list."""

    said: str = ""
    found: list[Access] | None = None
    complaints: list[str] = field(default_factory=list)


@login_not_required
@csrf_exempt
@never_cache
def act(request: HttpRequest, name: str) -> HttpResponseBase:
    """One of `FORMS`."""
    if name not in FORMS:
        raise Http404
    if request.method != "POST":
        return redirect("portal:query")
    try:
        asked, at = QueryForm(request.POST), timezone.now()
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return render(request, "portal/filing/too_much.html", status=TOO_LARGE)
    petition = following.looked_up(asked, at)
    return _acted(request, name, petition, asked, at) if petition else following.ask_again(request, asked)


def _acted(request: HttpRequest, name: str, petition: Petition, asked: QueryForm, at: datetime) -> HttpResponseBase:
    offer = reviews.offer(_whole(petition)) if name == "review" else None
    if name == "review" and offer is None:
        return following.shown(request, petition, asked, at, said=_no_offer(petition, request.POST.get("token", "")))
    more = {"offer": offer} if offer else {}
    form = FORMS[name](request.POST, auto_id=f"{name}_%s", **more)
    if name == "retaliation" and form.is_valid():
        if page := _complained(request, petition, form, at):
            return page
        return following.shown(request, petition, asked, at, tried=(name, form))
    if name == "pack" and form.is_valid():
        if file := _packed(petition, form, at):
            return file
        return following.shown(request, petition, asked, at, tried=(name, form))
    done = _done(request, name, petition, form, at) if form.is_valid() else Done()
    petition = slip_codes.by_code(asked.cleaned_data["number"], asked.cleaned_data["query_code"])
    tried = None if done.said or done.found is not None else (name, form)
    return following.shown(request, petition, asked, at, said=done.said, tried=tried, found=done.found)


def _no_offer(petition: Petition, token: str) -> str:
    """Sent twice, one under way already, or nothing to look at again."""
    if is_done(f"review:{petition.pk}:{token}"):
        return _("这份申请已经交过，也已经登记，没有重复登记。办到哪一步，请看下面。")
    if under_way := reviews.open_review(petition):
        names = {"level": under_way.get_level_display(), "number": under_way.number}
        return _("您的%(level)s申请（%(number)s）正在办理，结束以前不能再交一份。") % names
    return _("现在没有可以复查、复核的意见。")


def forms_for(
    petition: Petition, asked: dict[str, Any], tried: tuple[str, ActForm] | None, reading: Progress
) -> list[str]:
    """The forms of what he may do now, drawn; the one he tried as he left it."""
    marks = {"number": asked["number"], "query_code": asked["query_code"], "token": secrets.token_urlsafe(16)}
    offered, offer = list(openings.petitioner_may(petition)), reading.offer
    if reading.may_withdraw_review:
        offered.insert(0, "withdraw-review")
    review = (
        tried[1]
        if tried and tried[0] == "review"
        else FORMS["review"](initial=marks, auto_id="review_%s", offer=offer)
        if offer
        else None
    )
    if tried and tried[0] not in offered:
        offered.append(tried[0])  # why it is not open any more stands on its form
    first = [_drawn("review", review)] if review else []
    return first + [
        _drawn(name, tried[1]) if tried and tried[0] == name else _put_into(_blank(name, get_language() or ""), marks)
        for name in offered
        if name != "review"
    ]


@cache
def _blank(name: str, language: str) -> str:
    """Drawn once for each language: this page is asked for more often than any other."""
    return _drawn(name, FORMS[name](initial={mark: _place_of(mark) for mark in _MARKS}, auto_id=f"{name}_%s"))


_MARKS = ("number", "query_code", "token")


def _place_of(mark: str) -> str:
    return f"__{mark}__"


def _put_into(blank: str, marks: dict[str, str]) -> str:
    for mark, value in marks.items():
        blank = blank.replace(_place_of(mark), escape(value))
    return mark_safe(blank)  # noqa: S308  # our own template; what was put in is escaped


def _drawn(name: str, form: ActForm) -> str:
    return render_to_string("portal/may_one.html", {"name": name, "form": form})


def _unit_of(petition: Petition, whose: str) -> Unit | None:
    """Whose people he complains of, as far as this petition tells."""
    if whose == "organ":
        return petition.organ
    lead = petition.assignments.filter(role=AssignmentRole.LEAD).select_related("unit").order_by("-id").first()
    return lead.unit if whose == "unit" and lead else None


def _done(request: HttpRequest, name: str, petition: Petition, form: ActForm, at: datetime) -> Done:
    """A refusal goes onto the form."""
    given = form.cleaned_data
    try:
        with guarded("act_secret", given["number"], at=at):
            if name == "looks":
                return Done(found=_looks(petition, given["act_secret"], at))
            if name == "material":
                return _material(request, petition, form, at)
            with once(f"{name}:{petition.pk}:{given['token']}"):
                _VERBS[name](petition, given, at)
    except AlreadyDone as done:
        return Done(done.sentence)
    except Refused as refused:
        following.put(form, refused)
        return Done()
    return Done(str(form.said))


def _looks(petition: Petition, secret: str, at: datetime) -> list[Access]:
    """Of an accusation the list would name the organ that has it."""
    if petition.is_accusation:
        raise Refused("检举控告的查看记录由受理它的纪检监察机关保存，请向它询问。")
    return actions.give_access_list(_whole(petition), act_secret=secret, by=PETITIONER, at=at)


def _urge(petition: Petition, given: dict[str, Any], at: datetime) -> None:
    actions.urge(petition, text=given["text"], act_secret=given["act_secret"], by=PETITIONER, at=at)


def _correct(petition: Petition, given: dict[str, Any], at: datetime) -> None:
    actions.ask_to_correct(petition, text=given["text"], act_secret=given["act_secret"], by=PETITIONER, at=at)


def _withdraw(petition: Petition, given: dict[str, Any], at: datetime) -> None:
    said, secret = given["statement"], given["act_secret"]
    actions.ask_withdrawal(petition, statement=said, act_secret=secret, by=PETITIONER, at=at)


def _withdraw_review(petition: Petition, given: dict[str, Any], at: datetime) -> None:
    review = reviews.open_review(petition)
    if review is None:
        raise Refused("现在没有可以撤回的复查、复核申请。")
    said, secret = given["statement"], given["act_secret"]
    actions.ask_review_withdrawal(review, statement=said, act_secret=secret, by=PETITIONER, at=at)


def _ask_review(petition: Petition, given: dict[str, Any], at: datetime) -> None:
    offer = reviews.offer(petition)
    if offer is None:
        raise Refused("这份处理意见已经在复查、复核，或者还没有出具。")
    secret = given["act_secret"]
    actions.apply_review(
        petition,
        level=offer.level,
        organ=given["organ"],
        request=given["request"],
        act_secret=secret,
        by=PETITIONER,
        at=at,
    )


def _erase(petition: Petition, given: dict[str, Any], at: datetime) -> None:
    reason, secret = ErasureReason(given["reason"]), given["act_secret"]
    actions.ask_erasure(_whole(petition), reason=reason, act_secret=secret, by=PETITIONER, at=at)


_VERBS: dict[str, Callable[[Petition, dict[str, Any], datetime], None]] = {
    "urge": _urge,
    "correct": _correct,
    "withdraw": _withdraw,
    "review": _ask_review,
    "withdraw-review": _withdraw_review,
    "erase": _erase,
}


def _whole(petition: Petition) -> Petition:
    """What the page told needs few columns; what is done needs the row."""
    petition.refresh_from_db()
    return petition


def _material(request: HttpRequest, petition: Petition, form: ActForm, at: datetime) -> Done:
    """Looked into and sealed before the act. One that is not taken is told by its name, and the others are kept."""
    given, key = form.cleaned_data, _whole(petition).key
    taken, refused = held.put_by(request.FILES.getlist("files"), [], at=at)
    for sentence in refused:
        form.add_error(None, sentence)
    if not taken and not refused:
        raise Refused("请先选照片或者文件。")
    moved = [(one.name, store.under(one.file, old=one.key, new=key)) for one in taken]
    try:
        with once(f"material:{petition.pk}:{given['token']}"), transaction.atomic():
            for n, (name, file) in enumerate(moved, start=petition.evidence.count() + 1):
                label, secret = f"材料{n}", given["act_secret"]
                actions.add_evidence(
                    petition, file=file, name=name, label=label, act_secret=secret, by=PETITIONER, at=at
                )
    finally:
        for one in taken:
            store.discard(one.file)
    if not refused:
        return Done(str(form.said))
    if moved:
        _take_another(form, len(moved))
    return Done()


def _take_another(form: ActForm, kept: int) -> None:
    """What was taken used the form's mark up: the rest comes with a new one."""
    assert isinstance(form.data, QueryDict)
    form.data = form.data.copy()
    form.data["token"] = secrets.token_urlsafe(16)
    said = ngettext(
        "%(kept)s份已经收下，不用再交；没有收下的，改好以后再选、再按。",
        "%(kept)s份已经收下，不用再交；没有收下的，改好以后再选、再按。",
        kept,
    )
    form.add_error(None, said % {"kept": kept})


def _packed(petition: Petition, form: ActForm, at: datetime) -> HttpResponseBase | None:
    """The file itself; None with the refusal on the form."""
    given = form.cleaned_data
    try:
        with guarded("act_secret", given["number"], at=at):
            return own_pack.file_of(_whole(petition), given["act_secret"], at=at)
    except Refused as refused:
        following.put(form, refused)
        return None


def _complained(request: HttpRequest, petition: Petition, form: ActForm, at: datetime) -> HttpResponse | None:
    """Another petition with a slip of its own; None with the refusal on the form."""
    assert isinstance(form, Retaliation)
    given = form.cleaned_data
    unit = _unit_of(petition, given["whose"])
    token = f"{petition.pk}:{given['act_secret']}:{given['token']}"
    made = slips.codes_of(token, key=new_key())
    try:
        with guarded("act_secret", given["number"], at=at), once(slips.once_of(token)):
            told, organ = retaliation.told_by(
                _whole(petition), text=given["text"], unit=unit, act_secret=given["act_secret"], at=at
            )
            registered = actions.register(told, organ=organ, by=PETITIONER, at=at, made=made)
    except AlreadyDone as done:
        if page := slips.again(request, done, made):
            return page
        form.add_error(None, _("这份表单已经提交过，登记单后来补办过。请用新的登记单查询。"))
        return None
    except Refused as refused:
        following.put(form, refused)
        return None
    return slips.receipt(request, registered)
