"""办结之后 on the petition page, and the pages of what has no row in the table of moves: a commitment, a referral's result."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk import handed_in
from xinfang.desk.form_page import AboutPetition
from xinfang.desk.forms.after import YES, AnswerReferral, CarryOut, CheckCommitment
from xinfang.desk.looks import looked
from xinfang.desk.page import officer_of
from xinfang.organizations.models import Officer
from xinfang.petitions import actions, desks, queries
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Commitment, Petition, Referral


def shown(petition: Petition, officer: Officer, acts: Collection[str], *, reads_text: bool) -> dict[str, Any]:
    """One statement for each kind of row that there is, none for what there is not."""
    if not reads_text:
        return {}
    found: dict[str, Any] = {}
    for name, (verb, ask) in _ASKED.items():
        if verb in acts:
            found[name] = ask(petition)
            for row in found[name]:
                row.petition = petition
    for one in found.get("commitments", ()):
        one.goes = _goes(officer, one)
    may_answer = desks.may_refer(officer)
    return {**found, "has_after": bool(any(found.values())), "may_answer_referral": may_answer}


def _goes(officer: Officer, one: Commitment) -> str:
    """Which page this officer has for it now."""
    if one.status == "open" and desks.carries_out(officer, one):
        return "desk:commitment-carry_out"
    if one.status == "carried_out" and desks.asks(officer):
        return "desk:commitment-check"
    return ""


def _commitments(petition: Petition) -> list[Commitment]:
    rows = petition.commitments.exclude(status="dropped").select_related("unit")
    found = list(rows.prefetch_related("performances").order_by("id"))
    for one in found:
        for row in one.performances.all():
            row.commitment = one
        one.petition = petition
    return found


DISSATISFIED = "petition.evaluate: dissatisfied"
_ASKED: dict[str, tuple[str, Any]] = {
    "commitments": ("assignment.issue_opinion", _commitments),
    "call_backs": ("petition.call_back", lambda petition: list(petition.call_backs.order_by("id"))),
    "follow_ups": (DISSATISFIED, lambda petition: list(petition.follow_ups.order_by("id"))),
    "resolutions": ("petition.resolve", lambda petition: list(petition.resolutions.order_by("id"))),
    "referrals": ("petition.refer", lambda petition: list(petition.referrals.order_by("id"))),
    "urgent_reports": ("petition.report_urgent", lambda petition: list(petition.urgent_reports.order_by("id"))),
}


class _AfterPage(AboutPetition):
    """What these share: the petition they are about, its name above the form, and the way back to it."""

    template_name = "desk/after_form.html"
    heading: Lazy
    norm: Lazy
    done: Lazy
    petition: Petition
    about: str = ""

    def _done(self) -> HttpResponseBase:
        messages.success(self.request, str(self.done))
        return self._home()

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"petition": self.petition, "heading": self.heading, "norm": self.norm, "about": self.about}


class _CommitmentPage(_AfterPage):
    commitment: Commitment

    def _found(self, **kwargs: Any) -> None:
        rows = Commitment.objects.filter(queries.of_visible(officer_of(self.request)))
        one = get_object_or_404(rows.select_related("petition__organ", "unit"), pk=kwargs["commitment"])
        self.commitment, self.petition = one, one.petition
        looked(self.request, self.petition, LookKind.OPEN)
        names = {"unit": one.unit.name, "day": one.due_on.isoformat(), "what": one.what}
        self.about = _("%(unit)s于%(day)s前落实：%(what)s") % names


class CarryOutPage(_CommitmentPage):
    """报告落实, with its evidence."""

    keeps_drafts = True
    heading = gettext_lazy("报告落实")
    norm = gettext_lazy(
        "处理意见支持的事项，由承诺的单位按期落实，写明做了什么、有什么证明；落实没有落实，由信访局问信访人。"
    )
    done = gettext_lazy("已报告落实，等信访局回访核查。")

    def prepare(self, **kwargs: Any) -> None:
        self._found(**kwargs)
        if not desks.carries_out(officer_of(self.request), self.commitment):
            raise PermissionDenied(_("落实情况由承诺落实的单位报告。"))

    def form(self, *args: Any, **kwargs: Any) -> CarryOut:
        return CarryOut(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        said, by = dict(form.cleaned_data), officer_of(self.request)
        files = handed_in.taken_and_stored(said.pop("file"), self.petition, field="file")
        with transaction.atomic():
            if files:
                file, name, label = files[0].file, files[0].name, _("落实证明")
                said["file"] = actions.add_evidence(
                    self.petition, file=file, name=name, label=label, by=by, at=timezone.now()
                )
            actions.carry_out(self.commitment, **said, by=by, at=timezone.now())
        return self._done()


class CheckCommitmentPage(_CommitmentPage):
    """核查落实: the petitioner is asked first."""

    keeps_drafts = True
    heading = gettext_lazy("核查落实")
    norm = gettext_lazy("先问信访人，再记落实没有落实。没有落实的退回单位，原来的日期不变。")
    done = gettext_lazy("核查结果已记下。")

    def prepare(self, **kwargs: Any) -> None:
        self._found(**kwargs)
        if not desks.asks(officer_of(self.request)):
            raise PermissionDenied(_("落实没有落实，由信访局回访信访人后认定。"))

    def form(self, *args: Any, **kwargs: Any) -> CheckCommitment:
        return CheckCommitment(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        said, by = form.cleaned_data, officer_of(self.request)
        is_kept = said["is_kept"] == YES
        actions.check_commitment(self.commitment, is_kept=is_kept, said=said["said"], by=by, at=timezone.now())
        return self._done()


class AnswerReferralPage(_AfterPage):
    """救助结果."""

    keeps_drafts = True
    heading = gettext_lazy("救助结果")
    norm = gettext_lazy("接受转介的机关决定以后，记下结果；没有救助的，写明理由和还有什么办法。")
    done = gettext_lazy("救助结果已记下。")
    referral: Referral

    def prepare(self, **kwargs: Any) -> None:
        officer = officer_of(self.request)
        rows = Referral.objects.filter(queries.of_visible(officer)).select_related("petition__organ")
        self.referral = get_object_or_404(rows, pk=kwargs["referral"])
        self.petition = self.referral.petition
        looked(self.request, self.petition, LookKind.OPEN)
        if not desks.may_refer(officer):
            raise PermissionDenied(_("您没有办理这一步的岗位。"))
        self.about = f"{self.referral.get_kind_display()} {self.referral.organ}"

    def form(self, *args: Any, **kwargs: Any) -> AnswerReferral:
        return AnswerReferral(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        said, by = form.cleaned_data, officer_of(self.request)
        is_granted = said["is_granted"] == YES
        actions.answer_referral(self.referral, is_granted=is_granted, result=said["result"], by=by, at=timezone.now())
        return self._done()
