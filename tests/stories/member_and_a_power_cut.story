# The power goes while the store is being asked
the store has member m7 called Sam with KM-555

scan 9520001200014
scan KM-555
expect customer m7
power cut
start
wait 3 s
expect customer m7
expect lines 1
expect nothing of Sam in the journal
