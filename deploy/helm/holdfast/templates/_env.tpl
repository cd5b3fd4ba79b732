{{/* The same argument as holdfast.pod takes. */}}
{{- define "holdfast.env" -}}
{{- $values := .root.Values -}}
- name: NODE_ENV
  value: production
- name: HOST
  value: 0.0.0.0
- name: {{ .fixed.portName }}
  value: {{ .fixed.port | quote }}
- name: LOG_LEVEL
  value: {{ $values.logLevel }}
{{- if include "holdfast.keepsFile" . }}
- name: DATA_DIR
  value: /data
{{- end }}
{{- if $values.caCertificates.existingConfigMap }}
- name: NODE_EXTRA_CA_CERTS
  value: /etc/holdfast/ca/{{ $values.caCertificates.key }}
{{- end }}
{{- range $variable, $name := .fixed.needs }}
{{ include "holdfast.secretEnv" (dict "variable" $variable "secret" (index $values.secrets $name)) }}
{{- end }}
{{- with .fixed.database }}
{{- with index $values.secrets .secret }}
{{- if .existingSecret }}
{{ include "holdfast.secretEnv" (dict "variable" $.fixed.database.variable "secret" .) }}
{{- end }}
{{- end }}
{{- end }}
{{- if .fixed.function }}
{{- include "holdfast.functionSecrets" . }}
{{- end }}
{{- range $name, $value := include "holdfast.settings" . | fromYaml }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{/* Takes (dict "variable" <name> "secret" <existingSecret and key>). */}}
{{- define "holdfast.secretEnv" -}}
- name: {{ .variable }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret.existingSecret }}
      key: {{ .secret.key }}
{{- end -}}

{{/* What a function keeps secret is in one Secret; all but what its callbacks are signed with may be missing. */}}
{{- define "holdfast.functionSecrets" -}}
{{- $names := list "SUPABASE_SERVICE_ROLE_KEY" -}}
{{- if eq .part "notifier" -}}
{{- $names = append $names "TELEGRAM_BOT_TOKEN" -}}
{{- end }}
- name: {{ upper .part }}_WEBHOOK_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ .settings.existingSecret }}
      key: {{ upper .part }}_WEBHOOK_SECRET
{{- range $names }}
- name: {{ . }}
  valueFrom:
    secretKeyRef:
      name: {{ $.settings.existingSecret }}
      key: {{ . }}
      optional: true
{{- end }}
{{- end -}}

{{/* The part's settings as text: Helm reads a whole number as a float, and would write 1000000 as 1e+06. */}}
{{- define "holdfast.settings" -}}
{{- range $name, $value := omit .settings.env "WEBHOOK_ALLOWED_NETWORKS" }}
{{- if kindIs "float64" $value }}
{{ $name }}: {{ $value | int64 | toString | quote }}
{{- else }}
{{ $name }}: {{ $value | toString | quote }}
{{- end }}
{{- end }}
{{- if eq .part "webhook-publisher" }}
{{- $allowed := list }}
{{- with .settings.env.WEBHOOK_ALLOWED_NETWORKS }}{{ $allowed = append $allowed . }}{{ end }}
{{- range $function := list .root.Values.logger .root.Values.notifier }}
{{- if $function.enabled }}{{ $allowed = append $allowed $function.clusterIP }}{{ end }}
{{- end }}
{{- with $allowed }}
WEBHOOK_ALLOWED_NETWORKS: {{ join "," . | quote }}
{{- end }}
{{- end }}
{{- end -}}
