#!/bin/sh
set -eu

help() {
  cat <<'HELP'
Usage: own-services/vault.sh

For whoever holds Vault (or OpenBao): makes what Bothy uses there. It can be run again.

  - the secrets engine transit, where each workspace's key lies and never leaves
  - policy and Kubernetes role bothy-server: make, use, rotate and, when a workspace is erased, delete keys
    that begin with bothy-
  - policy and role bothy-drill, for the ServiceAccount of drills: decrypt, and nothing else
  - with DATABASE_PATH, policy bothy-database for the same role: read a login to PostgreSQL there

Uses bao or vault, whichever is on PATH, with its usual settings: VAULT_ADDR, VAULT_TOKEN, VAULT_CACERT,
VAULT_NAMESPACE.
The Kubernetes sign-in must be enabled and know the cluster (vault auth enable kubernetes; vault write
auth/kubernetes/config …).

  NAMESPACE      Bothy's namespace in Kubernetes; bothy unless named
  TRANSIT_PATH   where transit is mounted; transit unless named
  AUTH_PATH      where the Kubernetes sign-in is mounted; kubernetes unless named
  DATABASE_PATH  where the server reads its login to PostgreSQL (the value database.vaultPath), e.g.
                 database/creds/bothy-app; it reads none unless named
  AUDIENCE       the audience that a ServiceAccount's token must be for (the value vault.audience); any unless named
HELP
}

fail() {
  echo "$*" >&2
  exit 1
}

case ${1:-} in
'') ;;
-h | --help)
  help
  exit 0
  ;;
*)
  help >&2
  exit 2
  ;;
esac

namespace=${NAMESPACE:-bothy}
transit=${TRANSIT_PATH:-transit}
auth=${AUTH_PATH:-kubernetes}
audience=${AUDIENCE:-}
database=${DATABASE_PATH:-}
if command -v bao >/dev/null; then
  cli=bao
elif command -v vault >/dev/null; then
  cli=vault
else
  fail "There is neither bao nor vault on PATH."
fi

$cli read "auth/$auth/config" >/dev/null ||
  fail "The Kubernetes sign-in is not set up at auth/$auth, or this token may not read its configuration."
$cli read "sys/mounts/$transit" >/dev/null 2>&1 || $cli secrets enable -path="$transit" transit

$cli policy write bothy-server - <<HCL
path "$transit/keys/bothy-*" { capabilities = ["create", "read", "update", "delete"] }
path "$transit/encrypt/bothy-*" { capabilities = ["update"] }
path "$transit/decrypt/bothy-*" { capabilities = ["update"] }
path "auth/token/lookup-self" { capabilities = ["read"] }
path "auth/token/renew-self" { capabilities = ["update"] }
path "sys/capabilities-self" { capabilities = ["update"] }
HCL
policies=bothy-server
ttl=10m
max_ttl=1h
if [ -n "$database" ]; then
  $cli policy write bothy-database - <<HCL
path "$database" { capabilities = ["read"] }
HCL
  policies=bothy-server,bothy-database
  # No login outlives the sign-in that it was asked for with.
  ttl=4h
  max_ttl=24h
fi
$cli write "auth/$auth/role/bothy-server" \
  bound_service_account_names=bothy-server bound_service_account_namespaces="$namespace" \
  audience="$audience" token_policies="$policies" token_ttl="$ttl" token_max_ttl="$max_ttl"
$cli policy write bothy-drill - <<HCL
path "$transit/decrypt/bothy-*" { capabilities = ["update"] }
path "auth/token/lookup-self" { capabilities = ["read"] }
path "auth/token/renew-self" { capabilities = ["update"] }
path "sys/capabilities-self" { capabilities = ["update"] }
HCL
$cli write "auth/$auth/role/bothy-drill" \
  bound_service_account_names=bothy-drill bound_service_account_namespaces="$namespace" \
  audience="$audience" token_policies=bothy-drill token_ttl=10m token_max_ttl=1h
echo "Vault knows the ServiceAccount bothy-server of the namespace $namespace."
