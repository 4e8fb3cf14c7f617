"""A web page's markup to an article, or the reason why there is none."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from lxml.html import HtmlElement

from extractors.identity import content_hash
from extractors.language import count_words
from extractors.model import Article, Dropped, Moment, Rejected
from extractors.reading.langid import identify_language
from extractors.reading.pages.around_body import sort_lines
from extractors.reading.pages.front_pages import recognise_front
from extractors.reading.pages.head import (
    PageFacts,
    clean_names,
    host_of,
    read_page_facts,
    section_of,
    without_outlet,
    without_site,
)
from extractors.reading.pages.layout_tables import flatten_layout_tables, has_layout_rows
from extractors.reading.pages.main_text import MainText, extract_main, load_tree, visible_text
from extractors.reading.pages.standfirst import find_standfirst
from extractors.reading.pages.walls import CONSENT_WORDS, recognise_wall
from extractors.reading.pages.whole_body import complete
from extractors.reading.paragraphs import join_paragraphs
from extractors.reading.published import date_in_url, first_known, read_stamp

MIN_CHARS = 80  # below this trafilatura has found a label or a caption
LONG_ENOUGH = CONSENT_WORDS  # words: with more than the wordiest wall has, a page is an article
VISIBLE_CHARS = 30_000  # of the words on a page that was not found to hold an article


def read_page(markup: str, url: str | None, now: datetime | None) -> Article | Rejected:
    """Read markup that was already decoded."""
    tree = load_tree(markup)
    if isinstance(tree, Rejected):
        return tree
    facts = read_page_facts(tree, url, now)
    main = _main_text(tree, facts, url, now)
    if isinstance(main, Rejected):
        return main
    return _refuse(tree, facts, main, url) or _article(tree, facts, main or MainText(""), url, now)


def _main_text(
    tree: HtmlElement, facts: PageFacts, url: str | None, now: datetime | None
) -> MainText | Rejected | None:
    """Return the main text; where it came out of a layout table, the page is read again without such tables."""
    latest = f"{now.astimezone(UTC):%Y-%m-%d}" if now else None
    with_metadata = not (facts.title and facts.author and facts.outlet and facts.dates)
    main = extract_main(tree, url, latest, with_metadata=with_metadata, with_date=not facts.dates)
    if isinstance(main, MainText) and has_layout_rows(main.text) and flatten_layout_tables(tree):
        again = extract_main(tree, url, latest, with_metadata=with_metadata, with_date=not facts.dates)
        main = again if isinstance(again, MainText) else main
    return _whole(tree, main) if isinstance(main, MainText) else main


def _whole(tree: HtmlElement, main: MainText) -> MainText:
    """Return the main text with what is missing of the body."""
    body = complete(tree, [line for line in main.text.split("\n") if line.strip()])
    return replace(main, text="\n".join(body.lines), share=body.share)


def _refuse(tree: HtmlElement, facts: PageFacts, main: MainText | None, url: str | None) -> Rejected | None:
    text = main.text if main else ""
    is_bare = not (facts.is_marked or facts.dates or facts.author)
    if front := recognise_front(tree, text.split("\n"), url, is_bare=is_bare):
        return Rejected("front-page", front)
    if count_words(text) >= LONG_ENOUGH:
        return None
    visible = visible_text(tree, VISIBLE_CHARS)
    title = facts.title or (main.title if main else None)
    wall = recognise_wall(
        tree, title=title, text=text, visible=visible, url=url, is_free=facts.is_free, is_bare=is_bare
    )
    if wall or len(text) >= MIN_CHARS:
        return wall
    if not text:
        return Rejected("no-text", f"no main text among {count_words(visible)} words")
    return Rejected("too-short", f"{len(text)} characters of text, at least {MIN_CHARS} are needed")


def _article(tree: HtmlElement, facts: PageFacts, main: MainText, url: str | None, now: datetime | None) -> Article:
    outlet = facts.outlet or main.outlet or host_of(facts.url)
    title = facts.title or main.title
    titles = [one for one in (facts.title, main.title, *facts.headings) if one]
    found = [stripped for line in main.text.split("\n") if (stripped := line.strip())]
    n_titles = int(len(found) > 1 and _is_title(found[0], titles))
    sorted_lines = sort_lines(tree, found[n_titles:], titles[:1])
    standfirst = find_standfirst(tree, facts.description, sorted_lines.kept)
    lines = (standfirst, *sorted_lines.kept) if standfirst else sorted_lines.kept
    text, paragraphs = join_paragraphs(lines, [None] * len(lines))
    return Article(
        content_hash=content_hash(text),
        text=text,
        paragraphs=paragraphs,
        title=without_site(title, outlet) if title else None,
        author=facts.author or without_outlet(clean_names(main.author), outlet),
        outlet=outlet,
        section=facts.section or section_of(facts.url),
        url=facts.url,
        language=identify_language(text) or facts.language,
        published=_published(facts, main, url, now),
        dropped=(
            *(Dropped("title", line, None) for line in found[:n_titles]),
            *(Dropped("furniture", line, None) for line in sorted_lines.left_out),
        ),
        is_live=facts.is_live,
        visible_share=main.share,
    )


def _day_of_page(day: str | None, now: datetime | None) -> Moment | None:
    """Return trafilatura's date as the guess it is.

    What it makes of a lone month is its first day, of a lone year, such as a copyright's, the first of January.
    """
    if day is None or day.endswith("-01-01"):
        return None
    moment = read_stamp(day, "page", now=now)
    is_month = day.endswith("-01")
    return replace(moment, is_inferred=True, precision="month" if is_month else "day") if moment else None


def _is_title(line: str, titles: Sequence[str | None]) -> bool:
    """Tell whether the text's first line is the title over again: all else that trafilatura found is kept."""
    words = _words(line)
    return bool(words) and any(title and words == _words(title) for title in titles)


def _words(line: str) -> list[str]:
    return re.findall(r"\w+", line.casefold())


def _published(facts: PageFacts, main: MainText, url: str | None, now: datetime | None) -> Moment | None:
    """Return when the page was published: its own word, its address, then what trafilatura makes of its text."""
    by_url = [date_in_url(address, now=now) for address in (facts.url, url) if address]
    by_text = _day_of_page(main.day, now)
    own = [moment for moment in facts.dates if moment.origin != "html"]
    marked = [moment for moment in facts.dates if moment.origin == "html"]
    days = [moment for moment in by_url if moment and moment.precision == "day"]
    return first_known([*own, *days, *marked, by_text, *by_url])
