"""A small live site of our own: a feed, a page that announces it, a sitemap, and the configuration to visit them."""

from pathlib import Path

from tests.site import Site, text

TOPICS = """
[[topics]]
name = "ferries"
description = "Ferries and their harbours"
rule = "ferry and harbour"
[topics.groups.ferry]
phrases = ["ferry", "ferries"]
[topics.groups.harbour]
phrases = ["harbour", "harbor", "pier"]
"""
SETTINGS = """
[fetch]
allowed_networks = ["127.0.0.0/8"]
delay_seconds = 0.0
connect_seconds = 3.0
read_seconds = 3.0
"""
ITEMS = (
    (
        "ferry-stopped",
        "Ferry stopped at the harbour",
        "The harbour master stopped the night ferry.",
        "Mon, 04 Mar 2024",
    ),
    ("ferry-late", "Ferry runs late again", "Passengers on deck waited for an hour.", "Tue, 05 Mar 2024"),
    ("tulips", "Tulips are early this year", "Gardeners of the island speak of a mild winter.", "Wed, 06 Mar 2024"),
)


def write_live_config(folder: Path, *sources: tuple[str, str]) -> Path:
    """Write a configuration that watches ``sources`` (id, url) for ferries and may visit loopback."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tocsin.toml").write_text(SETTINGS)
    (folder / "topics.toml").write_text(TOPICS)
    listed = [f'[[sources]]\nid = "{name}"\nurl = "{url}"\noutlet = "{name.title()}"\n' for name, url in sources]
    (folder / "sources.toml").write_text("\n".join(listed))
    return folder


def serve_news(site: Site) -> None:
    """Put a feed, the page that announces it and an article's page on the site."""
    items = "".join(
        f"<item><title>{title}</title><link>{site.url(f'/{name}')}</link><description>{words}</description>"
        f"<pubDate>{day} 08:00:00 GMT</pubDate></item>"
        for name, title, words, day in ITEMS
    )
    channel = f"<title>Quay News</title><language>en-GB</language>{items}"
    site.put("/feed", text(f'<rss version="2.0"><channel>{channel}</channel></rss>', "application/rss+xml"))
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.put("/", text(f"<html><head><title>Quay</title>{link}</head><body><p>Welcome</p></body></html>"))
