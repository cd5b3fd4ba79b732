{{/*
The parts that run, as YAML: name -> what is fixed about it.

values:    its section in values.yaml
port:      where it listens; /health/live, /health/ready and /metrics are there too
portName:  the variable that says so
needs:     what it is told of the servers: secrets of values.yaml
database:  the variable and the secret of its database, where it has one
queue:     the queue whose length it is scaled by
function:  whether it is an edge function: one replica, a file of its own, and nothing of the servers
metrics:   whether it has any
grace:     seconds from SIGTERM, and the sleep before it, to SIGKILL. A part takes 15 s at most for what is in flight
           (a function 16 s), and the sleep 10 s; the gateway's SHUTDOWN_DRAIN_MS comes on top.
*/}}
{{- define "holdfast.parts" -}}
api-gateway:
  values: gateway
  port: 3000
  portName: GATEWAY_PORT
  needs: {AMQP_URL: amqp, REDIS_URL: redis, API_KEYS: apiKeys}
  metrics: true
  grace: 30
orders-service:
  values: orders
  port: 3002
  portName: ORDERS_PORT
  needs: {AMQP_URL: amqp, REDIS_URL: redis}
  database: {variable: ORDERS_DATABASE_URL, secret: ordersDatabase}
  queue: orders_queue
  metrics: true
  grace: 30
products-service:
  values: products
  port: 3001
  portName: PRODUCTS_PORT
  needs: {AMQP_URL: amqp, REDIS_URL: redis}
  database: {variable: PRODUCTS_DATABASE_URL, secret: productsDatabase}
  queue: products_queue
  metrics: true
  grace: 30
webhook-publisher:
  values: webhooks
  port: 3003
  portName: WEBHOOKS_PORT
  needs: {AMQP_URL: amqp, REDIS_URL: redis, WEBHOOK_ENCRYPTION_KEY: webhookEncryptionKey}
  database: {variable: WEBHOOKS_DATABASE_URL, secret: webhooksDatabase}
  metrics: true
  grace: 30
{{- if .Values.logger.enabled }}
logger:
  values: logger
  port: 3004
  portName: LOGGER_PORT
  function: true
  grace: 40
{{- end }}
{{- if .Values.notifier.enabled }}
notifier:
  values: notifier
  port: 3005
  portName: NOTIFIER_PORT
  function: true
  grace: 40
{{- end }}
{{- end -}}

{{/* Takes (dict "root" $ "fixed" <its entry above>). "true" where the part's data is a file on a volume of its own. */}}
{{- define "holdfast.keepsFile" -}}
{{- if .fixed.function -}}
true
{{- else if .fixed.database -}}
{{- if not (index .root.Values.secrets .fixed.database.secret).existingSecret -}}true{{- end -}}
{{- end -}}
{{- end -}}

{{/* Takes (dict "root" $ "settings" <the part's section>). */}}
{{- define "holdfast.image" -}}
{{- $image := .root.Values.image -}}
{{- $path := printf "%s/%s" (trimSuffix "/" $image.registry) .settings.image.repository -}}
{{- if .settings.image.digest -}}
{{ $path }}@{{ .settings.image.digest }}
{{- else -}}
{{ $path }}:{{ $image.tag | default .root.Chart.AppVersion }}
{{- end -}}
{{- end -}}
