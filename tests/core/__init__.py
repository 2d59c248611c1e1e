"""What must hold of the mathematics."""
