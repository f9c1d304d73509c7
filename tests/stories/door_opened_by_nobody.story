# A door that opens while nobody is signed in calls staff and lights the tower; shut again, nobody need come. Staff open theirs in peace, but may not leave it so.
shop fits door.service
open the service door
expect staff called for door
expect light amber steady
shut the service door
expect staff not called for door
staff pin 2468
open the service door
expect staff not called for door
tap "Health & tests"
expect text "Door service"
expect text "Open"
tap "Lock"
wait 1 s
expect staff called for door
power cut
shut the service door
start
wait 5 s
expect staff not called for door
expect everything in the books
