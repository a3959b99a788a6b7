"""Which organ is asked for 复查, and which for 复核 (条例 三十五、三十六; S16)."""

from pathlib import Path

import pytest
from django.core.management import call_command

from xinfang.organizations.models import Division, Unit, UnitKind
from xinfang.petitions.remedies import final_review_organs, review_organs

LINTONG = Path(__file__).resolve().parents[2] / "counties" / "lintong"


@pytest.fixture
def county(db: None) -> None:
    """The county's own files, with the names that stand in them."""
    call_command("load_county", str(LINTONG), verbosity=0)


def unit(short_name: str) -> Unit:
    return Unit.objects.select_related("parent").get(short_name=short_name)


def test_an_opinion_of_a_street_is_reviewed_only_by_the_government_of_the_county(county: None) -> None:
    assert review_organs(unit("骊山街道")) == ("临潼区人民政府",)


def test_about_a_department_the_petitioner_chooses_the_government_or_the_competent_bureau_of_the_city(
    county: None,
) -> None:
    assert review_organs(unit("区住建局")) == ("临潼区人民政府", "西安市住房和城乡建设局")


def test_a_branch_is_reviewed_upward_by_the_bureau_that_set_it_up_or_that_bureaus_government(county: None) -> None:
    organs = review_organs(unit("资源规划临潼分局"))
    assert organs == ("西安市自然资源和规划局", "西安市人民政府")
    assert "临潼区人民政府" not in organs


def test_a_vertical_organ_is_reviewed_only_by_its_superior(county: None) -> None:
    assert review_organs(unit("区税务局")) == ("国家税务总局西安市税务局",)


def test_an_institution_is_reviewed_by_the_department_it_belongs_to(county: None) -> None:
    assert review_organs(unit("区征收中心")) == ("临潼区住房和城乡建设局",)
    assert review_organs(unit("12345临潼分中心")) == ("临潼区人民政府",)


def test_every_unit_of_the_county_has_an_organ_above_it_for_both_levels(county: None) -> None:
    for one in Unit.objects.select_related("parent"):
        organs = review_organs(one)
        assert organs, one.name
        assert all(final_review_organs(one, organ) for organ in organs), one.name


@pytest.mark.parametrize(
    ("short_name", "reviewed_by", "organs"),
    [
        ("骊山街道", "临潼区人民政府", ("西安市人民政府",)),
        ("区住建局", "临潼区人民政府", ("西安市人民政府",)),
        ("区住建局", "西安市住房和城乡建设局", ("西安市人民政府", "陕西省住房和城乡建设厅")),
        ("资源规划临潼分局", "西安市人民政府", ("陕西省人民政府",)),
        ("资源规划临潼分局", "西安市自然资源和规划局", ("西安市人民政府", "陕西省自然资源厅")),
        ("区税务局", "国家税务总局西安市税务局", ("国家税务总局陕西省税务局",)),
        ("区征收中心", "临潼区住房和城乡建设局", ("临潼区人民政府", "西安市住房和城乡建设局")),
    ],
)
def test_final_review_goes_to_the_organ_above_the_one_that_reviewed(
    county: None, short_name: str, reviewed_by: str, organs: tuple[str, ...]
) -> None:
    assert final_review_organs(unit(short_name), reviewed_by) == organs


def test_an_organ_that_could_not_have_reviewed_has_none_above_it(county: None) -> None:
    assert final_review_organs(unit("骊山街道"), "西安市教育局") == ()


def test_a_county_that_names_no_superior_offers_none(db: None) -> None:
    Division.objects.create(code="620999000000", name="某某县", kind="district")
    bare = Unit(code="6209990000000048299", name="某局", kind=UnitKind.DEPT)
    assert review_organs(bare) == ("某某县人民政府",)
    assert review_organs(Unit(code="6209990000000062299", name="某税务局", kind=UnitKind.VERTICAL)) == ()


def test_which_organs_is_one_statement(county: None, django_assert_num_queries: object) -> None:
    of = unit("区住建局")
    with django_assert_num_queries(1):  # type: ignore[operator]
        review_organs(of)
