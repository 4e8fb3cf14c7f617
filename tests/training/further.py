"""Further texts to learn from: ``python -m tests.training.further OUT --voa ARCHIVE --white-house CLONE ...``.

ARCHIVE is ``data/m2e2_annotations.zip`` of the repository limanling/m2e2 (Li et al. 2020, "Cross-media structured
common space for multimedia event extraction"), which holds articles of Voice of America sentence by sentence. The
others are clones: of brian14708/wh-briefings, which holds what the White House published; of
markschaver/State-Department-PR, in whose history lie the press releases of the Department of State; of
Amice13/resistinua, which holds addresses of the President of Ukraine. The first three are works of the United States
government and in the public domain, the last has the licence CC BY 4.0. Writes OUT/texts with those that further.json
has labels for: title, blank line, paragraphs with a blank line between. ``masked_rows --further OUT`` reads them.
"""

import argparse
import email.utils
import html
import json
import re
import subprocess
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
# The title, the day and the text of an item of the feed, and what its text is cleared of.
ITEM = (
    re.compile(r"<title>(.*?)</title>", re.DOTALL),
    re.compile(r"<pubDate>(.*?)</pubDate>"),
    re.compile(r"<(?:content:encoded|description)><!\[CDATA\[(.*?)\]\]>", re.DOTALL),
)
UNSEEN = re.compile(r"<script.*?</script>|<style.*?</style>", re.DOTALL)
BLOCK_END = re.compile(r"</(?:p|div|h\d|li|blockquote)>|<br ?/?>")
TAG = re.compile(r"<[^>]+>")
FURNITURE = re.compile(r"The post .* appeared first|View the official|Share this|Office of|For Immediate")
ADDRESS = re.compile(r"id: '([^']+)',\s*name: (['\"])(.*?)\2,\n.*?date: '([^']+)'.*?text: `(.*?)`", re.DOTALL)
# Longer ones were read as far as this, where nothing else is noted.
LONGEST = 7_000

Row: TypeAlias = dict[str, Any]
Labelled: TypeAlias = Mapping[str, Row]
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


def white_house(clone: Path, wanted: Labelled) -> Iterator[Told]:
    """Yield the texts at these paths."""
    for name, one in wanted.items():
        path = one["path"]
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
        for pattern, instead in MARKUP:
            body = pattern.sub(instead, body)
        yield name, about, _text([about["title"], _shortened(_paragraphs(body), one.get("longest", LONGEST))])


def state_department(clone: Path, wanted: Labelled) -> Iterator[Told]:
    """Yield the press releases at these addresses, each from the version of the feed that held it."""
    for name, one in wanted.items():
        command = ["git", "-C", str(clone), "show", f"{one['commit']}:data.rss"]
        feed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        item = next(part for part in feed.split("<item>")[1:] if f"<link>{one['url']}</link>" in part)
        title, day, body = (pattern.search(item) for pattern in ITEM)
        if title is None or day is None or body is None:
            raise ValueError(f"{one['url']}: no title, day or text")
        text = html.unescape(TAG.sub("", BLOCK_END.sub("\n\n", UNSEEN.sub("", body[1]))))
        published = email.utils.parsedate_to_datetime(day[1]).strftime("%Y-%m-%d")
        about = {"title": html.unescape(title[1]).strip(), "published": published}
        about |= {"outlet": "US Department of State", "genre": one["genre"]}
        kept = [paragraph for paragraph in _paragraphs(text) if not FURNITURE.match(paragraph)]
        yield name, about, _text([about["title"], _shortened(kept, one["longest"])])


def ukraine(clone: Path, wanted: Labelled) -> Iterator[Told]:
    """Yield the addresses with these names."""
    listed = (clone / "static/content/messages-en.js").read_text(encoding="utf-8")
    for key, _, title, time, text in (match.groups() for match in ADDRESS.finditer("\n" + listed)):
        name = f"ub{time[2:10].replace('-', '')}_{re.sub(r'[^0-9A-Za-z_]', '', key)}"
        if name in wanted:
            about = {"title": title.replace("\\'", "'"), "published": time[:10]}
            about |= {"outlet": "Office of the President of Ukraine", "genre": "statement"}
            yield name, about, _text([about["title"], _shortened(_paragraphs(text), wanted[name]["longest"])])


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, each in one line, without tables."""
    found = (" ".join(one.replace("\u200b", "").split()) for one in re.split(r"\n\s*\n", text))
    return [one for one in found if one and not one.startswith("|")]


def _shortened(paragraphs: list[str], longest: int) -> str:
    """Return a text as far as it was read."""
    text = "\n\n".join(paragraphs)
    return text[:longest].rpartition("\n\n")[0] if len(text) > longest else text


def _text(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs) + "\n"


def main() -> None:
    """Write the texts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--voa", type=Path, required=True)
    for name in ("--white-house", "--state-department", "--ukraine"):
        parser.add_argument(name, type=Path, required=True)
    options = parser.parse_args()
    labelled: Labelled = json.loads(LABELS.read_text(encoding="utf-8"))
    sources = {
        "w": (white_house, options.white_house),
        "sd": (state_department, options.state_department),
        "ub": (ukraine, options.ukraine),
    }
    found = list(voice_of_america(options.voa))
    for start, (read, clone) in sources.items():
        found += read(clone, {name: one for name, one in labelled.items() if name.startswith(start)})
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
