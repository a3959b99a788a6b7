"""What a scan must be to be the sheet of a paper."""

from xinfang.documents.models import Rendering
from xinfang.documents.scans import Scan
from xinfang.foundation.errors import Refused


def refuse_scan(rendering: Rendering, scan: Scan, *, is_by_hand: bool) -> None:
    """Another paper's sheet, one among several papers', one whose code cannot be read, one with a page missing."""
    if scan.serials - {rendering.serial}:
        raise Refused("这不是这份文书：上面的方块码属于另一份文书。请核对后再传。", field="scans")
    if not scan.serials and not is_by_hand:
        raise Refused("读不出方块码。请重新扫描，不要遮住右上角；确认就是这份文书的，请勾选“我已核对”。", field="scans")
    if len(scan.sheets) < rendering.pages:
        raise Refused(
            "这份文书共 %(pages)s 页，只扫到 %(count)s 页。请扫齐再传。",
            field="scans",
            pages=rendering.pages,
            count=len(scan.sheets),
        )
    read = [sheet.page for sheet in scan.sheets if sheet]
    if twice := sorted({page for page in read if read.count(page) > 1}):
        raise Refused("第 %(page)s 页扫了两遍。请扫齐每一页再传。", field="scans", page=twice[0])
