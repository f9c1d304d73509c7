"""Events: what has happened, in the words of the shop. The only input of the checkout.

An event is a fact in the past tense. The gate makes it from a hardware event, a touch or a message, the loop
stamps it with its Moment, the journal keeps it, and replay plays it again. Nothing that is not in an event can
influence a sale. Amounts are Money, weights Weight; `at` is UNSTAMPED until the loop takes the event in.
"""

from kiosk.checkout.events.asking import *
from kiosk.checkout.events.asking import AskingEvent
from kiosk.checkout.events.audit import *
from kiosk.checkout.events.audit import AuditEvent
from kiosk.checkout.events.bagging import *
from kiosk.checkout.events.bagging import BaggingEvent
from kiosk.checkout.events.card import *
from kiosk.checkout.events.card import CardEvent
from kiosk.checkout.events.cash import *
from kiosk.checkout.events.cash import CashEvent
from kiosk.checkout.events.cash_machine import *
from kiosk.checkout.events.cash_machine import CashMachineEvent
from kiosk.checkout.events.commands import *
from kiosk.checkout.events.commands import CommandEvent
from kiosk.checkout.events.coupons import *
from kiosk.checkout.events.coupons import CouponEvent
from kiosk.checkout.events.day import *
from kiosk.checkout.events.day import DayEvent
from kiosk.checkout.events.desk import *
from kiosk.checkout.events.desk import DeskEvent
from kiosk.checkout.events.fiscal import *
from kiosk.checkout.events.fiscal import FiscalEvent
from kiosk.checkout.events.items import *
from kiosk.checkout.events.items import ItemEvent
from kiosk.checkout.events.leaving import *
from kiosk.checkout.events.leaving import LeavingEvent
from kiosk.checkout.events.machine import *
from kiosk.checkout.events.machine import MachineEvent
from kiosk.checkout.events.paper import *
from kiosk.checkout.events.paper import PaperEvent
from kiosk.checkout.events.returns import *
from kiosk.checkout.events.returns import ReturnEvent
from kiosk.checkout.events.serving import *
from kiosk.checkout.events.serving import ServingEvent
from kiosk.checkout.events.shopper import *
from kiosk.checkout.events.shopper import ShopperEvent
from kiosk.checkout.events.staff import *
from kiosk.checkout.events.staff import StaffEvent

Event = (
    AuditEvent
    | CouponEvent
    | CommandEvent
    | MachineEvent
    | ShopperEvent
    | ItemEvent
    | StaffEvent
    | DeskEvent
    | CardEvent
    | CashEvent
    | CashMachineEvent
    | DayEvent
    | PaperEvent
    | AskingEvent
    | BaggingEvent
    | FiscalEvent
    | ServingEvent
    | ReturnEvent
    | LeavingEvent
)
