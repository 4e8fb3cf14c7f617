"""`tocsin feed`: bytes to entries."""

import gzip
import json
from pathlib import Path

import pytest

from tests.flows.command import lines, tocsin

pytestmark = pytest.mark.slow

FEED = """<rss version="2.0"><channel><title>Quay News</title><ttl>30</ttl>
<item><guid>n-1</guid><title>Ferry late</title><link>/late</link><pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate></item>
<item><guid>n-2</guid><title>Undated</title><link>https://quay.example/2</link></item></channel></rss>"""


def test_a_feed_becomes_one_object_with_its_entries(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    (tmp_path / "feed.xml.gz").write_bytes(gzip.compress(FEED.encode()))
    files = (tmp_path / "feed.xml", tmp_path / "feed.xml.gz")
    done = tocsin("feed", *files, "--url", "https://quay.example/rss", "--json")
    assert done.code == 0, done.err
    plain, packed = map(json.loads, lines(done.out))
    assert (plain["doc"], plain["kind"], plain["title"], plain["ttl_minutes"]) == ("feed.xml", "rss", "Quay News", 30)
    first, second = plain["entries"]
    assert (first["guid"], first["url"]) == ("n-1", "https://quay.example/late")
    assert first["published"] == {"at": "2024-03-04T08:00:00+00:00", "precision": "second", "is_inferred": False}
    assert second["published"] is None
    assert packed["entries"] == plain["entries"]


def test_standard_input_is_read_and_what_is_no_feed_is_rejected(tmp_path: Path) -> None:
    done = tocsin("feed", "-", given=FEED)
    assert done.code == 0
    assert "2024-03-04 08:00  Ferry late" in done.out
    (tmp_path / "note.txt").write_text("hello")
    wrong = tocsin("feed", tmp_path / "note.txt", "--json")
    assert (wrong.code, json.loads(wrong.out)["rejected"], len(lines(wrong.err))) == (1, "not-a-feed", 1)


def test_a_missing_file_is_a_wrong_call_before_anything_is_read(tmp_path: Path) -> None:
    done = tocsin("feed", "-", tmp_path / "none.xml", given=FEED)
    assert (done.code, done.out, len(lines(done.err))) == (2, "", 1)
