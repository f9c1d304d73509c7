# The power goes while the screen is wiped: a lane that starts again serves, and the first scan is sold.
staff pin 1357
tap "Close the lane"
tap "Wipe the screen"
wait 5 s
power cut
start
expect screen 01-welcome
scan 9520001200014
expect lines 1
