{{/*
Where callbacks may go, as NetworkPolicyPeer: what webhook-publisher/src/outbound/http/address-policy.ts takes for public,
so that a fault in one of the two alone opens nothing. 168.63.129.16 is Azure's own agent.
*/}}
{{- define "holdfast.publicNetworks" -}}
- ipBlock:
    cidr: 0.0.0.0/0
    except:
      - 0.0.0.0/8
      - 10.0.0.0/8
      - 100.64.0.0/10
      - 127.0.0.0/8
      - 168.63.129.16/32
      - 169.254.0.0/16
      - 172.16.0.0/12
      - 192.0.0.0/24
      - 192.0.2.0/24
      - 192.31.196.0/24
      - 192.52.193.0/24
      - 192.88.99.0/24
      - 192.168.0.0/16
      - 192.175.48.0/24
      - 198.18.0.0/15
      - 198.51.100.0/24
      - 203.0.113.0/24
      - 224.0.0.0/4
      - 240.0.0.0/4
      {{- range .Values.networkPolicy.callbacks.deniedNetworks }}
      - {{ . }}
      {{- end }}
- ipBlock:
    cidr: 2000::/3
    except:
      - 2001::/23
      - 2001:db8::/32
      - 2002::/16
      - 2620:4f:8000::/48
      - 3fff::/20
{{- end -}}

{{/* Takes a list of ports. */}}
{{- define "holdfast.tcpPorts" -}}
{{- range . }}
- {protocol: TCP, port: {{ . }}}
{{- end }}
{{- end -}}

{{/* Takes (dict "root" $ "server" <its section of networkPolicy>): one rule that lets a part connect to it. */}}
{{- define "holdfast.toServer" -}}
{{- $server := index .root.Values.networkPolicy .server -}}
- ports:
    {{- include "holdfast.tcpPorts" $server.ports | trim | nindent 4 }}
  {{- with $server.to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* Takes (dict "root" $ "part" <name> "fixed" <its entry of holdfast.parts>): whom else it may connect to. */}}
{{- define "holdfast.egress" -}}
{{- if not .fixed.function }}
{{ include "holdfast.toServer" (dict "root" .root "server" "rabbitmq") }}
{{ include "holdfast.toServer" (dict "root" .root "server" "redis") }}
{{- end }}
{{- if and .fixed.database (not (include "holdfast.keepsFile" .)) }}
{{ include "holdfast.toServer" (dict "root" .root "server" "postgres") }}
{{- end }}
{{- if eq .part "webhook-publisher" }}
{{- include "holdfast.callbacksEgress" .root }}
{{- end }}
{{- if .fixed.function }}
# Telegram and Supabase.
- ports:
    - protocol: TCP
      port: 443
  to:
    {{- include "holdfast.publicNetworks" .root | nindent 4 }}
{{- end }}
{{- end -}}

{{/* Public subscribers, those in the networks that the publisher is told of, and the two functions. */}}
{{- define "holdfast.callbacksEgress" -}}
{{- $policy := .Values.networkPolicy }}
- to:
    {{- include "holdfast.publicNetworks" . | nindent 4 }}
    {{- range regexSplit "[\\s,]+" (.Values.webhooks.env.WEBHOOK_ALLOWED_NETWORKS | default "") -1 }}
    {{- if . }}
    - ipBlock:
        cidr: {{ if contains "/" . }}{{ . }}{{ else if contains ":" . }}{{ . }}/128{{ else }}{{ . }}/32{{ end }}
    {{- end }}
    {{- end }}
  {{- with $policy.callbacks.ports }}
  ports:
    {{- include "holdfast.tcpPorts" . | trim | nindent 4 }}
  {{- end }}
{{- range $part, $fixed := include "holdfast.parts" . | fromYaml }}
{{- if $fixed.function }}
- to:
    - podSelector:
        matchLabels:
          {{- include "holdfast.partSelector" (dict "root" $ "part" $part) | nindent 10 }}
  ports:
    - protocol: TCP
      port: {{ $fixed.port }}
{{- end }}
{{- end }}
{{- end -}}
