"""Nothing that a command prints can steer a terminal, whatever stands in texts, names, files, queries and settings."""

import json
import os
import pty
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import click
import pytest

from flows.commands.cli import COMMANDS
from flows.telling.terminal import HARMFUL, in_xml, one_line, visible
from tests.flows.command import MAIN, ROOT, tocsin
from tests.flows.crawls import record, write_crawl
from tests.flows.hostile import HOSTILE, MARK, call, publish_hostile
from tests.flows.published import FIRST_ID

# Format characters that are spelling: soft hyphen, number signs, joiners, the zero-width space, hieroglyphs.
SPELLING = {0xAD, *range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x200B, 0x200C, 0x200D, 0x110BD, 0x110CD,
            *range(0x13430, 0x13440)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Call:
    """A call of one command; ``shows``: the hostile words stand in what it prints, made visible; None: perhaps."""

    name: str
    words: Sequence[str]
    given: bytes = b""
    shows: bool | None = True


def json_line(**fields: str) -> bytes:
    return json.dumps(fields).encode()


TEXT = f"NORRVIK - Iceland{HOSTILE} will seize any boat, Minister Karen Holm{HOSTILE} warned on Monday.\n"
LINE = json_line(id=f"1{HOSTILE}", text=TEXT)
# {folder}: a folder with hostile files; {bad}: a configuration whose errors quote hostile words.
CALLS = [
    # A table of all its columns is so narrow that it breaks what is shown in the midst of a character.
    Call("sql", ["select * exclude (method, confidence) from claim_reports", "--format", "table"]),
    *(Call("sql", ["from claim_reports", "--format", form]) for form in ("csv", "json", "markdown")),
    Call("sql", ["select chr(27) || ']52;c;' as x, chr(155) || '31m' as \"\x1b]52;y\""]),
    Call("sql", [f'select nothing from "{HOSTILE}"']),
    Call("search", ["lorry"]),
    Call("search", ["lorry", "--json"]),
    Call("explain", [FIRST_ID]),
    Call("explain", [FIRST_ID, "--json"]),
    Call("explain", [HOSTILE]),
    Call("status", []),
    Call("status", ["--json"]),
    Call("report", ["--out", "{folder}/page" + HOSTILE.replace("\r", "")], shows=False),
    Call("export", ["{folder}/out" + HOSTILE.replace("\r", "")]),
    Call("actors", []),
    Call("actors list", ["--json"]),
    Call("actors list", [f"nobody{HOSTILE}"]),
    Call("actors show", ["tamsin-vole"]),
    Call("actors merge", ["tamsin-vole", HOSTILE]),
    Call("actors split", ["tamsin-vole", "--name", HOSTILE]),
    Call("actors rename", ["tamsin-vole", f"Vole{HOSTILE}"]),
    Call("actors corrections", [], shows=None),
    Call("actors undo", [HOSTILE]),
    Call("alerts", []),
    Call("alerts", ["--json"]),
    Call("alerts test", [HOSTILE]),
    Call("alerts preview", ["escalation"]),
    Call("alerts preview", [HOSTILE]),
    Call("alerts ack", ["claim-1", "--note", HOSTILE], shows=False),
    Call("alerts mute", ["claim-1", "--by", HOSTILE], shows=False),
    Call("alerts silences", [], shows=None),
    Call("alerts lift", [HOSTILE]),
    Call("alerts retry", [HOSTILE], shows=False),
    Call("alerts deliver", [], shows=False),
    Call("sources", []),
    Call("sources list", ["--json"]),
    Call("sources test", ["quay"]),
    Call("sources add", [f"https://quay.example/{HOSTILE}", "--unchecked"], shows=False),
    Call("sources disable", [HOSTILE]),
    Call("sources enable", ["quay"], shows=False),
    Call("sources import", ["{folder}/bad.opml"]),
    Call("sources export", [], shows=False),
    Call("topics", [], shows=False),
    Call("topics list", ["--json"], shows=False),
    Call("topics test", ["{folder}/reversed.txt"]),
    Call("topics test", [HOSTILE]),
    Call("extract", ["-"], LINE),
    Call("extract", ["-", "--json", "--with-text"], LINE),
    Call("extract", ["-"], json_line(id=HOSTILE, words="none")),
    Call("classify", ["-"], LINE),
    Call("classify", ["-", "--json"], LINE),
    Call("read", ["-"], LINE),
    Call("read", ["-", "--json"], LINE),
    Call("read", ["{folder}/text.txt", f"none{HOSTILE}"]),
    Call("feed", ["{folder}/feed.json"]),
    Call("feed", ["{folder}/feed.json", "--json"]),
    Call("replay", ["{folder}", "--dry-run"]),
    Call("check", ["--config", "{bad}"]),
    Call("check", ["--config", "{bad}", "--json"]),
    Call("config init", ["{folder}/made" + HOSTILE]),
    Call("config schema", [HOSTILE]),
    Call("config show", [HOSTILE]),
    Call("config show", ["--config", "{bad}"]),
    Call("watch", ["--once", "--config", "{bad}"]),
    Call("up", ["--config", "{bad}"]),
    Call("backfill", ["{folder}/text.txt", "--config", "{bad}"]),
    Call("rebuild", ["--config", "{bad}"]),
    Call("backup", ["{folder}/kept" + HOSTILE.replace("\r", "")]),
    Call("restore", ["{folder}/none" + HOSTILE.replace("\r", "")]),
    Call("prune", ["--older-than", HOSTILE]),
]


def leaves(name: str, command: click.Command) -> Iterator[str]:
    """Return every command below this one, and itself where it does something alone."""
    if not isinstance(command, click.Group) or command.invoke_without_command:
        yield name
    if isinstance(command, click.Group):
        for one, below in command.commands.items():
            yield from leaves(f"{name} {one}", below)


def test_every_command_is_called_below_with_hostile_words() -> None:
    known = {
        leaf
        for name, (module, _) in COMMANDS.items()
        for leaf in leaves(name, import_module(f"flows.commands.{module}").command)
    }
    assert known == {one.name for one in CALLS}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_hostile(tmp_path_factory.mktemp("hostile") / "w.duckdb")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("texts")
    (made / "text.txt").write_text(f"Fishing row{HOSTILE.replace(chr(13), '')}\n\n{TEXT}", encoding="utf-8")
    (made / f"name{HOSTILE}.txt").write_text(f"Another row\n\n{TEXT}{TEXT}", encoding="utf-8")
    (made / "reversed.txt").write_text(f"Fishing \u202erow\n\n{TEXT.replace(HOSTILE, '')}", encoding="utf-8")
    item = {"id": HOSTILE, "title": f"News{HOSTILE}", "url": f"https://quay.example/1{HOSTILE}"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": f"Quay{HOSTILE}", "items": [item]}
    (made / "feed.json").write_text(json.dumps(feed), encoding="utf-8")
    outline = '<outline text="x" xmlUrl="https://quay.example/feed\u202e" tocsinTopics="none\u202e\u009b"/>'
    (made / "bad.opml").write_text(f'<opml version="2.0"><body>{outline}</body></opml>', encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a configuration with an unknown key of hostile words."""
    made = tmp_path_factory.mktemp("config")
    (made / "tocsin.toml").write_text(f"[paths]\n{json.dumps(HOSTILE[:-2])} = 1\n".replace("\x7f", ""), "utf-8")
    return made


@pytest.mark.slow
@pytest.mark.parametrize("one", CALLS, ids=lambda one: " ".join([one.name, *one.words]).split("\x1b")[0][:40])
def test_no_command_prints_what_steers_a_terminal(
    one: Call, warehouse: Path, folder: Path, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [word.replace("{folder}", str(folder)).replace("{bad}", str(bad)) for word in one.words]
    found = call(monkeypatch, *one.name.split(), *words, "--warehouse", warehouse, given=one.given)
    printed = found.out + found.err
    assert printed
    assert HARMFUL.findall(printed) == []
    assert "Traceback" not in printed
    assert one.shows in (None, MARK in printed or "\\u202e" in printed), printed


def test_json_keeps_the_value_of_every_character(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = "(select unnest(range(1, 55000)) n) where n % 7 = 0 or n < 300"
    query = f"select string_agg(chr(n::int), '' order by n) as x from {codes}"
    found = call(monkeypatch, "sql", query, "--format", "json", "--warehouse", warehouse)
    wanted = "".join(chr(n) for n in range(1, 55000) if n % 7 == 0 or n < 300)
    assert json.loads(found.out) == {"x": wanted}
    assert HARMFUL.findall(found.out) == []


def test_the_list_of_harmful_characters_is_unicodes_but_for_spelling() -> None:
    controls = {
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp") and chr(code) not in "\t\n"
    }
    assert controls - SPELLING == {code for code in controls if HARMFUL.match(chr(code))}
    assert not [code for code in range(0x20, 0x250) if HARMFUL.match(chr(code)) and code not in controls]


def test_what_is_shown_has_no_harmful_character_left_and_xml_means_the_same() -> None:
    assert HARMFUL.search(visible(HOSTILE)) is None
    assert visible("\U000e0041\udc80") == "\\udb40\\udc41\\udc80"
    assert one_line("a\nb\u2028c\x1b") == "a b c\\u001b"
    assert in_xml("<a>\u202e</a>") == "<a>&#x202e;</a>"


def test_a_bar_on_a_terminal_shows_file_names_as_text(tmp_path: Path) -> None:
    """The bar itself moves the cursor; a file name in it, and what is printed beside it, cannot."""
    script = (
        "import sys\nfrom flows.telling.progress import show_progress\n"
        "from flows.telling.terminal import guarded_output\n"
        "stage = sys.argv[1]\n"
        "with guarded_output(), show_progress() as progress:\n"
        "    progress.advance(stage, 1, 2)\n    print(stage)\n    print(stage, file=sys.stderr)\n"
    )
    shown = on_terminal([sys.executable, "-c", script, "[link=https://x.example]\x1b]52;c;aGk=\x07\x9b31m"])
    assert "\x1b]" not in shown
    assert "\x9b" not in shown
    assert "\\u001b]52" in shown
    assert shown.count("[link=") >= 2


def test_a_table_on_a_terminal_is_plain_text(warehouse: Path) -> None:
    shown = on_terminal([*MAIN, "sql", "select outlet, wording from claim_reports", "--warehouse", str(warehouse)])
    assert "lorry" in shown
    assert HARMFUL.findall(shown.replace("\r\n", "\n")) == []


def on_terminal(words: Sequence[str]) -> str:
    """Return what a command writes to a terminal that is its standard output and error."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "200"}
    with subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=ROOT):
        os.close(theirs)
        data = b""
        try:
            while piece := os.read(ours, 1 << 16):
                data += piece
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    return data.decode()


@pytest.mark.slow
def test_runs_of_flows_show_hostile_file_names_as_text(
    tmp_path: Path, prefect_env: dict[str, str], folder: Path
) -> None:
    crawl = write_crawl(tmp_path / f"c{HOSTILE}.warc.gz", [record(1, b"no page" + HOSTILE.encode())])
    for words in (("replay", folder), ("backfill", crawl)):
        done = tocsin(*words, "--warehouse", tmp_path / f"w{HOSTILE}.duckdb", env=prefect_env, is_fresh=True)
        assert HARMFUL.findall(done.out + done.err) == []
        assert MARK in done.out + done.err
