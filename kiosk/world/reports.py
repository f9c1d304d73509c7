"""Reports: what is on the paper of X and Z and kept of closed days, by the phrases that stories use for it."""

from kiosk.world.expectations import Missed
from kiosk.world.stage import Stage
from kiosk.world.story import Grammar

REPORTS = Grammar()


@REPORTS.says("expect receipt without {text}")
def without(stage: Stage, text: str) -> None:
    """The last whole piece of paper does not say it."""
    papers = [paper.as_text() for paper in stage.top.printer.paper if paper.cut]
    if not papers or text in papers[-1]:
        raise Missed(papers[-1] if papers else "there is no paper")


@REPORTS.says("expect receipts of training in the reports of closed days {count}")
def of_training(stage: Stage, count: int) -> None:
    """As the lane keeps them for ever."""
    found = sum(day.training for day in stage.lane.journal.days())
    if found != count:
        raise Missed(f"receipts of training: {found}")
