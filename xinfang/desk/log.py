"""痕迹核验: what the last verification found, which checkpoint stands, and which witnesses have signed what."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.desk.administration import door
from xinfang.desk.administration.accounts import AccountPage
from xinfang.desk.forms.log import EndWitness, EnrolWitness
from xinfang.desk.lie_places import spots
from xinfang.desk.page import LOG_READERS, draw, officer_of
from xinfang.organizations.policies import configurer, holds
from xinfang.trace import checkpoints, lie_words, nightly, signers, witnesses
from xinfang.trace.models import Witness


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    officer = officer_of(request)
    if not holds(officer, LOG_READERS):
        raise PermissionDenied(_("痕迹核验由系统管理员、审计员和信访局局长查看。"))
    last = nightly.last()
    context = {
        "last": last,
        "lie": lie_words.in_words(last.lie) if last else "",
        "spots": spots(last.lie, officer) if last and last.lie else [],
        "is_overdue": nightly.is_overdue(last, timezone.now()),
        "checkpoint": checkpoints.last_public(),
        "beat": checkpoints.beat().total_seconds() / 60,
        "key": signers.signer().verifier.vkey,
        "standings": witnesses.standings(),
        "is_witnessed": witnesses.is_independent(),
        "may_change": door.administers(officer),
        "here": "log",
    }
    return draw(request, "desk/log.html", context)


class WitnessPage(AccountPage):
    """A change among the witnesses."""

    back = "desk:log"

    def prepare(self, **kwargs: Any) -> None:
        door.administrator(self.request)

    def context(self, form: forms.Form) -> dict[str, Any]:
        return super().context(form) | {"here": "log"}


class EnrolPage(WitnessPage):
    """登记见证方."""

    heading = gettext_lazy("登记见证方")
    about = gettext_lazy(
        "见证方在自己的机器上运行 witness.pyz，把打印出来的公钥交给您。独立的，是指不归信访局管、机器也不在信访局的单位。"
    )

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return EnrolWitness(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        by = configurer(officer_of(self.request))
        witness = witnesses.enrol(**form.cleaned_data, by=by, at=timezone.now())
        return self.told(_("已登记见证方“%(name)s”。") % {"name": witness.name})


class EndPage(WitnessPage):
    """停止见证."""

    heading = gettext_lazy("停止见证")
    witness: Witness

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        self.witness = get_object_or_404(Witness, pk=kwargs["witness"], ended_at=None)
        self.about = _("停止后不再收它的签名，已经签过的留着：%(name)s（%(operator)s）。") % {
            "name": self.witness.name,
            "operator": self.witness.operator,
        }

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return EndWitness(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        witnesses.end(self.witness, by=configurer(officer_of(self.request)), at=timezone.now())
        return self.told(_("已停止见证方“%(name)s”。") % {"name": self.witness.name})
