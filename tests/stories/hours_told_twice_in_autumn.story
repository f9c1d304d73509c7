# On 25 October the hour from two to three is told twice. A night shop sells wine until half past two: it stops at half past
# the first time, sells again when the clock goes back, and stops for good an hour later.
shop sells drinks/wine only from 00:00 to 02:30
clock is set to 2026-10-25 02:10:00
scan 9520001410048
expect lines 1
clock is set to 2026-10-25 02:40:00
scan 9520001410055
expect lines 1
expect banner "We sell this from Mon, 26 Oct, 00:00 on."
clock jumps 20 min
scan 9520001410055
expect lines 2
clock jumps 35 min
scan 9520001410031
expect lines 2
staff pin 2468
tap "Refuse"
