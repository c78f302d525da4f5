"""Bytes to text: which encoding, and whether they are text at all."""

import codecs
import re

from kg.model.documents import RawDocument
from kg.model.errors import DocumentError

MAX_BYTES = 20 * 1024 * 1024
MAX_REPLACED_SHARE = 0.01
MAX_CONTROL_SHARE = 0.01
DETECTION_BYTES = 65_536
META_BYTES = 4_096  # a page declares its encoding in its first kilobyte; some start with a long comment

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What browsers read when a page says one of these. Source: WHATWG Encoding Standard, labels.
_BROWSER_LABELS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-9": "cp1254",
}
# Codecs of Python that no page is written in; punycode takes quadratic time on a long text.
_NO_PAGE_ENCODINGS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"})
_BINARY = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an Office file",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"SQLite format 3": "an SQLite database",
}
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1b\x7f]")


def decode(raw: RawDocument) -> str:
    """Return the text of a raw document.

    A byte order mark decides, then the encoding that the source named, then the one that an HTML page names, then
    UTF-8 if the bytes are valid, then detection.

    Raises:
        DocumentError: Nothing there, more than MAX_BYTES, or no text.
    """
    _check_bytes(raw)
    text = _decode(raw.content, _declared(raw))
    where = raw.locator
    if not text.strip():
        raise DocumentError(f"{where}: there is only white space in it; leave it out or check what was fetched")
    if "\0" in text:
        raise DocumentError(
            f"{where}: {text.count(chr(0))} NUL characters, so it is binary or UTF-16 without a byte order mark; "
            "save it as UTF-8"
        )
    replaced, control = text.count("\ufffd"), len(_CONTROL.findall(text))
    if replaced > MAX_REPLACED_SHARE * len(text) or control > MAX_CONTROL_SHARE * len(text):
        raise DocumentError(
            f"{where}: {replaced} characters that could not be decoded and {control} control characters in "
            f"{len(text)}, so it is no text or in another encoding than {raw.charset or 'UTF-8'}; save it as UTF-8"
        )
    return text


def _check_bytes(raw: RawDocument) -> None:
    if not raw.content:
        raise DocumentError(f"{raw.locator}: it is empty, 0 bytes; leave it out or check what was fetched")
    if len(raw.content) > MAX_BYTES:
        raise DocumentError(
            f"{raw.locator}: {len(raw.content) / 2**20:.1f} MiB, more than the {MAX_BYTES // 2**20} MiB that one "
            "document may have; split it into one file a story"
        )
    for magic, name in _BINARY.items():
        if raw.content.startswith(magic):
            raise DocumentError(f"{raw.locator}: this is {name}, not text; convert it to plain text or HTML first")


def _declared(raw: RawDocument) -> tuple[str, ...]:
    named = [raw.charset] if raw.charset else []
    meta = _META_CHARSET.search(raw.content[:META_BYTES]) if "html" in raw.media_type else None
    if meta is not None:
        named.append(meta[1].decode("ascii"))
    labels = (label.strip().casefold() for label in named)
    return tuple(_BROWSER_LABELS.get(label, label) for label in labels)


def _decode(content: bytes, declared: tuple[str, ...]) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, errors="replace")
    known = [label for label in declared if _is_known(label)]
    # Servers say latin-1 when they do not know; bytes that are valid UTF-8 are hardly ever anything else.
    for encoding in ("utf-8", *known) if known[:1] == ["cp1252"] else (*known, "utf-8"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode(_detect(content) or (known[0] if known else "utf-8"), errors="replace")


def _is_known(label: str) -> bool:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return False
    return name not in _NO_PAGE_ENCODINGS and _is_of_text(name)


def _is_of_text(codec: str) -> bool:
    try:
        b"a".decode(codec)
    except UnicodeDecodeError:  # an encoding of two bytes or more
        return True
    except LookupError:  # a codec from bytes to bytes, such as hex
        return False
    return True


def _detect(content: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(content[:DETECTION_BYTES]).best()
    return best.encoding if best else None
