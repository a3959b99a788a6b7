"""Message files of citizens to a government, row by row into an Intake: the room's only foreign shape (others: `interop`).

Four shapes are read, told apart by their columns: with `detail` or `text`, with or without `user`, `title`, `label`. What
such files lack is filled in plainly: the places in them are anonymised (A市A3区), so each row is given one of the county's
streets by a hash of its number, the same one every time.
"""

import csv
import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.foundation.errors import Refused
from xinfang.petitions.codes import Channel, Purpose
from xinfang.petitions.intake import Intake, Person
from xinfang.petitions.models.category import OTHER
from xinfang.petitions.models.petitioner import Identity

SAMPLE = Path(__file__).parent / "samples" / "messages.csv"
LONGEST_TITLE, LONGEST_DEMAND, LONGEST_TEXT, LONGEST_TOKEN = 50, 500, 20_000, 64
EARLIEST_YEAR = 2000
_TIMES = ("%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S")
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_ASKS = re.compile(r"请求|恳请|恳求|希望|要求|建议|盼望|(?<![申邀聘])请(?![假客教示])")
_NOT_UTF8 = re.compile("[\udc80-\udcff]")

# The seven first-level labels of the labelled file; the codes are 其他 under the same class of the county's tree.
CATEGORY_OF_LABEL = {
    "城乡建设": "039900",
    "劳动和社会保障": "059900",
    "卫生计生": "069900",
    "教育文体": "079900",
    "商贸旅游": "129900",
    "交通运输": "149900",
    "环境保护": "159900",
}
_AGAINST_PERSONS = re.compile(r"举报|检举|控告|揭发")
_CORRUPT = re.compile(r"贪污|受贿|行贿|违纪")
_PURPOSES = (
    (re.compile(r"投诉|举报|维权|申诉"), Purpose.CLAIM),
    (re.compile(r"建议|提议"), Purpose.SUGGESTION),
    (re.compile(r"咨询|请问|[吗？?]$"), Purpose.CONSULT),
)


@dataclass(frozen=True)
class Row:
    """A row as it stands in the file. `fault` is why its cells cannot be read, empty when they can."""

    line: int
    cells: Mapping[str, str]
    fault: str = ""

    @property
    def number(self) -> str:
        """The row's own number: `doc_id` where the file has one, since only some of its rows have a `msg_id`."""
        return (self.cells.get("doc_id") or self.cells.get("msg_id") or "").strip()


@dataclass(frozen=True)
class Ground:
    """What a row is read against: the county's streets and categories, and the time it is."""

    streets: Sequence[str]
    categories: Collection[str]
    now: datetime


def token(dataset: str, row: Row) -> str:
    """By which the row is registered once, whenever and however often the file is read."""
    plain = f"import:{dataset}:{row.number}"
    return plain if len(plain) <= LONGEST_TOKEN else hashlib.sha256(plain.encode()).hexdigest()


def read(path: Path) -> Iterator[Row]:
    """Every row with the line it begins on; Refused when the file is of another kind."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
        table = csv.reader(lines, strict=True)  # or a quote left open would swallow the rows after it
        columns = _columns(table)
        while True:
            line = table.line_num + 1
            try:
                values = next(table)
            except StopIteration:
                return
            except csv.Error:
                torn = {"first": line, "last": table.line_num}
                yield Row(
                    line, {}, _("第 %(first)s 至 %(last)s 行不合 CSV 格式，可能缺了引号，这几行都没有读。") % torn
                )
                continue
            if values:
                yield _row(line, columns, values)


def _columns(table: Iterator[list[str]]) -> list[str]:
    try:
        columns = [name.strip() for name in next(table, [])]
    except csv.Error:
        columns = []
    has_number, has_text = {"doc_id", "msg_id"} & set(columns), {"text", "detail"} & set(columns)
    if not (has_number and has_text and "time" in columns):
        raise Refused("这不是信访留言的 CSV 文件：第一行要有 msg_id 或 doc_id、time、detail 或 text 这些列。")
    return columns


def _row(line: int, columns: list[str], values: list[str]) -> Row:
    cells = dict(zip(columns, values, strict=False))
    if any(_NOT_UTF8.search(value) for value in values):
        return Row(
            line,
            {name: _NOT_UTF8.sub("？", value) for name, value in cells.items()},
            _("有不是 UTF-8 编码的内容，读不出来。"),
        )
    if any("\0" in value for value in values):
        return Row(line, {}, _("有空字符，读不出来。"))
    if len(values) > len(columns):
        return Row(line, cells, _("应有 %(due)s 列，实有 %(found)s 列。") % {"due": len(columns), "found": len(values)})
    return Row(line, cells)


def intake_of(row: Row, ground: Ground) -> Intake:
    """The submission the row tells of, or Refused with the reason."""
    if row.fault:
        raise Refused(row.fault)
    if not row.number:
        raise Refused("没有编号（msg_id 或 doc_id）。", field="msg_id")
    full_title, text = _words(row.cells)
    received_at = _received_at(row.cells.get("time", "").strip(), ground.now)
    user = row.cells.get("user", "").strip()
    return Intake(
        channel=Channel.ONLINE,
        received_at=received_at,
        petition_date=timezone.localdate(received_at, timezone.get_default_timezone()),
        title=full_title[:LONGEST_TITLE],
        text=text if len(full_title) <= LONGEST_TITLE else f"{full_title}\n{text}",
        demands=(demand_of(full_title, text),),
        division=_street(row, ground.streets),
        category=_category(row.cells.get("label", "").strip(), ground.categories),
        purpose=purpose_of(full_title, text),
        people=(Person(Identity(name=user)),) if user else (),
    )


def _words(cells: Mapping[str, str]) -> tuple[str, str]:
    """Title and text. Without a title the first sentence stands for it."""
    text = (cells.get("detail") or cells.get("text") or "").strip()
    if not text:
        raise Refused("没有正文。", field="detail")
    if len(text) > LONGEST_TEXT:
        raise Refused("正文有 %(found)s 字，超过 %(most)s 字。", field="detail", found=len(text), most=LONGEST_TEXT)
    title = cells.get("title", "").strip()
    return title or _sentences(text)[0][:LONGEST_TITLE], text


def _sentences(text: str) -> list[str]:
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip()] or [text]


def _received_at(written: str, now: datetime) -> datetime:
    """A row without a time was received when it came to us: now."""
    if not written:
        return now
    received_at = _parsed(written)
    if received_at > now:
        raise Refused("时间“%(written)s”晚于现在。", field="time", written=written)
    if received_at.year < EARLIEST_YEAR:
        raise Refused("时间“%(written)s”早于 %(year)s 年。", field="time", written=written, year=EARLIEST_YEAR)
    return received_at


def _parsed(written: str) -> datetime:
    for form in _TIMES:
        try:
            naive = datetime.strptime(written, form)  # noqa: DTZ007  # the next line says where
        except ValueError:
            continue
        return timezone.make_aware(naive, timezone.get_default_timezone())
    raise Refused("时间“%(written)s”不认识，应如 2019-12-30 17:06:14。", field="time", written=written[:30])


def demand_of(title: str, text: str) -> str:
    """The first sentence that asks for something, else the title."""
    asking = next((sentence for sentence in _sentences(text) if _ASKS.search(sentence)), title)
    return asking[:LONGEST_DEMAND]


def purpose_of(title: str, text: str) -> Purpose:
    """By plain words. Only an accusation of corruption is sealed as one; other reports of persons ask for a remedy."""
    if _CORRUPT.search(title) or (_CORRUPT.search(text) and _AGAINST_PERSONS.search(title + text)):
        return Purpose.ACCUSE
    return next((purpose for words, purpose in _PURPOSES if words.search(title)), Purpose.CLAIM)


def _street(row: Row, streets: Sequence[str]) -> str:
    digest = hashlib.sha256(row.number.encode()).digest()
    return streets[int.from_bytes(digest[:4], "big") % len(streets)]


def _category(label: str, known: Collection[str]) -> str:
    code = CATEGORY_OF_LABEL.get(label, OTHER)
    return code if code in known else OTHER
