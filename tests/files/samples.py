"""Small real files with everything in them that must not reach a handling unit. The person and the place are invented."""

import zlib
from base64 import b64decode
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, PngImagePlugin

AUTHOR = "Zhao Yiming"
MAKER = b"PhoneMaker"
XMP = f"<x:xmpmeta><dc:creator>{AUTHOR}</dc:creator></x:xmpmeta>".encode()

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPC = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def exif(*, orientation: int = 1) -> bytes:
    made = Image.Exif()
    made[0x010F] = MAKER.decode()
    made[0x0112] = orientation
    made[0x013B] = AUTHOR
    made.get_ifd(0x8825).update({1: "N", 2: (34.0, 22.0, 1.5), 3: "E", 4: (109.0, 12.0, 44.0)})
    return made.tobytes()


def picture(form: str, *, size: tuple[int, int] = (32, 24), **options: object) -> bytes:
    """Left half red, right half blue, so that turning it shows."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def jpeg(*, orientation: int = 1) -> bytes:
    return picture("JPEG", exif=exif(orientation=orientation), comment=AUTHOR.encode(), xmp=XMP)


def png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", AUTHOR)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return picture("PNG", pnginfo=info, exif=exif())


def png_that_claims(side: int) -> bytes:
    made = bytearray(png())
    made[16:24] = side.to_bytes(4, "big") * 2
    made[29:33] = zlib.crc32(made[12:29]).to_bytes(4, "big")
    return bytes(made)


def webp() -> bytes:
    return picture("WEBP", exif=exif(), xmp=XMP)


def moving_webp() -> bytes:
    return picture("WEBP", save_all=True, append_images=[Image.new("RGB", (32, 24), "green")])


def pdf() -> bytes:
    """One page with a phone's photograph, a remark with its writer, a script, an attachment, properties and XMP."""
    made = Pdf.new()
    photo = Stream(made, jpeg(), Type=Name.XObject, Subtype=Name.Image, Width=32, Height=24, BitsPerComponent=8)
    photo.ColorSpace, photo.Filter = Name.DeviceRGB, Name.DCTDecode
    photo.Metadata = Stream(made, XMP, Type=Name.Metadata, Subtype=Name.XML)
    remark = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), T=AUTHOR, Contents="see here")
    page = made.add_blank_page(page_size=(200, 200))
    page.obj.Resources = Dictionary(XObject=Dictionary(Im0=photo))
    page.obj.Contents = Stream(made, b"q 100 0 0 100 0 0 cm /Im0 Do Q")
    page.obj.Annots = Array([remark])
    made.attachments["secret.txt"] = b"attached by " + AUTHOR.encode()
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=f"app.alert('{AUTHOR}')")
    made.Root.Metadata = Stream(made, XMP, Type=Name.Metadata, Subtype=Name.XML)
    made.docinfo[Name.Author] = AUTHOR
    return _saved(made)


def pdf_with_wrapped_photograph() -> bytes:
    """Some programs deflate the JPEG once more."""
    made = Pdf.new()
    photo = Stream(made, zlib.compress(jpeg()), Type=Name.XObject, Subtype=Name.Image, Width=32, Height=24)
    photo.BitsPerComponent, photo.ColorSpace = 8, Name.DeviceRGB
    photo.Filter = Array([Name.FlateDecode, Name.DCTDecode])
    photo.DecodeParms = Array([Dictionary(Predictor=1), Dictionary(ColorTransform=1)])
    page = made.add_blank_page(page_size=(200, 200))
    page.obj.Resources = Dictionary(XObject=Dictionary(Im0=photo))
    return _saved(made)


def locked_pdf() -> bytes:
    made = Pdf.new()
    made.add_blank_page()
    return _saved(made, encryption=pikepdf.Encryption(owner="owner", user="user"))


def _saved(made: Pdf, **options: object) -> bytes:
    out = BytesIO()
    # As phones and scanners write them, so that a search of the bytes finds what is there.
    made.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable, **options)
    return out.getvalue()


def package(parts: dict[str, str | bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        made.comment = AUTHOR.encode()
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def types(main: str, part: str, *more: str) -> str:
    overrides = f'<Override PartName="/{part}" ContentType="{main}.main+xml"/>' + "".join(more)
    return f'<?xml version="1.0"?><Types xmlns="{OPC}/content-types">{overrides}</Types>'


def relations(*found: tuple[str, str], outward: tuple[tuple[str, str], ...] = ()) -> str:
    inside = [f'<Relationship Id="r{n}" Type="{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(found)]
    outside = [
        f'<Relationship Id="x{n}" Type="{kind}" Target="{to}" TargetMode="External"/>'
        for n, (kind, to) in enumerate(outward)
    ]
    return f'<Relationships xmlns="{OPC}/relationships">{"".join(inside + outside)}</Relationships>'


_ROOT = (
    (f"{OPC}/relationships/metadata/core-properties", "docProps/core.xml"),
    (f"{OPC}/relationships/metadata/thumbnail", "preview/small.jpeg"),
)
_CORE = f'<cp:coreProperties xmlns:cp="{OPC}/metadata/core-properties"><by>{AUTHOR}</by></cp:coreProperties>'
_PROPERTIES = f'<Override PartName="/docProps/core.xml" ContentType="{OPC}/core-properties+xml"/>'


def docx_parts() -> dict[str, str | bytes]:
    insertion = f'<w:ins w:id="1" w:author="{AUTHOR}" w:date="2026-11-01T00:00:00Z"><w:r><w:t>added</w:t></w:r></w:ins>'
    remark = f'<w:comment w:id="1" w:author="{AUTHOR}" w:initials="ZYM"><w:p/></w:comment>'
    outward = ((f"{OFFICE}/relationships/attachedTemplate", f"file:///C:/Users/{AUTHOR}/Normal.dotm"),)
    link = ((f"{OFFICE}/relationships/hyperlink", "https://example.org/notice"),)
    return {
        "[Content_Types].xml": types(WORD, "word/document.xml", _PROPERTIES),
        "_rels/.rels": relations((f"{OFFICE}/relationships/officeDocument", "word/document.xml"), *_ROOT),
        "docProps/core.xml": _CORE,
        "preview/small.jpeg": jpeg(),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p>{insertion}</w:p></w:body></w:document>',
        "word/comments.xml": f'<w:comments xmlns:w="{W}">{remark}</w:comments>',
        "word/people.xml": f"<people>{AUTHOR}</people>",
        "word/media/image1.jpeg": jpeg(),
        "word/embeddings/oleObject1.bin": AUTHOR.encode(),
        "word/_rels/document.xml.rels": relations((f"{OFFICE}/relationships/people", "people.xml"), outward=link),
        "word/_rels/settings.xml.rels": relations(outward=outward),
    }


def docx() -> bytes:
    return package(docx_parts())


def xlsx() -> bytes:
    return package(
        {
            "[Content_Types].xml": types(EXCEL, "xl/workbook.xml", _PROPERTIES),
            "_rels/.rels": relations((f"{OFFICE}/relationships/officeDocument", "xl/workbook.xml"), *_ROOT),
            "docProps/core.xml": _CORE,
            "preview/small.jpeg": jpeg(),
            "xl/workbook.xml": f'<workbook><fileSharing userName="{AUTHOR}"/><absPath url="C:/{AUTHOR}/"/></workbook>',
            "xl/comments1.xml": f"<comments><authors><author>{AUTHOR}</author></authors></comments>",
            "xl/persons/person.xml": f'<personList><person displayName="{AUTHOR}" userId="{AUTHOR}"/></personList>',
            "xl/worksheets/sheet1.xml": "<worksheet><c><v>42</v></c></worksheet>",
        }
    )


def heic() -> bytes:
    """64 by 48, half red and half blue, with a camera and a place; made once, since our library only reads this format."""
    return b64decode(_HEIC)


_HEIC = (
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "ADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAAGoAAgAAAAACTAABAAAAAAAAALoAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAA"
    "kAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq"
    "5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xh"
    "cAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAA"
    "ABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAABLG1kYXQAAABmKAGvE4D4EOGn//xNKP/6dc8P08yJif/601JH+FQ7/9aJw/JKRbOs"
    "eX2e/wfiHUqkSrfGkr4d8zax/53i28UCGd4jLollcsQ/7OXExr6p3DvuY3p9qlFt/zeaobjG4afcbHo7nxK4AAAABkV4aWYAAE1N"
    "ACoAAAAIAAMBDwACAAAACwAAADIBOwACAAAADAAAAD6IJQAEAAAAAQAAAEoAAAAAUGhvbmVNYWtlcgAAWmhhbyBZaW1pbmcAAAQA"
    "AQACAAAAAk4AAAAAAgAFAAAAAwAAAIAAAwACAAAAAkUAAAAABAAFAAAAAwAAAJgAAAAAAAAAIgAAAAEAAAAWAAAAAQAAAAMAAAAC"
    "AAAAbQAAAAEAAAAMAAAAAQAAACwAAAAB"
)
