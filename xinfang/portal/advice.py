"""问一问该走哪条路: by the words of a text that is not sent yet. It refuses nobody, and nothing of it is kept or logged.

The words are ours; the roads and their terms are the law's.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from xinfang.foundation.text import Text


@dataclass(frozen=True)
class Road:
    """A road of its own that the law has for such a matter: where, and until when."""

    name: Text
    where: Text
    law: Text
    words: list[str]


_WORDS: dict[str, list[str]] = json.loads((Path(__file__).parent / "roads.json").read_text(encoding="utf-8"))
ROADS: tuple[Road, ...] = (
    Road(
        _("有人正在受伤害，或者马上有危险"),
        _("立即拨打110；火灾119，急救120。不要等这里的答复。"),
        _("《人民警察法》第二十一条"),
        _WORDS["danger"],
    ),
    Road(
        _("检举、控告党员、干部和公职人员"),
        _(
            "可以直接向纪检监察机关提出：拨打12388，或者到纪委监委。在这里提出的，密封转纪检监察机关，被反映的人和单位看不到。"
        ),
        _("《信访工作条例》第三十条"),
        _WORDS["discipline"],
    ),
    Road(
        _("对法院的判决、裁定不服，或者正在打官司"),
        _("上诉：收到判决书15日内、裁定书10日内（民事、行政）。已经生效的：向法院申请再审，或者向检察院申请监督。"),
        _("《民事诉讼法》、《行政诉讼法》、《信访工作条例》第三十一条"),
        _WORDS["court"],
    ),
    Road(
        _("拖欠工资、劳动合同、工伤"),
        _(
            "劳动争议仲裁：自知道权利被侵害之日起一年内，向劳动人事争议仲裁委员会申请，不收费。拖欠工资也可以向劳动保障监察投诉，拨打12333。"
        ),
        _("《劳动争议调解仲裁法》第二十七条"),
        _WORDS["labour"],
    ),
    Road(
        _("对行政机关的处罚、决定不服"),
        _("行政复议：自知道该行为之日起60日内，不收费。也可以在6个月内向法院起诉。"),
        _("《行政复议法》第二十条、《行政诉讼法》第四十六条"),
        _WORDS["reconsideration"],
    ),
    Road(
        _("土地承包、流转的纠纷"),
        _("可以请村、街道调解，也可以向农村土地承包仲裁委员会申请仲裁，不收费；或者向法院起诉。"),
        _("《农村土地承包经营纠纷调解仲裁法》"),
        _WORDS["land"],
    ),
    Road(
        _("买东西、接受服务受了损失"),
        _("拨打12315，由市场监督管理部门处理或者调解。"),
        _("《消费者权益保护法》第三十九条"),
        _WORDS["consumer"],
    ),
    Road(
        _("国家赔偿"),
        _("先向造成损害的机关申请，自知道之日起两年内。"),
        _("《国家赔偿法》第九条、第三十九条"),
        _WORDS["compensation"],
    ),
)


def roads(texts: Iterable[str]) -> list[Road]:
    """Those whose words stand in what was written, in the order above."""
    said = "\n".join(texts)
    return [road for road in ROADS if any(word in said for word in road.words)]
