"""What must hold of the figures."""
