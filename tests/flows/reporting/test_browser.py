"""The report in a real browser, from disk: it works, and neither complains nor asks for anything."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from flows.reporting import report_html
from tests.flows.reporting.pages import EVENT, facts_of, frame_of
from tests.flows.reporting.test_page import OTHER, hostile_facts
from tests.flows.reporting.year import publish_year

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next((found for name in NAMES if (found := shutil.which(name))), None)

pytestmark = [pytest.mark.slow, pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")]
WIDTHS = (390, 820, 1400)


@dataclass(slots=True)
class Visit:
    """A page that is open, what it said on the console, and what it asked for."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Visit]:
    """Return a page that is watched; it must have been quiet and have asked for nothing but its own file."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    found = Visit(context.new_page())
    found.page.on("console", lambda told: found.complaints.append(told.text))
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.on("dialog", lambda dialog: found.complaints.append(dialog.message))
    found.page.on("request", lambda asked: found.requests.append(asked.url))
    yield found
    assert found.complaints == []
    assert {one.partition("#")[0] for one in found.requests} - {found.page.url.partition("#")[0]} == set()
    context.close()


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of an invented year of 200 events."""
    from flows.reporting import Vocabulary, report_path, write_report
    from tests.flows.reporting.pages import NOW

    warehouse = publish_year(tmp_path_factory.mktemp("year") / "year.duckdb", 200)
    return write_report(warehouse, report_path(warehouse), Vocabulary(), now=NOW).path


def shown(visit: Visit) -> int:
    """Return how many events are to be seen, which the page must say too."""
    n = int(visit.page.locator("#list > li:not([hidden])").count())
    says(visit, f"^{n} ")
    return n


def says(visit: Visit, pattern: str) -> None:
    """Wait until the page says so of how many events it shows; its policy forbids to ask it by script."""
    playwright.expect(visit.page.locator("#shown")).to_have_text(re.compile(pattern))


def test_filters_search_and_order_do_what_they_say(visit: Visit, year: Path) -> None:
    page = visit.page
    page.goto(year.as_uri())
    assert shown(visit) == 200
    for name, value, key in (
        ("side", "MCO", "side"), ("aim", "ISL", "aim"), ("polarity", "de-escalatory", "polarity"),
        ("category", "ACCUSE", "category"),
    ):  # fmt: skip
        page.select_option(f"[name={name}]", value)
        says(visit, " of ")
        expected = page.locator(f"#list > li[data-{key}='{value}']").count()
        assert 0 < shown(visit) == expected < 200
        page.click("text=Show all")
        says(visit, "^200 events$")
    page.select_option("[name=severity]", "4")
    says(visit, " of ")
    assert page.locator("#list > li[data-severity='3']:visible").count() == 0 < shown(visit)
    page.select_option("[name=order]", "gravest")
    assert page.locator("#list > li:not([hidden])").first.get_attribute("data-severity") == "5"
    page.click("text=Show all")
    page.fill("[name=q]", '"their drills" bridge')
    says(visit, " of ")
    assert 0 < shown(visit) < 200
    page.fill("[name=q]", "no such words anywhere")
    says(visit, "^0 of ")


def test_a_permalink_opens_its_event_with_evidence_and_links_whatever_is_filtered(visit: Visit, year: Path) -> None:
    page = visit.page
    page.goto(year.as_uri())
    last = page.locator("#list > li").last
    permalink = last.locator("h3 a").get_attribute("href")
    page.fill("[name=q]", "no such words anywhere")
    says(visit, "^0 of ")
    page.evaluate("target => { location.hash = target; }", permalink)
    last.locator("details[open] h4").first.wait_for()
    playwright.expect(last).to_contain_text("tocsin explain")
    playwright.expect(last).to_be_in_viewport()
    assert last.locator("details a").first.get_attribute("href").startswith("https://")
    assert page.evaluate("document.activeElement.getAttribute('href')") == permalink


def test_what_is_chosen_stands_in_the_address_and_comes_back_from_there(visit: Visit, year: Path) -> None:
    page = visit.page
    page.goto(year.as_uri())
    page.select_option("[name=side]", "Harbour League")
    page.check("[name=direct]")
    page.fill("[name=q]", "ferry & bridge")
    says(visit, "^0 of ")
    page.fill("[name=q]", "the ferry")
    says(visit, "^[1-9].* of ")
    n, address = shown(visit), page.url
    assert "#view?" in address
    page.goto("about:blank")
    page.goto(address)
    assert (shown(visit), page.input_value("[name=side]"), page.is_checked("[name=direct]")) == (
        n,
        "Harbour League",
        True,
    )
    page.click("text=Show all")
    says(visit, "^200 events$")
    assert "#view?" not in page.url


def test_the_matrix_the_ladder_and_the_tables_lead_on(visit: Visit, year: Path) -> None:
    page = visit.page
    page.goto(year.as_uri())
    cell = page.locator(".matrix a").first
    side, aim = cell.get_attribute("data-side"), cell.get_attribute("data-aim")
    cell.click()
    says(visit, " of ")
    assert shown(visit) == page.locator(f"#list > li[data-side='{side}'][data-aim='{aim}']").count()
    assert page.locator(".ladder:visible").count() == 1
    page.select_option("#pair", index=3)
    assert page.locator(".ladder:visible").get_attribute("data-pair") == page.input_value("#pair")
    page.click("#speakers thead button >> text=Speaker")
    names = page.locator("#speakers tbody th").all_inner_texts()
    assert names == sorted(names)
    assert page.locator("#speakers th[aria-sort=ascending]").inner_text().startswith("Speaker")


def test_the_keyboard_reaches_the_search_and_steps_through_the_events(visit: Visit, year: Path) -> None:
    page = visit.page
    page.goto(year.as_uri())
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("jk")
    assert page.input_value("[name=q]") == "jk"
    page.click("text=Show all")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("#list > li").nth(1).locator("h3 a").get_attribute("href")
    assert page.evaluate("document.activeElement.getAttribute('href')") == second


def test_hostile_words_do_nothing_in_a_browser(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(report_html(hostile_facts(), frame_of()), encoding="utf-8")
    visit.page.goto(file.as_uri() + f"#event-{EVENT.event_id}")
    visit.page.locator("details[open] h4").first.wait_for()
    assert visit.page.locator("#list img, #list script, #list [onerror], #list a[href^=javascript]").count() == 0
    assert "<script>evil()</script>" in visit.page.locator("#list").inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_width_makes_the_page_scroll_sideways(visit: Visit, year: Path, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.goto(year.as_uri())
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_screen_readers_outline_makes_sense(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(report_html(facts_of(EVENT, OTHER), frame_of()), encoding="utf-8")
    visit.page.goto(file.as_uri())
    outline = visit.page.locator("body").aria_snapshot()
    for wanted in (
        'heading "Tocsin report" [level=1]', 'navigation "Sections"', 'heading "What is new" [level=2]',
        'img "Andorra and Spain: 1 escalating event', 'rowheader "Andorra"', 'columnheader "Spain"',
        'combobox "Side that speaks"', 'searchbox "Search', 'heading "3 Mar 2031: Andorra towards Spain" [level=3]',
    ):  # fmt: skip
        assert wanted in outline
