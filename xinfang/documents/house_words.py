"""The house's own words for each kind of paper, and a county's over them. A kind without words of its own prints its labels."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xinfang.documents.elements import TEMPLATES
from xinfang.documents.kinds import PaperKind
from xinfang.documents.wording import (
    BLANKS,
    EDITABLE,
    FORM,
    LABELS,
    ROWS,
    Wording,
    is_complete,
    on_paper,
)


def default(kind: PaperKind) -> Wording:
    """The house's words; its labels where a kind has none, or holds by now what they leave out."""
    generic = Wording(title=on_paper(kind.label))
    found = DEFAULTS.get(kind, generic)
    return found if is_complete(kind, found) else generic


def worded(kind: PaperKind, texts: Mapping[str, Any]) -> Wording:
    """The county's own texts over the frame of the house."""
    base = default(kind)
    said = {**base.texts(), **dict(texts)}
    names = said.pop(BLANKS)
    if len(names) != len(base.blanks):
        names = [name for name, _room in base.blanks]  # the house has other rows for ink by now
    return replace(
        base,
        **{name: said[name] for name in EDITABLE},
        blanks=tuple((name, room) for name, (_house, room) in zip(names, base.blanks, strict=True)),
        labels=_changed(kind, said[LABELS]),
    )


def made_whole(kind: PaperKind, wording: Wording) -> Wording:
    """Words of before the kind held what it holds by now: what they cannot name stands in a table under them."""
    is_whole = ROWS in wording.places() or not wording.unplaced(TEMPLATES[kind])
    return wording if is_whole else replace(wording, body=f"{wording.body}\n{{{ROWS}}}")


def _changed(kind: PaperKind, labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Those that are not the house's own."""
    fields = TEMPLATES[kind].fields
    return tuple(
        (name, labels[name]) for name in fields if labels.get(name, on_paper(fields[name])) != on_paper(fields[name])
    )


_TO_HIM = "特此告知。"
_COPY = "存：本机关案卷。"

_REVIEWED = (
    "您不服{opinion}，提出申请。{organ}依法进行了审查，现答复如下：\n一、申请和被申请人\n申请编号：{review}。\n被申请人：{respondent}。\n"
    "二、请求、事实和理由\n{request}\n三、审查经过\n{examined}\n四、查明的事实\n{findings}\n五、依据\n{basis}。\n六、决定\n{decision}"
)
_REVIEWED_COPY = "抄送：{respondent}。存：本机关案卷。"

DEFAULTS: dict[PaperKind, Wording] = {
    PaperKind.REGISTRATION_FORM: Wording(
        title="信访事项登记表",
        frame=FORM,
        blanks=(
            *((name, 7) for name in ("判重结果", "拟办意见", "批办意见", "领导批示", "办理结果")),
            ("本人签名捺印", 10),
        ),
        closing="口头提出的已当面宣读，核对无误；不愿签的，由登记人注明。查询码本人保管。",
        is_dense=True,
    ),
    PaperKind.PROPOSAL_FORM: Wording(
        title="信访事项拟办单", frame=FORM, blanks=(("拟办人签名", 14), ("审核意见", 24), ("负责人签批", 24))
    ),
    PaperKind.TRANSFER_LETTER: Wording(
        title="关于转送信访事项的函",
        body="编号为{number}的信访事项，根据{basis}，现转送你单位。\n一、信访事项\n信访人：{people}。\n标题：{title}。\n概况：{summary}\n"
        "二、办理要求\n{request}\n你单位应当在{notice_due}前将接收情况以及处理途径、程序书面告知信访人。"
        "认为不属于本单位职权范围的，请在收到之日起5个工作日内（{objection_due}前）提出异议，说明理由并附依据。",
        closing="请依法按程序办理。\n附件：{attachments}",
        copies=_COPY,
    ),
    PaperKind.ASSIGNMENT_LETTER: Wording(
        title="关于交办信访事项的函",
        body="编号为{number}的信访事项，根据{basis}，现交由你单位办理。\n一、信访事项\n信访人：{people}。\n标题：{title}。\n概况：{summary}\n"
        "二、交办要求\n{request}\n你单位应当在{notice_due}前将接收情况以及处理途径、程序书面告知信访人，"
        "在{feedback_due}前报送办结报告。办结报告应当载明办理经过、查明的事实、处理意见、送达情况、信访人的态度和还要落实的事项。"
        "认为不属于本单位职权范围的，请在收到之日起5个工作日内（{objection_due}前）提出异议，说明理由并附依据。",
        closing="请按期办理并报告结果。\n附件：{attachments}",
        copies=_COPY,
    ),
    PaperKind.ROUTING_NOTICE: Wording(
        title="信访事项去向告知书",
        body="您提出的编号为{number}的信访事项，已转由{unit}依法处理，联系电话：{telephone}。\n{next}\n"
        "您可以凭信访件编号和查询码查询办理进度和结果。",
        closing=_TO_HIM,
    ),
    PaperKind.RECEIPT_NOTICE: Wording(
        title="信访事项受理告知书",
        body="您提出的编号为{number}的信访事项（{received}），经审查，决定予以受理，现将有关情况告知如下：\n"
        "一、信访事项\n{matters}\n二、办理途径和程序\n{procedure}。\n三、依据\n{basis}。\n四、办理期限\n"
        "本机关将在{due}前作出处理意见并书面答复；情况复杂的，经批准可以延长，并告知延期理由。\n"
        "办理期间，您可以如实补充事实和证据；对正在办理的同一事项，不必重复提出。",
        closing=_TO_HIM,
    ),
    PaperKind.HANDLING_OPINION: Wording(
        title="信访事项处理意见书",
        body="您提出的编号为{number}的信访事项，本机关于{received}经调查核实，现答复如下：\n{answers}",
        closing="{remedy}",
        copies="抄送：{organ}。存：本机关案卷。",
    ),
    PaperKind.DELIVERY_RECEIPT: Wording(
        title="送达回证",
        frame=FORM,
        blanks=(
            ("送达地点", 9),
            ("受送达人签名或者盖章", 16),
            ("代收人签名和关系", 13),
            ("邮寄单号、号码或者邮箱", 12),
            ("拒收事由、两名见证人签名", 18),
            ("送达人签名", 12),
        ),
        dated="填发日期：",
        closing="送达方式勾选一种，签收人签名并写明日期。受送达人拒绝签收的，由见证人签名，写明拒收事由和日期，文书留置送达。",
    ),
    PaperKind.COMPLETION_REPORT: Wording(
        title="关于信访事项办结情况的报告",
        body="编号为{number}的信访事项已经办结，现将有关情况报告如下：\n一、办理经过\n{process}\n二、查明的事实\n{facts}\n"
        "三、处理意见\n{opinion}\n四、送达情况\n{served}\n五、信访人态度\n{view}。\n六、还要落实的事项\n{left}",
        closing="特此报告。",
        goes_up=True,
    ),
    PaperKind.REPEAT_NOTICE: Wording(
        title="重复信访事项告知书",
        body="您提出的编号为{number}的信访事项，与此前提出的{initial}属于同一事项。该事项的办理情况：{state}。\n{next}",
        closing=_TO_HIM,
    ),
    PaperKind.DIRECT_REPLY: Wording(
        title="信访事项答复函",
        body="您提出的编号为{number}的信访事项收悉。\n一、信访事项\n{matters}\n二、答复\n{reply}",
        closing="特此答复。",
    ),
    PaperKind.DECLINE_NOTICE: Wording(
        title="信访事项不予受理告知书",
        body="您提出的编号为{number}的信访事项，经审查，决定不予受理，现将有关情况告知如下：\n一、信访事项\n{matters}\n"
        "二、不予受理的理由\n{ground}。\n三、依据\n{basis}。\n四、您可以走的途径\n{road}",
        closing=_TO_HIM,
    ),
    PaperKind.FINAL_DECLINE_NOTICE: Wording(
        title="信访事项不再受理告知书",
        body="您提出的编号为{number}的信访事项，经审查，决定不再受理，现将有关情况告知如下：\n一、信访事项\n{matters}\n"
        "二、不再受理的理由\n{ground}。\n三、已有的意见\n{opinions}\n四、依据\n{basis}。\n五、新的事实和理由\n{new_facts}\n"
        "六、救助和帮扶\n{help}",
        closing=_TO_HIM,
    ),
    PaperKind.ROUTING_OUT_LETTER: Wording(
        title="关于转出信访事项的函",
        body="编号为{number}的信访事项，经审查不属于本机关职权范围，现转请依法处理。\n一、信访事项\n信访人：{people}。\n"
        "标题：{title}。\n概况：{summary}\n二、转出的理由\n{ground}。\n三、依据\n{basis}。",
        closing="请依法处理。",
        copies=_COPY,
    ),
    PaperKind.OBJECTION_FORM: Wording(
        title="关于信访事项的异议申请",
        body="你单位转来的编号为{number}的信访事项（{title}），本单位认为不属于本单位职权范围，现提出异议：\n一、理由\n{reason}\n"
        "二、依据\n{basis}\n三、建议承办单位\n{suggested}。",
        closing="请予审核。",
    ),
    PaperKind.OBJECTION_REPLY: Wording(
        title="关于信访事项异议的答复",
        body="你单位对编号为{number}的信访事项提出的异议收悉，经审核答复如下：\n一、决定\n{decision}\n二、理由\n{answer}\n三、依据\n{basis}。",
        closing="特此答复。",
    ),
    PaperKind.EXTENSION_APPROVAL: Wording(
        title="信访事项延期审批表",
        frame=FORM,
        blanks=(("承办人签名", 14), ("审核意见", 24), ("负责人批准意见", 26)),
        closing="经批准延期的，应当告知信访人延期理由。",
    ),
    PaperKind.EXTENSION_NOTICE: Wording(
        title="信访事项延期告知书",
        body="您提出的编号为{number}的信访事项，原办理期限为{due}。因{ground}，不能在原期限内办结。"
        "经本机关负责人批准，办理期限延长至{until}。\n依据：{basis}。",
        closing=_TO_HIM,
    ),
    PaperKind.SUPPLEMENT_NOTICE: Wording(
        title="补充材料通知书",
        body="您提出的编号为{number}的信访事项，需要补充以下材料：\n{missing}\n请在{until}以前（当日也可以）提交。\n{note}",
        closing="特此通知。",
    ),
    PaperKind.PROCEDURE_NOTICE: Wording(
        title="按法定途径处理信访事项告知书",
        body="您提出的编号为{number}的信访事项，依法应当通过其他法定途径处理，现将有关情况告知如下：\n一、信访事项\n{matters}\n"
        "二、办理途径和程序\n{procedure}。\n三、具体途径\n{road}\n四、法定期限\n{due}。\n五、依据\n{basis}。",
        closing=_TO_HIM,
    ),
    PaperKind.CHECK_RETURN_NOTICE: Wording(
        title="信访事项退回重办通知书",
        body="你单位报送的编号为{number}的信访事项的办理结果，经审核不符合要求，现退回重新办理。\n一、退回的理由\n{reasons}\n"
        "二、期限\n办理期限：{due}。\n反馈期限：{feedback_due}。\n三、依据\n{basis}。",
        closing="请重新办理并报告结果。",
    ),
    PaperKind.CO_LETTER: Wording(
        title="关于协助办理信访事项的函",
        body="编号为{number}的信访事项（{title}）由{lead}主办，请你单位协助办理。\n一、概况\n{summary}\n二、协办要求\n{request}\n"
        "请在{due}前将协办意见送主办单位。\n三、依据\n{basis}。",
        closing="请予协助。",
        copies=_COPY,
    ),
    PaperKind.SETTLEMENT_AGREEMENT: Wording(
        title="信访事项调解和解协议书",
        frame=FORM,
        blanks=(("信访人签名", 18), ("对方当事人签名或者盖章", 18), ("承办单位（盖章）", 24), ("调解人签名", 14)),
        closing="本协议经各方签名或者盖章后生效，各方应当按约定履行。",
    ),
    PaperKind.REVIEW_APPLICATION: Wording(
        title="信访事项复查（复核）申请书", frame=FORM, blanks=(("申请人签名", 22), ("代理人签名", 18))
    ),
    PaperKind.REVIEW_ADMISSION: Wording(
        title="信访事项复查（复核）申请受理告知书",
        body="您不服{respondent}{opinion}提出的申请（{review}），本机关于{received_on}收到。经审查，根据{basis}，决定予以受理。\n"
        "本机关将在{due}前作出意见并书面答复；复核中举行听证的，听证所需时间不计算在内。\n"
        "审查期间，您可以补充事实和证据，可以委托代理人。",
        closing=_TO_HIM,
    ),
    PaperKind.REVIEW_REFUSAL: Wording(
        title="信访事项复查（复核）申请不予受理告知书",
        body="本机关于{received_on}收到您的申请。经审查，决定不予受理，现将有关情况告知如下：\n申请编号：{review}。\n"
        "一、不予受理的理由\n{ground}。\n{reason}\n二、您可以走的途径\n{road}\n三、依据\n{basis}。",
        closing=_TO_HIM,
    ),
    PaperKind.REVIEW_WITHDRAWAL: Wording(
        title="信访事项复查（复核）申请撤回告知书",
        body="您不服{respondent}{opinion}提出的申请（{review}），于{asked_on}申请撤回。经于{confirmed_on}向您本人核实，确属自愿，准予撤回，"
        "该申请的审查即行终止。\n{again}\n撤回不是出于自愿的，请随时向本机关反映。",
        closing=_TO_HIM,
    ),
    PaperKind.WITHDRAWAL: Wording(
        title="信访事项撤回申请书",
        frame=FORM,
        blanks=(
            ("本人签名捺印和日期", 22),
            ("回访的时间和方式", 16),
            ("回访时本人的意思", 30),
            ("回访人签名和日期", 16),
        ),
        dated="印发日期：",
        closing="信访人签名以前请核对：撤回是本人自愿，没有人劝说、施压或者许诺。信访局向本人回访、确认自愿以后才撤回；"
        "在此以前照常办理，各项期限照常计算。不是自愿的，请随时告诉信访局。",
    ),
    PaperKind.WITHDRAWAL_NOTICE: Wording(
        title="信访事项撤回告知书",
        body="您提出的编号为{number}的信访事项，于{asked_on}申请撤回。经于{confirmed_on}向您本人核实，确属自愿，准予撤回，该事项的办理即行终止。\n"
        "{again}\n撤回不是出于自愿的，请随时向本机关反映。",
        closing=_TO_HIM,
    ),
    PaperKind.REVIEW_OPINION: Wording(
        title="信访事项复查意见书", body=_REVIEWED, closing="{remedy}", copies=_REVIEWED_COPY
    ),
    PaperKind.FINAL_REVIEW_OPINION: Wording(
        title="信访事项复核意见书", body=_REVIEWED, closing="{remedy}", copies=_REVIEWED_COPY
    ),
    PaperKind.HEARING_NOTICE: Wording(
        title="听证通知书",
        body="对编号为{number}的信访事项，根据{basis}举行听证，现将有关事项通知如下：\n一、听证事项\n{matters}\n"
        "二、时间和地点\n{starts_at}，{place}。{manner}。\n三、主持人和听证员\n主持人：{host}。\n听证员：{members}。\n"
        "四、权利和义务\n{rights}",
        closing="特此通知。",
    ),
    PaperKind.HEARING_RECORD: Wording(
        title="听证笔录",
        frame=FORM,
        blanks=(("信访人签名", 18), ("承办单位签名", 18), ("主持人、听证员签名", 26), ("记录人签名", 14)),
    ),
    PaperKind.HEARING_CONCLUSION: Wording(
        title="听证结论",
        body="编号为{number}的信访事项于{held_at}举行听证，由{host}主持。听证员：{members}。\n一、评议意见\n{conclusion}\n二、依据\n{basis}。",
    ),
    PaperKind.EVALUATION_FORM: Wording(
        title="信访事项满意度评价表",
        frame=FORM,
        blanks=(("其他意见", 26), ("本人签名捺印和日期", 18)),
        dated="印发日期：",
        closing="请信访人本人填写：对信访部门和办理单位各勾一项；有一项不满意的，请勾选或者写明原因。在评价期限以前（当日也可以）"
        "交到信访部门窗口或者寄回，不要交给办理单位。不填写的，不算满意。",
    ),
    PaperKind.ARCHIVE_INDEX: Wording(title="卷内目录", frame=FORM, blanks=(("立卷人、检查人签名", 14), ("备考", 20))),
    PaperKind.URGENT_BRIEF: Wording(
        title="紧急信息",
        body="一、情况\n信访件编号：{number}。涉及：{who}。\n{facts}\n二、报告经过\n知道情况的时间：{learned}。电话报告：{phoned}。\n"
        "三、措施和建议\n{measures}",
        closing="特此报告。",
        urgency="特急",
        goes_up=True,
    ),
}
