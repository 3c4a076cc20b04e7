"""The graph to plans: every decision about how to build something, as data that the emitters only write down."""
