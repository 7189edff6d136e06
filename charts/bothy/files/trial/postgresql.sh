# A folder counts once initdb has come to its end in it; what an interrupted one left is passed over.
attempt=1
while [ -e "/var/lib/bothy/$attempt" ] && [ ! -e "/var/lib/bothy/$attempt/initialized" ]; do
  attempt=$((attempt + 1))
done
export PGDATA="/var/lib/bothy/$attempt"
if [ ! -e "$PGDATA" ]; then
  initdb --username=postgres --pwfile=/etc/bothy-trial/postgres-password --encoding=UTF8 \
    --locale-provider=builtin --locale=C.UTF-8 --auth-local=scram-sha-256 --auth-host=scram-sha-256
  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
  echo yes > "$PGDATA/initialized"
fi
# A shell that hands on the signal: on TERM alone PostgreSQL would wait until its last client has left.
postgres -c listen_addresses='*' -c unix_socket_directories=/tmp -c max_connections=200 &
server=$!
trap 'kill -INT "$server"' TERM INT
code=0
wait "$server" || code=$?
while kill -0 "$server" 2>/dev/null; do
  code=0
  wait "$server" || code=$?
done
exit "$code"
