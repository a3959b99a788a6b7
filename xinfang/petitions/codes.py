"""Code lists of domain appendix A and section 4.4. The Chinese labels are what people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """信访形式."""

    LETTER = "letter", _("来信")
    VISIT = "visit", _("来访")
    ONLINE = "online", _("网上投诉")
    MOBILE = "mobile", _("手机微信")
    PHONE = "phone", _("来电")
    VIDEO = "video", _("视频接访")
    LEADER_MAILBOX = "leader_mailbox", _("领导信箱")
    FAX = "fax", _("传真")
    HOTLINE_12345 = "hotline_12345", _("12345热线")
    VILLAGE_PROXY = "village_proxy", _("村级代登")
    OTHER = "other", _("其他")


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

    DIRECT = "direct", _("群众直接反映")
    FROM_NATIONAL = "from_national", _("国家交转")
    FROM_PROVINCE = "from_province", _("省级交转")
    FROM_CITY = "from_city", _("市级交转")
    FROM_LEADER = "from_leader", _("领导批转")
    FROM_12345 = "from_12345", _("12345转来")
    FROM_MEDIA = "from_media", _("媒体反映")
    FROM_DISPUTE = "from_dispute", _("排查发现")


class Purpose(models.TextChoices):
    """信访目的."""

    APPEAL = "appeal", _("申诉")
    CLAIM = "claim", _("求决")
    SUGGESTION = "suggestion", _("意见建议")
    ACCUSE = "accuse", _("揭发控告")
    CONSULT = "consult", _("咨询")
    OTHER = "other", _("其他")


class MatterKind(models.TextChoices):
    """三类事项（条例 二十九至三十一）."""

    APPEAL_CLAIM = "appeal_claim", _("申诉求决")
    SUGGESTION = "suggestion", _("建议意见")
    ACCUSATION = "accusation", _("检举控告")


class Procedure(models.TextChoices):
    """办理程序（条例 三十一）. Part 3 opens the others."""

    JUDICIAL = "judicial", _("诉讼等政法程序")
    ARBITRATION = "arbitration", _("仲裁")
    PARTY_APPEAL = "party_appeal", _("党内申诉")
    ADMINISTRATIVE = "administrative", _("行政程序")
    DUTY_PERFORMANCE = "duty_performance", _("依法履职")
    PETITION_PROCEDURE = "petition_procedure", _("信访程序")
    SIMPLE_PROCEDURE = "simple_procedure", _("简易办理")


STATUTORY = (
    *(Procedure.JUDICIAL, Procedure.ARBITRATION, Procedure.PARTY_APPEAL),
    *(Procedure.ADMINISTRATIVE, Procedure.DUTY_PERFORMANCE),
)
"""What other laws give a procedure of its own (条例 三十一, (一) to (五)): their terms run, not the sixty days."""


class SimpleGround(models.TextChoices):
    """为什么简易办理 (domain 3.5)."""

    CLEAR = "clear", _("事实清楚、责任明确、争议不大")
    CONSULT = "consult", _("咨询、意见建议、表示感谢")
    DAILY_LIFE = "daily_life", _("日常生活中急需解决")
    PROMISED = "promised", _("承办单位已经明确承诺解决")


class Confidentiality(models.TextChoices):
    """保密层级."""

    NORMAL = "normal", _("普通")
    CONFIDENTIAL = "confidential", _("要求保密")
    ACCUSATION_COMPARTMENT = "accusation_compartment", _("检举控告")
    DESTROYED = "destroyed", _("已销毁")


class AssignmentKind(models.TextChoices):
    """转送、交办、自办."""

    TRANSFER = "transfer", _("转送")
    ASSIGN = "assign", _("交办")
    SELF = "self", _("自办")


class Way(models.TextChoices):
    """拟办方式: how a petition is proposed to leave the organ (domain 3.3, P5 to P11)."""

    TRANSFER = "transfer", _("转送")
    ASSIGN = "assign", _("交办")
    SELF = "self", _("自办")
    REPLY_DIRECT = "reply_direct", _("直接回复")
    DECLINE = "decline", _("不予受理")
    DECLINE_FINAL = "decline_final", _("不再受理")
    ROUTE_OUT = "route_out", _("转出")
    FILE_AWAY = "file_away", _("存")


class DeclineReason(models.TextChoices):
    """不予受理的理由 (domain 3.6.2)."""

    JUDICIAL_MATTER = "judicial_matter", _("属于或者应当通过诉讼等政法程序处理")
    SKIP_LEVEL_VISIT = "skip_level_visit", _("越级走访")
    ALREADY_IN_PROCESS = "already_in_process", _("已在办理期限内，又向上级机关提出同一事项")
    NOT_OUR_POWER = "not_our_power", _("不属于本机关、单位职权范围")


class FinalDeclineReason(models.TextChoices):
    """不再受理的理由 (domain 3.6.3)."""

    FINAL_REVIEWED_SAME_FACTS = "final_reviewed_same_facts", _("已有复核意见，仍以同一事实和理由提出")
    JUDICIAL_FINALLY_CLOSED = "judicial_finally_closed", _("涉法涉诉事项已依法终结")


class RouteOutReason(models.TextChoices):
    """转出的理由 (P10)."""

    JUDICIAL = "judicial", _("涉法涉诉，转同级政法部门")
    ACCUSATION = "accusation", _("检举控告，转纪检监察机关或者有权处理机关")
    OUTSIDE = "outside", _("不属于本行政区域，转有关信访部门")


class FileReason(models.TextChoices):
    """存的理由 (P11)."""

    NO_DEMAND = "no_demand", _("没有诉求")
    ILLEGIBLE = "illegible", _("内容无法辨认")
    SAME_IN_TERM = "same_in_term", _("办理期限内内容完全相同")
    ADVERTISEMENT = "advertisement", _("广告等无关内容")


GROUNDS: dict[Way, type[models.TextChoices]] = {
    Way.DECLINE: DeclineReason,
    Way.DECLINE_FINAL: FinalDeclineReason,
    Way.ROUTE_OUT: RouteOutReason,
    Way.FILE_AWAY: FileReason,
}


class ReopenGround(models.TextChoices):
    """重新办理的理由 (P15)."""

    FALSE_CLOSING = "false_closing", _("虚假办结或者意见未落实")
    REVIEW_DECISION = "review_decision", _("复查、复核责令重新办理")
    NEW_FACTS = "new_facts", _("有新的事实或者理由")
    FORCED_WITHDRAWAL = "forced_withdrawal", _("撤回不是信访人本意")


class ReceptionOutcome(models.TextChoices):
    """接谈结果. A refused interview is never a refused petition."""

    INTERVIEWED = "interviewed", _("已接谈")
    NO_REPRESENTATIVES = "no_representatives", _("不推选代表，未接谈")
    GUIDED_AWAY = "guided_away", _("引导到有权处理的机关")
    LEFT = "left", _("自行离开")


class RecusalGround(models.TextChoices):
    """回避的理由 (条例 二十八)."""

    IS_RESPONDENT = "is_respondent", _("本人（本单位）被反映")
    RELATIVE = "relative", _("与信访人或者被反映人有近亲属关系")
    TOOK_PART = "took_part", _("参与过原处理意见")
    INTEREST = "interest", _("与信访事项有直接利害关系")


class MediationOutcome(models.TextChoices):
    """调解、和解结果."""

    SETTLED = "settled", _("达成协议")
    FAILED = "failed", _("未达成协议")


class ReviewLevel(models.TextChoices):
    """复查、复核 (条例 三十五、三十六)."""

    REVIEW = "review", _("复查")
    FINAL_REVIEW = "final_review", _("复核")


class ReviewDecision(models.TextChoices):
    """复查、复核决定."""

    UPHELD = "upheld", _("维持")
    CHANGED = "changed", _("变更")
    REVOKED = "revoked", _("撤销，责令重新办理")


class ReviewRefusal(models.TextChoices):
    """复查、复核申请不予受理的理由 (domain 3.11)."""

    OUT_OF_TIME = "out_of_time", _("超过申请期限")
    SKIPPED_LEVEL = "skipped_level", _("未经复查直接申请复核")
    OTHER_REMEDY = "other_remedy", _("应当或者已经通过其他法定途径救济")
    NOT_THE_PETITIONER = "not_the_petitioner", _("申请人不是信访人")
    ACCEPTED_ELSEWHERE = "accepted_elsewhere", _("其他机关已经受理")


class LateGround(models.TextChoices):
    """逾期申请仍应受理的理由 (S14)."""

    FORCE_MAJEURE = "force_majeure", _("不可抗力或者其他不能归责于申请人的事由")
    FLAWED_SERVICE = "flawed_service", _("送达有瑕疵，申请期限没有起算或者起算日记错")


class HearingClosed(models.TextChoices):
    """听证不公开的理由."""

    STATE_SECRET = "state_secret", _("涉及国家秘密")
    BUSINESS_SECRET = "business_secret", _("涉及商业秘密")
    PRIVACY = "privacy", _("涉及个人隐私")


class AssignmentRole(models.TextChoices):
    """主办、协办."""

    LEAD = "lead", _("主办")
    CO = "co", _("协办")


class OpinionResult(models.TextChoices):
    """每项诉求的结果（条例 三十二）."""

    SUPPORTED = "supported", _("支持")
    EXPLAINED = "explained", _("解释说明")
    NOT_SUPPORTED = "not_supported", _("不予支持")


class GapCode(models.TextChoices):
    """What an opinion may still lack when it is to be signed (条例 三十二)."""

    UNANSWERED = "unanswered", _("诉求没有答复")
    NO_FINDING = "no_finding", _("没有事实")
    NO_BASIS = "no_basis", _("没有依据")
    NO_RESULT = "no_result", _("没有结果")
    NOT_OURS = "not_ours", _("只说不属于本单位职责")
    REPEALED = "repealed", _("依据已经废止")
    NOT_YET = "not_yet", _("依据尚未施行")
    NO_ARTICLE = "no_article", _("没有所引的条文")
    UNKNOWN_LAW = "unknown_law", _("法规库里没有所引的依据")
    WRONG_REMEDY = "wrong_remedy", _("复查机关不对")


class DeliveryMode(models.TextChoices):
    """送达方式."""

    IN_PERSON = "in_person", _("当面")
    MAIL = "mail", _("邮寄")
    ELECTRONIC = "electronic", _("电子")
    LEFT_WITH = "left_with", _("留置")
    ANNOUNCED = "announced", _("公告")
    FILED = "filed", _("无法送达，存档备查")
    OTHER = "other", _("其他")


class PetitionerView(models.TextChoices):
    """信访人对处理意见的态度."""

    AGREE = "agree", _("同意")
    DISAGREE = "disagree", _("不同意")
    NONE = "none", _("无明确意见")


class EvaluationStatus(models.TextChoices):
    """评价状态. 逾期未评价 is never 满意."""

    UNOPENED = "unopened", _("未开放")
    PENDING = "pending", _("待评价")
    RATED = "rated", _("已评价")
    EXPIRED_UNRATED = "expired_unrated", _("超期未评价")


class EvaluationValue(models.TextChoices):
    """评价."""

    SATISFIED = "satisfied", _("满意")
    BASICALLY = "basically", _("基本满意")
    DISSATISFIED = "dissatisfied", _("不满意")


class CallAbout(models.TextChoices):
    """回访问什么."""

    RATING = "rating", _("评价不满意")
    COMMITMENT = "commitment", _("承诺是否落实")
    RESOLVED = "resolved", _("问题是否化解")


class CommitmentStatus(models.TextChoices):
    """承诺事项状态."""

    OPEN = "open", _("待落实")
    CARRIED_OUT = "carried_out", _("已报落实，待回访")
    KEPT = "kept", _("已落实")
    DROPPED = "dropped", _("已由新的意见代替")


class DisciplineOutcome(models.TextChoices):
    """检举控告办理结果, as the discipline organ tells it (条例 三十)."""

    FOUND = "found", _("属实，已依规依纪依法处理")
    PARTLY = "partly", _("部分属实，已依规依纪依法处理")
    UNFOUNDED = "unfounded", _("没有发现或者不能认定反映的问题")
    REFERRED = "referred", _("已转有管理权限的机关")


class FollowUpOutcome(models.TextChoices):
    """不满意件核查结果 (domain 3.15)."""

    UNLAWFUL = "unlawful", _("处理结果不合法、不适当")
    UNCARRIED = "uncarried", _("处理意见没有落实")
    PROCEDURE = "procedure", _("办理程序有瑕疵")
    UNSUPPORTED = "unsupported", _("诉求没有法律政策依据")
    UNREACHED = "unreached", _("多次联系不上")
    REOPENED = "reopened", _("核查结束前已重新办理")


class ResolvedBy(models.TextChoices):
    """凭谁的话认定化解."""

    PETITIONER = "petitioner", _("信访人本人")
    BUREAU = "bureau", _("信访局回访")


class ReferralKind(models.TextChoices):
    """救助 (条例 三十七)."""

    SOCIAL = "social", _("社会救助")
    JUDICIAL = "judicial", _("司法救助")


class Recipient(models.TextChoices):
    """紧急信息报送对象 (条例 二十五)."""

    PARTY = "party", _("本级党委")
    GOVERNMENT = "government", _("本级政府")
    HIGHER = "higher", _("上一级信访部门")
    NATIONAL = "national", _("国家信访局")
    CONFERENCE = "conference", _("本级信访工作联席会议办公室")
    COMPETENT = "competent", _("相关主管部门")


class DuplicateOutcome(models.TextChoices):
    """判重结论."""

    INITIAL = "initial", _("初件")
    REPEAT = "repeat", _("重件（同人同事）")
    RELATED = "related", _("初件，与他件相关")


class PersonRole(models.TextChoices):
    """信访人身份."""

    LEAD = "lead", _("主访人")
    COMPANION = "companion", _("随访人")
    REPRESENTATIVE = "representative", _("代表")
    AGENT = "agent", _("代理人")


class PleaKind(models.TextChoices):
    """信访人的要求."""

    URGE = "urge", _("催办")
    CORRECT = "correct", _("请求更正")


class PleaWay(models.TextChoices):
    """他怎样提的."""

    PORTAL = "portal", _("网上")
    IN_PERSON = "in_person", _("当面")
    TELEPHONE = "telephone", _("打电话")
    PAPER = "paper", _("写纸条、来信")


class IdentityProof(models.TextChoices):
    """怎样核对的身份."""

    CARD = "card", _("本人身份证件")
    AGENT = "agent", _("代理人：授权委托书和双方证件")
    VOUCHED = "vouched", _("证件遗失，由村（社区）出具证明")


class NoteKind(models.TextChoices):
    """办理记录."""

    CONTACT = "contact", _("联系信访人")
    SITE_VISIT = "site_visit", _("实地走访")
    INVESTIGATION = "investigation", _("调查核实")
    COORDINATION = "coordination", _("协调会商")
    OTHER = "other", _("其他")


class RevealGround(models.TextChoices):
    """查看原因: why masked data was shown."""

    CONTACT = "contact", _("联系信访人")
    IDENTITY = "identity", _("核对身份")
    DELIVERY = "delivery", _("送达文书")
    DUPLICATE = "duplicate", _("判重")
    SAFETY = "safety", _("人身安全")


class LookKind(models.TextChoices):
    """查阅事由: what was done with a petition that changes nothing of it."""

    OPEN = "open", _("打开信访件")
    PHONE = "phone", _("承办人看到电话")
    REVEAL = "reveal", _("查看信访人信息")
    SEARCH = "search", _("按姓名查找")
    PRINT = "print", _("看、打印文书")
    SLIP = "slip", _("补打回执")
    RENEWAL = "renewal", _("补办登记单，证件对不上")
    CALL = "call", _("电话查询")
    FILE = "file", _("看、下载材料")
    ORIGINAL = "original", _("下载材料原件")
    EXPORT = "export", _("导出案卷")


class ErasureReason(models.TextChoices):
    """申请销毁的理由（个人信息保护法 四十七）."""

    PURPOSE_DONE = "purpose_done", _("处理目的已经实现，不再需要")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("信访人撤回同意")
    UNLAWFUL = "unlawful", _("违反法律、约定处理的")
    OTHER_LAW = "other_law", _("法律、行政法规规定的其他情形")


class InquiryGround(models.TextChoices):
    """核查事由: why the discipline organ looks into it."""

    LEAK = "leak", _("信息被泄露")
    RETALIATION = "retaliation", _("打击报复")
    CURIOSITY = "curiosity", _("无故查阅")
    CONDUCT = "conduct", _("工作人员违纪违法")
