# A slip is printed, and staff scan it at the next checkout. A shopper who scans it is told that staff come.
shop shares baskets
scan 9520001200014
staff pin 1357
tap "Suspend"
wait 3 s
expect receipt contains "Show this slip to our staff"
on lane k02 scan the slip of lane k01
on lane k02 expect banner "Our staff bring this basket back"
on lane k02 expect staff called for help
on lane k02 expect lines 0
on lane k02 staff pin 1357
on lane k02 scan the slip of lane k01
on lane k02 wait 1 s
on lane k02 expect due 32.90
on lane k02 expect report basket.recalled says by u2
# Nobody has it twice: the slip is only paper now.
on lane k03 staff pin 2468
on lane k03 scan the slip of lane k01
on lane k03 wait 1 s
on lane k03 expect lines 0
# Where a basket lies open, the other one waits.
on lane k03 scan 9520001200014
on lane k03 scan the slip of lane k01
on lane k03 expect banner "Finish this basket first"
on lane k03 expect due 32.90
