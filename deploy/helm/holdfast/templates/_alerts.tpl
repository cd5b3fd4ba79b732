{{/* Takes (dict "root" $ "part" <name>). The series of a part, by the labels that a ServiceMonitor gives them. */}}
{{- define "holdfast.seriesOf" -}}
namespace="{{ .root.Release.Namespace }}",service="{{ include "holdfast.partName" . }}"
{{- end -}}

{{/*
The alerts, as YAML. Replicas of a part say the same of what is in its database or its queues, so those are joined by max.
docs/operations.md says of each what to do, under its name.
*/}}
{{- define "holdfast.alerts" -}}
{{- $settings := .Values.prometheusRule -}}
{{- $all := printf "namespace=\"%s\",service=~\"%s-.*\"" .Release.Namespace (include "holdfast.fullname" .) -}}
{{- $gateway := include "holdfast.seriesOf" (dict "root" . "part" "api-gateway") -}}
{{- $orders := include "holdfast.seriesOf" (dict "root" . "part" "orders-service") -}}
{{- $products := include "holdfast.seriesOf" (dict "root" . "part" "products-service") -}}
{{- $webhooks := include "holdfast.seriesOf" (dict "root" . "part" "webhook-publisher") -}}
{{- range $part, $fixed := include "holdfast.parts" . | fromYaml }}
{{- if $fixed.metrics }}
- alert: HoldfastPartDown
  expr: absent(up{ {{- include "holdfast.seriesOf" (dict "root" $ "part" $part) -}} } == 1)
  for: 2m
  severity: critical
  labels: {part: {{ $part }}}
  summary: {{ $part }} has no replica that can be read.
{{- end }}
{{- end }}
- alert: HoldfastStockMismatch
  expr: max(holdfast_stock_ledger_mismatches{ {{- $products -}} }) > 0
  for: 1m
  severity: critical
  summary: '{{ "{{ $value }}" }} stock counters differ from their ledger.'
- alert: HoldfastStockUnchecked
  # NaN differs from itself.
  expr: max(holdfast_stock_ledger_mismatches{ {{- $products -}} }) != max(holdfast_stock_ledger_mismatches{ {{- $products -}} })
  for: 15m
  severity: warning
  summary: The stock could not be held against its ledger for 15 minutes.
- alert: HoldfastOrdersOverdue
  expr: max(holdfast_orders_overdue{ {{- $orders -}} }) > 0
  for: 2m
  severity: critical
  summary: '{{ "{{ $value }}" }} orders have been PENDING for more than a minute.'
- alert: HoldfastReleasesOverdue
  expr: max(holdfast_releases_overdue{ {{- $orders -}} }) > 0
  for: 5m
  severity: warning
  summary: The stock of {{ "{{ $value }}" }} cancelled orders has not come back.
- alert: HoldfastRelayStuck
  # The replica that publishes knows best how far it is; those that stand by learn it a second later.
  expr: min by (service) (holdfast_relay_backlog_age_seconds{ {{- $all -}} }) > 60
  for: 1m
  severity: critical
  summary: '{{ "{{ $labels.service }}" }} has not published an event for {{ "{{ $value }}" }} s.'
- alert: HoldfastDeadLetters
  expr: max by (queue) (holdfast_dead_letters{ {{- $all -}} }) > 0
  for: 5m
  severity: warning
  summary: '{{ "{{ $value }}" }} messages of {{ "{{ $labels.queue }}" }} could not be processed and wait for an operator.'
- alert: HoldfastMessagesFail
  expr: sum by (service, pattern) (rate(holdfast_messages_total{ {{- $all -}} ,outcome="retry"}[5m])) > 0.1
  for: 10m
  severity: warning
  summary: '{{ "{{ $labels.service }}" }} cannot finish {{ "{{ $labels.pattern }}" }} and tries again and again.'
- alert: HoldfastCommitsFail
  expr: sum by (service) (rate(holdfast_unit_of_work_failures_total{ {{- $all -}} }[5m])) > 0.1
  for: 5m
  severity: warning
  summary: Transactions of {{ "{{ $labels.service }}" }} are rolled back.
- alert: HoldfastRedisAway
  expr: min by (service) (holdfast_redis_up{ {{- $all -}} }) == 0
  for: 5m
  severity: warning
  summary: '{{ "{{ $labels.service }}" }} works without Redis, slower.'
- alert: HoldfastErrors
  expr: |-
    sum(rate(holdfast_http_request_duration_seconds_count{ {{- $gateway -}} ,status=~"5..",route!~"/health/.*"}[5m]))
    / sum(rate(holdfast_http_request_duration_seconds_count{ {{- $gateway -}} ,route!~"/health/.*"}[5m])) > {{ $settings.errorRatio }}
  for: 5m
  severity: critical
  summary: '{{ "{{ $value | humanizePercentage }}" }} of all requests are answered with 5xx.'
- alert: HoldfastSlow
  # Reads alone: a POST may wait for its order by its own wish, and a stream of events lasts as long as it is listened to.
  expr: |-
    histogram_quantile(0.99, sum by (le) (rate(
    holdfast_http_request_duration_seconds_bucket{ {{- $gateway -}} ,method="GET",route!~".*/events|/health/.*|/metrics"}[5m]))) > {{ $settings.slowSeconds }}
  for: 10m
  severity: warning
  summary: One read in a hundred takes longer than {{ "{{ $value }}" }} s.
- alert: HoldfastConnectionsDropped
  expr: sum(rate(holdfast_http_connections_dropped_total{ {{- $gateway -}} }[5m])) > 0
  for: 5m
  severity: warning
  summary: The gateway closes connections because there are too many.
- alert: HoldfastCallbacksLate
  expr: max by (webhook) (holdfast_webhook_oldest_undelivered_seconds{ {{- $webhooks -}} }) > {{ $settings.callbackLateSeconds }}
  for: 10m
  severity: warning
  summary: The subscriber {{ "{{ $labels.webhook }}" }} has been without an event for {{ "{{ $value | humanizeDuration }}" }}.
- alert: HoldfastCallbacksFail
  # When several subscribers wait and not one attempt succeeds, the fault is on this side: DNS, egress, a proxy.
  expr: |-
    (sum(rate(holdfast_webhook_attempts_total{ {{- $webhooks -}} ,outcome="2xx"}[15m])) or vector(0)) == 0
    and sum(rate(holdfast_webhook_attempts_total{ {{- $webhooks -}} }[15m])) > 0
    and count(count by (webhook) (holdfast_webhook_oldest_undelivered_seconds{ {{- $webhooks -}} })) > 2
  for: 5m
  severity: critical
  summary: No callback has reached any subscriber for a quarter of an hour.
{{- end -}}
