"""How numbers, equations and programs are written."""
