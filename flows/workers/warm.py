"""Imported for its effect alone, by the process that worker processes are forked from.

One page and one feed are read, so that every worker starts with what the readers import and load late: two seconds
that each new worker would else take out of its first item's time.
"""

from datetime import UTC, datetime

from extractors.feeds import read_feed
from extractors.reading import read_html

PAGE = (
    b"<html lang='en'><head><title>Harbour reopens</title><meta name='date' content='2026-03-01'></head><body><article>"
    + b"<p>The harbour of the old town was opened again on Sunday, the port authority said in a short notice.</p>" * 9
    + b"</article></body></html>"
)
FEED = (
    b"<rss version='2.0'><channel><title>Port notices</title><item><title>Harbour reopens</title>"
    b"<link>https://port.example/1</link><pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate></item></channel></rss>"
)
NOW = datetime(2026, 3, 2, tzinfo=UTC)

read_html(PAGE, "https://port.example/1", now=NOW)
read_feed(FEED, "https://port.example/feed", now=NOW)
