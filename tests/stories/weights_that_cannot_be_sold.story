# Too light, too heavy, below zero, moving, jumping: told kindly each time, and nothing is added.
shop has a scale
tap "Start"
type 4011
scale 95 g
expect text "Too light to weigh"
expect locked button "Add bananas"
tap "Add bananas"
expect banner "Too light to weigh"
scale 100 g
expect text "0.095"
scale 15005 g
expect text "Too heavy"
scale 1000000000 g
expect text "Too heavy"
scale -50 g
expect text "Please take everything off the scale."
scale 0 g
expect text "Put it on the scale."
scale moves
expect text "Hold still"
expect locked button "Add bananas"
scale 500 g
expect text "Hold still"
scale comes to rest
expect text "0.495"
scale 3000 g
scale 250 g
expect text "0.245"
expect lines 0
tap "Wrong item"
expect screen 04a-picker
tap "Back"
expect screen 03-empty-basket
