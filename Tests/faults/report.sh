# A line for each scenario as it ends, and the table at the end.

results=()

field() { sed -n "s/^ \"$1\": \([0-9.]*\),\{0,1\}$/\1/p" "$DIR/verdict.json" 2>/dev/null; }

note_result() {  # VERDICT SECONDS
  local row
  row=$(printf '%-34s %-14s %8s %6s %6s %6s %9s  %s' "$NAME" "$DELIVERY" "$(field telegrams)" "$kills" "$(field lost)" "$(field twice)" "$(field recovery)" "$1")
  [ ${#results[@]} -gt 0 ] || printf '%-34s %-14s %8s %6s %6s %6s %9s  %s\n' scenario delivery telegrams kills lost twice recovery result
  results+=("$row")
  printf '%s  (%s s)\n' "$row" "$2"
}

report() {
  printf '\n%d kills, %d of them SIGKILL to workers; seed %d\n' $all_kills $all_sigkills "$seed"
  printf '%d passed, %d failed\n' $passed $failed
  [ $failed = 0 ] || exit 1
}
