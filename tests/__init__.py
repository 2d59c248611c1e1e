"""Tests, named as sentences about what must hold."""
