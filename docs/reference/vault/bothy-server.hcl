# What the server does in Vault, for Transit mounted at "transit". A key each for the installation, and
# for each app and the platform in each workspace; all names begin with "bothy-".
path "transit/keys/bothy-*" { capabilities = ["create", "read", "update", "delete"] }
path "transit/keys/bothy-*/config" { capabilities = ["update"] }
path "transit/keys/bothy-*/rotate" { capabilities = ["update"] }
path "transit/encrypt/bothy-*" { capabilities = ["update"] }
path "transit/decrypt/bothy-*" { capabilities = ["update"] }
