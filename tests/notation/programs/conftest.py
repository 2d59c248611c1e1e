"""What needs PyTorch, Keras and optax runs only when asked for by its mark, since no other test needs them."""

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "peers" in config.option.markexpr:
        return
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("peers")])
    items[:] = [item for item in items if not item.get_closest_marker("peers")]
