"""Numbers as the screen writes them."""


def written(number: float) -> str:
    """Write a number with as many digits as help: four significant ones, a true minus sign, a short exponent.

    Examples
    --------
    >>> written(-1e-6), written(0.95), written(1234567)
    ('−1e−6', '0.95', '1.235e6')
    """
    digits, _, exponent = f"{number:.4g}".partition("e")
    return (f"{digits}e{int(exponent)}" if exponent else digits).replace("-", "−")
