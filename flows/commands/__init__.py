"""The command line: a module a command, imported when the command is called."""
