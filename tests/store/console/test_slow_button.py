"""A button whose act takes a while: seen to be at work, pressed once, and free again whatever came of it."""

import asyncio

import pytest
from nicegui import ui
from nicegui.testing import user_simulation

from store.console.slow_button import slow_button


class Desk:
    """A page with one such button, whose act goes on until `goes_on` is set."""

    def __init__(self, trouble: Exception | None) -> None:
        self.begun, self.trouble, self.goes_on = 0, trouble, asyncio.Event()

    def page(self) -> None:
        self.button = slow_button("Make a code", self.act)
        ui.label("It may be pressed").bind_visibility_from(self.button, "enabled")

    async def act(self) -> None:
        self.begun += 1
        await self.goes_on.wait()
        if self.trouble is not None:
            raise self.trouble


@pytest.mark.parametrize("trouble", [None, RuntimeError("the disk is full")])
def test_it_turns_until_its_act_has_ended(trouble: Exception | None) -> None:
    async def pressed() -> None:
        desk = Desk(trouble)
        async with user_simulation(root=desk.page) as user:
            await user.open("/")
            user.find("Make a code").click()
            await user.should_not_see("It may be pressed")
            assert "loading" in desk.button.props
            user.find("Make a code").click()
            desk.goes_on.set()
            await user.should_see("It may be pressed")
            assert "loading" not in desk.button.props and desk.begun == 1
            desk.goes_on.clear()
            user.find("Make a code").click()
            await user.should_not_see("It may be pressed")
            assert desk.begun == 2

    asyncio.run(pressed())
