"""Language: text in, parsed paragraphs out."""
