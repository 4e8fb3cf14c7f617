"""What stands where an article should be."""

from tests.newsroom.items import Item
from tests.site import Act, Reply, scripted, text


def wall(item: Item, page: bytes, content_type: str) -> Reply | None:
    """Return the answer of a broken article; None for one that is only hard to get."""
    if item.oddity == "truncated":
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(page)}\r\n\r\n"
        return scripted(head.encode() + page[: len(page) // 3], Act.CLOSE)
    if item.oddity == "paywall":
        return text(_paywall(item))
    return ANSWERS.get(item.oddity or "")


def _paywall(item: Item) -> str:
    lead = " ".join(item.story.paragraphs[0].split()[:30])
    return (
        f"<html><head><title>{item.story.title}</title>"
        '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script></head>'
        f"<body><article><h1>{item.story.title}</h1><p>{lead}...</p>"
        "<div class='gate'><p>Subscribe to continue reading. Already a subscriber? Log in.</p></div></article></body>"
    )


CONSENT = """<html><head><title>Before you continue</title></head><body><div class="cmp">
<h1>We value your privacy</h1><p>We and our 312 partners store and/or access information on a device, such as cookies,
for personalised ads and content. You may manage your preferences or withdraw consent at any time.</p>
<button>Accept all</button><button>Reject all</button><a href="/privacy">Privacy policy</a></div></body></html>"""
SHELL = """<html><head><title>News</title><script src="/bundle.js"></script></head><body><div id="root"></div>
<noscript>You need to enable JavaScript to run this app.</noscript></body></html>"""
MISSING = (
    """<html><title>Page not found</title><h1>Sorry, this page could not be found</h1><a href="/">Home</a></html>"""
)
ANSWERS = {
    "not-found": Reply(404, b"<h1>Not found</h1>"),
    "gone": Reply(410, b"<h1>Gone</h1>"),
    "forbidden": Reply(403, b"<h1>Forbidden</h1>"),
    "empty": Reply(200, b" ", content_type="text/html"),
    "soft-404": text(MISSING),
    "consent": text(CONSENT),
    "javascript": text(SHELL),
}
