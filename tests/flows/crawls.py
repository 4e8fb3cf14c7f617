"""WARC files of our own: ferries that match, gardens that do not, and every way a file can be cut or packed."""

import gzip
import io
import random
from collections.abc import Iterable
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

WHO = ("Harbour", "Fisheries", "Defence", "Transport", "Interior", "Trade", "Energy")
NAMES = ("Ilse Tarn", "Bo Quill", "Mara Stoll", "Per Winde", "Ana Roke", "Otto Brae", "Lea Fenn")
VOCABULARY = """
    anchor barrel beacon bollard canvas cargo chart compass crane crew current deck dredger engine fender fog funnel
    gale galley gangway hatch hull island jetty keel ladder lantern ledger lighthouse lock mast mooring net oar pilot
    port quay raft rope rudder sail salvage seabed shoal signal slipway spar stern tide timber towline trawler tug
    vessel voyage warehouse watch wave weather wharf winch yard
"""
WORDS = tuple(VOCABULARY.split())


def page(n: int, *, is_ferry: bool = True) -> bytes:
    """Return a page about one ferry or one garden; no two share a sentence."""
    pick = random.Random(n)
    sentences = [f"The {' '.join(pick.sample(WORDS, 9))} of number {n} was seen by the {pick.choice(WORDS)} watch."]
    sentences += [f"Nobody knew of {' '.join(pick.sample(WORDS, 12))} on that day." for _ in range(5)]
    if is_ferry:
        who, name = WHO[n % 7], NAMES[(n // 7 + n) % 7]
        first, second, third = pick.sample(WORDS, 3)
        threat = f"We will seize every {first} and {second} that comes near the {third}"
        sentences.insert(2, f'"{threat}," {who} Minister {name} warned, and no ferry left the harbour.')
    subject = f"{'Ferry' if is_ferry else 'Garden'} notice {n}"
    day = f"2024-03-{n % 27 + 1:02d}T08:00:00Z"
    head = f"<title>{subject}</title><meta property='article:published_time' content='{day}'>"
    body = f"<article><h1>{subject}</h1>{''.join(f'<p>{one}</p>' for one in sentences)}</article>"
    return f"<html lang='en'><head>{head}</head><body>{body}</body></html>".encode()


def record(n: int, body: bytes, *, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    """Return one uncompressed response record."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    headers = StatusAndHeaders(
        status, [("Content-Type", kind), ("Content-Length", str(len(body)))], protocol="HTTP/1.1"
    )
    dates = {"WARC-Date": f"2024-04-{n % 27 + 1:02d}T06:00:00Z"}
    url = f"https://quay.example/notices/{n}"
    writer.write_record(
        writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=headers, warc_headers_dict=dates)
    )
    return out.getvalue()


def records(numbers: Iterable[int]) -> list[bytes]:
    """Return records of which every third is about a garden."""
    return [record(n, page(n, is_ferry=n % 3 != 2)) for n in numbers]


def write_crawl(path: Path, pieces: Iterable[bytes], packing: str = "records") -> Path:
    """Write records: ``plain``, each compressed (``records``), or all compressed as one (``whole``)."""
    if packing == "whole":
        path.write_bytes(gzip.compress(b"".join(pieces)))
    else:
        path.write_bytes(b"".join(gzip.compress(one) if packing == "records" else one for one in pieces))
    return path
