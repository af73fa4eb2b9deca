# What ./test needs (and ./run bench the first of it): PostgreSQL 15, Chromium, a Chinese font, zbarimg, pdftoppm, strace. Debian gets what is missing; elsewhere we say it.

postgres_bin() {
  local candidate
  for candidate in "${SHANMEN_POSTGRES_BIN:-}" /usr/lib/postgresql/15/bin "$(pg_config --bindir 2>/dev/null)"; do
    [ -n "$candidate" ] && [ -x "$candidate/initdb" ] && "$candidate/initdb" --version | grep -q ' 15\.' && { printf '%s' "$candidate"; return; }
  done
  return 1
}
chromium_path() {
  local candidate
  for candidate in "${SHANMEN_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser; do
    [ -n "$candidate" ] && [ -x "$candidate" ] && { printf '%s' "$candidate"; return; }
  done
  return 1
}
chinese_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn family)" ]; }

missing_packages() {
  postgres_bin >/dev/null || printf 'postgresql-15 '
  chromium_path >/dev/null || printf 'chromium '
  chinese_font || printf 'fontconfig fonts-noto-cjk '
  command -v zbarimg >/dev/null || printf 'zbar-tools '
  command -v pdftoppm >/dev/null || printf 'poppler-utils '
  command -v strace >/dev/null || printf 'strace '
}

install_packages() {
  local as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  # Debian starts a cluster of its own when the package arrives. The tests bring theirs; this one would only stay behind.
  if [[ " $* " == *" postgresql-15 "* && ! -e /etc/postgresql-common/createcluster.conf ]]; then
    "${as_root[@]}" mkdir -p /etc/postgresql-common/createcluster.d
    printf 'create_main_cluster = false\n' | "${as_root[@]}" tee /etc/postgresql-common/createcluster.d/no-main-cluster.conf >/dev/null
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

install_missing() {
  local missing
  missing=$(missing_packages)
  [ -z "$missing" ] && return 0
  if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
    # shellcheck disable=SC2086 — the list is meant to be split.
    step "安装 / install $missing" install_packages $missing || die "安装失败 / could not install: $missing"
    missing=$(missing_packages)
  fi
  [ -z "$missing" ] || die "请先安装 / please install first: $missing(Debian: apt-get install $missing)"
}
