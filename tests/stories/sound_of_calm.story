# Somebody who cannot bear noise switches it down: half as loud, no ticks, and nothing twice. The next shopper hears all again.
scan 9520001200014
expect sound scan-ok at 60 dB
tap "Accessibility"
expect sound touch at 60 dB
tap "Calm sounds"
tap "Done"
scan 9520001200014
expect sound scan-ok at 50 dB
expect 2 sounds touch
tap "Pay"
wait 3 s
expect screen 11-card-progress
expect sound attention at 50 dB
expect 1 sounds attention
wait 20 s
expect 1 sounds attention
tap card
wait 2 s
expect 2 sounds attention
pin 1234
wait 3 s
expect sound paid at 50 dB
tap "No receipt"
wait 20 s
expect screen 01-welcome
scan 9520001200014
expect sound scan-ok at 60 dB
