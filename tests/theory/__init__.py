"""Tests of the theory: each statement of its texts, computed."""
