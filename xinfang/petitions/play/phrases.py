"""What the players write. All of it invented."""

from xinfang.petitions.codes import DeliveryMode, DuplicateOutcome, NoteKind, OpinionResult

DUPLICATE = {
    DuplicateOutcome.INITIAL: "未发现同人同事的信访件。",
    DuplicateOutcome.REPEAT: "同一人就同一事项再次反映，前件已经答复。",
    DuplicateOutcome.RELATED: "同一人另有信访件，事项有联系。",
}
REQUIREMENT = "请依法按程序办理，书面答复信访人，并在反馈期限内报送办结报告。"
CONTACT = (
    "电话联系信访人，听取事实和理由，告知办理程序。",
    "约见信访人，逐项核对诉求，收下补充材料。",
    "通过平台留言联系信访人，核对所反映的情况。",
)
WORK = {
    NoteKind.SITE_VISIT: (
        "到现场查看并拍照，与反映基本一致。",
        "走访周边住户三户，了解情况。",
        "会同社区核对位置和范围。",
    ),
    NoteKind.INVESTIGATION: ("调阅档案和审批材料。", "询问有关人员并制作笔录。", "核对账目和收费凭证。"),
    NoteKind.COORDINATION: ("召集双方协商，形成初步意见。", "与相关部门会商职责分工。", "督促施工单位明确完成日期。"),
}
FINDING = {
    OpinionResult.SUPPORTED: ("所反映情况属实，已责成整改并明确完成日期。", "经核查属实，应当办理，已经落实。"),
    OpinionResult.EXPLAINED: ("有关政策已当面解释，所需材料和办理窗口已告知。", "该项工作已列入计划，实施时间已说明。"),
    OpinionResult.NOT_SUPPORTED: ("经核查，所反映情况与事实不符，诉求缺乏依据。", "该项诉求超出现行规定，不能支持。"),
}
BASIS = "《信访工作条例》第三十二条及有关业务规定"
PROOF = {
    DeliveryMode.IN_PERSON: "信访人本人在送达回证上签收。",
    DeliveryMode.MAIL: "挂号信 XA20260000061，回执已收到。",
    DeliveryMode.ELECTRONIC: "平台显示信访人已阅读。",
    DeliveryMode.FILED: "来件没有留名，无法送达，存档备查。",
}
PROCESS = (
    "接件后联系信访人，经现场核查和会商，作出处理意见并送达。",
    "经调查核实，分项答复诉求，已整改部分附照片。",
    "多次协商后达成一致，处理意见已送达信访人。",
)
CALLED = "电话回访，听取信访人对办理时间和答复的意见。"
PUT_RIGHT = "已向信访人说明办理经过，督促承办单位改进。"
DISSATISFIED = ("办理时间太长。", "答复没有解决实际问题。", "没有人到现场看过。", "处理结果没有落实。")
