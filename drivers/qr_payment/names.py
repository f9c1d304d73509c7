"""Names: the ids of payments and refunds, made from what they are for (RFC 9562, UUID version 5): no chance in them."""

from uuid import NAMESPACE_URL, uuid5


def payment_id(merchant: str, ticket: str) -> str:
    """Of one attempt of one merchant's till, whenever it is asked."""
    return str(uuid5(NAMESPACE_URL, f"kassa:{merchant}/{ticket}"))


def refund_id(payment: str) -> str:
    """Of the refund of a whole payment."""
    return str(uuid5(NAMESPACE_URL, f"kassa:refund/{payment}"))
