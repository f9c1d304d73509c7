"""Narrow: a table on a phone. Its columns would stand beside the screen, so each row is told in two lines."""

from nicegui import ui

_ITEM = """
<div class="k-member col-12" :tabindex="{opens} ? 0 : undefined" :role="{opens} ? 'button' : undefined"
     :style="{opens} ? '' : 'cursor: default'"
     @click="$parent.$emit('rowClick', {{}}, props.row)" @keydown.enter="$parent.$emit('rowClick', {{}}, props.row)">
  <div style="min-width: 0; overflow-wrap: anywhere">
    <div class="text-weight-bold">{{{{ props.row.{first} }}}}</div>
    <div class="k-muted">{{{{ [{below}].filter(Boolean).join(' · ') }}}}</div>
  </div>
  <div class="k-num" style="white-space: nowrap">{{{{ props.row.{right} }}}}</div>
</div>
"""


def two_lines(table: ui.table, first: str, right: str, *below: str, opens: bool = False) -> None:
    """These fields of a row where the screen is narrow: one large, one at its right, the others below it.

    `opens`: whether a touch opens the row, as a click on it does in the table.
    """
    table.props(':grid="Quasar.Screen.lt.sm"')
    told = ", ".join(f"props.row.{name}" for name in below)
    table.add_slot("item", _ITEM.format(first=first, right=right, below=told, opens="true" if opens else "false"))
