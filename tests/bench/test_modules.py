"""Every part of the bench can be begun: nothing it leans on was renamed."""

import importlib
import pkgutil

import pytest

import bench

NAMES = [one.name for one in pkgutil.iter_modules(bench.__path__, "bench.") if not one.name.endswith("__main__")]


@pytest.mark.parametrize("name", NAMES)
def test_a_module_is_imported(name: str) -> None:
    assert importlib.import_module(name).__doc__
