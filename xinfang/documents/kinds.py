"""The papers this county prints (domain section 5). What each must hold stands in `elements`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xinfang.foundation.text import Text


class PaperKind(models.TextChoices):
    """Domain 5, those whose act exists by now."""

    REGISTRATION_FORM = "registration_form", _("信访事项登记表")
    PROPOSAL_FORM = "proposal_form", _("拟办单")
    TRANSFER_LETTER = "transfer_letter", _("转送函")
    ASSIGNMENT_LETTER = "assignment_letter", _("交办函")
    ROUTING_NOTICE = "routing_notice", _("去向告知书")
    RECEIPT_NOTICE = "receipt_notice", _("受理告知书")
    HANDLING_OPINION = "handling_opinion", _("信访事项处理意见书")
    DELIVERY_RECEIPT = "delivery_receipt", _("送达回证")
    COMPLETION_REPORT = "completion_report", _("办结报告")
    REPEAT_NOTICE = "repeat_notice", _("重复件告知书")
    DIRECT_REPLY = "direct_reply", _("直接回复")
    DECLINE_NOTICE = "decline_notice", _("不予受理告知书")
    FINAL_DECLINE_NOTICE = "final_decline_notice", _("不再受理告知书")
    ROUTING_OUT_LETTER = "routing_out_letter", _("转出函")
    OBJECTION_FORM = "objection_form", _("异议申请")
    OBJECTION_REPLY = "objection_reply", _("异议答复")
    EXTENSION_APPROVAL = "extension_approval", _("延期审批表")
    EXTENSION_NOTICE = "extension_notice", _("延期告知书")
    SUPPLEMENT_NOTICE = "supplement_notice", _("补充材料通知书")
    PROCEDURE_NOTICE = "procedure_notice", _("按法定途径处理告知书")
    CHECK_RETURN_NOTICE = "check_return_notice", _("退回重办通知书")
    CO_LETTER = "co_letter", _("协办函")
    SETTLEMENT_AGREEMENT = "settlement_agreement", _("调解和解协议书")
    ARCHIVE_INDEX = "archive_index", _("卷内目录")
    REVIEW_APPLICATION = "review_application", _("复查（复核）申请书")
    REVIEW_ADMISSION = "review_admission", _("复查（复核）申请受理告知书")
    REVIEW_REFUSAL = "review_refusal", _("复查（复核）申请不予受理告知书")
    REVIEW_WITHDRAWAL = "review_withdrawal", _("复查（复核）申请撤回告知书")
    WITHDRAWAL = "withdrawal", _("信访事项撤回申请书")
    WITHDRAWAL_NOTICE = "withdrawal_notice", _("信访事项撤回告知书")
    REVIEW_OPINION = "review_opinion", _("信访事项复查意见书")
    FINAL_REVIEW_OPINION = "final_review_opinion", _("信访事项复核意见书")
    HEARING_NOTICE = "hearing_notice", _("听证通知书")
    HEARING_RECORD = "hearing_record", _("听证笔录")
    HEARING_CONCLUSION = "hearing_conclusion", _("听证结论")
    EVALUATION_FORM = "evaluation_form", _("满意度评价表")
    URGENT_BRIEF = "urgent_brief", _("紧急信息")


def kinds_of_papers() -> list[tuple[str, Text]]:
    """For the column, so that a new kind of paper needs no migration."""
    return list(PaperKind.choices)


SIGNED_BY_THE_ORGAN = frozenset(
    {
        PaperKind.REVIEW_ADMISSION,
        PaperKind.REVIEW_REFUSAL,
        PaperKind.REVIEW_WITHDRAWAL,
        PaperKind.REVIEW_OPINION,
        PaperKind.FINAL_REVIEW_OPINION,
    }
)
"""The unit does the work and another organ signs (条例 三十五、三十六): no seal of the unit's stands on these."""
