# The screen is wiped: half a minute long nothing that is scanned or touched counts, then everything is as before.
staff pin 1357
tap "Close the lane"
tap "Wipe the screen"
expect screen 19-cleaning
expect text "locked"
expect report cleaning.began says by u2
scan 9520001200014
expect sound not-found
expect text "Not now"
expect lines 0
wait 20 s
expect screen 19-cleaning
expect text "10"
wait 11 s
expect screen 19-staff-lane
tap "Lock"
scan 9520001200014
expect lines 1
# Nobody wipes while a shopper is there.
staff pin 1357
tap "Close the lane"
expect locked button "Wipe the screen"
