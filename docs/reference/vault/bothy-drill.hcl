# What a drill does in Vault, for Transit mounted at "transit": it opens a backup and what the backup
# holds, and makes, wraps and deletes nothing.
path "transit/decrypt/bothy-*" { capabilities = ["update"] }
# Its own session: whether it lives, and for how much longer; and what this policy allows.
path "auth/token/lookup-self" { capabilities = ["read"] }
path "auth/token/renew-self" { capabilities = ["update"] }
path "sys/capabilities-self" { capabilities = ["update"] }
