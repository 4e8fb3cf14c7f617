"""Alerts as an Atom feed that any reader can subscribe to."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from feedgen.feed import FeedGenerator

from flows.delivery.rendering.clean import clean_view
from flows.delivery.rendering.messages import AlertView
from flows.delivery.rendering.parts import speaker_of
from flows.delivery.rendering.render import Renderer

FEED_LIMIT = 200
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def atom_feed(views: Sequence[AlertView], renderer: Renderer, *, source: str, title: str = "Tocsin alerts") -> bytes:
    """Return the feed of the latest alerts, the newest first; the same alerts always give the same bytes.

    Ids are computed from ``source``, a URI naming this installation, and the alert; follow-ups update their entry.
    """
    latest: dict[str, AlertView] = {}
    for view in sorted(views, key=lambda view: (view.raised_at, view.step)):
        latest[view.alert_id] = view
    newest = sorted(latest.values(), key=lambda view: (view.raised_at, view.alert_id), reverse=True)[:FEED_LIMIT]
    feed = FeedGenerator()
    feed.id(_urn(source))
    feed.title(title)
    feed.author({"name": "Tocsin"})
    feed.generator("Tocsin")
    feed.updated(newest[0].raised_at if newest else NEVER)
    for view in newest:
        _add(feed, view, renderer, source)
    return bytes(feed.atom_str(pretty=True))


def _add(feed: FeedGenerator, view: AlertView, renderer: Renderer, source: str) -> None:
    alert, message = clean_view(view), renderer.message(view)
    entry = feed.add_entry(order="append")
    entry.id(_urn(f"{source}#{view.alert_id}"))
    entry.title(message.title)
    entry.updated(view.raised_at)
    entry.author({"name": speaker_of(alert)})
    entry.category([{"term": alert.category or "alert"}, {"term": f"severity-{alert.severity}"}])
    entry.content(message.html, type="html")
    if link := alert.url or renderer.permalink(alert):  # feedgen loses the kind of a second link
        entry.link(href=link, rel="alternate")


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_URL, name).urn
