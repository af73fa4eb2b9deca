# Runs one suite after another, each in a process group of its own, so that a time limit or Ctrl-C ends all of it.
# Every process carries SHANMEN_TEST_RUN in its environment; by that mark we find what a suite left behind.

suite_seconds_max=${SHANMEN_SUITE_SECONDS_MAX:-1200}
running=
watch=

# marked: the processes of this run. Neither this shell nor PostgreSQL carries the mark.
marked() {
  local folder pid
  [ -d /proc/self ] || return 0
  for folder in /proc/[0-9]*; do
    pid=${folder#/proc/}
    [ "$pid" = "$$" ] || [ "$pid" = "$BASHPID" ] && continue
    if tr '\0' '\n' <"$folder/environ" 2>/dev/null | grep -qx "SHANMEN_TEST_RUN=$run_id"; then printf '%s ' "$pid"; fi
  done 2>/dev/null
}

# guarded <command…>: its status is the answer, 124 when it took too long.
guarded() {
  local status
  set -m
  SHANMEN_TEST_RUN=$run_id "$@" >"$work/suite.log" 2>&1 </dev/null &
  running=$!
  ( sleep "$suite_seconds_max"; touch "$work/too-long"; kill -TERM -- "-$running"; sleep 10; kill -KILL -- "-$running" ) >/dev/null 2>&1 </dev/null &
  watch=$!
  set +m
  wait "$running"; status=$?
  kill -TERM -- "-$watch"; wait "$watch" 2>/dev/null
  running= watch=
  [ -e "$work/too-long" ] && { rm -f "$work/too-long"; status=124; }
  return "$status"
}

# suite <name> <trx|vitest|playwright|check> <result file> <command…>
suite() {
  local name=$1 kind=$2 file=$3 started=$SECONDS status=0
  shift 3
  printf '▶ %s … ' "$name"
  guarded "$@" || status=$?
  printf '%s s\n' "$((SECONDS - started))"
  node "$root/tests/count.mjs" add "$work/table" "$name" "$kind" "$((SECONDS - started))" "$status" "$file"
  if [ "$status" = 124 ]; then printf '    … 超过 %s 秒被终止 / ended after the limit of %s s\n' "$suite_seconds_max" "$suite_seconds_max"; fi
  # What failed stands above, from the result file. Without one, the runner's own words are all there is.
  if [ ! -s "$file" ] || [ "$status" = 124 ]; then tail -n 40 "$work/suite.log" | sed 's/^/    │ /'; fi
}

# leftovers: a process that outlives its suite is a failed check; it is ended here all the same.
leftovers() {
  local left attempt
  for attempt in 1 2 3 4 5; do
    left=$(marked)
    [ -z "$left" ] && break
    sleep 1
  done
  if [ -z "$left" ]; then printf 'passed no process is left behind\n'
  else
    printf 'failed a process is left behind: '
    local pid; for pid in $left; do printf '%s ' "$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | cut -c1-120)"; done
    printf '\n'
    # shellcheck disable=SC2086 — a list of process ids.
    kill -KILL $left 2>/dev/null
  fi
}

clean_up() {
  local left
  trap - EXIT
  trap '' INT TERM HUP
  [ -n "$watch" ] && kill -KILL -- "-$watch" 2>/dev/null
  [ -n "$running" ] && { kill -TERM -- "-$running"; sleep 1; kill -KILL -- "-$running"; } 2>/dev/null
  left=$(marked)
  # shellcheck disable=SC2086
  [ -n "$left" ] && kill -KILL $left 2>/dev/null
  stop_postgres
  rm -rf "$work"
}
