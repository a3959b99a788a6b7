"""What each paper must hold (domain section 5), whether it bears a document number, and whether anybody signs it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from xinfang.documents.kinds import PaperKind
from xinfang.foundation.text import Text


@dataclass(frozen=True)
class Template:
    """`word` stands in the document number, empty where the paper has none; `fields` maps required data to its label.

    `earlier` are the labels of fields that papers of former versions hold; `framed` are those that the frame of a letter says,
    above its body, under its seal or at its foot, so that no text need name them.
    """

    version: int
    word: str
    fields: Mapping[str, Text]
    earlier: Mapping[str, Text] = field(default_factory=dict)
    framed: frozenset[str] = frozenset({"to"})

    @property
    def labels(self) -> dict[str, Text]:
        """Of whatever a paper of this kind may say, old or new."""
        return {**self.fields, **self.earlier}


# Whom to ask, where that is who issues it.
_ASKED = frozenset({"to", "telephone"})


def _to_him(version: int, word: str, fields: Mapping[str, Text]) -> Template:
    """What tells the petitioner something, and whom to ask."""
    said = {"to": _("信访人"), "number": _("信访件编号"), **fields, "telephone": _("联系电话")}
    return Template(version, word, said, framed=_ASKED)


def _to_a_unit(version: int, word: str, fields: Mapping[str, Text]) -> Template:
    """A letter between offices."""
    return Template(version, word, {"to": _("受文单位"), "number": _("信访件编号"), **fields})


_REVIEW_OPINION: dict[str, Text] = {
    "to": _("申请人"),
    "respondent": _("被申请人"),
    "organ": _("复查、复核机关"),
    "review": _("复查、复核编号"),
    "opinion": _("原意见"),
    "request": _("请求、事实和理由"),
    "examined": _("审查经过"),
    "findings": _("查明的事实"),
    "basis": _("依据"),
    "decision": _("决定"),
    "remedy": _("救济途径"),
}

TEMPLATES = {
    PaperKind.REGISTRATION_FORM: Template(
        2,
        "",
        {
            "number": _("信访件编号"),
            "query_code": _("查询码"),
            "received_at": _("收到时间"),
            "channel": _("信访形式"),
            "petition_date": _("信访日期"),
            "people": _("信访人"),
            "counted": _("人数"),
            "category": _("内容分类"),
            "place": _("问题属地"),
            "title": _("标题"),
            "summary": _("概况"),
            "demands": _("诉求"),
            "next": _("下一步"),
            "due": _("最迟日期"),
            "query_at": _("查询方法"),
            "registered_by": _("登记人"),
        },
    ),
    PaperKind.PROPOSAL_FORM: Template(
        2,
        "",
        {
            "number": _("信访件编号"),
            "summary": _("概况"),
            "kind": _("事项类别"),
            "category": _("内容分类"),
            "procedure": _("办理程序"),
            "disposition": _("拟办方式"),
            "unit": _("拟承办单位"),
            "co_units": _("拟协办单位"),
            "due": _("转送期限"),
            "special": _("需要注意"),
            "opinion": _("拟办意见"),
        },
    ),
    PaperKind.TRANSFER_LETTER: _to_a_unit(
        2,
        "转",
        {
            "people": _("信访人"),
            "title": _("标题"),
            "summary": _("概况"),
            "attachments": _("附件"),
            "basis": _("依据"),
            "request": _("要求"),
            "objection_due": _("异议期限"),
            "notice_due": _("告知期限"),
        },
    ),
    PaperKind.ASSIGNMENT_LETTER: _to_a_unit(
        2,
        "交办",
        {
            "people": _("信访人"),
            "title": _("标题"),
            "summary": _("概况"),
            "attachments": _("附件"),
            "basis": _("依据"),
            "request": _("交办要求"),
            "objection_due": _("异议期限"),
            "notice_due": _("告知期限"),
            "feedback_due": _("反馈期限"),
        },
    ),
    PaperKind.ROUTING_NOTICE: Template(
        1,
        "告",
        {
            "to": _("信访人"),
            "number": _("信访件编号"),
            "unit": _("承办单位"),
            "telephone": _("联系电话"),
            "next": _("下一步"),
        },
    ),
    PaperKind.RECEIPT_NOTICE: _to_him(
        1,
        "受",
        {
            "received": _("收到日期和来源"),
            "matters": _("信访事项"),
            "procedure": _("办理途径和程序"),
            "basis": _("依据"),
            "due": _("办理期限"),
        },
    ),
    PaperKind.HANDLING_OPINION: Template(
        2,
        "意见",
        {
            "to": _("信访人"),
            "number": _("信访件编号"),
            "received": _("收到和受理日期"),
            "answers": _("对各项诉求的意见"),
            "remedy": _("救济途径"),
            "organ": _("登记机构"),
        },
        framed=frozenset({"to", "organ"}),
    ),
    PaperKind.DELIVERY_RECEIPT: Template(
        2,
        "",
        {
            "document": _("送达文书"),
            "number": _("信访件编号"),
            "to": _("受送达人"),
            "mode": _("送达方式"),
            "on": _("送达日期"),
        },
        earlier={"proof": _("送达证明")},
    ),
    PaperKind.COMPLETION_REPORT: _to_a_unit(
        2,
        "报",
        {
            "process": _("办理经过"),
            "facts": _("查明的事实"),
            "opinion": _("处理意见"),
            "served": _("送达情况"),
            "view": _("信访人态度"),
            "left": _("还要落实的事项"),
        },
    ),
    PaperKind.REPEAT_NOTICE: Template(
        1,
        "告",
        {
            "to": _("信访人"),
            "number": _("信访件编号"),
            "initial": _("同一事项的初件"),
            "state": _("办理情况"),
            "next": _("下一步"),
        },
    ),
    PaperKind.DIRECT_REPLY: _to_him(
        1,
        "复",
        {
            "matters": _("信访事项"),
            "reply": _("回复"),
        },
    ),
    PaperKind.DECLINE_NOTICE: _to_him(
        1,
        "不受",
        {
            "matters": _("信访事项"),
            "ground": _("理由"),
            "basis": _("依据"),
            "road": _("应走的途径"),
        },
    ),
    PaperKind.FINAL_DECLINE_NOTICE: _to_him(
        1,
        "不再",
        {
            "matters": _("信访事项"),
            "ground": _("理由"),
            "opinions": _("已有的意见"),
            "basis": _("依据"),
            "new_facts": _("新的事实和理由"),
            "help": _("救助和帮扶"),
        },
    ),
    PaperKind.ROUTING_OUT_LETTER: _to_a_unit(
        1,
        "转",
        {
            "people": _("信访人"),
            "title": _("标题"),
            "summary": _("概况"),
            "ground": _("理由"),
            "basis": _("依据"),
        },
    ),
    PaperKind.OBJECTION_FORM: _to_a_unit(
        1,
        "异",
        {
            "title": _("标题"),
            "reason": _("理由"),
            "basis": _("依据"),
            "suggested": _("建议承办单位"),
        },
    ),
    PaperKind.OBJECTION_REPLY: _to_a_unit(
        1,
        "异复",
        {
            "decision": _("决定"),
            "answer": _("理由"),
            "basis": _("依据"),
        },
    ),
    PaperKind.EXTENSION_APPROVAL: Template(
        1,
        "",
        {
            "number": _("信访件编号"),
            "unit": _("承办单位"),
            "due": _("原办理期限"),
            "days": _("申请延长"),
            "until": _("延长后的期限"),
            "ground": _("理由"),
            "basis": _("依据"),
        },
    ),
    PaperKind.EXTENSION_NOTICE: _to_him(
        1,
        "延告",
        {
            "due": _("原办理期限"),
            "until": _("延长后的期限"),
            "ground": _("理由"),
            "basis": _("依据"),
        },
    ),
    PaperKind.SUPPLEMENT_NOTICE: _to_him(
        1,
        "补",
        {
            "missing": _("需要补充的材料"),
            "until": _("请在此日前提交"),
            "note": _("说明"),
        },
    ),
    PaperKind.PROCEDURE_NOTICE: _to_him(
        1,
        "途告",
        {
            "matters": _("信访事项"),
            "procedure": _("办理途径和程序"),
            "road": _("具体途径"),
            "due": _("法定期限"),
            "basis": _("依据"),
        },
    ),
    PaperKind.CHECK_RETURN_NOTICE: _to_a_unit(
        1,
        "退办",
        {
            "reasons": _("退回理由"),
            "due": _("办理期限"),
            "feedback_due": _("反馈期限"),
            "basis": _("依据"),
        },
    ),
    PaperKind.EVALUATION_FORM: Template(
        1,
        "",
        {
            "number": _("信访件编号"),
            "people": _("信访人"),
            "title": _("标题"),
            "unit": _("办理单位"),
            "closed_on": _("办结日期"),
            "until": _("评价期限"),
            "bureau_rating": _("对信访部门"),
            "unit_rating": _("对办理单位"),
            "reasons": _("不满意的原因"),
        },
    ),
    PaperKind.URGENT_BRIEF: Template(
        1,
        "急报",
        {
            "to": _("报送"),
            "number": _("信访件编号"),
            "who": _("信访人"),
            "learned": _("知道情况的时间"),
            "phoned": _("电话报告"),
            "facts": _("情况"),
            "measures": _("措施和建议"),
        },
    ),
    PaperKind.CO_LETTER: _to_a_unit(
        1,
        "协",
        {
            "title": _("标题"),
            "summary": _("概况"),
            "lead": _("主办单位"),
            "request": _("协办要求"),
            "due": _("协办意见最迟日期"),
            "basis": _("依据"),
        },
    ),
    PaperKind.SETTLEMENT_AGREEMENT: Template(
        2,
        "调",
        {
            "number": _("信访件编号"),
            "people": _("信访人"),
            "unit": _("承办单位"),
            "matters": _("争议事项"),
            "mediator": _("调解人"),
            "held_on": _("调解日期"),
            "terms": _("协议内容"),
            "perform_by": _("履行日期"),
            "basis": _("依据"),
        },
    ),
    PaperKind.ARCHIVE_INDEX: Template(
        2,
        "",
        {
            "number": _("案卷号"),
            "petition": _("信访件编号"),
            "title": _("题名"),
            "volume": _("卷次"),
            "dates": _("起止日期"),
            "pages": _("页数"),
            "term": _("保管期限"),
            "secrecy": _("密级"),
            "lines": _("顺序号　文号　责任者　题名　日期　页号　备注"),
        },
        earlier={"items": _("顺序号　文号　责任者　题名　日期　页号")},
    ),
    PaperKind.REVIEW_APPLICATION: Template(
        1,
        "",
        {
            "number": _("信访件编号"),
            "review": _("复查、复核编号"),
            "applicant": _("申请人"),
            "respondent": _("被申请人"),
            "organ": _("复查、复核机关"),
            "opinion": _("不服的意见"),
            "request": _("请求、事实和理由"),
            "applied_on": _("申请日期"),
            "received_on": _("收到日期"),
        },
    ),
    PaperKind.REVIEW_ADMISSION: Template(
        1,
        "复受",
        {
            "to": _("申请人"),
            "review": _("复查、复核编号"),
            "received_on": _("收到日期"),
            "respondent": _("被申请人"),
            "opinion": _("不服的意见"),
            "due": _("办理期限"),
            "basis": _("依据"),
            "telephone": _("联系电话"),
        },
        framed=_ASKED,
    ),
    PaperKind.REVIEW_REFUSAL: Template(
        1,
        "复不",
        {
            "to": _("申请人"),
            "review": _("复查、复核编号"),
            "received_on": _("收到日期"),
            "ground": _("不予受理的理由"),
            "reason": _("说明"),
            "road": _("可以走的途径"),
            "basis": _("依据"),
            "telephone": _("联系电话"),
        },
        framed=_ASKED,
    ),
    PaperKind.REVIEW_WITHDRAWAL: Template(
        1,
        "复撤",
        {
            "to": _("申请人"),
            "review": _("复查、复核编号"),
            "respondent": _("被申请人"),
            "opinion": _("不服的意见"),
            "asked_on": _("申请撤回的日期"),
            "confirmed_on": _("向本人核实的日期"),
            "again": _("还可以怎样"),
            "telephone": _("联系电话"),
        },
        framed=_ASKED,
    ),
    PaperKind.WITHDRAWAL: Template(
        1,
        "",
        {
            "number": _("信访件编号"),
            "people": _("信访人"),
            "title": _("标题"),
            "statement": _("撤回的意思和理由"),
            "asked_how": _("提出方式"),
            "asked_on": _("申请撤回的日期"),
        },
    ),
    PaperKind.WITHDRAWAL_NOTICE: _to_him(
        1,
        "撤",
        {
            "asked_on": _("申请撤回的日期"),
            "confirmed_on": _("向本人核实的日期"),
            "again": _("还可以怎样"),
        },
    ),
    PaperKind.REVIEW_OPINION: Template(1, "复查", _REVIEW_OPINION),
    PaperKind.FINAL_REVIEW_OPINION: Template(1, "复核", _REVIEW_OPINION),
    PaperKind.HEARING_NOTICE: Template(
        1,
        "听",
        {
            "to": _("听证参加人"),
            "number": _("信访件编号"),
            "matters": _("听证事项"),
            "starts_at": _("时间"),
            "place": _("地点"),
            "host": _("主持人"),
            "members": _("听证员"),
            "manner": _("方式"),
            "rights": _("权利和义务"),
            "basis": _("依据"),
            "telephone": _("联系电话"),
        },
        framed=_ASKED,
    ),
    PaperKind.HEARING_RECORD: Template(
        1,
        "",
        {
            "number": _("信访件编号"),
            "held_at": _("时间"),
            "place": _("地点"),
            "host": _("主持人"),
            "members": _("听证员"),
            "record": _("笔录"),
            "signed": _("签字"),
        },
    ),
    PaperKind.HEARING_CONCLUSION: Template(
        1,
        "听结",
        {
            "number": _("信访件编号"),
            "held_at": _("听证时间"),
            "host": _("主持人"),
            "members": _("听证员"),
            "conclusion": _("评议意见"),
            "basis": _("依据"),
        },
    ),
}

# Without a number and stamped or signed all the same.
_SIGNED = frozenset({PaperKind.PROPOSAL_FORM, PaperKind.DELIVERY_RECEIPT, PaperKind.EXTENSION_APPROVAL})

_MARKED = frozenset(
    {PaperKind.REGISTRATION_FORM, PaperKind.REVIEW_APPLICATION, PaperKind.HEARING_RECORD, PaperKind.WITHDRAWAL}
)
"""Somebody from outside signs these or puts his finger under them, where he comes: the scan is taken, nothing waits for it."""


def wants_ink(kind: PaperKind) -> bool:
    """Whether somebody stamps or signs it: whatever bears a number, and these forms."""
    return bool(TEMPLATES[kind].word) or kind in _SIGNED


def takes_ink(kind: PaperKind) -> bool:
    """Whether a signed sheet of it may come back."""
    return wants_ink(kind) or kind in _MARKED
