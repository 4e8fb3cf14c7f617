"""The dialects of listings: one module each, behind ``extractors.feeds.listing.read_feed``."""
