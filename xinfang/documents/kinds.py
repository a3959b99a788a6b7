"""The papers this county prints (domain section 5): what each must hold, and whether it bears a document number."""

from dataclasses import dataclass

from django.db import models


class PaperKind(models.TextChoices):
    """Domain 5, those whose act exists by now."""

    REGISTRATION_FORM = "registration_form", "信访事项登记表"
    PROPOSAL_FORM = "proposal_form", "拟办单"
    TRANSFER_LETTER = "transfer_letter", "转送函"
    ASSIGNMENT_LETTER = "assignment_letter", "交办函"
    ROUTING_NOTICE = "routing_notice", "去向告知书"
    RECEIPT_NOTICE = "receipt_notice", "受理告知书"
    HANDLING_OPINION = "handling_opinion", "信访事项处理意见书"
    DELIVERY_RECEIPT = "delivery_receipt", "送达回证"
    COMPLETION_REPORT = "completion_report", "办结报告"


@dataclass(frozen=True)
class Template:
    """`word` stands in the document number, empty where the paper has none; `fields` maps required data to its label."""

    version: int
    word: str
    fields: dict[str, str]


TEMPLATES = {
    PaperKind.REGISTRATION_FORM: Template(
        1,
        "",
        {
            "number": "信访件编号",
            "query_code": "查询码",
            "received_at": "收到时间",
            "channel": "信访形式",
            "people": "信访人",
            "title": "标题",
            "demands": "诉求",
            "next": "下一步",
            "due": "最迟日期",
            "query_at": "查询方法",
        },
    ),
    PaperKind.PROPOSAL_FORM: Template(
        1,
        "",
        {
            "number": "信访件编号",
            "summary": "概况",
            "kind": "事项类别",
            "procedure": "办理程序",
            "disposition": "拟办方式",
            "unit": "拟承办单位",
            "opinion": "拟办意见",
        },
    ),
    PaperKind.TRANSFER_LETTER: Template(
        1,
        "转",
        {
            "to": "受文单位",
            "number": "信访件编号",
            "people": "信访人",
            "title": "标题",
            "summary": "概况",
            "basis": "依据",
            "request": "要求",
            "objection_due": "异议期限",
            "notice_due": "告知期限",
        },
    ),
    PaperKind.ASSIGNMENT_LETTER: Template(
        1,
        "交办",
        {
            "to": "受文单位",
            "number": "信访件编号",
            "people": "信访人",
            "title": "标题",
            "summary": "概况",
            "basis": "依据",
            "request": "交办要求",
            "objection_due": "异议期限",
            "notice_due": "告知期限",
            "feedback_due": "反馈期限",
        },
    ),
    PaperKind.ROUTING_NOTICE: Template(
        1, "告", {"to": "信访人", "number": "信访件编号", "unit": "承办单位", "telephone": "联系电话", "next": "下一步"}
    ),
    PaperKind.RECEIPT_NOTICE: Template(
        1,
        "受",
        {
            "to": "信访人",
            "number": "信访件编号",
            "received": "收到日期和来源",
            "matters": "信访事项",
            "procedure": "办理途径和程序",
            "basis": "依据",
            "due": "办理期限",
            "telephone": "联系电话",
        },
    ),
    PaperKind.HANDLING_OPINION: Template(
        1,
        "意见",
        {
            "to": "信访人",
            "number": "信访件编号",
            "received": "收到和受理日期",
            "answers": "对各项诉求的意见",
            "remedy": "救济途径",
        },
    ),
    PaperKind.DELIVERY_RECEIPT: Template(
        1, "", {"document": "送达文书", "to": "受送达人", "mode": "送达方式", "on": "送达日期", "proof": "送达证明"}
    ),
    PaperKind.COMPLETION_REPORT: Template(
        1,
        "报",
        {"to": "受文单位", "number": "信访件编号", "process": "办理经过", "opinion": "处理意见", "view": "信访人态度"},
    ),
}
