"""The speed table of the README: ``python -m benchmarks``, or ``make bench``, which installs the peers first."""
