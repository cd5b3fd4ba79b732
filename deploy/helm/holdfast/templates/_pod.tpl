{{/* All take (dict "root" $ "part" <name> "fixed" <its entry of holdfast.parts> "settings" <its section of the values>). */}}

{{- define "holdfast.pod" -}}
{{- $root := .root -}}
{{- $pods := $root.Values.pods -}}
serviceAccountName: {{ include "holdfast.partName" . }}
automountServiceAccountToken: false
# A variable for every Service of the namespace is what a part would take for its settings, or trip over.
enableServiceLinks: false
terminationGracePeriodSeconds: {{ include "holdfast.grace" . }}
securityContext:
  runAsNonRoot: true
  # The user node of the image.
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $pods.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $pods.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $pods.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if and (not (include "holdfast.keepsFile" .)) $pods.topologyKeys }}
topologySpreadConstraints:
  {{- range $pods.topologyKeys }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "holdfast.partSelector" $ | nindent 8 }}
    # Else the pods of the version that goes count beside those of the one that comes.
    matchLabelKeys:
      - pod-template-hash
  {{- end }}
{{- end }}
containers:
  - name: {{ .part }}
    image: {{ include "holdfast.image" . | quote }}
    imagePullPolicy: {{ $root.Values.image.pullPolicy }}
    {{- if .fixed.function }}
    args: ["node", "--enable-source-maps", "main.js", {{ .part | quote }}]
    {{- end }}
    ports:
      - name: http
        containerPort: {{ .fixed.port }}
    env:
      {{- include "holdfast.env" . | nindent 6 }}
    {{- include "holdfast.probes" . | nindent 4 }}
    {{- if .fixed.function }}
    lifecycle:
      preStop:
        # The address is taken out of the Service while the pod is being stopped, not before: whoever has not heard of it
        # yet still finds somebody who listens.
        sleep:
          seconds: 10
    {{- end }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities:
        drop: [ALL]
    resources:
      {{- toYaml .settings.resources | nindent 6 }}
    volumeMounts:
      {{- include "holdfast.mounts" . | nindent 6 }}
volumes:
  {{- include "holdfast.volumes" . | nindent 2 }}
{{- end -}}

{{/* Seconds from SIGTERM, or the sleep before it, to SIGKILL: a gateway that goes on serving first has the longer for it. */}}
{{- define "holdfast.grace" -}}
{{- add .fixed.grace (ceil (divf (.settings.env.SHUTDOWN_DRAIN_MS | default 0) 1000)) -}}
{{- end -}}

{{/*
A part listens as soon as its database is open and its tables are up to date, also without RabbitMQ and Redis. Liveness asks
nothing but whether the process answers: a server that is away is no reason to start it again. Readiness says that.
*/}}
{{- define "holdfast.probes" -}}
startupProbe:
  httpGet:
    path: /health/live
    port: http
  periodSeconds: 2
  timeoutSeconds: 2
  # Five minutes, for migrations of large tables.
  failureThreshold: 150
livenessProbe:
  httpGet:
    path: /health/live
    port: http
  periodSeconds: 10
  timeoutSeconds: 5
  # A minute in which the process does not get to answer once is no pause of the garbage collector's.
  failureThreshold: 6
readinessProbe:
  httpGet:
    path: /health/ready
    port: http
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
{{- end -}}

{{- define "holdfast.mounts" -}}
- name: tmp
  mountPath: /tmp
{{- if include "holdfast.keepsFile" . }}
- name: data
  mountPath: /data
{{- end }}
{{- if .root.Values.caCertificates.existingConfigMap }}
- name: ca-certificates
  mountPath: /etc/holdfast/ca
  readOnly: true
{{- end }}
{{- end -}}

{{- define "holdfast.volumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: 64Mi
{{- if include "holdfast.keepsFile" . }}
- name: data
  persistentVolumeClaim:
    claimName: {{ .settings.persistence.existingClaim | default (include "holdfast.partName" .) }}
{{- end }}
{{- with .root.Values.caCertificates }}
{{- if .existingConfigMap }}
- name: ca-certificates
  configMap:
    name: {{ .existingConfigMap }}
{{- end }}
{{- end }}
{{- end -}}
