# What the server reads in Vault besides, where its login to the database comes from there: the role
# "bothy-app" of the database engine mounted at "database". For a static role it is static-creds.
path "database/creds/bothy-app" { capabilities = ["read"] }
