"""The line of every key of a TOML file is known, however it is written."""

import tomllib

from config.files import PACKAGED
from config.layering.lines import line_of, lines_of

FILE = '''# a comment with [brackets] and = signs
top = "a # no comment"

[plain.'quoted key'."dotted.one"]
first.second = 1
text = """
[not.a.table]
key = "none"
"""
literal = \'\'\'
[[neither]]\'\'\'
list = [
    "one",  # ], a comment
    "two", [3, 4],
    { a = 5, b = [6] },
]

[[entry]]
name = "a"
[entry.sub]
x = 1
[[entry.row]]
y = 2
[[entry]]
name = "b"
[[entry.row]]
y = 3
[[entry.row]]
y = 1979-05-27T07:32:00Z
'''


def test_every_way_of_writing_a_key_is_found_on_its_line() -> None:
    lines = lines_of(FILE)
    dotted = ("plain", "quoted key", "dotted.one")
    wanted = {
        ("top",): 2, dotted: 4, (*dotted, "first", "second"): 5, (*dotted, "text"): 6, (*dotted, "literal"): 10,
        (*dotted, "list"): 12, (*dotted, "list", 0): 13, (*dotted, "list", 1): 14, (*dotted, "list", 2): 14,
        (*dotted, "list", 3): 15, ("entry", 0): 18, ("entry", 0, "name"): 19, ("entry", 0, "sub", "x"): 21,
        ("entry", 0, "row", 0, "y"): 23, ("entry", 1, "name"): 25, ("entry", 1, "row", 1, "y"): 29,
    }  # fmt: skip
    assert {path: lines.get(path) for path in wanted} == wanted
    assert ("neither",) not in lines
    assert ("not", "a", "table") not in lines


def test_what_stands_inside_an_inline_table_has_the_line_around_it() -> None:
    lines = lines_of('\nA = { name = "x", list = [1] }\n')
    assert line_of(lines, ("A", "list", 0)) == 2


def test_every_key_of_the_packaged_files_has_the_line_on_which_it_is_written() -> None:
    for path in sorted(PACKAGED.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        written, lines = text.splitlines(), lines_of(text)
        for name, value in tomllib.loads(text).items():
            entries = (
                [(name, number, key) for number, one in enumerate(value) for key in one] if _is_array(value) else []
            )
            for keys in [*entries, *((name, key) for key in (value if isinstance(value, dict) else ()))]:
                line = line_of(lines, keys)
                assert line is not None
                assert str(keys[-1]) in written[line - 1], (path.name, keys)


def _is_array(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)
