"""One made-up paper of every kind, as its act fills it. Nobody in it exists."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from xinfang.documents import layout, typesetting
from xinfang.documents.codes import serial_of
from xinfang.documents.elements import TEMPLATES
from xinfang.documents.house_words import default
from xinfang.documents.kinds import SIGNED_BY_THE_ORGAN, PaperKind
from xinfang.documents.typesetting import Printed
from xinfang.documents.wording import Wording
from xinfang.petitions import letters

K = PaperKind
NUMBER = "6101152026LX000001"
FOUND = "经查，该小区屋顶防水层老化属实。去年十一月物业公司曾组织维修，因施工质量不合格再次渗漏，涉及顶层住户四户。"
SUMMARY = "自去年冬天起屋顶漏水，多次找物业无果，要求修好屋顶并赔偿家具损失。"
MATTERS = ["1. 修好屋顶", "2. 赔偿损失"]
TO_HIM = {"to": "王桂兰", "number": NUMBER}
TO_UNIT = {"to": "骊山街道办事处", "number": NUMBER}
TELEPHONE = "029-83812345"
BASIS = "《信访工作条例》第二十二条"

OPINION = "2026-07-20 作出的《信访事项处理意见书》（临骊街字〔2026〕意见 15 号）"
OFFICERS = ["郑律师 某律师事务所", "吴代表 区人大代表", "冯某 社区居民"]

REVIEWED = {
    "to": "王桂兰",
    "respondent": "骊山街道办事处",
    "organ": "临潼区人民政府",
    "review": f"复查 {NUMBER}-FC1",
    "opinion": OPINION,
    "request": "请求撤销原意见，责令赔偿家具损失三千元。",
    "examined": "调阅了原案卷，询问了信访人和物业公司。",
    "findings": FOUND,
    "basis": "《信访工作条例》第三十五条",
    "decision": "维持。原意见事实清楚，依据正确。",
    "remedy": "对本意见不服的，可以自收到本意见书之日起30日内向西安市人民政府请求复核。",
}

DATA: dict[str, dict[str, Any]] = {
    K.REGISTRATION_FORM: {
        "number": NUMBER,
        "query_code": "7KQ42MXPAB",
        "received_at": "2026-06-15 09:00",
        "channel": "来访（群众直接反映）",
        "petition_date": "2026-06-15",
        "people": "王桂兰",
        "counted": "信访3人，涉及12人，到场3人，已接谈",
        "category": "求决；物业服务",
        "place": "骊山街道某小区",
        "title": "反映小区漏水无人维修",
        "summary": SUMMARY,
        "demands": MATTERS,
        "next": "本机构将判明职责并转送、交办有权处理的单位，或者直接办理。",
        "due": "2026-06-30",
        "query_at": "凭编号和查询码在查询页面、窗口或电话查询。",
        "registered_by": "赵敏",
    },
    K.PROPOSAL_FORM: {
        "number": NUMBER,
        "summary": SUMMARY,
        "kind": "申诉求决",
        "category": "物业服务",
        "procedure": "信访程序",
        "disposition": "转送",
        "unit": "骊山街道办事处",
        "co_units": "区住房和城乡建设局",
        "due": "2026-06-30",
        "special": "集体访；须经批办",
        "opinion": "属街道职责，建议交由其办理。",
    },
    K.TRANSFER_LETTER: {
        **TO_UNIT,
        "people": "王桂兰",
        "title": "反映小区漏水无人维修",
        "summary": SUMMARY,
        "attachments": "信访材料3份，在信访信息系统中查看。",
        "basis": BASIS,
        "request": "请依法按程序办理并答复信访人。",
        "objection_due": "2026-06-22",
        "notice_due": "2026-06-30",
    },
    K.ASSIGNMENT_LETTER: {
        **TO_UNIT,
        "people": "王桂兰",
        "title": "反映小区漏水无人维修",
        "summary": SUMMARY,
        "attachments": "无。",
        "basis": BASIS,
        "request": "请入户核实，明确维修责任和时限。\n领导批示（李某）：请街道认真办理。",
        "objection_due": "2026-06-22",
        "notice_due": "2026-06-30",
        "feedback_due": "2026-08-14",
    },
    K.ROUTING_NOTICE: {
        **TO_HIM,
        "unit": "骊山街道办事处",
        "telephone": TELEPHONE,
        "next": "承办单位将在 2026-06-30 前书面告知接收情况、处理途径和程序。",
    },
    K.RECEIPT_NOTICE: {
        **TO_HIM,
        "received": "2026-06-15 由信访部门转送",
        "matters": MATTERS,
        "procedure": "信访程序",
        "basis": "《信访工作条例》第二十三条第三款",
        "due": "2026-08-14",
        "telephone": TELEPHONE,
    },
    K.HANDLING_OPINION: {
        **TO_HIM,
        "received": "2026-06-15 收到，2026-06-17 受理。",
        "answers": [
            {
                "n": 1,
                "demand": "修好屋顶",
                "finding": FOUND,
                "basis": "《物业管理条例》第三十五条",
                "result": "支持，由骊山街道办事处于2026年8月31日前落实：督促物业公司重做屋顶防水。",
            },
            {
                "n": 2,
                "demand": "赔偿损失",
                "finding": "信访人与物业公司对损失数额有争议，属于民事争议。",
                "basis": "《中华人民共和国民法典》第一千一百六十五条",
                "result": "解释说明。",
            },
        ],
        "remedy": "对本意见不服的，可自收到本意见书之日起30日内向临潼区人民政府申请复查。",
        "organ": "西安市临潼区信访局",
    },
    K.DELIVERY_RECEIPT: {
        "document": "《信访事项处理意见书》临骊街字〔2026〕意见 1 号",
        "number": NUMBER,
        "to": "王桂兰",
        "mode": "□当面　□邮寄　□电子　□留置　□公告　□其他",
        "on": "　　　　年　　　月　　　日",
    },
    K.COMPLETION_REPORT: {
        "to": "区信访局",
        "number": NUMBER,
        "process": "六月十八日入户查看，六月二十五日召集物业公司和住户协商，七月十日维修完工。",
        "facts": [f"1. {FOUND}", "2. 信访人与物业公司对损失数额有争议，属于民事争议。"],
        "opinion": [
            "2026年7月18日出具《信访事项处理意见书》（临骊街字〔2026〕意见 15 号）。",
            "1. 修好屋顶：支持，由骊山街道办事处于2026年8月31日前落实：督促物业公司重做屋顶防水。",
            "2. 赔偿损失：解释说明。",
        ],
        "served": "2026-07-20 当面送达。",
        "view": "同意",
        "left": ["1. 骊山街道办事处于2026年8月31日前落实：督促物业公司重做屋顶防水。"],
    },
    K.REPEAT_NOTICE: {
        **TO_HIM,
        "initial": "6101152026LX000002",
        "state": "办理中",
        "next": "该事项的办理期限到 2026-08-14 届满，结果将书面告知；本件材料已归入该件。",
    },
    K.DIRECT_REPLY: {
        **TO_HIM,
        "matters": ["1. 咨询老年卡办理地点"],
        "reply": "老年卡在各街道便民服务中心办理，请携带身份证件。",
        "telephone": TELEPHONE,
    },
    K.DECLINE_NOTICE: {
        **TO_HIM,
        "matters": MATTERS,
        "ground": "涉及诉讼权利救济，应当依法通过诉讼等途径解决",
        "basis": "《信访工作条例》第二十条、第三十一条",
        "road": "请在收到判决书之日起十五日内向上一级人民法院上诉。",
        "telephone": TELEPHONE,
    },
    K.FINAL_DECLINE_NOTICE: {
        **TO_HIM,
        "matters": MATTERS,
        "ground": "已有复核意见，仍以同一事实和理由提出",
        "opinions": "2025-03-01 骊山街道办事处处理意见（临骊街字〔2025〕意见 3 号）；2025-05-01 临潼区人民政府复查意见"
        "（临政字〔2025〕复查 1 号）；2025-07-01 西安市人民政府复核意见（市政复核〔2025〕12号）。",
        "basis": "《信访工作条例》第三十六条",
        "new_facts": "有原意见没有审查过的事实、证据或者理由的，可以作为新的信访事项提出，由有权处理的机关、单位判定。",
        "help": "生活确有困难的，可以向当地民政部门和村（居）民委员会申请救助。",
        "telephone": TELEPHONE,
    },
    K.ROUTING_OUT_LETTER: {
        "to": "区委政法委",
        "number": NUMBER,
        "people": "王桂兰",
        "title": "反映执行案件久拖不决",
        "summary": "判决生效两年未执行到位。",
        "ground": "涉法涉诉，转同级政法部门",
        "basis": BASIS,
    },
    K.OBJECTION_FORM: {
        "to": "区信访局",
        "number": NUMBER,
        "title": "反映小区漏水无人维修",
        "reason": "物业服务质量监督属于住房和城乡建设部门职责。",
        "basis": "区住房和城乡建设局权责清单第十二项。",
        "suggested": "区住房和城乡建设局",
    },
    K.OBJECTION_REPLY: {
        **TO_UNIT,
        "decision": "不同意退回，请继续依法办理。",
        "answer": "属地责任由街道承担，请会同有关部门办理。",
        "basis": "《信访工作条例》第二十三条",
    },
    K.EXTENSION_APPROVAL: {
        "number": NUMBER,
        "unit": "骊山街道办事处",
        "due": "2026-08-14",
        "days": "30日",
        "until": "2026-09-13",
        "ground": "需委托专业机构对漏水原因进行鉴定。",
        "basis": "《信访工作条例》第三十四条",
    },
    K.EXTENSION_NOTICE: {
        **TO_HIM,
        "due": "2026-08-14",
        "until": "2026-09-13（延长30日）",
        "ground": "需委托专业机构对漏水原因进行鉴定",
        "basis": "《信访工作条例》第三十四条",
        "telephone": TELEPHONE,
    },
    K.SUPPLEMENT_NOTICE: {
        **TO_HIM,
        "missing": "房产证复印件、家具损失清单。",
        "until": "2026-06-30",
        "note": "逾期没有补充的，按已有材料办理；补充材料期间，办理期限照常计算。",
        "telephone": TELEPHONE,
    },
    K.PROCEDURE_NOTICE: {
        **TO_HIM,
        "matters": ["1. 支付拖欠的工资"],
        "procedure": "仲裁",
        "road": "向劳动人事争议仲裁委员会申请仲裁。",
        "due": "2026-08-14（依照该程序的法律规定，不适用信访事项六十日的办理期限）",
        "basis": "《信访工作条例》第三十一条第（二）项",
        "telephone": TELEPHONE,
    },
    K.CHECK_RETURN_NOTICE: {
        **TO_UNIT,
        "reasons": "第2项诉求没有答复。",
        "due": "2026-08-14（不重新计算）",
        "feedback_due": "2026-08-20（不重新计算）",
        "basis": "《信访工作条例》第二十二条",
    },
    K.CO_LETTER: {
        **TO_UNIT,
        "title": "反映小区漏水无人维修",
        "summary": SUMMARY,
        "lead": "区住房和城乡建设局",
        "request": "请说明街道掌握的情况。",
        "due": "2026-06-30",
        "basis": "《信访工作条例》第二十四条",
    },
    K.SETTLEMENT_AGREEMENT: {
        "number": NUMBER,
        "people": "王桂兰",
        "unit": "骊山街道办事处",
        "matters": MATTERS,
        "mediator": "某村人民调解委员会",
        "held_on": "2026-07-10",
        "terms": "物业公司在七月三十一日前修好屋顶，并补偿家具损失三千元；信访人不再就同一事项主张权利。",
        "perform_by": "2026-07-31",
        "basis": "《信访工作条例》第三十三条",
    },
    K.ARCHIVE_INDEX: {
        "number": "临信访档〔2026〕1",
        "petition": NUMBER,
        "title": "反映小区漏水无人维修",
        "volume": "第 1 卷，共 1 卷",
        "dates": "2026-06-15 至 2026-09-30",
        "pages": "48 页",
        "term": "30年",
        "secrecy": "无",
        "lines": [
            f"{n}　临信访字〔2026〕转 {n} 号　区信访局　转送函　2026-06-{n:02d}　{2 * n - 1}–{2 * n}　—"
            for n in range(1, 13)
        ]
        + ["13　LX2026-000117　—　来信原件　2026-06-15　25–27　原件"],
    },
    K.REVIEW_APPLICATION: {
        "number": NUMBER,
        "review": f"复查 {NUMBER}-FC1",
        "applicant": "王桂兰",
        "respondent": "骊山街道办事处",
        "organ": "临潼区人民政府",
        "opinion": OPINION,
        "request": "请求撤销原意见，责令赔偿家具损失三千元。",
        "applied_on": "2026-08-01",
        "received_on": "2026-08-03",
    },
    K.REVIEW_ADMISSION: {
        "to": "王桂兰",
        "review": f"复查 {NUMBER}-FC1",
        "received_on": "2026-08-03",
        "respondent": "骊山街道办事处",
        "opinion": OPINION,
        "due": "2026-09-02",
        "basis": "《信访工作条例》第三十五条",
        "telephone": TELEPHONE,
    },
    K.REVIEW_REFUSAL: {
        "to": "王桂兰",
        "review": f"复查 {NUMBER}-FC1",
        "received_on": "2026-09-20",
        "ground": "超过申请期限",
        "reason": "您于2026年7月20日收到处理意见书，提出申请时已超过三十日。",
        "road": "有新的事实和理由的，可以作为新的信访事项提出。",
        "basis": "《信访工作条例》第三十五条",
        "telephone": TELEPHONE,
    },
    K.REVIEW_WITHDRAWAL: {
        "to": "王桂兰",
        "review": f"复查 {NUMBER}-FC1",
        "respondent": "骊山街道办事处",
        "opinion": OPINION,
        "asked_on": "2026-08-10",
        "confirmed_on": "2026-08-12",
        "again": "申请期限到 2026-08-19 届满，在此以前可以再次申请复查。",
        "telephone": TELEPHONE,
    },
    K.WITHDRAWAL: {
        "number": NUMBER,
        "people": "王桂兰",
        "title": "反映小区漏水无人维修",
        "statement": "漏水已经修好，我自愿撤回。",
        "asked_how": letters.ON_PAPER,
        "asked_on": "2026-06-15",
    },
    K.WITHDRAWAL_NOTICE: {
        **TO_HIM,
        "asked_on": "2026-06-20",
        "confirmed_on": "2026-06-22",
        "again": "同一事项还需要解决的，可以再次提出。",
        "telephone": TELEPHONE,
    },
    K.REVIEW_OPINION: REVIEWED,
    K.FINAL_REVIEW_OPINION: {
        **REVIEWED,
        "respondent": "骊山街道便民服务中心",
        "review": f"复核 {NUMBER}-FH1",
        "opinion": f"{OPINION}和骊山街道办事处《信访事项复查意见书》（临骊街字〔2026〕复查 1 号）",
        "basis": "《信访工作条例》第三十六条",
        "remedy": "本意见为信访程序终结意见。仍以同一事实和理由提出投诉请求的，各级机关、单位不再受理。",
    },
    K.HEARING_NOTICE: {
        **TO_HIM,
        "matters": ["1. 反映小区漏水无人维修"],
        "starts_at": "2026-08-20 09:30",
        "place": "区信访局二楼听证室",
        "host": "张某",
        "members": OFFICERS,
        "manner": "公开举行",
        "rights": letters.RIGHTS_AT_A_HEARING,
        "basis": "《信访工作条例》第三十一条第（六）项",
        "telephone": TELEPHONE,
    },
    K.HEARING_RECORD: {
        "number": NUMBER,
        "held_at": "2026-08-20 09:30",
        "place": "区信访局二楼听证室",
        "host": "张某",
        "members": OFFICERS,
        "record": "信访人陈述请求；承办单位说明查明的事实和依据；双方质证。",
        "signed": "参加人均已签字。",
    },
    K.HEARING_CONCLUSION: {
        "number": NUMBER,
        "held_at": "2026-08-20 09:30",
        "host": "张某",
        "members": OFFICERS,
        "conclusion": "听证员三票一致：漏水责任在物业公司，建议责令限期维修。",
        "basis": "《信访工作条例》第三十一条第（六）项",
    },
    K.URGENT_BRIEF: {
        "to": "本级党委、本级政府、上一级信访部门、国家信访局、本级信访工作联席会议办公室、相关主管部门",
        "number": NUMBER,
        "who": "王桂兰",
        "learned": "2026-06-15 09:20",
        "phoned": "2026-06-15 09:40 电话报告区委值班室",
        "facts": "今日上午，二十余人在某工地门口聚集，要求发放被拖欠的工资，秩序平稳，没有人员受伤。",
        "measures": "已派人到场接谈；建议由区人力资源和社会保障局牵头，今日内约谈用工单位。",
    },
    K.EVALUATION_FORM: {
        "number": NUMBER,
        "people": "王桂兰",
        "title": "反映小区漏水无人维修",
        "unit": "骊山街道办事处",
        "closed_on": "2026-07-20",
        "until": "2026-08-19",
        "bureau_rating": letters.TO_TICK,
        "unit_rating": letters.TO_TICK,
        "reasons": letters.REASONS_TO_TICK,
    },
}
ISSUED = datetime(2026, 6, 15, 4, tzinfo=UTC)
FRAME = {"telephone": TELEPHONE, "contact": "李红梅", "issued_at": ISSUED}


BY_THE_UNIT = frozenset(
    {
        *(K.RECEIPT_NOTICE, K.HANDLING_OPINION, K.DELIVERY_RECEIPT, K.COMPLETION_REPORT, K.OBJECTION_FORM),
        *(K.EXTENSION_APPROVAL, K.EXTENSION_NOTICE, K.SUPPLEMENT_NOTICE, K.PROCEDURE_NOTICE, K.SETTLEMENT_AGREEMENT),
        *(K.HEARING_NOTICE, K.HEARING_RECORD, K.HEARING_CONCLUSION),
    }
)


def issuer_of(kind: PaperKind) -> str:
    """复查 and 复核 are signed by the government that reviews; what the unit does, by the unit."""
    if kind in SIGNED_BY_THE_ORGAN:
        return "西安市临潼区人民政府"
    return "骊山街道办事处" if kind in BY_THE_UNIT else "西安市临潼区信访局"


def _code_of(kind: PaperKind) -> str:
    return {"西安市临潼区人民政府": "临政", "骊山街道办事处": "临骊街"}.get(issuer_of(kind), "临信访")


def data_of(kind: PaperKind) -> dict[str, Any]:
    return DATA[kind]


def printed(
    kind: PaperKind, data: Mapping[str, Any] | None = None, *, wording: Wording | None = None, **more: Any
) -> Printed:
    """As the worker lays it out."""
    word = TEMPLATES[kind].word
    number = f"{_code_of(kind)}字〔2026〕{word} 15 号" if word else ""
    frame = {**FRAME, "issuer": issuer_of(kind), "number": number}
    labels = TEMPLATES[kind].labels
    laid = layout.laid_out(kind, wording or default(kind), data or data_of(kind), labels, frame)
    return typesetting.typeset(laid, serial=serial_of(7), at=layout.stamped(ISSUED), **more)
