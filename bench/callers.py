"""Twelve who come on one morning, and how the clerk registers each: what is typed, field after field, by keyboard alone."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from bench.typist import Typist

# What the registrar's post says every day, found by initials; braces are blanks.
PHRASES = (
    "信访人反映{地点和事项}，要求{诉求}。",
    "来信原文见附件扫描件。",
    "多人来访，共同反映{事项}，要求{诉求}。",
)


@dataclass(frozen=True)
class Caller:
    """One registration. `demands` is how many of them the slip must show."""

    name: str
    register: Callable[[Typist], None]
    demands: int


def _received(clerk: Typist, channel: str, source: str = "") -> None:
    """信访形式; time, day and mostly the source stand already."""
    clerk.find(channel)
    clerk.press("Enter", "Enter")
    if source:
        clerk.find(source)
    else:
        clerk.press("Enter")
    if clerk.at() == "id_barcode":
        clerk.press("Enter")


def _person(clerk: Typist, name: str, number: str = "", phone: str = "") -> None:
    clerk.name(name)
    clerk.press("Enter")
    if number:
        clerk.write(number)
    clerk.press("Enter")
    if phone:
        clerk.write(phone)
        clerk.press("Enter")
    else:
        clerk.press("Enter")
        clerk.decisions += 1
        clerk.press("Space", "Enter")


def _matter(clerk: Typist, division: str, category: str, purpose: str = "qj", place: str = "") -> None:
    """Where and what; the title is made of it and only looked at."""
    clerk.alt("z")
    clerk.find(division)
    if place:
        clerk.write(place)
    clerk.press("Enter")
    clerk.find(category)
    clerk.find(purpose)
    clerk.decisions += 1
    clerk.press("Enter")


def _phrase(clerk: Typist, initials: str, *blanks: str) -> None:
    clerk.press("F2")
    clerk.find(initials)
    for blank in blanks:
        clerk.write(blank)
        clerk.press("Tab")


def _send(clerk: Typist) -> None:
    """The demands that were made of the text have been looked at."""
    clerk.decisions += 1
    with clerk.waiting():
        clerk.press("Control+Enter")
        clerk.page.wait_for_selector(".slip, .refusals")
    if refusals := clerk.page.query_selector(".refusals"):
        raise AssertionError(refusals.inner_text())


def letter(clerk: Typist) -> None:
    _received(clerk, "lx")
    _person(clerk, "张秀英", phone="10000000101")
    clerk.write("骊山街道东三村二组")
    _matter(clerk, "lsjd", "ntsl")
    clerk.write("村口水渠去年冬天塌了一段，地里浇不上水。要求：修好水渠；赔偿今年的损失。")
    _send(clerk)


def visit(clerk: Typist) -> None:
    _received(clerk, "lf")
    _person(clerk, "王建国", number="610115180001010011", phone="10000000102")
    _matter(clerk, "qljd", "wyfw", place="三号楼")
    _phrase(clerk, "xfrfy", "楼顶漏水，报修一年没有人来", "修好楼顶；退还物业费")
    _send(clerk)


def joint_visit(clerk: Typist) -> None:
    _received(clerk, "lf")
    _person(clerk, "李志强", phone="10000000103")
    clerk.press("Enter")
    clerk.write("12")
    clerk.press("Enter", "Enter")
    clerk.write("12")
    clerk.press("Enter")
    for representative in ("赵国文", "孙玉梅", "周海龙", "吴桂珍"):
        clerk.name(representative)
        clerk.press("Enter")
    _matter(clerk, "xfjd", "tqgz")
    _phrase(clerk, "drlf", "工程完工四个月没有发工资", "发清工资")
    _send(clerk)


def repeat_found(clerk: Typist) -> None:
    """Someone who has been here: the earlier petition appears while his text is typed, and is chosen."""
    _received(clerk, "lf")
    _person(clerk, "陈桂兰", number="61011518000101002X", phone="10000000104")
    with clerk.waiting():
        clerk.page.wait_for_selector(".alike")
    clerk.press("Enter", "Enter", "Enter", "Enter")
    clerk.decisions += 1
    clerk.press("ArrowDown")
    _matter(clerk, "lsjd", "dbyj")
    clerk.write("低保申请半年没有答复，再次反映。要求：尽快书面答复。")
    _send(clerk)


def no_phone(clerk: Typist) -> None:
    _received(clerk, "lf")
    _person(clerk, "刘玉珍", number="610115180001010038")
    clerk.write("代王街道西沟村四组")
    _matter(clerk, "dwjd", "zjdy")
    clerk.write("老屋漏雨成了危房，申请改造没有批下来。要求：重新查看；列入改造。")
    _send(clerk)


def scanned_letter(clerk: Typist) -> None:
    """The scanner types the barcode; the file the copier made is chosen by its name."""
    clerk.find("lx")
    clerk.press("Enter", "Enter", "Enter")
    clerk.decisions += 1
    clerk.page.keyboard.type("LX2026000777")  # the scanner, not the clerk
    clerk.page.keyboard.press("Enter")
    _person(clerk, "杨国文", phone="10000000106")
    _matter(clerk, "xkjd", "tdzs")
    _phrase(clerk, "lxyw")
    clerk.press("Tab")
    clerk.write("公开征地补偿标准")
    clerk.press("Enter")
    clerk.write("补发欠付的补偿款")
    with clerk.page.expect_file_chooser() as chooser:
        clerk.alt("m")
        clerk.press("Space")
    name = "scan0777.pdf"
    clerk.decisions += 1
    clerk.keys += len(name) + 1
    chooser.value.set_files({"name": name, "mimeType": "application/pdf", "buffer": _scan()})
    _send(clerk)


def _scan() -> bytes:
    """What the copier made of it: two pages."""
    file, pdf = BytesIO(), pikepdf.new()
    for _ in range(2):
        pdf.add_blank_page()
    pdf.save(file)
    return file.getvalue()


def telephone(clerk: Typist) -> None:
    _received(clerk, "ld")
    _person(clerk, "周敏", phone="10000000107")
    _matter(clerk, "lsjd", "zs", place="东街工地")
    clerk.write("工地夜里两点还在施工，吵得睡不着。要求：夜间停工。")
    _send(clerk)


def hotline(clerk: Typist) -> None:
    _received(clerk, "12345", source="12345")
    _person(clerk, "吴海涛", phone="10000000108")
    _matter(clerk, "qljd", "szss", place="新建路")
    clerk.write("路灯坏了一个月没有修。要求：修好路灯。")
    _send(clerk)


def anonymous(clerk: Typist) -> None:
    _received(clerk, "lx")
    _matter(clerk, "xfjd", "cqyz")
    clerk.write("养猪场把污水排进河里，夏天臭味很大。要求：查处养猪场；清理河道。")
    _send(clerk)


def confidential(clerk: Typist) -> None:
    _received(clerk, "lf")
    _person(clerk, "郑晓燕", number="610115180001010046", phone="10000000110")
    _matter(clerk, "lsjd", "xyaq")
    _phrase(clerk, "xfrfy", "学校食堂饭菜不干净", "检查食堂；公布结果")
    clerk.decisions += 1
    clerk.alt("h")
    clerk.press("Space")
    _send(clerk)


def village_proxy(clerk: Typist) -> None:
    _received(clerk, "cjdd")
    _person(clerk, "马春生")
    clerk.write("斜口街道高沟村")
    _matter(clerk, "xkjd", "ntsl")
    clerk.write("机井坏了，全组没有水浇地。要求：修好机井。")
    _send(clerk)


def leader_mailbox(clerk: Typist) -> None:
    _received(clerk, "ldxx", source="ldpz")
    _person(clerk, "高志远", phone="10000000112")
    _matter(clerk, "lsjd", "zcjy", purpose="yjjy")
    clerk.write("建议在老城区增加停车位，取消占道收费。要求：答复是否采纳。")
    _send(clerk)


CALLERS = (
    Caller("letter", letter, 2),
    Caller("visit", visit, 2),
    Caller("joint visit with representatives", joint_visit, 1),
    Caller("repeat found", repeat_found, 1),
    Caller("no phone", no_phone, 2),
    Caller("scanned letter", scanned_letter, 2),
    Caller("phone call", telephone, 1),
    Caller("12345", hotline, 1),
    Caller("anonymous", anonymous, 2),
    Caller("confidential", confidential, 2),
    Caller("village proxy", village_proxy, 1),
    Caller("leader mailbox", leader_mailbox, 1),
)
