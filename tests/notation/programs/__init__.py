"""Tests of the programs to take home."""
