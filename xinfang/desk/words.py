"""How the desk calls things: acts beside the table of moves, and who did them."""

from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.organizations.models import Duty, Unit
from xinfang.petitions import openings
from xinfang.trace.models import Entry

BESIDE_THE_TABLE: dict[str, Lazy] = {
    "petition.reveal": gettext_lazy("查看信访人信息"),
    "petition.see_phone": gettext_lazy("承办人看到电话"),
    "petition.name_officer": gettext_lazy("指名经办"),
    "petition.end_naming": gettext_lazy("撤销指名"),
    "petition.seal_repeat": gettext_lazy("随初件密封"),
    "petition.add_evidence": gettext_lazy("收材料"),
    "petition.look_for_repeats": gettext_lazy("登记时查重"),
    "petition.give_access_list": gettext_lazy("打印查阅记录"),
    "petition.urge": gettext_lazy("催办"),
    "petition.ask_to_correct": gettext_lazy("请求更正"),
    "petition.reply_to": gettext_lazy("给信访人回话"),
    "petition.renew_codes": gettext_lazy("补办登记单"),
    "petition.reprint_slip": gettext_lazy("补打回执"),
    "petition.open_letter": gettext_lazy("拆封来信"),
    "petition.ask_erasure": gettext_lazy("申请销毁"),
    "petition.approve_erasure": gettext_lazy("同意销毁"),
    "petition.refuse_erasure": gettext_lazy("不同意销毁"),
    "petition.tell_erasure": gettext_lazy("告知销毁"),
    "petition.drop_erasure": gettext_lazy("撤回销毁申请"),
    "petition.carry_out_erasure": gettext_lazy("依申请销毁"),
    "petition.erase": gettext_lazy("销毁"),
    "case_pack.ask": gettext_lazy("导出案卷"),
    "case_pack.give_own": gettext_lazy("给信访人材料包"),
    "case_file.bind": gettext_lazy("立卷"),
    "case_file.seal": gettext_lazy("封存案卷"),
    "case_file.open": gettext_lazy("启封案卷"),
    "case_file.set_term": gettext_lazy("重新划定保管期限"),
    "volume.lend": gettext_lazy("借出案卷"),
    "volume.take_back": gettext_lazy("归还案卷"),
    "volume.move": gettext_lazy("移放案卷"),
    "volume.note": gettext_lazy("写备考表"),
    "volume.check": gettext_lazy("检查案卷"),
    "original.keep": gettext_lazy("收存原件"),
    "original.move": gettext_lazy("移放原件"),
    "original.lend": gettext_lazy("借出原件"),
    "original.take_back": gettext_lazy("归还原件"),
    "original.hand_back": gettext_lazy("退还原件"),
    "petition.ask_correction": gettext_lazy("申请更正"),
    "petition.confirm_correction": gettext_lazy("确认更正"),
    "petition.annotate_receipt": gettext_lazy("注明收到时间"),
    "petition.ask_withdrawal": gettext_lazy("申请撤回"),
    "petition.drop_withdrawal": gettext_lazy("撤回不是自愿"),
    "help.load_lines": gettext_lazy("载入求助电话"),
    "petition.carry_out": gettext_lazy("报告落实"),
    "petition.check_commitment": gettext_lazy("核查落实"),
    "assignment.replace_commitments": gettext_lazy("承诺事项由复查、复核意见代替"),
    "petition.send_notice": gettext_lazy("告知送出"),
    "petition.answer_referral": gettext_lazy("救助结果"),
    "petition.expire_evaluation": gettext_lazy("评价期满，未评价"),
    "paper.render": gettext_lazy("排印文书"),
    "paper.sign_in_ink": gettext_lazy("盖章件回传"),
    "seal.declare_seal": gettext_lazy("登记印章图样"),
    "seal.withdraw_seal": gettext_lazy("停用印章图样"),
    "wording.reword": gettext_lazy("修改模板"),
    "paper.print_paper": gettext_lazy("打印文书"),
    "deadline.recompute": gettext_lazy("日历公布后重算期限"),
}


def act_label(act: str) -> str:
    move = openings.moves().get(act)
    return str(move.label if move else BESIDE_THE_TABLE.get(act, act))


def hand_label(entry: Entry, units: Mapping[str, str]) -> str:
    """Post and unit, never a name."""
    if entry.hand == "petitioner":
        return _("信访人")
    if entry.hand != "officer":
        return _("系统")
    post = Duty(entry.post).label if entry.post in Duty.values else ""
    return f"{units.get(entry.unit, '')} {post}".strip() or _("工作人员")


def unit_names(codes: Iterable[str]) -> dict[str, str]:
    return dict(Unit.objects.filter(code__in=set(codes)).values_list("code", "name"))


def last_act(kind: str, pk: int) -> str:
    """Who acted last on this, and when: what a stale page has to say."""
    entry = Entry.objects.filter(subject_kind=kind, subject_id=pk).order_by("-id").first()
    if entry is None:
        return ""
    facts = {
        "act": act_label(entry.act),
        "who": hand_label(entry, unit_names([entry.unit])),
        "when": moment(entry.at),
    }
    return _("最近一次办理：%(who)s于 %(when)s“%(act)s”。") % facts


def moment(at: object) -> str:
    """2026-06-15 09:30, as the county's clocks show it."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""  # type: ignore[arg-type]
