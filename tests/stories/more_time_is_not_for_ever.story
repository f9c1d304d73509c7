# Somebody asks for more time and walks away: the lane waits ten times as long, keeps the basket, and is free again.
scan 9520001200014
wait 95 s
expect screen 17-still-there
tap "Give me more time"
expect screen 02-scanning
wait 14 min
expect screen 02-scanning
wait 65 s
expect screen 17-still-there
wait 31 s
expect screen 01-welcome
expect kept baskets 1
