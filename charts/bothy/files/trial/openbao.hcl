api_addr     = "http://bothy-trial-openbao:8200"
cluster_addr = "https://127.0.0.1:8201"

listener "tcp" {
  address         = "0.0.0.0:8200"
  cluster_address = "127.0.0.1:8201"
  tls_disable     = true
}

storage "raft" {
  path    = "/var/lib/openbao"
  node_id = "bothy-trial"
}

# A restart, or a machine that boots, opens it without anybody's help: for a trial alone.
seal "static" {
  current_key_id = "bothy-trial-1"
  current_key    = "file:///etc/openbao-seal/key"
}

# Runs once, when the storage is empty; afterwards no root token exists anywhere. What is set up beyond
# this the operator does, signed in by its ServiceAccount.
initialize "kubernetes" {
  request "enable" {
    operation = "update"
    path      = "sys/auth/kubernetes"
    data      = { type = "kubernetes" }
  }

  request "configure" {
    operation = "update"
    path      = "auth/kubernetes/config"
    data      = { kubernetes_host = "https://kubernetes.default.svc:443" }
  }
}

initialize "operator" {
  request "policy" {
    operation = "update"
    path      = "sys/policies/acl/bothy-operator"
    data = {
      policy = <<EOT
path "sys/mounts" { capabilities = ["read"] }
path "sys/mounts/transit" { capabilities = ["create", "read", "update"] }
path "sys/policies/acl/bothy-server" { capabilities = ["create", "read", "update"] }
path "sys/policies/acl/bothy-drill" { capabilities = ["create", "read", "update"] }
path "auth/kubernetes/role/bothy-server" { capabilities = ["create", "read", "update"] }
path "auth/kubernetes/role/bothy-drill" { capabilities = ["create", "read", "update"] }
EOT
    }
  }

  request "role" {
    operation = "update"
    path      = "auth/kubernetes/role/bothy-operator"
    data = {
      bound_service_account_names      = ["bothy-operator"]
      bound_service_account_namespaces = [{{ toJson .Release.Namespace }}]
      token_policies                   = ["bothy-operator"]
      token_ttl                        = "10m"
      token_max_ttl                    = "1h"
    }
  }
}
