# Changes src/Rules/Pricing in a thousand places, one at a time, and sees whether a test notices (dotnet-stryker).
# It works in a copy of what it needs: the tool puts changed assemblies where the tests are built.

mutation_settings=$root/tests/Rules.Tests/stryker-config.json

copy_rules() {
  mkdir -p "$1" && (cd "$root" && tar --exclude=bin --exclude=obj --exclude=node_modules --exclude=StrykerOutput -cf - \
    .config .editorconfig global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt Shanmen.slnx docs src/Rules src/Protocol tests/Rules.Tests) | tar -xf - -C "$1"
}

# mutation: leaves one line in $work/mutation and what nobody noticed in TestResults/mutation.txt.
mutation() {
  local copy=$work/rules status=0 left=$root/tests/Rules.Tests/TestResults
  # Each change meets the tests anew, so that few random cases of each property do.
  ( copy_rules "$copy" && cd "$copy/tests/Rules.Tests" && dotnet tool restore &&
    SHANMEN_CASES_MAX=60 dotnet stryker --skip-version-check --output "$copy/mutation" ) || status=$?
  mkdir -p "$left"
  node "$root/tests/mutation.mjs" "$copy/mutation/reports/mutation-report.json" "$mutation_settings" >"$work/mutation" 2>"$left/mutation.txt"
  return "$status"
}
