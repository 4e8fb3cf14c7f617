# ruff: noqa: E501 (one pattern a line: it is data)
"""What kind of document a title announces; the body has to bear it out."""

import re

from extractors.model import DocumentKind

_NOUN = r"(?:joint |press |official |full |media |opening |closing |introductory |video |new year |written |special |national |televised |evening )*"
# ordered: the first that fits is the kind
_PATTERNS: tuple[tuple[DocumentKind, str], ...] = (
    ("fact-sheet", r"^(?:new )?fact ?sheet\b|^factbox: |: fact ?sheet$"),
    (
        "read-out",
        rf"^{_NOUN}read-?outs?\b|\bread-?out of\b|^on (?:the )?(?:telephone|phone) (?:conversation|call)\b",
    ),
    (
        "transcript",
        (
            r"\btranscript\b|\bpress (?:briefing|gaggle|call|availability)\b|\bgaggle\b|\b(?:daily|regular|department|media|background|on-the-record|news) (?:press )?(?:briefing|conference|call)\b"
            r"|\bregular press conference\b|\bjoint press (?:availability|conference)\b|^(?:an )?(?:exclusive )?interview (?:with|of|by)\b|['’]s (?:exclusive )?interview (?:with|to|for)\b"
            r"|\banswers? (?:a |to |media |questions?|reporters?)|\bquestions? and answers?\b|\bQ ?& ?A\b|['’]s? (?:remarks|answers?|reply|replies) (?:and answers? )?to (?:a |the )?(?:media|press|question)"
            r"|\bpress conference (?:by|with|of|following|after)\b"
        ),
    ),
    (
        "letter",
        r"^(?:open )?letter\b(?! bomb)|^letters? (?:to|from) the\b|\bletter (?:dated|from the permanent|addressed to)\b|^message (?:to|from)\b|^(?:a )?message of\b",
    ),
    (
        "communique",
        r"\bcommuniqu[eé]\b|^joint (?:statement|declaration|communiqu[eé]|press)\b|\bjoint (?:statement|declaration)\b|['’]s? (?:joint )?declaration\b|^declaration\b|^outcomes? of\b|^chair['’]s (?:statement|summary)\b",
    ),
    (
        "address",
        (
            rf"^{_NOUN}(?:remarks|speech|address|keynote|message|toast)\b (?:by|of|from|at|on|to|delivered|before|after|in)\b|^address to the nation\b|['’]s? {_NOUN}(?:remarks|speech|address)\b (?:at|to|on|before|in|during|following)\b"
            r"|\baddress(?:ed|es)? by (?:the )?president\b"
        ),
    ),
    ("press-statement", r"^press (?:statement|release)\b|\bpress statement (?:of|by|from)\b"),
    (
        "statement",
        (
            rf"^{_NOUN}statements?\b (?:by|from|of|on|about|regarding|concerning|following|in response|to|at|attributable|for|against)\b|['’]s? {_NOUN}(?:statement|comment|response|reply|reaction)s? (?:on|by|from|of|about|regarding|concerning|following|in response|in connection|to)\b"
            r"|['’]s? statement$|^(?-i:(?:[A-Z][\w.'’-]*\s){1,4})statement on\b|\bministry (?:statement|comment)\b|^comment by\b|^(?:press )?(?:statement|comment)(?::|$)|\bstatements? to the (?:press|media)\b|:\s(?:joint )?statement (?:on|by)\b|\bspokes(?:person|man|woman)(?:['’]s| .{0,60})? (?:remarks|comments?|statement) on\b"
        ),
    ),
)
_TITLES = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)


def kind_of_title(title: str | None) -> DocumentKind | None:
    """Return the kind of document that a title announces, None where it may head anything."""
    if not title:
        return None
    return next((kind for kind, pattern in _TITLES if pattern.search(title)), None)
