"""系统管理, its front page: a card a section, with how many it holds."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinfang.deadlines.models import CalendarYear
from xinfang.desk.administration import accounts, door, drills
from xinfang.desk.administration.code_lists import LISTS
from xinfang.desk.page import draw
from xinfang.documents.kinds import PaperKind
from xinfang.organizations.models import Officer
from xinfang.organizations.policies import holds
from xinfang.organizations.queries import open_units
from xinfang.petitions.models import Phrase
from xinfang.petitions.models.category import used_on
from xinfang.trace import nightly


@dataclass(frozen=True)
class Card:
    """One section."""

    heading: str
    line: str
    count: str
    href: str


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    officer = door.keeper(request)
    cards = [*_people(officer), *(_county() if holds(officer, door.LOOKERS) else []), _phrases()]
    return draw(request, "desk/administration/front.html", {"cards": cards, "here": "administration"})


def _people(officer: Officer) -> list[Card]:
    kept = accounts.kept_by(officer).filter(is_active=True).count()
    cards = [Card(_("人员"), _("谁在什么岗位，交接、代理、登录。"), _people_count(kept), reverse("desk:officers"))]
    if holds(officer, door.ENROLLERS):
        waiting = accounts.newcomers_of(officer).count()
        line = _("新账号的一次性密码，成批打印。")
        cards.append(Card(_("首次密码"), line, _people_count(waiting), reverse("desk:first-passwords")))
    return cards


def _county() -> list[Card]:
    today = timezone.localdate()
    last = CalendarYear.objects.order_by("-year").values_list("year", flat=True).first()
    return [
        Card(_("单位"), _("设立、改名、划转、撤销。"), str(open_units(today).count()), reverse("desk:units")),
        Card(
            _("内容分类"),
            _("新设、改名、停用，都从某一天起。"),
            str(used_on(today).count()),
            reverse("desk:categories"),
        ),
        Card(_("代码表"), _("法规定死的选项，只能看。"), str(len(LISTS)), reverse("desk:code-lists")),
        Card(_("痕迹核验"), _("每夜重算一遍；谁见证过。"), _last_verified(), reverse("desk:log")),
        Card(_("文书模板"), _("文书上固定的文字，先预览再改。"), str(len(PaperKind)), reverse("desk:wordings")),
        Card(_("工作日历"), _("每年的放假通知。"), _last_year(last), reverse("desk:calendar")),
        Card(_("备份演练"), _("备份能不能恢复，会丢多少。"), drills.last_said(), reverse("desk:drills")),
    ]


def _last_verified() -> str:
    last = nightly.last()
    if last is None:
        return _("还没有核验过")
    day = timezone.localtime(last.at).strftime("%Y-%m-%d")
    return (_("%(day)s 发现改动") if last.lie else _("%(day)s 完好")) % {"day": day}


def _phrases() -> Card:
    count = Phrase.objects.filter(is_retired=False).count()
    return Card(_("常用语"), _("各岗位写意见时可以点选的句子。"), str(count), reverse("desk:phrases"))


def _people_count(count: int) -> str:
    return _("%(count)s 人") % {"count": count}


def _last_year(year: int | None) -> str:
    return _("已装到 %(year)s 年") % {"year": year} if year else _("一年也没有装")
