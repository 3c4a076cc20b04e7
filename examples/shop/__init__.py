"""A small shop: products and orders over HTTP, kept in SQLite, wired with wireproof."""
