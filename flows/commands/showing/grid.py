"""A result as text: a grid of columns as wide as the terminal, a line a row where nobody looks, or a block a record."""

from collections.abc import Iterator, Sequence
from io import StringIO

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from flows.commands.showing.layout import GAP, LEFT_OUT, Layout, fit, head_lines

MOST_LINES = 5  # of a cell beside others
RULE = "─"


def grid(names: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], width: int | None) -> str:
    """Return cells as a table; ``right`` tells which columns are set to the right, ``width`` is None for no bound."""
    if not names:
        return ""
    layout = fit(names, rows, width) if width else _unbounded(names, rows)
    lines = [*_head(names, layout, right), *_body(rows, layout, right, wraps=width is not None)]
    if layout.left_out:
        said = ", ".join(names[place] for place in layout.left_out)
        lines += ["", *_wrap(f"{LEFT_OUT} left out: {said}. --expanded shows all.", width or 0)]
    return "\n".join(line.rstrip() for line in lines)


def records(names: Sequence[str], rows: Sequence[Sequence[str]], width: int | None) -> str:
    """Return a block for each row, a line or more for each column that is not empty."""
    head = max(map(cell_len, names), default=0)
    lines: list[str] = []
    for number, row in enumerate(rows, 1):
        title = f"{RULE * 2} {number} "
        lines += [*([""] if lines else []), title + RULE * max(head + GAP + 20 - len(title), 2)]
        for name, cell in zip(names, row, strict=True):
            if cell:
                lines += _field(name, cell, head, width)
    return "\n".join(lines)


def _field(name: str, cell: str, head: int, width: int | None) -> Iterator[str]:
    first, *others = _wrap(cell, max(width - head - GAP, 20)) if width else cell.splitlines() or [""]
    yield f"{set_cell_size(name, head)}{' ' * GAP}{first}".rstrip()
    yield from (f"{' ' * (head + GAP)}{line}".rstrip() for line in others)


def _unbounded(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Layout:
    cells = [[cell_len(_flat(row[place])) for row in rows] for place in range(len(names))]
    return Layout({place: max([cell_len(names[place]), *its]) for place, its in enumerate(cells)}, ())


def _head(names: Sequence[str], layout: Layout, right: Sequence[bool]) -> Iterator[str]:
    heads = [head_lines(names[place], width) for place, width in layout.widths.items()]
    more = [LEFT_OUT] if layout.left_out else []
    aligned = [right[place] for place in layout.widths]
    height = max(map(len, heads))
    for at in range(height):
        cells = [head[at - height + len(head)] if at - height + len(head) >= 0 else "" for head in heads]
        yield _line(cells, layout, aligned) + "".join(" " * GAP + one for one in more if at == height - 1)
    yield (" " * GAP).join(RULE * width for width in layout.widths.values()) + "".join(" " * GAP + RULE for _ in more)


def _body(rows: Sequence[Sequence[str]], layout: Layout, right: Sequence[bool], *, wraps: bool) -> Iterator[str]:
    most = MOST_LINES if len(layout.widths) > 1 else None
    aligned = [right[place] for place in layout.widths]
    for row in rows:
        cells = [
            _cut(_wrap(row[place], width), most, width) if wraps else [_flat(row[place])]
            for place, width in layout.widths.items()
        ]
        for at in range(max(map(len, cells))):
            yield _line([its[at] if at < len(its) else "" for its in cells], layout, aligned)


def _line(cells: Sequence[str], layout: Layout, right: Sequence[bool]) -> str:
    sized = zip(cells, layout.widths.values(), right, strict=True)
    return (" " * GAP).join(
        " " * (width - cell_len(cell)) + cell if is_right else set_cell_size(cell, width)
        for cell, width, is_right in sized
    )


def _cut(lines: list[str], most: int | None, width: int) -> list[str]:
    if most is None or len(lines) <= most:
        return lines
    return [*lines[: most - 1], set_cell_size(lines[most - 1], width - 1).rstrip() + LEFT_OUT]


def _flat(text: str) -> str:
    return " ".join(text.split()) if "\n" in text or "\t" in text else text


def _wrap(text: str, width: int) -> list[str]:
    if cell_len(text) <= width and "\n" not in text:
        return [text]
    console = Console(file=StringIO(), width=width, force_terminal=False, color_system=None)
    return [line.plain.rstrip() for line in Text(text.expandtabs(4)).wrap(console, width, overflow="fold")] or [""]
