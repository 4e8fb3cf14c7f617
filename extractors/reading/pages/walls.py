# ruff: noqa: E501 (the phrases are data: one pattern a line reads better than a wrapped one)
"""Pages that stand where an article should be: not found, consent, paywall, challenge, an empty shell for scripts."""

import re

from lxml.html import HtmlElement

from extractors.language import count_words
from extractors.model import Rejected
from extractors.reading.pages import wall_words

# A page that says one of the phrases below is believed only where the text found is shorter than this many words:
# real briefs have 60 and more, and the longest stubs that newspapers show before a paywall have about 120.
NOT_FOUND_WORDS = 150
CONSENT_WORDS = 300
CHALLENGE_WORDS = 80
PAYWALL_WORDS = 130
SCRIPT_WORDS = 40
ERROR_WORDS = 70  # what servers say of a failure is shorter than the shortest brief that quotes such words
PARKED_WORDS = 120
BARE_WORDS = 45  # without date, author and the mark of an article, so few words with a status for a title are no text
UNFREE_WORDS = 60  # the mark alone, without a phrase: publishers leave it on pages that they show whole

_NOT_FOUND = re.compile(
    r"^404(?:$|\W+(?:$|error|page|file|not)|\s*[|–—:•-])|\b(?:error|http|status)(?: code)?:? (?:404|410)\b"
    r"|\b(?:page|article|story|content|document|file)(?:(?: was| is| could)? not(?: be)?| can(?:not|'t| not) be) found\b"
    r"|\b(?:page|article|story|content) (?:you (?:are|were) looking for|you requested) .{0,40}(?:n't|not|no longer|moved|removed)"
    r"|\b(?:page|article|story|content) (?:does not|doesn't|no longer) exists?\b|\b(?:page|article|story) (?:is )?no longer available"
    r"|\b(?:can't|cannot|can not|couldn't|could not) (?:find|locate) (?:the|that|this|your) (?:page|article|story)|^not found\b"
    r"|\bseite (?:wurde )?nicht gefunden|\bpage (?:introuvable|non trouvée)|\bstranica nije|страница не найдена|сторінку не знайдено"
    r"|페이지를 찾을 수 없|ページが見つかりません|页面不存在",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|we value your privacy|your privacy (?:choices|is important|matters)|accept (?:all|cookies|and continue)"
    r"|reject all|manage (?:my )?(?:options|preferences|choices|cookies|settings)|(?:we|site|website) (?:and our partners )?uses? cookies"
    r"|our (?:\d+ )?partners|legitimate interest|personali[sz]ed (?:ads|advertising|content)|cookie (?:policy|settings|preferences)"
    r"|withdraw (?:your )?consent|consent (?:to|preferences|choices)|privacy (?:policy|settings)|store and/or access information",
    re.IGNORECASE,
)
_CONSENT_HOST = re.compile(r"^https?://(?:consent|guce|privacy|cookies?|cmp|gdpr)[.-]", re.IGNORECASE)
_CHALLENGE = re.compile(
    r"just a moment\.\.\.|checking (?:if the site connection is secure|your browser)|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|are you a robot|unusual traffic|attention required!|access (?:to this page has been )?denied|enable javascript and cookies to continue"
    r"|complete the (?:security check|captcha)|request unsuccessful\. incapsula|pardon our interruption|ddos protection by|you have been blocked",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"(?:subscribe|sign in|log in|register|sign up|create (?:a free |an )?account) (?:now |today |here )?(?:to|and) (?:continue|keep|read|unlock|access|get (?:full|unlimited))"
    r"|to (?:continue|keep|finish) reading|(?:this|the) (?:article|story|content|report|page) is (?:only |reserved |exclusively )?(?:available )?(?:for|to) (?:our |paying |premium |registered )?(?:subscribers|members)"
    r"|(?:subscribers?|members?)[- ](?:only|exclusive)|exclusive(?:ly)? (?:to|for) (?:subscribers|members)|unlock (?:this|the full) (?:article|story)"
    r"|(?:reached|used) (?:your|the|all your) (?:monthly )?(?:limit|free|article)|free articles? (?:left|remaining|this month)|already a (?:subscriber|member)\?"
    r"|(?:the )?(?:full|rest of (?:this|the)) (?:article|story|text) is (?:available|for|behind)|(?:start|begin) your (?:free )?(?:trial|subscription)",
    re.IGNORECASE,
)
_NEEDS_SCRIPT = re.compile(
    r"(?:enable|activate|turn on|allow) (?:your )?java ?script|java ?script (?:is|appears to be|must be|has been|to be) (?:not )?(?:disabled|required|enabled|off|turned off)"
    r"|(?:requires?|needs?|without) java ?script|(?:does not|doesn't) support java ?script|you need to enable java ?script",
    re.IGNORECASE,
)
# a status alone, or with a word or two: "404", "Fehler 503", "Ошибка 404", "403 Forbidden"
_STATUS = re.compile(r"(?:\D{0,25}\b)?(?:40[0-9]|41[0-9]|429|451|50[0-9]|52[0-9])\b\D{0,30}")
_SHELLS = frozenset(
    {"root", "app", "__next", "__nuxt", "app-root", "react-root", "main-app", "___gatsby", "svelte", "application"}
)


def recognise_wall(
    tree: HtmlElement,
    *,
    title: str | None,
    text: str,
    visible: str,
    url: str | None,
    is_free: bool | None,
    is_bare: bool = False,
) -> Rejected | None:
    """Return why a page holds no article; None for one that may. ``text`` is the main text, ``visible`` all words.

    ``is_bare``: nothing on the page says that it is an article: no date, no author, no type.
    """
    n_words = count_words(text)
    shown = text or visible
    if n_words < NOT_FOUND_WORDS and (found := _says_not_found(tree, title, shown if n_words < SCRIPT_WORDS else "")):
        return Rejected("soft-404", found)
    if n_words < CONSENT_WORDS and (found := _asks_consent(shown, title, url)):
        return Rejected("consent-wall", found)
    whole = f"{title or ''} \n {shown}"
    if n_words < CHALLENGE_WORDS and (found := _phrase(_CHALLENGE, whole)):
        return Rejected("challenge", found)
    if n_words < CHALLENGE_WORDS and is_bare and (found := _phrase(wall_words.CHALLENGE, whole)):
        return Rejected("challenge", found)
    if n_words < PAYWALL_WORDS and (found := _is_stub(text, visible, is_free=is_free)):
        return Rejected("paywall", found)
    return _recognise_failure(tree, title, shown, n_words, is_bare=is_bare)


def _recognise_failure(
    tree: HtmlElement, title: str | None, shown: str, n_words: int, *, is_bare: bool
) -> Rejected | None:
    """Return why a page that nobody wrote for readers is no article: errors, maintenance, names for sale, shells."""
    whole = f"{title or ''} \n {shown}"
    if n_words < PARKED_WORDS and is_bare and (found := _phrase(wall_words.PARKED, whole)):
        return Rejected("parked", found)
    if n_words < ERROR_WORDS and is_bare and (found := _phrase(wall_words.ERROR, whole)):
        return Rejected("error-page", found)
    if n_words < BARE_WORDS and is_bare and (found := _names_status(tree, title)):
        return Rejected("error-page", found)
    if n_words < SCRIPT_WORDS and (found := _needs_script(tree, f"{shown} \n {_noscript(tree)}")):
        return Rejected("needs-javascript", found)
    return None


def _phrase(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text[:20_000])
    return f"says: {found[0].strip()}"[:120] if found else None


def _says_not_found(tree: HtmlElement, title: str | None, text: str) -> str | None:
    headings = [" ".join(one.text_content().split()) for one in list(tree.iter("title", "h1"))[:4]]
    for line in (title, *headings, text[:400]):
        if line and (found := _phrase(_NOT_FOUND, line) or _phrase(wall_words.NOT_FOUND, line)):
            return found
    return None


def _names_status(tree: HtmlElement, title: str | None) -> str | None:
    """Say that title or headline is a status of HTTP, in whatever language the word before it is."""
    headings = [" ".join(one.text_content().split()) for one in list(tree.iter("title", "h1"))[:4]]
    found = next((line for line in (title, *headings) if line and _STATUS.fullmatch(line)), None)
    return f"headed {found!r}"[:120] if found else None


def _asks_consent(text: str, title: str | None, url: str | None) -> str | None:
    if url and _CONSENT_HOST.match(url):
        return f"the address is {url.split('/')[2]}"
    said = f"{title or ''} \n {text[:20_000]}"
    found = {one[0].casefold() for pattern in (_CONSENT, wall_words.CONSENT) for one in pattern.finditer(said)}
    # one such phrase every forty words: an article about privacy has fewer
    if len(found) >= 3 and len(found) >= count_words(text) / 40:
        return f"says: {', '.join(sorted(found)[:3])}"
    return None


def _is_stub(text: str, visible: str, *, is_free: bool | None) -> str | None:
    if found := asks_to_subscribe(text):
        return found
    if is_free is False and (found := asks_to_subscribe(visible)):
        return found
    if is_free is False and count_words(text) < UNFREE_WORDS:
        return f"marked as not free, with {count_words(text)} words"
    is_cut = text.rstrip().endswith(("…", "...", "[…]", "[...]"))
    return asks_to_subscribe(visible) if is_cut else None


def asks_to_subscribe(text: str) -> str | None:
    """Return what a text says to make its reader pay, None where it says no such thing."""
    return _phrase(_PAYWALL, text) or _phrase(wall_words.PAYWALL, text)


def _needs_script(tree: HtmlElement, text: str) -> str | None:
    if found := _phrase(_NEEDS_SCRIPT, text):
        return found
    has_scripts = next(tree.iter("script"), None) is not None
    for element in tree.iter("div", "app-root", "main"):
        is_shell = element.tag == "app-root" or (element.get("id") or "").lower() in _SHELLS
        if has_scripts and is_shell and count_words(element.text_content()) < SCRIPT_WORDS:
            return "an empty shell that scripts fill"
    return None


def _noscript(tree: HtmlElement) -> str:
    return " ".join(" ".join(one.text_content().split()) for one in list(tree.iter("noscript"))[:10])
