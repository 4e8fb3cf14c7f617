"""Files: replaced whole or not at all, and readable by whom the user says."""
