#!/usr/bin/env bash
# Positive control of ./test: feeds the counting with results that must be red and sees that they are.
# Prints one line "passed …" or "failed …" per question.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/shanmen-control.XXXXXX")
trap 'rm -rf "$work"' EXIT
red=0

# ask <question> <expected last line> <expected exit status> <kind> <runner status> <result text, or - for no file>
ask() {
  local file=$work/result table=$work/table said status
  rm -f "$file" "$table"
  [ "$6" = - ] || printf '%s' "$6" >"$file"
  node "$here/count.mjs" add "$table" sample "$4" 1 "$5" "$file" >/dev/null
  said=$(node "$here/count.mjs" sum "$table"); status=$?
  if [ "$(printf '%s\n' "$said" | tail -n 1)" = "$2" ] && [ "$status" = "$3" ]; then
    printf 'passed %s\n' "$1"
  else
    red=1; printf 'failed %s: said "%s", status %s\n' "$1" "$(printf '%s' "$said" | tail -n 1)" "$status"
  fi
}

# trx <announced total> <outcome of the whole run> <outcome of each test…>
trx() {
  local total=$1 whole=$2 one
  shift 2
  printf '<?xml version="1.0"?><TestRun><Results>'
  for one in "$@"; do printf '<UnitTestResult testName="a &gt; b" outcome="%s"><Output><ErrorInfo><Message>m</Message></ErrorInfo></Output></UnitTestResult>' "$one"; done
  printf '</Results><ResultSummary outcome="%s"><Counters total="%s" /></ResultSummary></TestRun>' "$whole" "$total"
}
vitest() { printf '{"success":%s,"testResults":[{"name":"f","status":"%s","message":"","assertionResults":[%s]}]}' "$1" "$2" "$3"; }
playwright() { printf '{"errors":[%s],"suites":[{"title":"f","specs":[],"suites":[{"title":"g","specs":[%s]}]}]}' "$1" "$2"; }
spec() { printf '{"title":"t","tests":[{"status":"%s","results":[{"status":"%s","errors":[]}]}]}' "$1" "$2"; }

ask 'trx: two passed tests are green'             '2 passed, 0 failed' 0 trx 0 "$(trx 2 Completed Passed Passed)"
ask 'trx: a failed test is red'                   '1 passed, 1 failed' 1 trx 1 "$(trx 2 Failed Passed Failed)"
ask 'trx: a skipped test is red'                  '1 passed, 1 failed' 1 trx 0 "$(trx 2 Completed Passed NotExecuted)"
ask 'trx: a test without an outcome is red'       '1 passed, 1 failed' 1 trx 0 "$(trx 2 Completed Passed Inconclusive)"
ask 'trx: an announced test that is absent is red' '1 passed, 1 failed' 1 trx 0 "$(trx 2 Completed Passed)"
ask 'trx: a crashed host is red'                  '1 passed, 1 failed' 1 trx 1 "$(trx 1 Failed Passed)"
ask 'trx: no test at all is red'                  '0 passed, 1 failed' 1 trx 0 "$(trx 0 Completed)"
ask 'trx: a file cut off is red'                  '0 passed, 1 failed' 1 trx 0 '<TestRun><Results><UnitTestResult testName="a" outcome="Passed" />'
ask 'trx: a missing file is red'                  '0 passed, 1 failed' 1 trx 0 -
ask 'trx: a runner that ends badly is red'        '1 passed, 1 failed' 1 trx 124 "$(trx 1 Completed Passed)"
ask 'vitest: a passed test is green'              '1 passed, 0 failed' 0 vitest 0 "$(vitest true passed '{"fullName":"a","status":"passed"}')"
ask 'vitest: a failed test is red'                '0 passed, 1 failed' 1 vitest 1 "$(vitest false failed '{"fullName":"a","status":"failed"}')"
ask 'vitest: a skipped and a todo test are red'   '0 passed, 2 failed' 1 vitest 0 "$(vitest true passed '{"fullName":"a","status":"skipped"},{"fullName":"b","status":"todo"}')"
ask 'vitest: a file that does not load is red'    '0 passed, 1 failed' 1 vitest 1 "$(vitest false failed '')"
ask 'vitest: no file at all is red'               '0 passed, 1 failed' 1 vitest 0 '{"success":true,"testResults":[]}'
ask 'vitest: a missing report is red'             '0 passed, 1 failed' 1 vitest 0 -
ask 'playwright: a passed test is green'          '1 passed, 0 failed' 0 playwright 0 "$(playwright '' "$(spec expected passed)")"
ask 'playwright: a failed test is red'            '1 passed, 1 failed' 1 playwright 1 "$(playwright '' "$(spec expected passed),$(spec unexpected failed)")"
ask 'playwright: a skipped test is red'           '0 passed, 1 failed' 1 playwright 0 "$(playwright '' "$(spec skipped skipped)")"
ask 'playwright: a flaky test is red'             '0 passed, 1 failed' 1 playwright 0 "$(playwright '' "$(spec flaky passed)")"
ask 'playwright: a foretold failure is red'       '0 passed, 1 failed' 1 playwright 0 "$(playwright '' "$(spec expected failed)")"
ask 'playwright: an error outside a test is red'  '1 passed, 1 failed' 1 playwright 1 "$(playwright '{"message":"x"}' "$(spec expected passed)")"
ask 'playwright: no test at all is red'           '0 passed, 1 failed' 1 playwright 0 '{"suites":[]}'
ask 'playwright: a report that is no JSON is red' '0 passed, 1 failed' 1 playwright 0 'Error: no browser'

# score <question> <expected beginning> <expected exit status> <noticed> <unnoticed> <not tried>
score() {
  local said status
  node -e 'const many=(status,n)=>Array.from({length:+n},()=>({status,mutatorName:"m",replacement:"r",location:{start:{line:1}}}));const [,a,b,c]=process.argv;
    console.log(JSON.stringify({files:{"f.cs":{mutants:[...many("Killed",a),...many("Survived",b),...many("Pending",c)]}}}))' "$4" "$5" "$6" >"$work/report"
  printf '{"stryker-config":{"thresholds":{"break":85}}}' >"$work/settings"
  said=$(node "$here/mutation.mjs" "$work/report" "$work/settings" 2>/dev/null); status=$?
  if [ "${said#"$2"}" != "$said" ] && [ "$status" = "$3" ]; then printf 'passed %s\n' "$1"; else red=1; printf 'failed %s: said "%s", status %s\n' "$1" "$said" "$status"; fi
}
score 'mutation: enough changes noticed is green'    'passed mutation score 85.00 %' 0 850 150 0
score 'mutation: one change too many unnoticed is red' 'failed mutation score 84.90 %' 1 849 151 0
score 'mutation: changes not tried are red'          'failed mutation score 90.00 %' 1 900 100 1
score 'mutation: code that was not found is red'     'failed mutation score 100.00 %' 1 9 0 0
if node "$here/mutation.mjs" "$work/no-such-report" "$work/settings" >"$work/said"; then red=1; printf 'failed mutation: no report is red\n'; else printf 'passed mutation: no report is red\n'; fi

said=$(node "$here/count.mjs" sum "$work/no-such-table" | tail -n 1)
if [ "$said" = '0 passed, 1 failed' ]; then printf 'passed no suite at all is red\n'; else red=1; printf 'failed no suite at all is red: %s\n' "$said"; fi
exit "$red"
