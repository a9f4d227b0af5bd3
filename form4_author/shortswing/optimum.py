"""The greatest total that any pairing reaches: a transportation problem, solved exactly.

Lowest price in against highest price out reaches it unless windows differ from pair to pair. The solver
(``networkx``, network simplex) is given integers only, so that nothing is rounded.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from form4_author.shortswing.matching import Matching
from form4_author.shortswing.trade import less, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from form4_author.shortswing.matching import Board
    from form4_author.shortswing.trade import Amount

__all__ = ["optimum", "solved"]


def optimum(given: Board) -> Matching:
    """The pairs with the greatest total; one purchase or one sale needs no solver."""
    purchases = {i for i, _ in given.gains}
    sales = {j for _, j in given.gains}
    if min(len(purchases), len(sales)) <= 1:
        return _direct(given)
    return solved(given)


def _direct(given: Board) -> Matching:
    """Of a single trade's partners the most profitable first."""
    bought = {i: given.purchases[i].shares for i, _ in given.gains}
    sold = {j: given.sales[j].shares for _, j in given.gains}
    pairs = []
    for i, j in sorted(given.gains, key=lambda at: (-given.gains[at].per_share, at)):
        shares = min(bought[i], sold[j])
        if shares > 0:
            pairs.append(given.pair(i, j, shares))
            bought[i] = less(bought[i], shares)
            sold[j] = less(sold[j], shares)
    return Matching(tuple(pairs))


def solved(given: Board) -> Matching:
    """The pairs with the greatest total, by the solver.

    Purchases feed sales through arcs whose cost is the profit, negative; an arc back closes the circle, so that no
    more flows than pays.
    """
    import networkx as nx

    scale = _scale([*(t.shares for t in given.purchases), *(t.shares for t in given.sales)])
    cents = _scale(found.per_share for found in given.gains.values())
    graph: nx.DiGraph[object] = nx.DiGraph()
    for i in sorted({i for i, _ in given.gains}):
        graph.add_edge("start", ("purchase", i), capacity=_whole(given.purchases[i].shares, scale))
    for j in sorted({j for _, j in given.gains}):
        graph.add_edge(("sale", j), "end", capacity=_whole(given.sales[j].shares, scale))
    for (i, j), found in given.gains.items():
        graph.add_edge(
            ("purchase", i),
            ("sale", j),
            weight=-_whole(found.per_share, cents),
            capacity=_whole(min(given.purchases[i].shares, given.sales[j].shares), scale),
        )
    graph.add_edge("end", "start", capacity=sum(_whole(sale.shares, scale) for sale in given.sales))
    _cost, flow = nx.network_simplex(graph)
    return Matching(
        tuple(
            given.pair(i, j, plain(Fraction(shares, scale)))
            for i, j in given.gains
            if (shares := flow["purchase", i]["sale", j]) > 0
        )
    )


def _scale(amounts: Iterable[Amount]) -> int:
    """The least number by which every one of them becomes whole."""
    return lcm(*(Fraction(amount).denominator for amount in amounts))


def _whole(amount: Amount, scale: int) -> int:
    return int(Fraction(amount) * scale)
