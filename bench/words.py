"""Invented texts and persons. Ids were born in the 19th century and phones begin with 100: nobody has them."""

import random
from operator import mul

from xinfang.foundation.id_numbers import _CHECKS, _WEIGHTS
from xinfang.petitions.models.petitioner import Identity

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂珍华建国文斌玉梅红梅春生志雪云林海龙凤翔宇晨阳光荣"
PLACES = ("小区三号楼", "村口水渠", "东街菜市场", "老厂家属院", "新建学校路", "村卫生室", "河堤路段", "安置楼二期")
TROUBLES = (
    *("屋顶漏水无人维修", "拖欠工资两个月", "征地补偿款未到账", "夜间施工扰民", "自来水浑浊", "道路塌陷未修"),
    *("低保申请没有答复", "物业收费不公开", "垃圾长期不清运", "暖气温度不达标", "路灯不亮", "宅基地界线有争议"),
)
STORY = (
    "自去年入冬以来一直如此，",
    "我和邻居多次到有关部门反映，",
    "工作人员说会尽快处理，",
    "但至今没有看到结果，",
    "家里老人和孩子生活受到影响，",
    "附近几十户人家都有同样的情况，",
    "上个月又找过一次，答复是再等一等，",
    "我们保存了照片和收据，可以随时提供，",
    "希望能有人到现场看一看，",
)
DEMANDS = ("请尽快派人到现场核实。", "请书面答复处理结果。", "请赔偿由此造成的损失。", "请明确负责的单位和期限。")
WORK = ("到现场查看并拍照。", "与信访人面谈，听取意见。", "与物业、社区会商处理办法。", "调取档案核对。")


def title(dice: random.Random) -> str:
    return f"反映{dice.choice(PLACES)}{dice.choice(TROUBLES)}"


def story(dice: random.Random) -> str:
    """Eighty to four hundred characters, as petitions are."""
    told = ["".join(dice.sample(STORY, 4)).rstrip("，") + "。" for _ in range(dice.randint(1, 4))]
    return "".join([title(dice), "。", *told])


def demands(dice: random.Random) -> tuple[str, ...]:
    return tuple(dice.sample(DEMANDS, dice.choice((1, 1, 2, 3))))


def person(n: int) -> Identity:
    """The n-th invented person, always the same. Names come again, as names do."""
    first, second = GIVEN[n // len(SURNAMES) % len(GIVEN)], GIVEN[n // (len(SURNAMES) * len(GIVEN)) % len(GIVEN)]
    born = f"18{n // 1000 % 100:02d}{n // 100_000 % 12 + 1:02d}{n % 28 + 1:02d}"
    return Identity(
        name=SURNAMES[n % len(SURNAMES)] + first + second,
        id_no=_with_check(f"610115{born}{n % 1000:03d}"),
        phone=f"100{n:08d}",
        address=f"骊山街道第{n % 300}村{n % 9 + 1}组{n % 200}号",
    )


def _with_check(first: str) -> str:
    """As GB 11643 ends a number, so that a desk takes it."""
    return first + _CHECKS[sum(map(mul, map(int, first), _WEIGHTS)) % len(_CHECKS)]
