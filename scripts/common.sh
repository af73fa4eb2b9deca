# What ./run and ./test share: words for people, the tools that must be there, and building only what changed.
# Sourced by bash; $root is the folder of the checkout.

configuration=Release
program=$root/src/Centre/bin/$configuration/net10.0/Shanmen.Centre.dll
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# No compiler or build server may outlive the command that started it.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
export NPM_CONFIG_FUND=false NPM_CONFIG_AUDIT=false NPM_CONFIG_UPDATE_NOTIFIER=false
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

say() { printf '%s\n' "$*"; }
die() { printf '✗ %s\n' "$*" >&2; exit 1; }

# step <words> <command…>: one numbered line with its seconds; the command's output is shown only when it fails.
steps=0
step() {
  local words=$1 log started=$SECONDS status
  shift
  steps=$((steps + 1))
  log=$(mktemp "${work:-${TMPDIR:-/tmp}}/shanmen-step.XXXXXX")
  printf '[%s] %s … ' "$steps" "$words"
  if "$@" >"$log" 2>&1 </dev/null; then
    printf '%s s\n' "$((SECONDS - started))"; rm -f "$log"
  else
    status=$?
    printf '✗ %s s\n' "$((SECONDS - started))"
    tail -n 60 "$log" >&2; rm -f "$log"
    return "$status"
  fi
}

need_dotnet() {
  # The SDK is asked in the root, because global.json decides there which one serves.
  local version
  version=$(cd "$root" && dotnet --version 2>/dev/null) && [ "${version%%.*}" -ge 10 ] ||
    die "需要 .NET 10 SDK / the .NET 10 SDK is needed: https://dotnet.microsoft.com/download/dotnet/10.0"
}

need_node() {
  local version
  # 20.19 is the oldest on which the build of the screens runs.
  version=$(node -p 'const [a, b] = process.versions.node.split("."); a * 1000 + +b' 2>/dev/null) && [ "$version" -ge 20019 ] && command -v npm >/dev/null ||
    die "需要 Node.js 20.19 或更新版本 / Node.js 20.19 or newer is needed: https://nodejs.org"
}

# stale <stamp> <path…>: true when the stamp is absent or anything in the paths is newer. Folders count too: that is
# how a deleted file shows. What the build itself writes is left out.
stale() {
  local stamp=$1
  shift
  [ -e "$stamp" ] || return 0
  [ -n "$(find "$@" \( -name bin -o -name obj -o -name node_modules -o -name dist -o -name TestResults -o -name test-results \) -prune -o \
    -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# npm_install <folder>: installs what the lock file says, once per lock file.
npm_install() {
  local mark=$1/node_modules/.installed-lock
  cmp -s "$1/package-lock.json" "$mark" && return 0
  step "安装 / npm ci ($(basename "$1"))" npm --prefix "$1" ci --no-progress --loglevel=error || return 1
  cp "$1/package-lock.json" "$mark"
}

build_web() {
  [ -f "$root/web/package.json" ] || die "缺少 web/package.json / web/package.json is missing"
  npm_install "$root/web" || return 1
  stale "$root/web/dist/.built" "$root/web" || return 0
  step "构建界面 / build the screens" npm --prefix "$root/web" run --silent build || return 1
  touch "$root/web/dist/.built"
}

# build_project <csproj or slnx>. From the root, because global.json there chooses the SDK.
build_project() { cd "$root" && dotnet build "$1" -c "$configuration" -v q --nologo -nodeReuse:false; }

build_centre() {
  local mark=$root/src/Centre/obj/.built-$configuration
  [ -f "$program" ] && ! stale "$mark" "$root"/src "$root"/Directory.*.props "$root"/global.json "$root"/BannedSymbols.txt && return 0
  step "构建程序 / build the program" build_project "$root/src/Centre/Centre.csproj" || return 1
  touch "$mark"
}
