# Half price on bread from 18:00 to 19:00. What is scanned a moment before costs the full price, and what is scanned at the
# end of the hour keeps its half price though it is paid after it.
offer evening kind=percent items="category:bread & buns" percent=50 since=18:00 until=19:00 name="Evening bread"
wait 3 s
clock is set to 2026-11-24 17:59:50
scan 9520001200014
expect due 32.90
clock is set to 2026-11-24 18:59:50
scan 9520001200014
expect due 49.35
clock is set to 2026-11-24 19:00:05
scan 9520001200014
expect due 82.25
tap "Pay"
wait 3 s
insert card
wait 1 s
pin 1234
wait 5 s
take card
wait 1 s
tap "Print it"
wait 3 s
expect receipt contains "Evening bread"
wait 20 s
expect store total 82.25
expect everything in the books
