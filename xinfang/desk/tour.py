"""One petition, six eyes: eight stops over the first hero's petition. A stop that a later part builds is shown unlit."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xinfang.deadlines.models import Promise
from xinfang.deadlines.terms import Clock
from xinfang.desk.demo_lives.keys import hero_petition
from xinfang.foundation.text import Text
from xinfang.petitions.models import Petition

HERO = "roof"
Address = Callable[[Petition], str]


@dataclass(frozen=True)
class Stop:
    """What is to be seen, by whom, and where. Without an address it is still to come."""

    title: Text
    text: Text
    who: Text
    role: str = ""
    address: Address | None = None
    petition: str = "first"

    @property
    def is_lit(self) -> bool:
        return self.address is not None or self.is_petitioners

    @property
    def is_petitioners(self) -> bool:
        return not self.role and self.address is None and bool(self.petition)

    def found(self) -> Petition | None:
        return hero_petition(HERO, self.petition) if self.is_lit else None


def _page(name: str) -> Address:
    return lambda petition: reverse(name, args=[petition.number])


def _work(name: str) -> Address:
    return lambda petition: reverse(name, args=[petition.assignments.latest("id").pk])


def _why(petition: Petition) -> str:
    """The sixty days of the unit's work."""
    works = petition.assignments.values_list("pk", flat=True)
    promise = Promise.objects.filter(subject="assignment", subject_id__in=works, clock=Clock.D5).latest("id")
    return reverse("desk:why", args=[promise.pk])


STOPS = (
    Stop(
        _("一张登记单"),
        _(
            "段麦香，七十二岁，独居，没有手机，不识字。村上的信息员坐在她炕边记下这件事，信访局登记，"
            "当场有编号和查询码。没有手机的人，和别人有一样的单子。"
        ),
        _("登记接访员"),
        "registrar",
        _page("desk:slip"),
    ),
    Stop(
        _("她自己又来了"),
        _(
            "今天早上她坐头一班车来问。判重的人看到同一人、同一处房屋、同样的两项诉求，判为重件并写下理由；"
            "两件都留着，归到同一件事上，日子不重新算。"
        ),
        _("拟办员"),
        "dispatcher",
        _page("desk:petition"),
        "again",
    ),
    Stop(
        _("为什么是这一天"),
        _("每个期限由哪一天、哪一条、哪几个休息日算出来，一天一天写给人看；凭什么开始、能不能延长，也在这一页。"),
        _("拟办员"),
        "dispatcher",
        _why,
    ),
    Stop(
        _("街道的答复被拦住"),
        _("街道拟写的意见只答了第一项诉求。请以负责人的身份按“出具处理意见”：系统不让，并且说出缺的是哪一项。"),
        _("街道负责人"),
        "unit_head",
        _work("desk:assignment-issue_opinion"),
    ),
    Stop(
        _("把第二项补上"),
        _("承办人在这里再写一份：修房的时候她住在哪里。前一份不会被盖掉，两份都在。"),
        _("街道承办人"),
        "case_handler",
        _work("desk:assignment-draft_opinion"),
    ),
    Stop(
        _("领导看同一件"),
        _("区领导看得到事情走到哪里、哪一天到期；姓名、住址是遮着的，要看须写明原因，看过会留痕。"),
        _("区领导"),
        "leader",
        _page("desk:petition"),
    ),
    Stop(
        _("信访人看同一件"),
        _("凭单子上的编号和查询码，不用账号：到了哪个单位、从哪天起、下一步是什么、最迟哪一天。"),
        _("信访人"),
    ),
    Stop(
        _("审计试着改一笔"),
        _(
            "审计员看得到谁在什么时候做了哪一步，看不到人名、诉求和原文；谁打开过这一件，在查阅台账里。"
            "他在这里用 SQL 直接改数据库，把触发器也拆掉，再查一遍：哪一条说了谎，页面上写得明明白白。"
        ),
        _("审计员"),
        "auditor",
        lambda _petition: reverse("desk:cheat"),
    ),
)
