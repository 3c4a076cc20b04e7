"""Plans to Python functions: source text that can be read, stepped into and printed."""
