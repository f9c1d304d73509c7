# Somebody who uses keys is asked whether they are still there: arrows choose between the answers, each gives half a minute more, OK takes the one with the ring.
scan 9520001200014
wait 95 s
expect screen 17-still-there
wait 20 s
press right
expect screen 17-still-there
wait 20 s
expect screen 17-still-there
find "Give me more time" by keys
press ok
expect screen 02-scanning
wait 100 s
expect screen 02-scanning
# Ten times as long, then the question again: this time to stop.
wait 810 s
expect screen 17-still-there
find "Stop shopping" by keys
press ok
expect screen 17-stop
find "Yes, stop" by keys
press ok
expect screen 01-welcome
expect voids 1
# OK without an arrow says yes, and so does Back; nothing is bought by it.
scan 9520001200014
wait 95 s
expect screen 17-still-there
press ok
expect screen 02-scanning
wait 95 s
press back
expect screen 02-scanning
wait 95 s
press down
wait 31 s
expect screen 01-welcome
expect kept baskets 1
expect everything in the books
