# Somebody who asked for calm gets steady light, from the next call on and in the middle of one; the next shopper does not.
scan 9520001200014
tap "Call staff"
expect light amber pulsing
tap "Accessibility"
tap "Calm sounds"
expect light amber steady
tap "Calm sounds"
expect light amber pulsing
