"""Whole pages in scripts without blanks are articles, short ones before a wall are not."""

import pytest

from extractors.model import Article, Rejected
from extractors.reading.article import read_html

SENTENCES = {
    "zh": "港务局长星期二表示，如果风暴在夜间到达海岸，所有渡轮都将留在港内，直到早晨的检查结束。",
    "ja": "港湾局長は火曜日、嵐が夜に海岸へ達した場合、朝の点検が終わるまで全ての船を港にとどめると述べた。",
    "th": "ผู้อำนวยการท่าเรือกล่าวเมื่อวันอังคารว่าหากพายุมาถึงชายฝั่งในคืนนี้เรือทุกลำจะจอดอยู่ในท่าจนกว่าการตรวจสอบในตอนเช้าจะเสร็จสิ้น ",
    "km": "នាយកកំពង់ផែបានថ្លែងនៅថ្ងៃអង្គារថានាវាទាំងអស់នឹងស្ថិតនៅក្នុងកំពង់ផែរហូតដល់ការត្រួតពិនិត្យពេលព្រឹកបានបញ្ចប់។",
}
SHELL = (
    '<html lang="{0}"><head><title>{1}</title><script src="/app.js"></script></head>'
    '<body><div id="__next"><main><article><h1>{1}</h1>{2}</article></main></div></body></html>'
)


def page(language: str, times: int) -> bytes:
    """Return a page that scripts fill, of which the server has rendered the text."""
    sentence = SENTENCES[language]
    body = "".join(f"<p>{number} {sentence * 2}</p>" for number in range(times))
    return SHELL.format(language, sentence[:16], body).encode()


@pytest.mark.parametrize("language", SENTENCES)
def test_a_whole_page_is_an_article(language: str) -> None:
    found = read_html(page(language, 8), "https://harbour.example/2024/story", {})
    assert isinstance(found, Article)
    assert found.text.count(SENTENCES[language].strip()) == 16


@pytest.mark.parametrize("language", SENTENCES)
def test_a_page_marked_as_not_free_is_one_where_it_is_shown_whole(language: str) -> None:
    mark = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    whole = page(language, 8).replace(b"</head>", mark.encode() + b"</head>")
    assert isinstance(read_html(whole, "https://harbour.example/2024/story", {}), Article)
    cut = (
        SHELL.format(language, "N", f"<p>{SENTENCES[language]}</p>")
        .encode()
        .replace(b"</head>", mark.encode() + b"</head>")
    )
    assert isinstance(read_html(cut, "https://harbour.example/2024/story", {}), Rejected)
