"""JPEG, PNG and WebP: looked into before they are taken, and drawn anew for the clean copy."""

import re
from io import BytesIO
from typing import IO, Any

import pi_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, JpegImagePlugin

from xinfang.files.errors import TooLarge, Unclean

pi_heif.register_heif_opener(thumbnails=False)
FORMS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}
HEIC = "image/heic"
PIXELS = 80_000_000  # an A3 page scanned at 600 dpi has 70 million; 240 MB when unfolded
_KEPT = ("icc_profile", "transparency")  # without them the colours are wrong
_QUALITY = 92

_START, _END = b"\xff\xd8", b"\xff\xd9"
# All application segments and comments, except JFIF, the colour profile and Adobe's colour mark.
_TELLING = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
_PROFILE = b"ICC_PROFILE"
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def opened(file: IO[bytes], media_type: str) -> Image.Image:
    """The picture with its header read and nothing unfolded."""
    file.seek(0)
    try:
        image = Image.open(file, formats=[FORMS[media_type]])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # Pillow answers broken bytes with errors of many kinds
        raise Unclean from error
    if image.width * image.height > PIXELS:
        raise _too_many_pixels()
    return image


def is_moving(image: Image.Image) -> bool:
    """A phone's JPEG or HEIC may carry a second picture, a depth map for instance; that is not moving."""
    return getattr(image, "is_animated", False) and image.format not in ("MPO", "HEIF")


def clean(file: IO[bytes], media_type: str) -> BytesIO:
    """Drawn anew and upright. EXIF with its GPS, XMP, comments, thumbnails and what follows the picture stay behind."""
    image = opened(file, media_type)
    how = _how(image, media_type)
    ImageOps.exif_transpose(image, in_place=True)
    image.info = {name: image.info[name] for name in _KEPT if name in image.info}
    if profile := image.info.get("icc_profile"):
        how["icc_profile"] = profile
    copy = BytesIO()
    if media_type == HEIC:
        image.convert("RGB").save(copy, "JPEG", **how)
    else:
        image.save(copy, FORMS[media_type], **how)
    copy.seek(0)
    return copy


def small(file: IO[bytes], media_type: str, *, side: int = 192) -> BytesIO:
    """A clean copy as a stamp, for a list: JPEG, cheap to make because a JPEG is unfolded at an eighth of its size."""
    image = opened(file, media_type)
    image.draft("RGB", (side, side))
    stamp, made = ImageOps.fit(image.convert("RGB"), (side, side)), BytesIO()
    stamp.save(made, "JPEG", quality=70)
    made.seek(0)
    return made


def without_telling_segments(jpeg: bytes) -> bytes:
    """A JPEG as it was, pixel for pixel, up to its end mark, without the segments that tell of camera and place."""
    at = jpeg.index(_START) + len(_START)
    kept = bytearray(_START)
    while found := _MARKER.search(jpeg, at):
        kept += jpeg[at : found.start()]
        if found.group() == _END:
            return bytes(kept + _END)
        at = found.end() + int.from_bytes(jpeg[found.end() : found.end() + 2], "big")
        segment = jpeg[found.start() : at]
        if not _tells(segment):
            kept += segment
    return bytes(kept + jpeg[at:])


def _tells(segment: bytes) -> bool:
    return segment[1] in _TELLING and not segment.startswith(_PROFILE, 4)


def _how(image: Image.Image, media_type: str) -> dict[str, Any]:
    if media_type == "image/jpeg":
        return _as_before(image)
    return {"quality": _QUALITY} if media_type in ("image/webp", HEIC) else {}


def _as_before(image: Image.Image) -> dict[str, Any]:
    # The tables of the original: its quality, about its size, and the least further loss.
    assert isinstance(image, JpegImagePlugin.JpegImageFile)
    return {"qtables": image.quantization, "subsampling": JpegImagePlugin.get_sampling(image)}


def _too_many_pixels() -> TooLarge:
    return TooLarge(_("这张图片的像素太多，请缩小后再上传。"))
