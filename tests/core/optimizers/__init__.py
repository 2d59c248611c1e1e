"""The update rules: against torch, against their equations, family by family."""
