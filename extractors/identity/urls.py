"""URL identity: which spellings of a URL are one page.

``canonical_url`` is an identity, not an address to fetch: fetch a URL as it was given.
"""

import ipaddress
import re
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

from url_normalize import url_normalize

from extractors.identity.url_tables import (
    AMP_CACHES,
    AMP_SUFFIXES,
    INDEX_NAMES,
    SESSION_IN_PATH,
    TRACKING_BY_VALUE,
    TRACKING_NAMES,
    TRACKING_PREFIXES,
    TRACKING_VALUES,
    VARIANT_LABELS,
)

MAX_URL_LENGTH = 2048  # what servers and browsers commonly take; longer ones in feeds are data or noise
MAX_ROUNDS = 8  # an AMP cache may wrap an AMP page of a mobile host; real chains settle in three rounds
DEFAULT_PORTS = {"http": 80, "https": 443}
_IGNORED = re.compile(r"[\x00-\x20\x7f\u00a0\u2028\u2029\ufeff]+")
_HOST = re.compile(r"[^\s/\\?#@<>\"'`{}|^%]+")


@lru_cache(maxsize=1 << 13)  # a listing's addresses are asked for several times, at half a millisecond each
def canonical_url(url: str) -> str:
    """Return the one spelling shared by all variants of a page's URL; what is no web URL comes back trimmed."""
    current = _trim(url)
    if not is_fetchable(current):
        return current
    for _ in range(MAX_ROUNDS):
        changed = _one_round(current)
        if changed == current or not is_fetchable(changed):  # a host that comes apart when it is normalised stays
            break
        current = changed
    return current


def is_fetchable(url: str) -> bool:
    """Tell whether the URL is http(s) with a host and a sane port, no credentials and no absurd length."""
    parts = _split(url)
    if parts is None or parts.scheme not in DEFAULT_PORTS or len(url) > MAX_URL_LENGTH:
        return False
    if _IGNORED.search(url) or "\\" in parts.netloc or "@" in parts.netloc:
        return False
    return bool(parts.hostname) and _HOST.fullmatch(parts.hostname or "") is not None


def host_key(url: str) -> str:
    """Return the host (with its port unless it is the scheme's own) under which a server's limits are kept."""
    parts = _split(_trim(url))
    if parts is None or not parts.hostname:
        return ""
    host = _ascii_host(parts.hostname)
    return host if parts.port in {None, DEFAULT_PORTS.get(parts.scheme)} else f"{host}:{parts.port}"


def site_key(url: str) -> str:
    """Return the host without the labels that only name a variant (``www.``, ``m.``, ``amp.``)."""
    parts = _split(_trim(url))
    return "" if parts is None or not parts.hostname else _plain_host(_ascii_host(parts.hostname))


def resolve_url(base: str, link: str) -> str | None:
    """Return ``link`` made absolute against ``base`` if the result can be fetched, None else."""
    if not link.strip():
        return None
    try:
        absolute = urljoin(base, _trim(link))
    except ValueError:
        return None
    absolute = absolute.replace(" ", "%20")
    return absolute if is_fetchable(absolute) else None


def _trim(url: str) -> str:
    return _IGNORED.sub(lambda match: "%20" if match[0] == " " else "", url.strip()).strip()


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _one_round(url: str) -> str:
    try:
        normal = url_normalize(url) or url
    except (ValueError, UnicodeError):  # hosts that no standard accepts: leave them as they are
        normal = url
    parts = _split(_without_amp_cache(normal))
    if parts is None or not parts.hostname:
        return url
    host = _plain_host(_ascii_host(parts.hostname))
    port = "" if parts.port in {None, DEFAULT_PORTS.get(parts.scheme)} else f":{parts.port}"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    netloc = f"[{host}]{port}" if ":" in host else host + port
    # plain http is kept where TLS is unlikely to exist at all: bare addresses and ports of one's own
    scheme = parts.scheme if port or _is_address(host) or "." not in host else "https"
    return urlunsplit((scheme, netloc, _plain_path(parts.path), _plain_query(parts.query), fragment))


def _ascii_host(host: str) -> str:
    host = host.lower().rstrip(".")
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _plain_host(host: str) -> str:
    if _is_address(host):
        return host
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in VARIANT_LABELS:
        labels = labels[1:]
    # the mobile edition of a language edition: en.m.example.org
    while len(labels) > 3 and labels[1] in {"m", "amp"}:
        labels = [labels[0], *labels[2:]]
    return ".".join(labels)


def _plain_path(path: str) -> str:
    start = path.lower().find(SESSION_IN_PATH)
    segments = [part for part in (path if start < 0 else path[:start]).split("/") if part]
    while segments and (segments[-1].lower() in INDEX_NAMES or (len(segments) > 1 and segments[-1].lower() == "amp")):
        segments.pop()
    while len(segments) > 1 and segments[0].lower() == "amp":
        segments = segments[1:]
    if segments:
        segments[-1] = _without_amp_suffix(segments[-1])
    return "/" + "/".join(segments)


def _without_amp_suffix(segment: str) -> str:
    for suffix in AMP_SUFFIXES:
        if segment.lower().endswith(suffix) and len(segment) > len(suffix):
            return segment[: -len(suffix)] + (".html" if suffix.endswith("html") else "")
    return segment


def _plain_query(query: str) -> str:
    return "&".join(sorted(piece for piece in query.split("&") if piece and not _is_tracking(piece)))


def _is_tracking(piece: str) -> bool:
    name, _, value = piece.partition("=")
    name, value = unquote(name).lower(), unquote(value).lower()
    if name in TRACKING_NAMES or name.startswith(TRACKING_PREFIXES):
        return True
    return name in TRACKING_BY_VALUE and value in TRACKING_VALUES


def _without_amp_cache(url: str) -> str:
    """Return the page behind an AMP cache (``/amp/s/HOST/PATH`` at Google, ``/c/s/HOST/PATH`` at the project's CDN)."""
    parts = _split(url)
    if parts is None or not parts.hostname:
        return url
    labels = parts.hostname.split(".")
    is_google = "google" in labels[:2] and parts.path.startswith("/amp/")
    if not is_google and not parts.hostname.endswith(AMP_CACHES):
        return url
    segments = parts.path.lstrip("/").split("/")[1:]
    scheme = "https" if segments[:1] == ["s"] else "http"
    inner = segments[1:] if segments[:1] == ["s"] else segments
    rebuilt = urlunsplit((scheme, inner[0], "/" + "/".join(inner[1:]), parts.query, "")) if inner else url
    return rebuilt if inner and "." in inner[0] and is_fetchable(rebuilt) else url
