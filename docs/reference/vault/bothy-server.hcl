# What the server does in Vault, for Transit mounted at "transit". A key each for the installation, and
# for each app and the platform in each workspace; all names begin with "bothy-". The star stands for
# what is below a key as well: its rotation and its configuration.
path "transit/keys/bothy-*" { capabilities = ["create", "read", "update", "delete"] }
path "transit/encrypt/bothy-*" { capabilities = ["update"] }
path "transit/decrypt/bothy-*" { capabilities = ["update"] }
# Its own session: whether it lives, and for how much longer; and what this policy allows.
path "auth/token/lookup-self" { capabilities = ["read"] }
path "auth/token/renew-self" { capabilities = ["update"] }
path "sys/capabilities-self" { capabilities = ["update"] }
