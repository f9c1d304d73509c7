# The shop is open all night; in its quiet hours the lane is heard only by whoever stands before it.
clock is set to 2026-11-24 21:59:00
scan 9520001200014
expect sound scan-ok at 60 dB
wait 61 s
scan 9520001200014
expect sound scan-ok at 50 dB
clock is set to 2026-11-25 05:59:59
scan 9520001200014
expect sound scan-ok at 50 dB
wait 2 s
scan 9520001200014
expect sound scan-ok at 60 dB
# Staff make the lane softer on 19j, for good.
staff pin 2468
tap "Language & sound"
tap "Beeps: softer"
tap "Lock"
scan 9520001200014
expect sound scan-ok at 56 dB
