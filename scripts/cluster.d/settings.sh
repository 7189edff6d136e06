# Sourced by scripts/cluster and what lies beside this file: where things are, and the node's addresses.

export CLUSTER_HOME="${CLUSTER_HOME:-${HOME:-/root}/.cache/bothy/cluster}"
bin=$CLUSTER_HOME/bin
node=$CLUSTER_HOME/node
pki=$node/pki
state=/run/bothy-cluster
socket=$state/containerd.sock
kubeconfig=$pki/admin.kubeconfig
# Where the controller manager makes volumes; it takes no other place.
volumes=/tmp/hostpath_pv

namespace=bothy-cluster
node_name=node1
host_ip=10.199.0.1
node_ip=10.199.0.2
pods=10.244.0.0/24
services=10.96.0.0/16
first_service=10.96.0.1

export PATH="$bin:$PATH:/usr/local/go/bin:/usr/sbin:/sbin"

# "ip netns exec" would mount a new /sys over the control groups.
in_node() { nsenter --net="/run/netns/$namespace" "$@"; }

kubectl_here() { KUBECONFIG=$kubeconfig "$bin/kubectl" "$@"; }

images() { ctr --address "$socket" --namespace k8s.io "$@"; }

# until_ok SECONDS WHAT COMMAND...: repeats the command until it succeeds.
until_ok() {
  local end=$(($(date +%s) + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$(date +%s)" -lt "$end" ] || fail "Gave up waiting for $what; the logs are in $node/log"
    sleep 0.3
  done
}
