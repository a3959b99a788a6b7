"""代码表: the lists that the law and the exchange fix. They are read here and changed by nobody."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xinfang.desk.administration import door
from xinfang.desk.page import draw
from xinfang.foundation.text import Text
from xinfang.organizations.models import Duty, UnitKind
from xinfang.petitions import codes

_EXCHANGE = _("与省市系统交换时按这些代码对应，改一个就对不上。")
_LAW = _("来自《信访工作条例》，条例不改，选项不改。")
_ROAD = _("办理流程按它分路，期限和文书跟着它走。")
_RIGHTS = _("权限按它划分，改了就改了谁能看什么。")


@dataclass(frozen=True)
class CodeList:
    """A list and why it stands fast."""

    name: Text
    choices: type[TextChoices]
    why: Text


LISTS = (
    CodeList(_("信访形式"), codes.Channel, _EXCHANGE),
    CodeList(_("信访来源"), codes.Source, _EXCHANGE),
    CodeList(_("信访目的"), codes.Purpose, _EXCHANGE),
    CodeList(_("事项性质"), codes.MatterKind, _LAW),
    CodeList(_("办理程序"), codes.Procedure, _LAW),
    CodeList(_("办理方式"), codes.AssignmentKind, _ROAD),
    CodeList(_("处理结果"), codes.OpinionResult, _LAW),
    CodeList(_("送达方式"), codes.DeliveryMode, _ROAD),
    CodeList(_("评价"), codes.EvaluationValue, _EXCHANGE),
    CodeList(_("保密层级"), codes.Confidentiality, _RIGHTS),
    CodeList(_("单位性质"), UnitKind, _RIGHTS),
    CodeList(_("岗位职责"), Duty, _RIGHTS),
)


@require_safe
def code_lists(request: HttpRequest) -> HttpResponse:
    door.looker(request)
    return draw(request, "desk/administration/code_lists.html", {"lists": LISTS, "here": "administration"})
