"""What commands print: tables, snippets and explanations, for people and machines."""
