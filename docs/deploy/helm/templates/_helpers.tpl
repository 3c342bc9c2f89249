{{- define "sallyport.name" -}}
{{- if contains "sallyport" .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-sallyport" .Release.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* What finds the servers; never changes, for a Deployment cannot. */}}
{{- define "sallyport.selector" -}}
app.kubernetes.io/name: sallyport
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "sallyport.labels" -}}
{{ include "sallyport.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "sallyport.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* The user of the image, without rights; its group reads the secrets. */}}
{{- define "sallyport.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "sallyport.containerSecurity" -}}
readOnlyRootFilesystem: true
allowPrivilegeEscalation: false
capabilities: { drop: [ALL] }
{{- end }}

{{/* The variables that name the files of the secrets; the keys of encryption have a longer name. */}}
{{- define "sallyport.secretFiles" -}}
{{- range .Values.secret.keys }}
- name: {{ if eq . "encryption-keys" }}SALLYPORT_ENCRYPTION_KEYS{{ else }}{{ . | upper | replace "-" "_" }}{{ end }}_FILE
  value: /run/secrets/sallyport/{{ . }}
{{- end }}
{{- end }}

{{- define "sallyport.settings" -}}
- { name: PUBLIC_URL, value: {{ .Values.publicUrl | quote }} }
- { name: TRUST_PROXY, value: {{ .Values.trustProxy | quote }} }
- { name: NODE_ENV, value: production }
- { name: LOG_FORMAT, value: json }
- { name: SALLYPORT_DATA_DIR, value: /data }
{{- range $name, $value := .Values.settings }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end }}
