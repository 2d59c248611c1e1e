"""The catalogue of optimizers: one entry each, in the order of the story, AdaDelta after what it builds on."""

from collections.abc import Mapping
from types import MappingProxyType

from adadelta_viz.core.optimizers.adadelta import ADADELTA
from adadelta_viz.core.optimizers.adam import ADAM, ADAMW, AMSGRAD
from adadelta_viz.core.optimizers.adam_variants import ADAMAX, NADAM, RADAM
from adadelta_viz.core.optimizers.baselines import ADAGRAD, MOMENTUM, NESTEROV, RMSPROP, SGD
from adadelta_viz.core.optimizers.optimizer import Optimizer
from adadelta_viz.core.optimizers.sign_based import LION, RPROP

_BEFORE = (SGD, MOMENTUM, NESTEROV, ADAGRAD, RMSPROP)
_AFTER = (ADAM, AMSGRAD, ADAMW, NADAM, RADAM, ADAMAX, RPROP, LION)
_ENTRIES = (*_BEFORE, ADADELTA, *_AFTER)

OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType({optimizer.key: optimizer for optimizer in _ENTRIES})
"""Every optimizer by its key, in the order in which menus show them."""
