"""Code lists of domain appendix A and section 4.4. The Chinese labels are what people read."""

from django.db import models


class Channel(models.TextChoices):
    """信访形式."""

    LETTER = "letter", "来信"
    VISIT = "visit", "来访"
    ONLINE = "online", "网上投诉"
    MOBILE = "mobile", "手机微信"
    PHONE = "phone", "来电"
    VIDEO = "video", "视频接访"
    LEADER_MAILBOX = "leader_mailbox", "领导信箱"
    FAX = "fax", "传真"
    HOTLINE_12345 = "hotline_12345", "12345热线"
    VILLAGE_PROXY = "village_proxy", "村级代登"
    OTHER = "other", "其他"


NUMBER_LETTERS = {
    Channel.LETTER: "LX",
    Channel.VISIT: "LF",
    Channel.ONLINE: "WX",
    Channel.MOBILE: "WX",
    Channel.PHONE: "LD",
    Channel.HOTLINE_12345: "LD",
    Channel.VIDEO: "SP",
    Channel.LEADER_MAILBOX: "XX",
    Channel.FAX: "CZ",
    Channel.OTHER: "CZ",
    Channel.VILLAGE_PROXY: "TJ",
}


class Source(models.TextChoices):
    """信访来源."""

    DIRECT = "direct", "群众直接反映"
    FROM_NATIONAL = "from_national", "国家交转"
    FROM_PROVINCE = "from_province", "省级交转"
    FROM_CITY = "from_city", "市级交转"
    FROM_LEADER = "from_leader", "领导批转"
    FROM_12345 = "from_12345", "12345转来"
    FROM_MEDIA = "from_media", "媒体反映"
    FROM_DISPUTE = "from_dispute", "排查发现"


class Purpose(models.TextChoices):
    """信访目的."""

    APPEAL = "appeal", "申诉"
    CLAIM = "claim", "求决"
    SUGGESTION = "suggestion", "意见建议"
    ACCUSE = "accuse", "揭发控告"
    CONSULT = "consult", "咨询"
    OTHER = "other", "其他"


class MatterKind(models.TextChoices):
    """三类事项（条例 二十九至三十一）."""

    APPEAL_CLAIM = "appeal_claim", "申诉求决"
    SUGGESTION = "suggestion", "建议意见"
    ACCUSATION = "accusation", "检举控告"


class Procedure(models.TextChoices):
    """办理程序（条例 三十一）. Part 3 opens the others."""

    JUDICIAL = "judicial", "诉讼等政法程序"
    ARBITRATION = "arbitration", "仲裁"
    PARTY_APPEAL = "party_appeal", "党内申诉"
    ADMINISTRATIVE = "administrative", "行政程序"
    DUTY_PERFORMANCE = "duty_performance", "依法履职"
    PETITION_PROCEDURE = "petition_procedure", "信访程序"
    SIMPLE_PROCEDURE = "simple_procedure", "简易办理"


class Confidentiality(models.TextChoices):
    """保密层级."""

    NORMAL = "normal", "普通"
    CONFIDENTIAL = "confidential", "要求保密"
    ACCUSATION_COMPARTMENT = "accusation_compartment", "检举控告"


class AssignmentKind(models.TextChoices):
    """转送、交办、自办."""

    TRANSFER = "transfer", "转送"
    ASSIGN = "assign", "交办"
    SELF = "self", "自办"


class AssignmentRole(models.TextChoices):
    """主办、协办."""

    LEAD = "lead", "主办"
    CO = "co", "协办"


class OpinionResult(models.TextChoices):
    """每项诉求的结果（条例 三十二）."""

    SUPPORTED = "supported", "支持"
    EXPLAINED = "explained", "解释说明"
    NOT_SUPPORTED = "not_supported", "不予支持"


class DeliveryMode(models.TextChoices):
    """送达方式."""

    IN_PERSON = "in_person", "当面"
    MAIL = "mail", "邮寄"
    ELECTRONIC = "electronic", "电子"
    LEFT_WITH = "left_with", "留置"
    ANNOUNCED = "announced", "公告"
    OTHER = "other", "其他"


class PetitionerView(models.TextChoices):
    """信访人对处理意见的态度."""

    AGREE = "agree", "同意"
    DISAGREE = "disagree", "不同意"
    NONE = "none", "无明确意见"


class EvaluationStatus(models.TextChoices):
    """评价状态. 逾期未评价 is never 满意."""

    UNOPENED = "unopened", "未开放"
    PENDING = "pending", "待评价"
    RATED = "rated", "已评价"
    EXPIRED_UNRATED = "expired_unrated", "超期未评价"


class EvaluationValue(models.TextChoices):
    """评价."""

    SATISFIED = "satisfied", "满意"
    BASICALLY = "basically", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class DuplicateOutcome(models.TextChoices):
    """判重结论."""

    INITIAL = "initial", "初件"
    REPEAT = "repeat", "重件（同人同事）"
    RELATED = "related", "初件，与他件相关"


class PersonRole(models.TextChoices):
    """信访人身份."""

    LEAD = "lead", "主访人"
    COMPANION = "companion", "随访人"
    REPRESENTATIVE = "representative", "代表"
    AGENT = "agent", "代理人"


class NoteKind(models.TextChoices):
    """办理记录."""

    CONTACT = "contact", "联系信访人"
    SITE_VISIT = "site_visit", "实地走访"
    INVESTIGATION = "investigation", "调查核实"
    COORDINATION = "coordination", "协调会商"
    OTHER = "other", "其他"


class RevealGround(models.TextChoices):
    """查看原因: why masked data was shown."""

    CONTACT = "contact", "联系信访人"
    IDENTITY = "identity", "核对身份"
    DELIVERY = "delivery", "送达文书"
    DUPLICATE = "duplicate", "判重"
    SAFETY = "safety", "人身安全"
