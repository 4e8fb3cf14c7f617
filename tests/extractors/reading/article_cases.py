"""The cases of tests/cases/articles: an input beside the JSON that says what it must come to.

``python -m tests.extractors.reading.article_cases`` remakes the JSON from the inputs: review the change as a diff.
"""

import json
from datetime import datetime
from pathlib import Path

from extractors.model import Article, Rejected
from extractors.reading.article import read_body, read_html, read_text

FOLDER = Path(__file__).parents[2] / "cases" / "articles"


def list_inputs(kind: str) -> list[Path]:
    """Return the inputs of one kind: ``text``, ``body`` or ``html``."""
    return sorted(path for path in (FOLDER / kind).iterdir() if path.suffix != ".json")


def given(path: Path) -> dict[str, object]:
    """Return what a case is given beside its bytes: address, headers, clock."""
    expected = path.with_suffix(".json")
    found = json.loads(expected.read_text(encoding="utf-8")).get("given", {}) if expected.exists() else {}
    assert isinstance(found, dict)
    return found


def read_case(path: Path) -> Article | Rejected:
    """Read one input the way its folder says."""
    data = path.read_bytes()
    if path.parent.name == "text":
        return read_text(data)
    if path.parent.name == "body":
        return read_body(data.decode("utf-8"))
    facts = given(path)
    url, headers, now = facts.get("url"), facts.get("headers", {}), facts.get("now")
    assert url is None or isinstance(url, str)
    assert isinstance(headers, dict)
    return read_html(data, url, headers, now=datetime.fromisoformat(now) if isinstance(now, str) else None)


def as_json(outcome: Article | Rejected) -> dict[str, object]:
    """Return what a case checks of an outcome; what is unknown is left out."""
    if isinstance(outcome, Rejected):
        return {"rejected": outcome.reason}
    found: dict[str, object] = {
        name: getattr(outcome, name) for name in ("title", "author", "outlet", "section", "url", "language")
    }
    if outcome.published:
        moment = outcome.published
        stamp = f"{moment.at.isoformat()} {moment.precision} {moment.origin}"
        found["published"] = f"{stamp} inferred" if moment.is_inferred else stamp
    found["paragraphs"] = [paragraph.span.of(outcome.text) for paragraph in outcome.paragraphs]
    found["dropped"] = [[one.reason, one.text] for one in outcome.dropped]
    return {name: value for name, value in found.items() if value}


def remake() -> None:
    """Write the JSON of every case anew."""
    for kind in ("text", "body", "html"):
        for path in list_inputs(kind):
            content: dict[str, object] = {"given": given(path)} if given(path) else {}
            content |= as_json(read_case(path))
            text = json.dumps(content, indent=1, ensure_ascii=False)
            path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    remake()
