import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.raws import raw
from kg.documents.decoding import MAX_BYTES, decode
from kg.model.documents import MediaType
from kg.model.errors import DocumentError

RUSSIAN = "Министр заявил, что переговоры продолжатся на следующей неделе. Он не ответил на вопросы."
CAFE = "The café in Zürich said “no”."


@pytest.mark.parametrize(
    ("content", "known", "text"),
    [
        (CAFE.encode(), {}, CAFE),
        (codecs.BOM_UTF8 + CAFE.encode(), {"charset": "latin-1"}, CAFE),
        (CAFE.encode("utf-16"), {}, CAFE),
        (CAFE.encode("utf-32"), {}, CAFE),
        (CAFE.encode("cp1252"), {"charset": "ISO-8859-1"}, CAFE),
        (CAFE.encode("cp1252"), {"charset": "utf-8"}, CAFE),
        (CAFE.encode("cp1252"), {"charset": "no-such-charset"}, CAFE),
        (CAFE.encode(), {"charset": "latin-1"}, CAFE),
        (RUSSIAN.encode("koi8-r"), {"charset": "KOI8-R"}, RUSSIAN),
        (RUSSIAN.encode("cp1251"), {}, RUSSIAN),
        (RUSSIAN.encode(), {"charset": "punycode"}, RUSSIAN),
        (CAFE.encode(), {"charset": "hex"}, CAFE),
    ],
)
def test_the_first_encoding_that_fits_is_taken(content, known, text):
    assert decode(raw(content, **known)) == text


def test_a_page_names_its_encoding():
    page = f'<html><head><meta charset="windows-1251"></head><body>{RUSSIAN}</body></html>'
    assert RUSSIAN in decode(raw(page.encode("cp1251"), MediaType.HTML))
    with_http = f'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">{RUSSIAN}'
    assert RUSSIAN in decode(raw(with_http.encode("koi8-r"), MediaType.HTML))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"desk/page\.txt: it is empty, 0 bytes; "),
        (b" \n\t ", "only white space"),
        (b"x" * (MAX_BYTES + 2**20), r"21\.0 MiB, more than the 20 MiB"),
        ("Varr".encode("utf-16-le"), "4 NUL characters.*save it as UTF-8"),
        (b"%PDF-1.7 ...", "this is a PDF file, not text; convert it"),
        (b"\x07\x08" * 30 + b"text", "60 control characters in 64"),
        ("�".encode() * 2 + b"Varr " * 20, "2 characters that could not be decoded"),
    ],
)
def test_what_is_no_text_is_refused_with_a_way_out(content, message):
    with pytest.raises(DocumentError, match=message):
        decode(raw(content))


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1252", "utf-16", "shift_jis", "base64"]))
def test_any_bytes_are_text_or_refused(content, charset):
    try:
        text = decode(raw(content, charset=charset))
    except DocumentError:
        return
    assert "\0" not in text
    assert text.strip()
