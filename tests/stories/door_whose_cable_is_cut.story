# A door whose cable is cut is an open door, and a key whose cable is cut is a key that is not turned: never the other way round. Rattling at a door that stays shut opens nothing.
shop fits door.service keylock
rattle at the service door
expect staff not called for door
cut the cable of the service door
expect staff called for door
mend the cable of the service door
expect staff not called for door
turn the staff key
expect screen 19a-staff-sign-in
cut the cable of the staff key
expect screen 01-welcome
power cut
start
wait 5 s
expect screen 01-welcome
mend the cable of the staff key
expect screen 19a-staff-sign-in
turn the staff key back
expect screen 01-welcome
expect everything in the books
