"""What a stranger can ask of a running server, told without a browser."""
