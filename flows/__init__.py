"""All that touches the outside, and in which order: Prefect, the web, files, schedules and the command line."""
