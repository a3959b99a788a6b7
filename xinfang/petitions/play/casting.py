"""Which category a petition is given and which unit leads it, by the plain words of its title."""

import re
from dataclasses import dataclass
from functools import cached_property

from xinfang.organizations.models import Unit, UnitKind
from xinfang.organizations.queries import open_units
from xinfang.petitions.giving import MAY_LEAD
from xinfang.petitions.models import Category, Petition
from xinfang.petitions.models.category import OTHER
from xinfang.petitions.play.script import Script


@dataclass(frozen=True)
class Subject:
    """Words of a title, the category they speak of, and a word in the name of the office that has to do with it."""

    words: str
    category: str
    office: str


SUBJECTS = (
    Subject("工资|劳动|工伤|社保|养老保险|失业|就业", "059900", "人力资源"),
    Subject("医保|报销|异地就医", "069900", "医疗保障"),
    Subject("医院|卫生院|诊所|行医|医生|村医|疫苗", "069900", "卫生健康"),
    Subject("学校|学生|教育|幼儿园|教师|小学|中学|学费", "079900", "教育局"),
    Subject("自来水|饮水|饮用水|供水|灌溉|水泵|积水", "039900", "水务"),
    Subject("供电|电价|用电|停电", "129900", "供电"),
    Subject("公交|地铁|出租|驾校|道路|公路|村道|护栏|路面|斑马线|人行横道", "149900", "交通运输"),
    Subject("污水|污染|臭味|噪音|扰民|扬尘|异味", "159900", "生态环境"),
    Subject("占道|违章|违建|违法建设|垃圾|城管|单车|路灯|路名牌", "039900", "城市管理"),
    Subject("物业|小区|楼盘|交房|开发商|业主|电梯|漏水|公租房|旧改|老旧", "049900", "住房和城乡"),
    Subject("景区|旅游|图书|健身|广场舞", "089900", "文化和旅游"),
    Subject("超市|商家|消费|过期|退款|退费|保修|快递|乱收费", "139900", "市场监督"),
    Subject("低保|高龄|残疾|养老院|津贴|补贴", "099900", "民政"),
    Subject("宅基地|确权|滑坡|规划", "029900", "自然资源"),
    Subject("农田|大棚|果园|土地|养殖|秸秆|承包", "019900", "农业农村"),
)


@dataclass(frozen=True)
class Casting:
    """Chooses `among` these units; without them, among all that may lead on the day the petition came."""

    among: tuple[Unit, ...] = ()

    @cached_property
    def categories(self) -> frozenset[str]:
        return frozenset(Category.objects.values_list("code", flat=True))

    def category(self, petition: Petition) -> str:
        """As it was registered, unless nobody could say and the title does."""
        registered = petition.category_id or OTHER
        subject = _subject(petition)
        guess = subject.category if subject and registered == OTHER else registered
        return guess if guess in self.categories else registered

    def lead(self, petition: Petition, script: Script) -> Unit:
        """The department that has to do with it, or the street where it happened."""
        subject, units = _subject(petition), self.among or _may_lead(petition)
        offices = [unit for unit in units if subject and subject.office in unit.name]
        if offices and not script.goes_to_street:
            return offices[0]
        streets = [unit for unit in units if unit.kind == UnitKind.STREET]
        here = [unit for unit in streets if unit.division_id == petition.division_id]
        return here[0] if here else script.chance("which street").choice(streets)


def _may_lead(petition: Petition) -> tuple[Unit, ...]:
    return tuple(open_units(petition.petition_date).filter(kind__in=MAY_LEAD).exclude(pk=petition.organ_id))


def _by_words(title: str) -> Subject | None:
    return next((subject for subject in SUBJECTS if re.search(subject.words, title)), None)


def _subject(petition: Petition) -> Subject | None:
    """What the title speaks of, else what the registered category does."""
    known = petition.category_id or OTHER
    by_category = (subject for subject in SUBJECTS if known != OTHER and subject.category[:2] == known[:2])
    return _by_words(petition.title) or next(by_category, None)
