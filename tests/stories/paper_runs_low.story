# The roll ends soon. Nobody is called for it: a card waits for whoever is there anyway.
paper low
wait 5 s
scan 9520001200014
expect staff not called for paper
staff pin 1357
expect text "Change the roll soon."
paper ok
wait 5 s
expect text "Nothing right now."
