"""What must hold of how rules are walked."""
