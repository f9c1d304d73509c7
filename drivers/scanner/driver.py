"""Scanner: a line and whatever understands its bytes. The same for serial lines, sockets and keyboards.

UnifiedPOS category Scanner. It takes no commands.
"""

from drivers.listening import Listening


class Scanner(Listening):
    """One scanner; its ear is a ScannerProtocol or Keystrokes."""
