"""Payment by a phone that reads a QR code: driver and simulated provider."""
