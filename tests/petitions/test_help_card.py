"""求助卡: words of self-harm show the clerk what to do; nothing is decided, nothing about the person is kept."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.cast import Cast, registered
from tests.desk.hall import signed_in, words
from xinfang.petitions import help_card
from xinfang.petitions.models import HelpLine, Petition
from xinfang.trace.models import Entry

CARD = "来信人可能有轻生的意思，请先看人"


@pytest.mark.parametrize("text", ["我不想活了。", "再不解决就跳 楼", "准备好农药，一死了之", "遗书写好了"])
def test_words_of_self_harm_call_for_the_card(text: str) -> None:
    assert help_card.is_called_for(["漏水。", text])


@pytest.mark.parametrize("text", ["屋顶漏水。", "老人病死以后没有丧葬费", "活动室关门"])
def test_others_do_not(text: str) -> None:
    assert not help_card.is_called_for([text])


def test_the_clerk_sees_it_and_nothing_is_kept(cast: Cast) -> None:
    petition = registered(cast, text="多次反映没人管，我不想活了。").petition
    client = signed_in(cast.dispatcher)
    client.get(f"/desk/petitions/{petition.number}/")  # his first look in an hour is an entry
    before = (Entry.objects.count(), list(Petition.objects.values()))
    page = words(client.get(f"/desk/petitions/{petition.number}/"))
    assert CARD in page
    assert 'href="tel:12356"' in page
    assert (Entry.objects.count(), list(Petition.objects.values())) == before
    other = registered(cast).petition
    assert CARD not in words(client.get(f"/desk/petitions/{other.number}/"))


def test_who_does_not_read_the_text_does_not_see_it(cast: Cast) -> None:
    petition = registered(cast, text="我不想活了。").petition
    if "auditor" in cast.officers:
        client = signed_in(cast.officers["auditor"])
        assert CARD not in words(client.get(f"/desk/petitions/{petition.number}/"))


def test_the_county_names_its_own_lines(db: None, tmp_path: Path) -> None:
    file = tmp_path / "lines.toml"
    file.write_text('[[line]]\nname = "区心理服务中心"\ntelephone = "029-00000000"\n', encoding="utf-8")
    call_command("load_help_lines", file, stdout=StringIO())
    assert [str(line) for line in help_card.lines()] == ["区心理服务中心 029-00000000"]
    assert Entry.objects.get().act == "help.load_lines"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "求助电话应当写成"),
        ('[[line]]\nname = "x"\n', "第 1 项求助电话要写 name 和 telephone"),
        ('[[line]]\nname = " "\ntelephone = "1"\n', "第 1 项的 name 要写明文字"),
        ("[[line]\n", "无法读取"),
    ],
)
def test_a_wrong_file_is_refused_and_the_old_lines_stay(db: None, tmp_path: Path, text: str, sentence: str) -> None:
    HelpLine.objects.create(place=1, name="旧", telephone="1")
    file = tmp_path / "lines.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=sentence.split("[", maxsplit=1)[0]):
        call_command("load_help_lines", file)
    assert HelpLine.objects.get().name == "旧"
