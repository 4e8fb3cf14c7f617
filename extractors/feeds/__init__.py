"""The dialects of listings: one module each, behind ``extractors.feed.read_feed``."""
