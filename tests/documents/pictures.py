"""How a paper looks and what it says: each kind's pages side by side, small and grey, held against a picture that somebody has
looked at, and their words, line by line, against those he read.

`python -m tests.documents.pictures` draws them anew; look at every one before you commit it.
"""

import io
from pathlib import Path

import pypdf
import pypdfium2
from PIL import Image, ImageChops, ImageStat

FOLDER = Path(__file__).with_name("pictures")
SIDE = (150, 212)


def of(pdf: bytes) -> Image.Image:
    """A4 at eighteen dots an inch: the lines can be told, the letters not."""
    opened = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=1).to_pil().convert("L").resize(SIDE, Image.Resampling.BOX) for page in opened]
    opened.close()
    whole = Image.new("L", (SIDE[0] * len(pages), SIDE[1]), 255)
    for n, page in enumerate(pages):
        whole.paste(page, (n * SIDE[0], 0))
    return whole


def words(pdf: bytes) -> str:
    """A line a line, a blank one between two pages."""
    pages = [page.extract_text().splitlines() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    return "\n\n".join("\n".join("".join(line.split()) for line in page if line.strip()) for page in pages) + "\n"


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of a dot, of 255; far off when the sheets are not as many."""
    if one.size != other.size:
        return 255.0
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


def main() -> None:
    from django.utils import translation

    from tests.documents.samples import DATA, printed
    from xinfang.documents.kinds import PaperKind

    FOLDER.mkdir(exist_ok=True)
    with translation.override("zh-hans"):
        for kind in DATA:
            pdf = printed(PaperKind(kind)).pdf
            of(pdf).quantize(8).save(FOLDER / f"{kind}.png", optimize=True)
            (FOLDER / f"{kind}.txt").write_text(words(pdf), encoding="utf-8")


if __name__ == "__main__":
    import tests.conftest  # noqa: F401  # settings

    main()
