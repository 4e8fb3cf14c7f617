"""Files to edit, each beside the module that checks it."""
