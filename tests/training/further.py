"""Further texts to learn from: ``python -m tests.training.further OUT --voa ARCHIVE --white-house CLONE``.

ARCHIVE is ``data/m2e2_annotations.zip`` of the repository limanling/m2e2 (Li et al. 2020, "Cross-media structured
common space for multimedia event extraction"), which holds articles of Voice of America sentence by sentence; CLONE a
clone of brian14708/wh-briefings, which holds what the White House published. Both are works of the United States
government and in the public domain. Writes OUT/texts with those that further.json has labels for: title, blank line,
paragraphs with a blank line between. ``masked_rows --further OUT`` reads them.
"""

import argparse
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

LABELS = Path(__file__).parent / "further.json"
SENTENCES = "m2e2_annotations/text_only_event.json"
NAME = re.compile(r"VOA_EN_NW_(\d{4}\.\d\d\.\d\d)\.(\d+)")
# Title and first sentence come as one, a hyphen between.
HEAD = re.compile(r"(.+?)-(?=[A-Z“\"'])(.*)")
SHORTEST_TITLE = 16
ENDS = '.!?”"'
FRONT = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)
TITLE = re.compile(r"title: *\"?(.+?)\"?\n(?=\w|$)", re.DOTALL)
DATE = re.compile(r"date: '?(\d{4}-\d\d-\d\d)")
MARKUP = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\*\*|\\"), ""),
    (re.compile(r"(?<!\*)\*(?!\*)|^#+ ", re.MULTILINE), ""),
)
# Longer ones were read as far as this.
LONGEST = 7_000

Row: TypeAlias = dict[str, Any]
Told: TypeAlias = tuple[str, Row, str]  # the text's name here, what the index says of it, the text


def voice_of_america(archive: Path) -> Iterator[Told]:
    """Yield each article."""
    articles: dict[str, dict[int, str]] = {}
    for one in json.loads(zipfile.ZipFile(archive).read(SENTENCES)):
        articles.setdefault(one["sentence_id"].rpartition("_")[0], {})[one["sentence_start"]] = one["sentence"]
    for name, found in articles.items():
        if match := NAME.fullmatch(name):
            date, number = match.groups()
            title, paragraphs = _parted([" ".join(found[at].split()) for at in sorted(found)])
            about = {"title": title, "published": date.replace(".", "-"), "outlet": "Voice of America", "genre": "wire"}
            text = _text([title, *(one if one[-1] in ENDS else f"{one}." for one in paragraphs)])
            yield f"voa{date[2:].replace('.', '')}_{number}", about, text


def _parted(sentences: list[str]) -> tuple[str, list[str]]:
    """Return the title, and the sentences with what stood behind the title."""
    first, *rest = sentences
    match = HEAD.match(first)
    title, lead = match.groups() if match and len(match[1]) >= SHORTEST_TITLE else (first, "")
    for dash in ("—-", "— -", "--"):
        lead = lead.replace(dash, "— ")
    return title, [one for one in (lead.strip(), *rest) if one]


def white_house(clone: Path, paths: Mapping[str, str]) -> Iterator[Told]:
    """Yield the texts at these paths, by name."""
    for name, path in paths.items():
        match = FRONT.match((clone / path).read_text(encoding="utf-8"))
        if match is None:
            raise ValueError(f"{path}: no front matter")
        head, body = match.groups()
        title, date = TITLE.search(head + "\n"), DATE.search(head)
        if title is None or date is None:
            raise ValueError(f"{path}: no title or no date")
        is_spoken = path.startswith(("press", "speeches", "remarks"))
        about = {"title": re.sub(r"\\_|\s+", " ", title[1]).strip(), "published": date[1]}
        about |= {"outlet": "The White House", "genre": "briefing" if is_spoken else "statement"}
        yield name, about, _text([about["title"], _shortened(body)])


def _shortened(body: str) -> str:
    """Return a text without its markup, as far as it was read."""
    for pattern, instead in MARKUP:
        body = pattern.sub(instead, body)
    paragraphs = (" ".join(one.split()) for one in re.split(r"\n\s*\n", body))
    text = "\n\n".join(one for one in paragraphs if one and not one.startswith("|"))
    return text[:LONGEST].rpartition("\n\n")[0] if len(text) > LONGEST else text


def _text(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs) + "\n"


def main() -> None:
    """Write the texts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--voa", type=Path, required=True)
    parser.add_argument("--white-house", type=Path, required=True)
    options = parser.parse_args()
    labelled: Mapping[str, Row] = json.loads(LABELS.read_text(encoding="utf-8"))
    paths = {name: one["path"] for name, one in labelled.items() if "path" in one}
    found = [*voice_of_america(options.voa), *white_house(options.white_house, paths)]
    wanted = [one for one in found if one[0] in labelled]
    folder = options.out / "texts"
    folder.mkdir(parents=True, exist_ok=True)
    for name, _, text in wanted:
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    index = {name: about for name, about, _ in wanted}
    (folder / "index.json").write_text(json.dumps(index, indent=1, ensure_ascii=False), encoding="utf-8")
    print(f"{len(wanted)} of {len(labelled)} texts")


if __name__ == "__main__":
    main()
