"""What runs when a container is used: scope objects, claims, cleanup, and the program behind them."""
