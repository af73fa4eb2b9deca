# One throw-away PostgreSQL cluster for a whole run of ./test or ./run bench: own folder, own port, loopback only, fsync on as in a park.
# Sets SHANMEN_TEST_POSTGRES. Uses $work, a folder that the caller removes.

# PostgreSQL refuses to run as root, so root lends it another user.
as_postgres() {
  if [ "$(id -u)" != 0 ]; then "$@"
  elif id -u postgres >/dev/null 2>&1; then (cd / && runuser -u postgres -- "$@")
  else (cd / && runuser -u nobody -- "$@")
  fi
}

free_port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }

make_cluster() {
  local bin=$1 owner
  mkdir -p "$work/postgres"
  if [ "$(id -u)" = 0 ]; then
    owner=$(id -u postgres >/dev/null 2>&1 && printf postgres || printf nobody)
    chmod 711 "$work"; chown "$owner" "$work/postgres"
  fi
  as_postgres "$bin/initdb" -D "$work/postgres/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8
}

launch_cluster() {
  local bin=$1 attempt port
  # Another program may take the port between asking and starting: try again with the next.
  for attempt in 1 2 3; do
    port=$(free_port)
    if as_postgres "$bin/pg_ctl" -D "$work/postgres/data" -l "$work/postgres/log" -w -t 60 \
      -o "-p $port -k $work/postgres -h 127.0.0.1 -c fsync=on -c max_connections=200 -c shared_buffers=256MB" start; then
      printf '%s' "$port" >"$work/postgres.port"
      return 0
    fi
  done
  cat "$work/postgres/log"
  return 1
}

start_postgres() {
  local bin
  bin=$(postgres_bin) || return 1
  step "建立数据库 / make a PostgreSQL cluster" make_cluster "$bin" && step "启动数据库 / start PostgreSQL" launch_cluster "$bin" || return 1
  export SHANMEN_TEST_POSTGRES="Host=127.0.0.1;Port=$(cat "$work/postgres.port");Username=postgres;Database=postgres"
}

stop_postgres() {
  [ -f "$work/postgres/data/postmaster.pid" ] || return 0
  as_postgres "$(postgres_bin)/pg_ctl" -D "$work/postgres/data" -m immediate -w -t 30 stop >/dev/null 2>&1
}

# wants_cluster <words of ./run bench…>: true when they say --store postgres and name no database.
wants_cluster() {
  while [ $# -gt 1 ]; do
    if [ "$1 $2" = '--store postgres' ]; then
      case ${3:-} in --*) return 0 ;; *=*) return 1 ;; *) return 0 ;; esac
    fi
    shift
  done
  return 1
}
