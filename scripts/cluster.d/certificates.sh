# Sourced by scripts/cluster: an authority, and a certificate and kubeconfig for each part of the cluster.

# certificate NAME SUBJECT USE [ALTERNATIVE-NAMES]
certificate() {
  openssl ecparam -genkey -name prime256v1 -noout -out "$pki/$1.key"
  openssl req -new -key "$pki/$1.key" -subj "$2" -out "$pki/$1.csr"
  {
    echo "keyUsage=critical,digitalSignature"
    echo "extendedKeyUsage=$3"
    [ -z "${4:-}" ] || echo "subjectAltName=$4"
  } >"$pki/$1.extensions"
  openssl x509 -req -in "$pki/$1.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -CAcreateserial -days 30 \
    -extfile "$pki/$1.extensions" -out "$pki/$1.crt" 2>/dev/null
}

# kubeconfig_for NAME SUBJECT
kubeconfig_for() {
  certificate "$1" "$2" clientAuth
  cat >"$pki/$1.kubeconfig" <<K
apiVersion: v1
kind: Config
current-context: bothy
clusters: [{name: bothy, cluster: {server: "https://$node_ip:6443", certificate-authority-data: $(base64 -w0 "$pki/ca.crt")}}]
contexts: [{name: bothy, context: {cluster: bothy, user: $1}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w0 "$pki/$1.crt"), client-key-data: $(base64 -w0 "$pki/$1.key")}}]
K
}

certificates() {
  mkdir -p "$pki"
  openssl ecparam -genkey -name prime256v1 -noout -out "$pki/ca.key"
  openssl req -x509 -new -key "$pki/ca.key" -days 30 -subj /CN=bothy-cluster -out "$pki/ca.crt"
  openssl genrsa -out "$pki/accounts.key" 2048 2>/dev/null
  openssl rsa -in "$pki/accounts.key" -pubout -out "$pki/accounts.pub" 2>/dev/null
  certificate apiserver /CN=kube-apiserver serverAuth \
    "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,IP:127.0.0.1,IP:$node_ip,IP:$first_service"
  certificate kubelet-serving "/CN=$node_name" serverAuth "DNS:$node_name,IP:$node_ip,IP:127.0.0.1"
  certificate apiserver-kubelet /O=system:masters/CN=apiserver-kubelet clientAuth
  certificate front-proxy /CN=front-proxy clientAuth
  kubeconfig_for admin /O=system:masters/CN=admin
  kubeconfig_for controller-manager /CN=system:kube-controller-manager
  kubeconfig_for scheduler /CN=system:kube-scheduler
  kubeconfig_for proxy /CN=system:kube-proxy
  kubeconfig_for coredns /O=system:masters/CN=coredns
  kubeconfig_for kubelet "/O=system:nodes/CN=system:node:$node_name"
}
