{{- define "bothy.policyHead" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .name }}
  namespace: {{ .context.Release.Namespace }}
  labels:
    {{- include "bothy.labels" . | nindent 4 }}
{{- end -}}

{{/* Pods of these components as peers. Takes the components. */}}
{{- define "bothy.peers" -}}
{{- range $index, $component := . }}{{ if $index }}
{{ end -}}
- podSelector:
    matchLabels:
      {{- include "bothy.selector" (dict "component" $component) | nindent 6 }}
{{- end }}
{{- end -}}

{{/* Ranges as peers. Takes the ranges. */}}
{{- define "bothy.ranges" -}}
{{- range $index, $range := . }}{{ if $index }}
{{ end -}}
- ipBlock: {cidr: {{ $range | quote }}}
{{- end }}
{{- end -}}

{{- define "bothy.dnsEgress" -}}
- ports:
{{- range .Values.networkPolicy.dnsPorts }}
    - {protocol: UDP, port: {{ . }}}
    - {protocol: TCP, port: {{ . }}}
{{- end }}
{{- end -}}

{{- define "bothy.apiEgress" -}}
- ports:
{{- range .Values.networkPolicy.apiPorts }}
    - {protocol: TCP, port: {{ . }}}
{{- end }}
{{- with .Values.networkPolicy.cidrs.api }}
  to:
    {{- include "bothy.ranges" . | nindent 4 }}
{{- end }}
{{- end -}}

{{/* A service of the customer's own, on the port of its address. Takes port, ranges, publicHttps. */}}
{{- define "bothy.serviceEgress" -}}
{{- if or .ranges (not (and .publicHttps (eq (toString .port) "443"))) }}
- ports:
    - {protocol: TCP, port: {{ .port }}}
{{- with .ranges }}
  to:
    {{- include "bothy.ranges" . | nindent 4 }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "bothy.databaseEgress" -}}
{{- if .Values.trial.enabled }}
- ports:
    - {protocol: TCP, port: 5432}
  to:
    {{- include "bothy.peers" (list "postgresql") | nindent 4 }}
{{- else }}
{{- include "bothy.serviceEgress" (dict "port" .Values.database.port "ranges" .Values.networkPolicy.cidrs.database "publicHttps" false) }}
{{- end }}
{{- end -}}

{{- define "bothy.vaultEgress" -}}
{{- if .Values.trial.enabled }}
- ports:
    - {protocol: TCP, port: 8200}
  to:
    {{- include "bothy.peers" (list "openbao") | nindent 4 }}
{{- else if include "bothy.keysInVault" . }}
{{- include "bothy.serviceEgress" (dict "port" (include "bothy.port" .Values.vault.address) "ranges" .Values.networkPolicy.cidrs.vault "publicHttps" true) }}
{{- end }}
{{- end -}}

{{/* The store of backups, unless a rule for public addresses or the proxy leads there. */}}
{{- define "bothy.storageEgress" -}}
{{- if eq (include "bothy.storageKind" .) "S3" }}
{{- include "bothy.serviceEgress" (dict "port" (include "bothy.port" .Values.storage.endpoint) "ranges" .Values.networkPolicy.cidrs.storage "publicHttps" true) }}
{{- end }}
{{- end -}}

{{/* Public addresses, or the proxy that leads to them. */}}
{{- define "bothy.publicEgress" -}}
{{- if .Values.proxy.address }}
{{- include "bothy.serviceEgress" (dict "port" (include "bothy.port" .Values.proxy.address) "ranges" .Values.networkPolicy.cidrs.proxy "publicHttps" false) }}
{{- else }}
- ports:
    - {protocol: TCP, port: 443}
  to:
    - ipBlock:
        cidr: 0.0.0.0/0
        except: [0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16, 224.0.0.0/4]
    - ipBlock:
        cidr: 2000::/3
{{- end }}
{{- end -}}

{{/* What backs up and restores may call: the database, what wraps keys, and the store. */}}
{{- define "bothy.backupEgress" -}}
{{- include "bothy.drillEgress" . }}
{{- include "bothy.databaseEgress" . }}
{{- end -}}

{{/* What a drill may call: what wraps keys, and the store. Its database is in its pod. */}}
{{- define "bothy.drillEgress" -}}
{{- $v := .Values }}
{{- include "bothy.dnsEgress" . }}
{{- include "bothy.vaultEgress" . }}
{{- include "bothy.storageEgress" . }}
{{- if and (eq (include "bothy.storageKind" .) "S3") (or $v.proxy.address (and (eq (include "bothy.port" $v.storage.endpoint) "443") (not $v.networkPolicy.cidrs.storage))) }}
{{- include "bothy.publicEgress" . }}
{{- end }}
{{- end -}}

{{/* What the server and its jobs may call. */}}
{{- define "bothy.serverEgress" -}}
{{- $v := .Values }}
{{- include "bothy.dnsEgress" . }}
{{- include "bothy.databaseEgress" . }}
{{- if $v.trial.enabled }}
- ports:
    - {protocol: TCP, port: 8080}
  to:
    {{- include "bothy.peers" (list "keycloak") | nindent 4 }}
{{- else }}
{{- $ports := list (include "bothy.port" $v.signOn.issuer) }}
{{- if $v.signOn.internalIssuer }}
{{- $ports = append $ports (include "bothy.port" $v.signOn.internalIssuer) | uniq }}
{{- end }}
{{- range $ports }}
{{- include "bothy.serviceEgress" (dict "port" . "ranges" $v.networkPolicy.cidrs.signOn "publicHttps" true) }}
{{- end }}
{{- end }}
{{- include "bothy.vaultEgress" . }}
{{- include "bothy.storageEgress" . }}
{{- include "bothy.publicEgress" . }}
{{- if $v.mail.host }}
{{- include "bothy.serviceEgress" (dict "port" ($v.mail.port | default (ternary 465 587 (eq $v.mail.security "Tls"))) "ranges" $v.networkPolicy.cidrs.mail "publicHttps" false) }}
{{- end }}
{{- if $v.egress.onPremisesCidrs }}
{{- range $v.egress.onPremisesHosts }}
{{- $address := ternary . (printf "https://%s" .) (contains "://" .) }}
{{- if hasSuffix ":*" $address }}
- to:
    {{- include "bothy.ranges" $v.egress.onPremisesCidrs | nindent 4 }}
{{- else }}
- ports:
    - {protocol: TCP, port: {{ include "bothy.port" $address }}}
  to:
    {{- include "bothy.ranges" $v.egress.onPremisesCidrs | nindent 4 }}
{{- end }}
{{- end }}
{{- end }}
{{- range $v.networkPolicy.egress }}
- ports:
{{- range .ports }}
    - {protocol: TCP, port: {{ . }}}
{{- end }}
  to:
    - ipBlock: {cidr: {{ .cidr | quote }}}
{{- end }}
{{- end -}}
