"""Plain text: its pieces, and what of them is furniture."""
