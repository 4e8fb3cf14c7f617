"""What people corrected about who is who, and applying it to an article."""
