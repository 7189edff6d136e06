{{/*
What the schema cannot say in words: everything that is missing or does not go together, at once.
The schema has checked types, shapes and unknown keys before.
*/}}
{{- define "bothy.validate" -}}
{{- $problems := list -}}
{{- $v := .Values -}}
{{- if not $v.image.registry -}}
{{- $problems = append $problems "image.registry is missing: the registry that holds Bothy's images, e.g. registry.example.com/bothy" -}}
{{- end -}}
{{- if not $v.publicAddress -}}
{{- $problems = append $problems "publicAddress is missing: where browsers reach Bothy, e.g. https://bothy.example.com" -}}
{{- end -}}
{{- if not $v.firstOwner -}}
{{- $problems = append $problems "firstOwner is missing: user name or e-mail address of the first owner, e.g. anna@example.com" -}}
{{- end -}}
{{- if and $v.autoscaling.enabled (gt (int $v.autoscaling.minReplicas) (int $v.autoscaling.maxReplicas)) -}}
{{- $problems = append $problems "autoscaling.minReplicas is more than autoscaling.maxReplicas" -}}
{{- end -}}
{{- if $v.mail.host -}}
{{- if not $v.mail.from -}}
{{- $problems = append $problems "mail.from is missing: the sender's address, e.g. bothy@example.com" -}}
{{- end -}}
{{- if and $v.mail.username (not $v.mail.password.name) -}}
{{- $problems = append $problems "mail.password.name is missing: the Secret with the password of mail.username" -}}
{{- end -}}
{{- else if or $v.mail.from $v.mail.username $v.mail.password.name -}}
{{- $problems = append $problems "mail.host is missing: the mail relay that mail.from, mail.username or mail.password.name are for" -}}
{{- end -}}
{{- $kind := include "bothy.storageKind" . -}}
{{- range $key, $value := dict "endpoint" $v.storage.endpoint "bucket" $v.storage.bucket "region" $v.storage.region "accessKey.name" $v.storage.accessKey.name "secretKey.name" $v.storage.secretKey.name -}}
{{- if and (eq $kind "S3") (not $value) -}}
{{- $problems = append $problems (printf "storage.%s is missing: storage.kind is S3" $key) -}}
{{- else if and (ne $kind "S3") $value -}}
{{- $problems = append $problems (printf "storage.%s is given, but storage.kind is not S3: set it, or leave this out" $key) -}}
{{- end -}}
{{- end -}}
{{- if and (ne $kind "S3") (or $v.storage.prefix $v.storage.objectLock.days) -}}
{{- $problems = append $problems "storage.prefix and storage.objectLock.days are for storage.kind S3 alone" -}}
{{- end -}}
{{- if eq $kind "Folder" -}}
{{- if not (include "bothy.storageClaim" .) -}}
{{- $problems = append $problems "storage.existingClaim is missing: the volume that storage.kind Folder is for" -}}
{{- end -}}
{{- else if or $v.storage.existingClaim $v.storage.fsGroup -}}
{{- $problems = append $problems "storage.existingClaim and storage.fsGroup are for storage.kind Folder alone" -}}
{{- end -}}
{{- if and (eq $kind "S3") $v.storage.region (not (has $v.storage.region (append $v.allowedRegions ($v.region | default "local")))) -}}
{{- $problems = append $problems (printf "storage.region is %s, which is neither region nor one of allowedRegions: backups would leave them" $v.storage.region) -}}
{{- end -}}
{{- if and $v.image.pullPolicy (eq $v.image.pullPolicy "Never") $v.image.pullSecrets -}}
{{- $problems = append $problems "image.pullSecrets are of no use with image.pullPolicy Never" -}}
{{- end -}}
{{- if $v.trial.enabled -}}
{{- if not $v.trial.keycloak.publicAddress -}}
{{- $problems = append $problems "trial.keycloak.publicAddress is missing: where browsers reach the trial's Keycloak, e.g. https://login.example.com" -}}
{{- else if eq (trimSuffix "/" $v.trial.keycloak.publicAddress) (trimSuffix "/" $v.publicAddress) -}}
{{- $problems = append $problems "trial.keycloak.publicAddress is the same as publicAddress: Bothy and Keycloak need an address each" -}}
{{- end -}}
{{- range $key, $value := dict "signOn.issuer" $v.signOn.issuer "signOn.internalIssuer" $v.signOn.internalIssuer "signOn.clientSecret.name" $v.signOn.clientSecret.name "signOn.provisioning.clientSecret.name" $v.signOn.provisioning.clientSecret.name "database.host" $v.database.host "database.appPassword.name" $v.database.appPassword.name "database.vaultPath" $v.database.vaultPath "database.migratePassword.name" $v.database.migratePassword.name "database.backupPassword.name" $v.database.backupPassword.name "keys.localKey.name" $v.keys.localKey.name "keys.otherProvider" $v.keys.otherProvider "vault.address" $v.vault.address "vault.namespace" $v.vault.namespace "vault.audience" $v.vault.audience -}}
{{- if $value -}}
{{- $problems = append $problems (printf "%s is given, but trial.enabled makes the chart run that service itself: leave one of them out" $key) -}}
{{- end -}}
{{- end -}}
{{- else -}}
{{- if hasPrefix "http:" $v.publicAddress -}}
{{- $problems = append $problems "publicAddress must begin with https:// (plain http is for trial.enabled=true alone)" -}}
{{- end -}}
{{- if $v.trial.keycloak.publicAddress -}}
{{- $problems = append $problems "trial.keycloak.publicAddress is given, but trial.enabled is false" -}}
{{- end -}}
{{- if not $v.region -}}
{{- $problems = append $problems "region is missing: where this installation runs, e.g. eu-central; data goes to no other region" -}}
{{- end -}}
{{- if not $v.signOn.issuer -}}
{{- $problems = append $problems "signOn.issuer is missing: the Keycloak realm as browsers reach it, e.g. https://login.example.com/realms/bothy" -}}
{{- end -}}
{{- if not $v.database.host -}}
{{- $problems = append $problems "database.host is missing: PostgreSQL's host, e.g. db.example.com" -}}
{{- end -}}
{{- if $v.database.vaultPath -}}
{{- if $v.database.appPassword.name -}}
{{- $problems = append $problems "database.appPassword.name is given, and database.vaultPath as well: leave one of them out" -}}
{{- end -}}
{{- if not (include "bothy.keysInVault" .) -}}
{{- $problems = append $problems "database.vaultPath is given, but keys.provider is LocalFile: set keys.provider to Vault, or leave the path out" -}}
{{- end -}}
{{- else if not $v.database.appPassword.name -}}
{{- $problems = append $problems "database.appPassword.name is missing: the Secret with the password of the role bothy_app (or database.vaultPath)" -}}
{{- end -}}
{{- if not $v.database.migratePassword.name -}}
{{- $problems = append $problems "database.migratePassword.name is missing: the Secret with the password of the role bothy_migrate" -}}
{{- end -}}
{{- if and $kind (not $v.database.backupPassword.name) -}}
{{- $problems = append $problems "database.backupPassword.name is missing: the Secret with the password of the role bothy_backup, which storage.kind needs" -}}
{{- end -}}
{{- if hasPrefix "http:" $v.storage.endpoint -}}
{{- $problems = append $problems "storage.endpoint must begin with https:// (plain http is for trial.enabled=true alone)" -}}
{{- end -}}
{{- if eq $v.keys.provider $v.keys.otherProvider -}}
{{- $problems = append $problems "keys.otherProvider is the same as keys.provider: it is the other one on the way between them, else empty" -}}
{{- end -}}
{{- if include "bothy.keysInVault" . -}}
{{- if not $v.vault.address -}}
{{- $problems = append $problems "vault.address is missing: where the Vault of keys.provider is, e.g. https://vault.example.com:8200" -}}
{{- end -}}
{{- else if $v.vault.address -}}
{{- $problems = append $problems "vault.address is given, but keys.provider is LocalFile: set keys.provider to Vault, or leave the address out" -}}
{{- end -}}
{{- if include "bothy.keysInSecret" . -}}
{{- if not $v.keys.localKey.name -}}
{{- $problems = append $problems "keys.localKey.name is missing: the Secret with the key that wraps all others (or keys.provider: Vault)" -}}
{{- end -}}
{{- else if $v.keys.localKey.name -}}
{{- $problems = append $problems "keys.localKey.name is given, but keys.provider is Vault: leave one of them out, or set keys.otherProvider to LocalFile while keys go over" -}}
{{- end -}}
{{- end -}}
{{- if $problems -}}
{{- fail (printf "\n\nBothy cannot be installed with these values:\n  - %s\n\nEvery value is explained in the chart's README.md; for a look without services of your own set trial.enabled=true.\n" (join "\n  - " $problems)) -}}
{{- end -}}
{{- end -}}
