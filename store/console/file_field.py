"""File field: a button by which a file is chosen and sent; the same wherever the console takes one.

Quasar's own head of an upload is a bar of which only a small sign without a name can be touched, and says 0.00% before
anything is chosen.
"""

from collections.abc import Callable
from typing import Any

from nicegui import ui

_HEAD = """
<q-btn {look} no-caps color="primary" @click="props.pickFiles" label="{label}"><q-uploader-add-trigger /></q-btn>
<span v-if="props.isUploading" class="q-px-md">
  {{{{ props.uploadProgressLabel }}}} of {{{{ props.uploadSizeLabel }}}}
</span>
"""


def file_field(
    label: str, take: Callable[[Any], object], accept: str, most_bytes: int, *, main: bool = True
) -> ui.upload:
    """The button; `take` has each file as it comes, `accept` is what HTML's attribute of this name says."""
    upload = ui.upload(on_upload=take, auto_upload=True, max_file_size=most_bytes)
    upload.props(f'flat accept="{accept}"').classes("k-upload")
    upload.add_slot("header", _HEAD.format(label=label, look="unelevated" if main else "outline"))
    return upload
