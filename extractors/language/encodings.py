"""Which encoding a label means, for feeds and pages alike: what browsers take it for.

The labels are those of https://encoding.spec.whatwg.org and what servers write beside them.
"""

import codecs
import re

# Labels that Python does not know, and those that browsers read as a wider set than their name says.
_MEANT = {
    "windows-1252": ("iso-8859-1", "iso8859-1", "iso_8859-1", "latin-1", "latin1", "l1", "us-ascii", "ascii",
                     "x-cp1252", "ansi", "iso-ir-100", "cp819", "x-ansi", "ansi_x3.4-1968"),
    "windows-1254": ("iso-8859-9", "iso8859-9", "latin5", "l5", "x-cp1254"),
    "cp874": ("iso-8859-11", "tis-620", "tis620", "dos-874", "windows-874", "iso8859-11", "x-windows-874"),
    "gb18030": ("gb2312", "gbk", "x-gbk", "gb_2312", "gb_2312-80", "chinese", "csgb2312", "euc-cn", "x-euc-cn", "cn-gb",
                "iso-ir-58", "x-mac-chinesesimp"),
    "big5hkscs": ("big5", "big-5", "x-x-big5", "cn-big5", "csbig5", "big5-hkscs", "x-big5", "big5-tw"),
    "cp949": ("euc-kr", "ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "ksc-5601", "ksc_5601", "windows-949", "ms949",
              "korean", "cseuckr", "x-windows-949", "uhc"),
    "cp932": ("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "windows-932", "ms_kanji", "ms932",
              "csshiftjis", "x-ms-cp932", "cswindows31j"),
    "euc_jp": ("x-euc-jp", "euc-jp", "cseucpkdfmtjapanese", "x-eucjp", "ujis"),
    "iso2022_jp_2": ("iso-2022-jp", "csiso2022jp"),
    "iso8859-6": ("iso-8859-6-e", "iso-8859-6-i", "csiso88596e", "csiso88596i", "asmo-708", "ecma-114", "arabic"),
    "iso8859-8": ("iso-8859-8-e", "iso-8859-8-i", "csiso88598e", "csiso88598i", "logical", "visual", "hebrew"),
    "koi8-r": ("koi8", "koi", "cskoi8r", "koi8_r", "x-koi8-r"),
    "koi8-u": ("koi8-ru", "koi8u", "x-koi8-u"),
    "utf-8": ("unicode-1-1-utf-8", "utf8", "x-unicode20utf8", "unicode11utf8", "utf-8-bom", "utf8mb4"),
    "mac-roman": ("macintosh", "x-mac-roman", "csmacintosh", "mac"),
    "mac-cyrillic": ("x-mac-cyrillic", "x-mac-ukrainian"),
}  # fmt: skip
_BY_LABEL = {label: encoding for encoding, labels in _MEANT.items() for label in labels}
_CODE_PAGE = re.compile(r"(?:x-|ms-?|windows[-_]?|win-?|cp-?|ansi-?)+(125[0-8]|866|874)")
_ISO = re.compile(r"(?:x-)?iso[-_ ]?8859[-_ ](\d{1,2})(?:[-:]\d{4})?(?:-[ei])?")
# Python codecs that are no encodings of text, raise oddly or take quadratic time.
_REFUSED = frozenset({"punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"})


def encoding_of(label: str) -> str | None:
    """Return the encoding that a label means by the name Python has for it; None for one that is none."""
    name = label.strip().strip("\"'").lower()
    name = _BY_LABEL.get(name) or _BY_LABEL.get(name.replace("_", "-"), name)
    if page := _CODE_PAGE.fullmatch(name):
        name = f"cp{page[1]}"
    elif part := _ISO.fullmatch(name):
        name = _BY_LABEL.get(f"iso-8859-{part[1]}", f"iso8859-{part[1]}")
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    is_text = getattr(found, "_is_text_encoding", True)
    return _BY_LABEL.get(found.name, found.name) if is_text and found.name not in _REFUSED else None
