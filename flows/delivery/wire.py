"""Sending one message, in a worker process that is killed when it takes too long.

What comes back never holds an address: the name of what went wrong, a status, and how long to wait.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

MAX_TITLE = 250


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one try: ``status`` is that of HTTP where there was an answer, ``error`` empty for success."""

    error: str = ""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()


def post(url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> Answer:
    """Post to a webhook; redirects are not followed, the answer's body is not read."""
    import httpx

    try:
        with (
            httpx.Client(timeout=seconds, follow_redirects=False) as client,
            client.stream("POST", url, content=body, headers=dict(headers)) as response,
        ):
            kept = _kept(response.headers)
            return Answer("" if response.is_success else "not accepted", response.status_code, kept)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
        return Answer(type(error).__name__)


def notify(
    url: str, title: str, bodies: tuple[str, str], form: str, headers: Mapping[str, str], seconds: float
) -> Answer:
    """Send through Apprise; ``bodies`` are the text and the HTML of the message, ``form`` says which is sent."""
    import apprise

    logging.getLogger("apprise").handlers = [logging.NullHandler()]
    logging.getLogger("apprise").propagate = False  # its lines name addresses
    try:
        plugin = apprise.Apprise.instantiate(url, suppress_exceptions=True)
    except Exception as error:  # noqa: BLE001 - a plugin's own trouble with an address
        return Answer(type(error).__name__)
    if not plugin:
        return Answer("is no Apprise address")
    is_html = form == "html" or (
        form == "auto" and plugin.notify_format == apprise.NotifyFormat.HTML and _is_mail(plugin)
    )
    chosen = apprise.NotifyFormat.HTML if is_html else apprise.NotifyFormat.TEXT
    plugin.notify_format = chosen
    plugin.socket_connect_timeout = plugin.socket_read_timeout = seconds / 2
    if "overflow=" not in url:
        plugin.overflow_mode = apprise.OverflowMode.TRUNCATE
    own_headers = getattr(plugin, "headers", None)
    if isinstance(own_headers, dict):
        own_headers.update(headers)
    with _listening() as heard:
        try:
            done = plugin.notify(body=bodies[is_html], title=title[:MAX_TITLE], body_format=chosen)
        except Exception as error:  # noqa: BLE001 - plugins raise what they like
            return Answer(type(error).__name__)
    status, kept = heard[-1] if heard else (None, ())
    return Answer("" if done else "not accepted", status, kept)


@contextmanager
def _listening() -> Iterator[list[tuple[int, tuple[tuple[str, str], ...]]]]:
    """Note the status and the wait of every HTTP answer that Apprise gets: it tells its callers of neither."""
    import requests

    heard: list[tuple[int, tuple[tuple[str, str], ...]]] = []
    send = requests.Session.send

    def noting(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - requests' own
        response = send(*args, **options)
        heard.append((response.status_code, _kept(response.headers)))
        return response

    requests.Session.send = noting  # type: ignore[method-assign]
    try:
        yield heard
    finally:
        requests.Session.send = send  # type: ignore[method-assign]


def _is_mail(plugin: object) -> bool:
    from apprise.plugins.email import NotifyEmail

    return isinstance(plugin, NotifyEmail)


def _kept(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, headers[name]) for name in ("retry-after", "date") if name in headers)
