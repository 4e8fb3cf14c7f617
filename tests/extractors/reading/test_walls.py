# ruff: noqa: E501 (the pages are data: one a line)
"""What stands where an article should be is told in many languages and by its shape; short articles are none of it."""

import pytest

from extractors.model import Article, Rejected
from extractors.reading.article import read_html

ADDRESS = "https://quay.example/2026/story"


def page(title: str, *paragraphs: str, head: str = "", tail: str = "") -> bytes:
    """Return a page as its server sends it."""
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>{title}</h1>{body}</article>{tail}<footer>© Quay</footer></body></html>"
    ).encode()


WALLS = {
    "paywall, German": ("paywall", page(
        "Fähren bleiben im Hafen", "Die Fähren bleiben vorerst im Hafen, teilte die Reederei am Sonntag mit…",
        "Dieser Artikel ist exklusiv für Abonnenten.", "Jetzt testen: vier Wochen für nur 2 Euro.")),
    "paywall, French": ("paywall", page(
        "Les ferries restent au port", "Les bateaux ne quitteront pas le port avant mardi, selon la capitainerie.",
        "Il vous reste 80 % de cet article à lire. La suite est réservée aux abonnés. Déjà abonné ?")),
    "paywall, Russian": ("paywall", page(
        "Паромы останутся в порту", "Паромы не выйдут в море до вторника, сообщил начальник порта.",
        "Полный текст доступен только по подписке. Оформите подписку, чтобы читать дальше.")),
    "paywall, Japanese": ("paywall", page("フェリー欠航", "港湾局は月曜日、フェリーの欠航を発表した。", "この記事は有料会員限定です。")),
    "consent, French": ("consent-wall", page(
        "Votre vie privée", "Nous et nos 214 partenaires stockons des cookies et traitons vos données personnelles.",
        "Vous pouvez tout accepter, tout refuser ou continuer sans accepter.")),
    "consent, German": ("consent-wall", page(
        "Ihre Privatsphäre", "Wir und unsere 98 Partner speichern Cookies auf Ihrem Gerät. Alles akzeptieren oder ablehnen.",
        "Mehr dazu in den Datenschutzeinstellungen. Ihre Einwilligung können Sie widerrufen.")),
    "consent, Polish": ("consent-wall", page(
        "Dbamy o Twoją prywatność", "My i nasi 300 partnerzy używamy plików cookie i przetwarzamy dane.",
        "Akceptuj wszystkie lub odrzuć wszystkie.")),
    "error": ("error-page", page("Sorry!", "An unexpected error has occurred. Please try again later, or go to our front page.")),
    "error, Spanish": ("error-page", page("Vaya", "Algo ha salido mal al cargar la página. Inténtelo de nuevo más tarde, por favor.")),
    "maintenance, German": ("error-page", page(
        "Gleich zurück", "Unsere Seite wird gerade gewartet. Wir bitten um Geduld und sind in Kürze wieder für Sie da.")),
    "a status in no known language": ("error-page", page(
        "Villa 503", "Þjónustan er ekki tiltæk sem stendur og kemur aftur eftir nokkrar mínútur, vinsamlegast bíðið.")),
    "not found, Ukrainian": ("soft-404", page(
        "Помилка", "Сторінку, яку ви шукаєте, не знайдено. Сторінку не знайдено або її видалили з нашого сайту.")),
    "not found, Portuguese": ("soft-404", page("Ops", "A página que procura não existe ou mudou de endereço. Volte ao início.")),
    "not found, Chinese": ("soft-404", page("提示", "抱歉,您访问的页面不存在或已被删除,请返回首页继续浏览其他内容,或者使用搜索功能查找您需要的信息,谢谢您的理解与支持,祝您生活愉快。")),
    "for sale": ("parked", page("quay.example", "This domain is for sale. Make an offer today and own the name of your harbour.")),
    "for sale, German": ("parked", page("quay.example", "Die Domain quay.example steht zum Verkauf. Fragen Sie uns nach dem Preis für Häfen.")),
    "robot, German": ("challenge", page("Einen Moment", "Bitte bestätigen Sie, dass Sie kein Roboter sind, und halten Sie den Knopf gedrückt.")),
    "robot, an id": ("challenge", page("quay.example", "We need to check your connection before you go on to the site. Ray ID: 8fa3b2c19d")),
    "robot, Spanish": ("challenge", page("Acceso denegado", "Su conexión no puede continuar. Indique el número 0x77 a nuestro servicio técnico.")),
}  # fmt: skip


@pytest.mark.parametrize("name", WALLS)
def test_a_wall_is_no_article(name: str) -> None:
    reason, data = WALLS[name]
    found = read_html(data, ADDRESS, {"content-type": "text/html; charset=utf-8"})
    assert isinstance(found, Rejected), found
    assert found.reason == reason


DATED = (
    '<meta property="article:published_time" content="2026-11-20T10:00:00Z"><meta property="og:type" content="article">'
)
BRIEFS = {
    "of an error": page(
        "Ferry booking fails", "Something went wrong in the booking system of the ferries on Monday, the harbour master "
        "said. Passengers were told to try again later and slept in the hall.", head=DATED),
    "of a domain": page(
        "Name for sale", "The domain of the old ferry line is for sale, its owner said. He asked the harbour for a price "
        "and was told that nobody would buy this domain before spring.", head=DATED),
    "of robots": page(
        "Robots at the lock", "The new lock keeper is a robot and asks each boat for its reference ID, the harbour "
        "master said on Monday. A captcha for captains was not planned, he said.", head=DATED),
    "of cookies": page(
        "Bakers go on strike", "The bakers of the harbour sell no cookies this week, their guild said. They want longer "
        "breaks and a share of what the ferries pay, and will not go back before Friday.", head=DATED),
    "of room 404": page(
        "Zimmer 404", "Im Zimmer 404 des Hafenhotels wohnte am Montag der Minister, sagte der Portier, und niemand durfte "
        "hinein, solange die Fähren im Hafen lagen und der Sturm über die Inseln zog.", head=DATED),
}  # fmt: skip


@pytest.mark.parametrize("name", BRIEFS)
def test_a_brief_that_speaks_of_such_things_is_one(name: str) -> None:
    assert isinstance(read_html(BRIEFS[name], ADDRESS, {}), Article)


def front(n: int, head: str = "") -> bytes:
    """Return a page of teasers."""
    teasers = "".join(
        f'<div class="card"><h3><a href="/2026/story-{number}">The ferry number {number} is late again</a></h3><p>The harbour '
        f"master of island {number} had no word of it on Monday, and the boats stayed where they were.</p></div>"
        for number in range(n)
    )
    return f"<html><head><title>Quay News</title>{head}</head><body><main>{teasers}</main></body></html>".encode()


@pytest.mark.parametrize(("address", "n"), [("https://quay.example/", 12), ("https://quay.example/harbour/", 30)])
def test_a_front_page_is_no_article(address: str, n: int) -> None:
    found = read_html(front(n), address, {})
    assert isinstance(found, Rejected)
    assert found.reason == "front-page"


def test_an_article_with_teasers_at_its_foot_is_one() -> None:
    body = "".join(
        f"<p>The harbour master spoke for hour {n} of the locks and of the ferries that wait before them since Monday, and "
        "of the men who keep them in order through the night while the storm goes on over the islands in the north.</p>"
        for n in range(8)
    )
    data = front(25).replace(b"<main>", f"<main><article><h1>Locks</h1>{body}</article>".encode())
    assert isinstance(read_html(data, ADDRESS, {}), Article)
