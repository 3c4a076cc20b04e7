"""The checks, one module per rule. Each yields every problem it finds; none raises."""
