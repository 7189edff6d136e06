{{/* Labels of what this chart makes. Takes context and component. */}}
{{- define "bothy.labels" -}}
{{ include "bothy.selector" . }}
app.kubernetes.io/instance: bothy
app.kubernetes.io/part-of: bothy
app.kubernetes.io/managed-by: {{ .context.Release.Service }}
app.kubernetes.io/version: {{ .context.Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .context.Chart.Name .context.Chart.Version | replace "+" "_" | quote }}
{{- end -}}

{{/* Labels that pods are found by. Takes component. */}}
{{- define "bothy.selector" -}}
app.kubernetes.io/name: bothy
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* Labels of a pod's template: none that changes with a version alone. Takes context and component. */}}
{{- define "bothy.podLabels" -}}
{{ include "bothy.selector" . }}
app.kubernetes.io/instance: bothy
app.kubernetes.io/part-of: bothy
app.kubernetes.io/managed-by: {{ .context.Release.Service }}
{{- end -}}

{{- define "bothy.notForProduction" -}}
bothy.dev/not-for-production: "A trial: backups beside the data, unencrypted links inside the cluster, all passwords in one Secret."
{{- end -}}

{{/* An image's name. Takes context and image (registry, repository, tag, digest). */}}
{{- define "bothy.image" -}}
{{- $registry := .image.registry | default .context.Values.image.registry | trimSuffix "/" -}}
{{- if .image.digest -}}
{{ $registry }}/{{ .image.repository }}@{{ .image.digest }}
{{- else -}}
{{ $registry }}/{{ .image.repository }}:{{ .image.tag | default .context.Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "bothy.pullSecrets" -}}
{{- with .Values.image.pullSecrets -}}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end -}}
{{- end -}}

{{/* The pod's part of Pod Security "restricted". No user is named: the image's, or the cluster's, counts. */}}
{{- define "bothy.podSecurity" -}}
runAsNonRoot: true
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* The same for the trial's services, with the user that the values may name. */}}
{{- define "bothy.trialPodSecurity" -}}
{{ include "bothy.podSecurity" . }}
{{- with .Values.trial.securityContext }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "bothy.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "bothy.trialSecret" -}}bothy-trial{{- end -}}

{{- define "bothy.trialKeycloak" -}}http://bothy-trial-keycloak:8080{{- end -}}

{{- define "bothy.trialOpenbao" -}}http://bothy-trial-openbao:8200{{- end -}}

{{- define "bothy.publicAddress" -}}{{ .Values.publicAddress | trimSuffix "/" }}{{- end -}}

{{- define "bothy.keycloakAddress" -}}{{ .Values.trial.keycloak.publicAddress | trimSuffix "/" }}{{- end -}}

{{- define "bothy.issuer" -}}
{{- if .Values.trial.enabled -}}
{{ include "bothy.keycloakAddress" . }}/realms/bothy
{{- else -}}
{{ .Values.signOn.issuer }}
{{- end -}}
{{- end -}}

{{/* The port of an address: its own, or its scheme's. */}}
{{- define "bothy.port" -}}
{{- $parsed := urlParse . -}}
{{- $port := regexFind ":[0-9]+$" $parsed.host | trimPrefix ":" -}}
{{- if $port }}{{ $port }}{{ else if has $parsed.scheme (list "http" "ws") }}80{{ else if eq $parsed.scheme "smtp" }}587{{ else }}443{{ end -}}
{{- end -}}

{{/* The host of an address, without its port. */}}
{{- define "bothy.host" -}}
{{- regexReplaceAll ":[0-9]+$" (urlParse .).host "" -}}
{{- end -}}

{{/* Whether Vault, or the trial's OpenBao, has keys, if need be on the way from or to a Secret: "true" or nothing. */}}
{{- define "bothy.keysInVault" -}}
{{- if or .Values.trial.enabled (has "Vault" (list .Values.keys.provider .Values.keys.otherProvider)) }}true{{ end -}}
{{- end -}}

{{/* Whether a Secret has the key that wraps, or did before: "true" or nothing. */}}
{{- define "bothy.keysInSecret" -}}
{{- if and (not .Values.trial.enabled) (has "LocalFile" (list .Values.keys.provider .Values.keys.otherProvider)) }}true{{ end -}}
{{- end -}}

{{/* References to the secrets of this installation, as JSON: from the values, or the trial's. */}}
{{- define "bothy.secrets" -}}
{{- if .Values.trial.enabled -}}
{{- $name := include "bothy.trialSecret" . -}}
{{- dict
  "app" (dict "name" $name "key" "app-password")
  "migrate" (dict "name" $name "key" "migrate-password")
  "client" (dict "name" $name "key" "client-secret")
  "backup" (dict "name" $name "key" "backup-password") | toJson -}}
{{- else -}}
{{- dict
  "app" .Values.database.appPassword
  "migrate" .Values.database.migratePassword
  "client" .Values.signOn.clientSecret
  "backup" .Values.database.backupPassword
  "localKey" .Values.keys.localKey | toJson -}}
{{- end -}}
{{- end -}}

{{/* Names of all secrets that the resource names, each once, in order. */}}
{{- define "bothy.secretNames" -}}
{{- $names := list -}}
{{- range $secret := include "bothy.secrets" . | fromJson -}}
{{- with $secret.name }}{{ $names = append $names . }}{{ end -}}
{{- end -}}
{{- range $secret := list .Values.signOn.provisioning.clientSecret .Values.mail.password .Values.storage.accessKey .Values.storage.secretKey -}}
{{- with $secret.name }}{{ $names = append $names . }}{{ end -}}
{{- end -}}
{{- $names | uniq | sortAlpha | toJson -}}
{{- end -}}

{{/* Where backups go: S3, Folder or nothing. */}}
{{- define "bothy.storageKind" -}}
{{- .Values.storage.kind | default (ternary "Folder" "" .Values.trial.enabled) -}}
{{- end -}}

{{/* The image of the PostgreSQL that drills restore into, or nothing. */}}
{{- define "bothy.drillImage" -}}
{{- if .Values.restoreDrill.postgresql.image.repository -}}
{{ include "bothy.image" (dict "context" . "image" .Values.restoreDrill.postgresql.image) }}
{{- else if .Values.trial.enabled -}}
{{ include "bothy.image" (dict "context" . "image" .Values.trial.postgresql.image) }}
{{- end -}}
{{- end -}}

{{/* Whether drills run: "true" or nothing. */}}
{{- define "bothy.drills" -}}
{{- if and .Values.restoreDrill.enabled (include "bothy.storageKind" .) (include "bothy.drillImage" .) }}true{{ end -}}
{{- end -}}

{{/* The claim of the volume that backups go to, or nothing. */}}
{{- define "bothy.storageClaim" -}}
{{- if eq (include "bothy.storageKind" .) "Folder" -}}
{{ .Values.storage.existingClaim | default (ternary "backups-bothy-trial-postgresql-0" "" .Values.trial.enabled) }}
{{- end -}}
{{- end -}}

{{/* The group that the files of that volume belong to, or nothing. */}}
{{- define "bothy.storageGroup" -}}
{{- if include "bothy.storageClaim" . -}}
{{- $trial := ternary (.Values.trial.securityContext.fsGroup | default 0) 0 .Values.trial.enabled -}}
{{- with int64 (.Values.storage.fsGroup | default $trial) }}{{ . }}{{ end -}}
{{- end -}}
{{- end -}}
