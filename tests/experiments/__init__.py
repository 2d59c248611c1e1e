"""Experiments, races, presets and maps: limits, links and what they compute."""
