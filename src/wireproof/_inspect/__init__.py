"""The one place that reads annotations and signatures at run time."""
