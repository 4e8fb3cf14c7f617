"""The rules: the lexicon's deeds found in a statement, and the codebook's decision between them."""
