"""An invented dispute over a fishing ground, as three articles."""

from pathlib import Path

TEXTS = {
    "01_warning.txt": """Fishing row deepens

NORRVIK, March 3 - Denmark will seize any trawler that enters the closed zone, Danish Fisheries Minister Karen Holm \
warned on Monday.

"We will not stand by while Icelandic boats empty the bank," Holm told reporters. "If they come again, we will respond \
firmly."

Iceland's Foreign Minister Sigrun Jonsdottir said her government was ready to talk.
""",
    "02_reply.txt": """Iceland answers

REYKJAVIK, March 4 - Iceland demanded the immediate withdrawal of Danish patrol ships on Tuesday.

"The patrols are a reckless provocation," Foreign Minister Sigrun Jonsdottir said in a statement.

Danish Fisheries Minister Karen Holm had said on Monday: "If they come again, we will respond firmly."
""",
    "03_analysts.txt": """What next

Analysts expect the two governments to return to the table, according to the Nordic Institute.

"Nobody wants ships to collide," said Per Lund, a researcher at the institute.
""",
}
SIDECAR = """
[files."01_warning.txt"]
published = 2031-03-03
outlet = "Harbour Post"

[files."02_reply.txt"]
published = 2031-03-04
outlet = "Bay Times"

[files."03_analysts.txt"]
published = 2031-03-05
"""


def write_corpus(folder: Path) -> Path:
    """Write the articles and what is known of them."""
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "sources.toml").write_text(SIDECAR, encoding="utf-8")
    return folder
