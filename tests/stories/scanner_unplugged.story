# A lane without a scanner sells nothing, says so, and opens by itself.
unplug scanner
wait 5 s
expect screen 18b-out-of-order
expect light red
expect text "Scanner not answering"
expect staff called for device
plug in scanner
wait 15 s
expect screen 01-welcome
expect light green
scan 9520001200014
expect lines 1
unplug scanner
wait 5 s
expect lines 1
expect screen 02-scanning
type 9520001400056
expect lines 2
