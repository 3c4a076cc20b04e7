"""One file for each contender: its loops by scenario, with the settings that are safe for threads and tasks."""
