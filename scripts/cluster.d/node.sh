# Sourced by scripts/cluster: brings the node up and takes it away.
#
# The node is a network namespace of this machine, without a default route: nothing of the cluster can
# leave the machine. Every process is noted with its pid in node/pids, and ended by it.

# start NAME COMMAND...
start() {
  local name=$1
  shift
  setsid nsenter --net="/run/netns/$namespace" "$@" >"$node/log/$name.log" 2>&1 </dev/null &
  echo "$! $name" >>"$node/pids"
}

network() {
  ip netns add "$namespace"
  ip link add bothy-host type veth peer name bothy-node
  ip link set bothy-node netns "$namespace"
  ip addr add "$host_ip/24" dev bothy-host
  ip link set bothy-host up
  in_node ip link set lo up
  in_node ip addr add "$node_ip/24" dev bothy-node
  in_node ip link set bothy-node up
  # A route for Services must be there, or the node itself cannot call one: kube-proxy's rules are asked
  # only after routing.
  in_node ip route add "$services" via "$host_ip"
  in_node sysctl -qw net.ipv4.ip_forward=1
  ip route add "$pods" via "$node_ip"
  ip route add "$services" via "$node_ip"
}

start_etcd() {
  start etcd "$bin/etcd" --data-dir "$node/etcd" --unsafe-no-fsync \
    --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
    --listen-peer-urls http://127.0.0.1:2380 --initial-advertise-peer-urls http://127.0.0.1:2380 \
    --initial-cluster default=http://127.0.0.1:2380
}

start_api_server() {
  start kube-apiserver "$bin/kube-apiserver" --etcd-servers=http://127.0.0.1:2379 \
    --bind-address="$node_ip" --advertise-address="$node_ip" --secure-port=6443 \
    --service-cluster-ip-range="$services" --allow-privileged=true \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
    --client-ca-file="$pki/ca.crt" \
    --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" \
    --service-account-issuer=https://kubernetes.default.svc.cluster.local \
    --service-account-key-file="$pki/accounts.pub" \
    --service-account-signing-key-file="$pki/accounts.key" \
    --kubelet-preferred-address-types=InternalIP --kubelet-certificate-authority="$pki/ca.crt" \
    --kubelet-client-certificate="$pki/apiserver-kubelet.crt" \
    --kubelet-client-key="$pki/apiserver-kubelet.key" \
    --requestheader-client-ca-file="$pki/ca.crt" --requestheader-allowed-names=front-proxy \
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
    --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key"
}

start_controllers() {
  # By default a node is taken for dead after 50 s without a sign of life, which it gives by the API server.
  # Who holds the one API server for a minute would then see every Service lose its pods for some seconds.
  start kube-controller-manager "$bin/kube-controller-manager" \
    --kubeconfig="$pki/controller-manager.kubeconfig" \
    --authentication-kubeconfig="$pki/controller-manager.kubeconfig" \
    --authorization-kubeconfig="$pki/controller-manager.kubeconfig" \
    --service-account-private-key-file="$pki/accounts.key" --root-ca-file="$pki/ca.crt" \
    --use-service-account-credentials=true --leader-elect=false --bind-address=127.0.0.1 \
    --cluster-cidr="$pods" --allocate-node-cidrs=false --enable-hostpath-provisioner=true \
    --node-monitor-grace-period=10m
  start kube-scheduler "$bin/kube-scheduler" --kubeconfig="$pki/scheduler.kubeconfig" \
    --authentication-kubeconfig="$pki/scheduler.kubeconfig" \
    --authorization-kubeconfig="$pki/scheduler.kubeconfig" --leader-elect=false --bind-address=127.0.0.1
}

# restrict_oom_score_adj: without CAP_SYS_RESOURCE runc dies when it lowers the score.
start_containerd() {
  cat >"$node/containerd.toml" <<C
version = 2
root = "$node/containerd"
state = "$state/containerd"
[grpc]
  address = "$socket"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/bothy-pause:1"
  disable_apparmor = true
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$node/cni"
C
  # ptp, not bridge: every packet crosses the node's routing, so that a Service reaches a pod of the same
  # node without br_netfilter.
  cat >"$node/cni/10-ptp.conflist" <<C
{"cniVersion":"1.0.0","name":"bothy","plugins":[
 {"type":"ptp","ipMasq":false,"ipam":{"type":"host-local","dataDir":"$state/cni","ranges":[[{"subnet":"$pods"}]],"routes":[{"dst":"0.0.0.0/0"}]}},
 {"type":"portmap","capabilities":{"portMappings":true}}]}
C
  start containerd containerd --config "$node/containerd.toml"
  until_ok 30 containerd images version
}

# The roots of the control groups: one in version 2, one for each controller in version 1.
control_groups() {
  if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
    echo /sys/fs/cgroup
  else
    local each
    for each in /sys/fs/cgroup/*/; do
      [ ! -f "$each/cgroup.procs" ] || echo "${each%/}"
    done
  fi
}

start_kubelet() {
  printf 'nameserver 127.0.0.1\n' >"$node/resolv.conf"
  local hierarchy file
  for hierarchy in $(control_groups); do
    mkdir -p "$hierarchy/$namespace"
  done
  if [ -d /sys/fs/cgroup/cpuset ]; then
    for file in cpuset.cpus cpuset.mems; do
      cat "/sys/fs/cgroup/cpuset/$file" >"/sys/fs/cgroup/cpuset/$namespace/$file"
    done
  fi
  cat >"$node/kubelet.yaml" <<C
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $pki/ca.crt}}
authorization: {mode: Webhook}
address: $node_ip
tlsCertFile: $pki/kubelet-serving.crt
tlsPrivateKeyFile: $pki/kubelet-serving.key
clusterDNS: [$node_ip]
clusterDomain: cluster.local
resolvConf: $node/resolv.conf
cgroupDriver: cgroupfs
cgroupRoot: /$namespace
failCgroupV1: false
failSwapOn: false
containerRuntimeEndpoint: unix://$socket
healthzBindAddress: 127.0.0.1
evictionHard: {"memory.available": "100Mi", "nodefs.available": "1%", "imagefs.available": "1%", "nodefs.inodesFree": "1%"}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
C
  start kubelet "$bin/kubelet" --config="$node/kubelet.yaml" --kubeconfig="$pki/kubelet.kubeconfig" \
    --root-dir="$node/kubelet" --hostname-override="$node_name" --node-ip="$node_ip" --register-node=true
}

start_services() {
  cat >"$node/proxy.yaml" <<C
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clientConnection: {kubeconfig: $pki/proxy.kubeconfig}
clusterCIDR: $pods
hostnameOverride: $node_name
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
C
  start kube-proxy "$bin/kube-proxy" --config="$node/proxy.yaml"
  cat >"$node/Corefile" <<C
.:53 {
  bind $node_ip
  errors
  ready 127.0.0.1:8181
  kubernetes cluster.local {
    kubeconfig $pki/coredns.kubeconfig bothy
  }
}
C
  start coredns "$bin/coredns" -conf "$node/Corefile"
}

# The controller that makes volumes makes them root's alone, and pods run as anybody.
open_volumes() {
  start volumes bash -c "while sleep 0.3; do
      find $volumes -mindepth 1 -maxdepth 1 -type d ! -perm 0777 -exec chmod 0777 {} + 2>/dev/null || true
    done"
}

node_is_ready() {
  kubectl_here get node "$node_name" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' | grep -q True
}

bring_up() {
  mkdir -p "$node"/{log,etcd,cni,kubelet} "$state"
  : >"$node/pids"
  network
  # The kubelet sets these for the whole machine; taking the node away puts them back.
  sysctl vm.overcommit_memory vm.panic_on_oom kernel.panic kernel.panic_on_oops \
    kernel.keys.root_maxkeys kernel.keys.root_maxbytes >"$node/sysctl.before" 2>/dev/null || true
  certificates
  start_etcd
  start_api_server
  until_ok 120 "the API server" kubectl_here get --raw /readyz
  start_controllers
  start_containerd
  pause_archive "$node/pause.tar"
  images images import "$node/pause.tar" >/dev/null
  start_kubelet
  start_services
  open_volumes
  until_ok 180 "the node" node_is_ready
  # A pod made before it is refused.
  until_ok 60 "the default service account" kubectl_here -n default get serviceaccount default
  kubectl_here apply -f - >/dev/null <<C
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: hostpath, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: kubernetes.io/host-path
C
}

end_all() {
  local pid tries
  for pid in "$@"; do kill -9 "$pid" 2>/dev/null || true; done
  for tries in $(seq 50); do
    kill -0 "$@" 2>/dev/null || return 0
    sleep 0.1
  done
}

pids_of() { awk -v name="^($1)\$" '$2 ~ name { print $1 }' "$node/pids"; }

# Nothing of the node is kept, so nothing is ended gently.
take_down() {
  local each
  # shellcheck disable=SC2046
  end_all $(pids_of 'kubelet|kube-.*|etcd|coredns|volumes')
  for each in $(timeout 10 ctr --address "$socket" --namespace k8s.io tasks ls -q 2>/dev/null); do
    timeout 10 ctr --address "$socket" --namespace k8s.io tasks rm -f "$each" >/dev/null 2>&1 || true
  done
  # shellcheck disable=SC2046
  end_all $(pids_of containerd)
  # A shim outlives containerd; its command line names our own socket.
  for each in $(pgrep -f "containerd-shim.*-address $socket" || true); do
    tr '\0' ' ' <"/proc/$each/cmdline" 2>/dev/null | grep -q -- "^[^ ]*containerd-shim.*-address $socket" &&
      kill -9 "$each" 2>/dev/null || true
  done
  awk '{print $2}' /proc/self/mounts | grep -E "^($node|$state)(/|\$)" | sort -r |
    while read -r each; do umount -l "$each"; done || true
  ip link del bothy-host 2>/dev/null || true
  ip netns del "$namespace" 2>/dev/null || true
  for each in $(control_groups); do
    find "$each/$namespace" -depth -type d -exec rmdir {} \; 2>/dev/null || true
  done
  [ ! -f "$node/sysctl.before" ] || sysctl -q -p "$node/sysctl.before" || true
  rm -rf "$node" "$state" "$volumes"
}
