"""Words that are looked for in what a unit writes, in the language it writes in."""

import re

DOCUMENT = re.compile(r"〔\d{4}〕\s*\d+\s*号")
"""文号: a policy paper of some organ, which no library of laws holds."""


PAPER = re.compile(r"([\u4e00-\u9fff“”]{4,}?)(?:规定|政策|办法|规范|标准|制度|通知|纪要|名录|批复)")
EMPTY = re.compile(r"根据|依据|按照|依照|参照|有关|相关|国家|上级|本级|现行|的|及|和")
NOT_OURS = re.compile(
    r"不(?:属于|属|归|在|是)(?:我|本|该)?(?:们|单位|局|办|委|中心|部门|街道|镇|机关)*的?(?:职责|职权|职能|管辖|管理|权限|业务)(?:范围)?(?:之?内)?"
)
BARE = re.compile(r"[\s\W]|经查|经核实|经核查|您?(?:所)?反映的?|该|此|这|事项|问题|情况|诉求")

SEVERAL = re.compile(r"或者|或|、|，")
"""Where the petitioner may choose, an opinion names both organs."""

BY_ORDINARY_MAIL = "平信"
REFUSED = "拒"

_OF_DISCIPLINE = re.compile("纪委|纪工委|纪律检查|纪检|监委|监察委")


def names_discipline_organ(name: str) -> bool:
    """Whether this is what a discipline organ is called, at whatever level."""
    return _OF_DISCIPLINE.search(name) is not None
