"""What must hold of the claims."""
