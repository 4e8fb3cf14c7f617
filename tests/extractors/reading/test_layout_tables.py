"""Old pages lay out everything with tables; the article in a cell keeps its paragraphs."""

from extractors.model import Article, Rejected
from extractors.reading.article import read_html
from extractors.reading.pages.layout_tables import flatten_layout_tables, has_layout_rows
from extractors.reading.pages.main_text import load_tree

PARAGRAPHS = (
    (
        "The ferry council of Dravik voted late on Monday to keep the winter timetable, after a hearing that lasted "
        "nine hours and in which forty owners of small boats asked for the opposite."
    ),
    (
        "“Nobody crosses the sound for pleasure in January,” said Ruth Quern, who chairs the council. “We will sail "
        "when there is somebody to carry, and stay in harbour when there is not.”"
    ),
    (
        "Fares rise by a tenth in March, the council's treasurer added, and the night boat to Ilsk will be replaced "
        "by a bus over the new bridge, which was finished two years late."
    ),
)
RESULTS = "<table><tr><th>Boat</th><th>Trips</th></tr><tr><td>Tern</td><td>14</td></tr></table>"


def page(inner: str) -> bytes:
    """Return a page whose article stands in a table within a table."""
    cell = f"<td width=70%><h2>Ferries keep to winter times</h2><i>March 4, 2025</i>{inner}</td>"
    row = f"<table><tr>{cell}<td class=side>Weather: 12 degrees<br>Tides: low</td></tr></table>"
    return f"<html><title>Ferries</title><body><table border=0><tr><td>{row}</td></tr></table></body></html>".encode()


def test_an_article_in_a_table_cell_keeps_its_paragraphs() -> None:
    """No bars, no side column, each paragraph on its own."""
    article = read_html(page("".join(f"<p>{one}</p>" for one in PARAGRAPHS)), "http://ferries.example/a/1")
    assert isinstance(article, Article)
    assert [one.span.of(article.text) for one in article.paragraphs] == list(PARAGRAPHS)


def test_a_table_of_figures_stays_a_table() -> None:
    """Only tables with long texts or tables in their cells are layout."""
    tree = load_tree(page(RESULTS).decode())
    assert not isinstance(tree, Rejected)
    assert flatten_layout_tables(tree)
    assert [cell.text for cell in tree.iter("td")] == ["Tern", "14"]


def test_rows_of_figures_are_no_layout() -> None:
    """A long line between bars is; a row of short cells is not."""
    assert has_layout_rows("| " + "word " * 61 + "|")
    assert not has_layout_rows("Harvest by county:\n| Kelm | 14 | 15 |\n" + "word " * 80)
