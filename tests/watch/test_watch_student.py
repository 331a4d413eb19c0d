"""Student's t by finite sums agrees with tables, with itself, and with an independent library."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.watch.student import t_below, t_quantile


@pytest.mark.parametrize(
    ("p", "degrees", "value"),
    [(0.95, 1, 6.314), (0.975, 2, 4.303), (0.9, 3, 1.638), (0.975, 4, 2.776), (0.9, 10, 1.372), (0.995, 30, 2.750)],
)
def test_quantiles_of_the_printed_table(p: float, degrees: int, value: float) -> None:
    """Values every printed t table carries, to its three decimals."""
    assert round(t_quantile(p, degrees), 3) == value


def test_agrees_with_scipy() -> None:
    """Where scipy is at hand, probability and quantile agree to ten digits for 1 to 40 degrees."""
    stats = pytest.importorskip("scipy.stats", reason="scipy is an oracle of the tests, not a dependency")
    for degrees in range(1, 41):
        for p in (0.01, 0.2, 0.5, 0.75, 0.9, 0.975, 0.999):
            wanted = float(stats.t.ppf(p, degrees))
            assert t_quantile(p, degrees) == pytest.approx(wanted, rel=1e-10, abs=1e-10)
            assert t_below(wanted, degrees) == pytest.approx(p, rel=1e-10)


@given(st.floats(0.001, 0.999), st.integers(1, 60))
@settings(max_examples=60)
def test_quantile_inverts_the_probability(p: float, degrees: int) -> None:
    """The quantile has its probability below it, and the distribution is symmetric."""
    value = t_quantile(p, degrees)
    assert t_below(value, degrees) == pytest.approx(p, abs=1e-12)
    assert t_below(-value, degrees) == pytest.approx(1 - p, abs=1e-12)


@pytest.mark.parametrize(("p", "degrees"), [(0.0, 3), (1.0, 3), (0.9, 0)])
def test_outside_its_domain_it_refuses(p: float, degrees: int) -> None:
    """No quantile of certainty, no distribution without degrees of freedom."""
    with pytest.raises(ValueError, match=r"must be at least 1|lies between"):
        t_quantile(p, degrees)
