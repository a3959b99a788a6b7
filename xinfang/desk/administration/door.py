"""Who comes in: an administrator changes, the bureau's head looks, a unit's head keeps his own people."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from xinfang.desk.page import KEEPERS, officer_of
from xinfang.organizations.models import Duty, Officer
from xinfang.organizations.policies import holds

LOOKERS = (Duty.ADMINISTRATOR, Duty.BUREAU_HEAD)
ENROLLERS = (Duty.ADMINISTRATOR, Duty.UNIT_HEAD)


def keeper(request: HttpRequest) -> Officer:
    return _with(request, KEEPERS)


def looker(request: HttpRequest) -> Officer:
    return _with(request, LOOKERS)


def enroller(request: HttpRequest) -> Officer:
    return _with(request, ENROLLERS)


def administrator(request: HttpRequest) -> Officer:
    return _with(request, (Duty.ADMINISTRATOR,))


def administers(officer: Officer) -> bool:
    return holds(officer, (Duty.ADMINISTRATOR,))


def _with(request: HttpRequest, duties: tuple[Duty, ...]) -> Officer:
    officer = officer_of(request)
    if not holds(officer, duties):
        raise PermissionDenied(_("这里由系统管理员办理，单位负责人只管本单位的人员。"))
    return officer
