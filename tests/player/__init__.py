"""What must hold of what the player gets."""
