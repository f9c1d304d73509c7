# A receipt that was printed at one checkout is printed again at another, and says that it is a copy.
scan 9520001200014
tap "Pay"
wait 3 s
tap card
wait 3 s
tap "Print it"
wait 20 s
on lane k02 staff take goods back with pin 1357
on lane k02 type receipt k01-1
on lane k02 tap "Print a copy"
on lane k02 wait 3 s
on lane k02 expect receipt contains "KOPIA"
on lane k02 expect receipt contains "s001/k01"
on lane k02 expect report receipt.copied says by u2
# While the store is away nobody can print one.
on lane k02 network down
on lane k02 tap "Print a copy"
on lane k02 expect banner "ask about that just now"
on lane k02 expect receipts 1
on lane k02 network up
on lane k02 wait 5 s
on lane k02 tap "Back"
expect everything in the books
