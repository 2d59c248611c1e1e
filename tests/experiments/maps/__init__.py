"""What must hold of maps, their pieces and their views."""
