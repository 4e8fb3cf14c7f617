"""Pages laid out with tables: the cell that holds the article is no table cell, and its paragraphs are paragraphs."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from extractors.language import count_words

CELL_WORDS = 60  # a cell of figures or names has fewer, the shortest article has more

_PARTS = frozenset({"tbody", "thead", "tfoot", "tr", "td", "th", "caption"})


def has_layout_rows(text: str) -> bool:
    """Tell whether extracted text holds an article squeezed into a row of a table, as `| all of it |`."""
    return any(line.startswith("|") and count_words(line) > CELL_WORDS for line in text.split("\n"))


def flatten_layout_tables(tree: HtmlElement) -> bool:
    """Turn the tables that only lay out the page into plain blocks, in place; tell whether there were any."""
    tables = [table for table in tree.iter("table") if _is_layout(table)]
    parts = [part for table in tables for part in _own_parts(table)]
    for element in (*tables, *parts):
        element.tag = "div"
    return bool(tables)


def _is_layout(table: HtmlElement) -> bool:
    """Tell whether a cell holds another table or a text of some length; cells of data hold neither."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    return any(count_words(cell.text_content()) > CELL_WORDS for cell in table.iter("td", "th"))


def _own_parts(table: HtmlElement) -> Iterator[HtmlElement]:
    """Yield rows and cells of the table itself, not those of tables inside it."""
    for part in table.iterdescendants(*_PARTS):
        if next(part.iterancestors("table"), None) is table:
            yield part
