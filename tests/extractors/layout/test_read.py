"""The layout of any text: a part for every paragraph, and voices that exist."""

from hypothesis import given
from hypothesis import strategies as st

from extractors.layout import read_layout
from extractors.model import Article
from extractors.reading.article import read_body

LINES = (
    "Statement by President Ada Roe on the Border",
    "Ada Roe, Foreign Minister",
    "MR. WARD: We will not stand by.",
    "Q Will you?",
    "Question",
    "**Kern:**",
    "“We will answer.”",
    "(Laughter.)",
    "Begin text:",
    "We, the ministers of Norland and Sarkan, condemn the raid.",
    "Norlanders!",
    "The raid began at dawn, officials said.",
    "READ MORE: another raid",
    "Ada Roe",
    "",
)


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=60), min_size=1, max_size=12))
def test_every_paragraph_has_its_part(lines: list[str]) -> None:
    """Whatever comes in, parts and paragraphs are as many, words begin inside, and a voice is one of the layout's."""
    article = read_body("\n\n".join(lines))
    if not isinstance(article, Article):
        return
    layout = read_layout(article)
    assert len(layout.parts) == len(article.paragraphs)
    for part, paragraph in zip(layout.parts, article.paragraphs, strict=True):
        assert 0 <= part.start <= paragraph.span.end - paragraph.span.start
        assert part.voice is None or 0 <= part.voice < len(layout.voices)


def test_a_title_alone_makes_no_document_of_news() -> None:
    """A report whose headline sounds like a statement's stays news where it tells what others said."""
    text = (
        "Statement on the raid splits Norland\n\nMinisters quarrelled on Friday, officials said.\n\n"
        "One said he would resign, a second said he would stay, and aides told reporters little."
    )
    article = read_body(text)
    assert isinstance(article, Article)
    assert read_layout(article).kind == "news"
