{{- define "holdfast.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* 40 characters at most: the longest part's name, webhook-publisher, has to fit into 63 behind it. */}}
{{- define "holdfast.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "holdfast.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "holdfast.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What tells the pods of a release from all others. */}}
{{- define "holdfast.releaseLabels" -}}
app.kubernetes.io/name: {{ include "holdfast.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "holdfast.labels" -}}
{{ include "holdfast.releaseLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Takes (dict "root" $ "part" <name>). What tells the pods of a part from all others; a Deployment can never change it. */}}
{{- define "holdfast.partSelector" -}}
{{ include "holdfast.releaseLabels" .root }}
app.kubernetes.io/component: {{ .part }}
{{- end -}}

{{/* Takes the same. */}}
{{- define "holdfast.partLabels" -}}
{{ include "holdfast.labels" .root }}
app.kubernetes.io/component: {{ .part }}
{{- end -}}

{{/* Takes the same. The name of everything that belongs to a part. */}}
{{- define "holdfast.partName" -}}
{{ include "holdfast.fullname" .root }}-{{ .part }}
{{- end -}}
