"""Who is mentioned: names found in an article, those that nobody knows yet among them."""
