"""Reading: the bytes of a page or text to an article, or the reason why they hold none."""
