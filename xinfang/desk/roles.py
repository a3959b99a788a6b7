"""The accounts of a demonstration that a visitor can sit down at: one for each role, with one line on what it sees."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xinfang.foundation.text import Text
from xinfang.organizations.models import Duty, Officer, Tenure, UnitKind
from xinfang.organizations.models.posts import running_on

STREET = 8
"""相桥街道, where the first hero lives."""


@dataclass(frozen=True)
class Role:
    """A duty in the first unit of a kind, or in the street of the tour."""

    key: str
    duty: Duty
    kinds: frozenset[UnitKind]
    line: Text
    serial: int | None = None

    def is_of(self, tenure: Tenure) -> bool:
        unit = tenure.post.unit
        return tenure.post.duty == self.duty and unit.kind in self.kinds and self.serial in (None, unit.serial)


_BUREAU = frozenset({UnitKind.BUREAU})
_STREET = frozenset({UnitKind.STREET})
ROLES = (
    Role("registrar", Duty.REGISTRAR, _BUREAU, _("窗口和信箱：来访、来信、来电当场登记，登记单当场打印。")),
    Role("dispatcher", Duty.DISPATCHER, _BUREAU, _("判重、拟办、转送和交办，每天看灯。")),
    Role("bureau_head", Duty.BUREAU_HEAD, _BUREAU, _("批办交办件，看本局每一件走到哪里。")),
    Role("supervisor", Duty.SUPERVISOR, _BUREAU, _("审核办结报告，少答一项就不能通过。")),
    Role("unit_head", Duty.UNIT_HEAD, _STREET, _("相桥街道负责人：签发处理意见，缺一项会被拦住。"), STREET),
    Role("case_handler", Duty.CASE_HANDLER, _STREET, _("相桥街道承办人：签收、告知、走访、拟写答复。"), STREET),
    Role("leader", Duty.LEADER, frozenset(UnitKind), _("区领导：看全区的件，不看检举控告。")),
    Role("discipline", Duty.DISCIPLINE, frozenset(UnitKind), _("纪检监察：只看得见检举控告，由它接收、反馈。")),
    Role("review_office", Duty.REVIEW_OFFICE, _BUREAU, _("复查复核办公室：看得见全部办理过程。")),
    Role("archivist", Duty.ARCHIVIST, _BUREAU, _("复查期和评价期都过了的件，一件一卷归档。")),
    Role("auditor", Duty.AUDITOR, frozenset(UnitKind), _("审计：看得见过程和痕迹，看不见人和内容。")),
    Role("administrator", Duty.ADMINISTRATOR, _BUREAU, _("系统管理员：管人员和岗位，不能改任何一件。")),
)


@dataclass(frozen=True)
class Seated:
    """A role and who sits there."""

    role: Role
    officer: Officer
    post: str
    unit: str


def seated() -> list[Seated]:
    """Every role with its account, in one look."""
    tenures = list(
        Tenure.objects.filter(running_on(timezone.localdate()), post__duty__in={role.duty for role in ROLES})
        .filter(officer__is_active=True)
        .select_related("officer", "post__unit")
        .order_by("post__unit__serial", "pk")
    )
    found = ((role, next((tenure for tenure in tenures if role.is_of(tenure)), None)) for role in ROLES)
    return [Seated(role, t.officer, t.post.name, t.post.unit.short_name) for role, t in found if t]
