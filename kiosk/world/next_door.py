"""Next door: another lane of the same shop, where a crowd of its own plays while the first lane's does.

Baskets that are set aside at one are brought back at the other, receipts of one are taken back at the other, and both
sell into the same books. What happens there is written as stories write it: `on lane k02 ...`.
"""

TILL = "k02"
_PERHAPS = "perhaps "


def there(till: str, line: str) -> str:
    """A line as it is written of that lane; of the first one (an empty till) as it is."""
    if not till:
        return line
    perhaps = _PERHAPS if line.startswith(_PERHAPS) else ""
    return f"{perhaps}on lane {till} {line.removeprefix(_PERHAPS)}"
