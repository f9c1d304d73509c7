# Somebody at the console settles what waits at the lane: a call for help and something that only staff sell. An age is
# looked at by eyes, and is not approved from afar
scan 9520001200014
tap "Call staff"
Bo at the console approves help
wait 1 s
the console hears done
expect report command.done says by u2
scan 9520001410048
Bo at the console approves age
wait 1 s
the console hears "an age is checked at the lane"
Bo at the console denies age
wait 1 s
the console hears done
expect lines 1
Bo at the console denies age
wait 1 s
the console hears "there is nothing to do: the lane has moved on"
tap "Pay"
wait 3 s
tap card
wait 5 s
tap "No receipt"
wait 20 s
expect everything in the books
