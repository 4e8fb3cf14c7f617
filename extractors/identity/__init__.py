"""Identity: which addresses are one page, which texts are one article, and what a text is among those known."""
