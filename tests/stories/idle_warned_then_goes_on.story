# Ninety seconds of nothing: are you still there? The next scan is the answer.
scan 9520001200014
wait 95 s
expect screen 17-still-there
expect sound countdown
scan 9520001400056
expect screen 02-scanning
expect lines 2
wait 60 s
expect screen 02-scanning
