"""The pages as Python sees them: widgets, address and what is sent to the player, without a browser."""
