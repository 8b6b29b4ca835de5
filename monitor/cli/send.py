"""`govwatch send`: delivers what is due in the outbox once."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import Annotated

import typer
from attrs import asdict

from monitor.cli import common
from monitor.delivery import NOTHING, deliver
from monitor.outbox import Delivery
from monitor.senders import sender_for
from pipelines.store import outbox
from pipelines.store.times import now_in_china


def send(
    json: common.JsonOption = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="First make every failed mail due again.")
    ] = False,
    data: common.DataOption = None,
) -> None:
    """Deliver what is due in the outbox once, also what waits for its next try.

    A running `govwatch run` does so by itself; two senders never take the same mail.
    """
    config = common.configuration(data)
    with closing(common.open_existing_store(data)) as db:
        revived = outbox.retry_failed(db, now_in_china()) if retry_failed else 0
        delivery = deliver(db, config, early=True)
        counts = outbox.counts(db)
    channel = sender_for(config).name
    if json:
        common.print_json({"channel": channel, "revived": revived, **asdict(delivery), "outbox": counts})
    else:
        _show(channel, delivery, counts)
    for answer in delivery.answers:
        common.complain(answer)
    if delivery.failed or delivery.retried:
        raise typer.Exit(common.DONE_WITH_FAILURES)


def _show(channel: str, delivery: Delivery, counts: Mapping[outbox.State, int]) -> None:
    common.out.print(f"{channel}: {delivery.sent} sent", markup=False, highlight=False)
    if delivery.retried:
        common.out.print(f"{delivery.retried} not taken now, tried again later", highlight=False)
    if delivery.failed:
        common.out.print(
            f"{delivery.failed} failed for good; `govwatch send --retry-failed` tries them once more",
            highlight=False,
        )
    if delivery == NOTHING and counts["due"]:
        common.out.print("another govwatch is delivering at this moment; what is due goes out with it")
    common.out.print("outbox: " + ", ".join(f"{n} {state}" for state, n in counts.items()), highlight=False)
