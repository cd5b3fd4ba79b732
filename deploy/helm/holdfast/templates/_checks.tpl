{{/*
What no schema can say: what has to be set, and what does not go together. Every message says what to do.
*/}}
{{- define "holdfast.checks" -}}
{{- $values := .Values -}}
{{- $_ := required "image.registry: name the registry that you have pushed the images to (deploy/README.md, Images)" $values.image.registry -}}
{{- range $name, $what := dict "amqp" "RabbitMQ's URL" "redis" "Redis' URL" "apiKeys" "the API keys" "webhookEncryptionKey" "the key that webhook secrets are encrypted with" -}}
{{- $secret := index $values.secrets $name -}}
{{- $_ := required (printf "secrets.%s.existingSecret: name the Secret that holds %s under the key %s (deploy/README.md, Secrets)" $name $what $secret.key) $secret.existingSecret -}}
{{- end -}}
{{- range $part, $fixed := include "holdfast.parts" . | fromYaml -}}
{{- $settings := index $values $fixed.values -}}
{{- if $fixed.function -}}
{{- include "holdfast.checkFunction" (dict "root" $ "part" $part "fixed" $fixed "settings" $settings) -}}
{{- else -}}
{{- include "holdfast.checkScale" (dict "root" $ "part" $part "fixed" $fixed "settings" $settings) -}}
{{- end -}}
{{- end -}}
{{- include "holdfast.checkDatabases" . -}}
{{- if $values.ingress.enabled -}}
{{- $_ := required "ingress.host: name the host that the API is reached by" $values.ingress.host -}}
{{- $_ := required "gateway.env.TRUSTED_PROXIES: name the addresses of the ingress controller's pods, such as 10.0.0.0/8; otherwise all callers have its address, and one who guesses keys gets all of them refused" $values.gateway.env.TRUSTED_PROXIES -}}
{{- end -}}
{{- end -}}

{{- define "holdfast.checkScale" -}}
{{- $scaling := .settings.autoscaling -}}
{{- if $scaling.enabled -}}
{{- if gt (int $scaling.minReplicas) (int $scaling.maxReplicas) -}}
{{- fail (printf "%s.autoscaling: minReplicas (%d) is more than maxReplicas (%d)" .fixed.values (int $scaling.minReplicas) (int $scaling.maxReplicas)) -}}
{{- end -}}
{{- if and .fixed.queue (not .root.Values.secrets.kedaRabbitmq.existingSecret) -}}
{{- fail (printf "secrets.kedaRabbitmq.existingSecret: %s.autoscaling is on, so name the Secret with the URL by which KEDA asks RabbitMQ how long %s is" .fixed.values .fixed.queue) -}}
{{- end -}}
{{- end -}}
{{- if include "holdfast.keepsFile" . -}}
{{- if or $scaling.enabled (gt (int .settings.replicas) 1) -}}
{{- fail (printf "%s: more than one replica needs PostgreSQL, because an SQLite file has one writer on one disk. Put a postgres:// URL into a Secret and name it as secrets.%s.existingSecret; or set %s.replicas=1 and %s.autoscaling.enabled=false" .part .fixed.database.secret .fixed.values .fixed.values) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* All services call their tables the same, so two that share a database share their inbox and their log of events. */}}
{{- define "holdfast.checkDatabases" -}}
{{- $owners := dict -}}
{{- range $name := list "ordersDatabase" "productsDatabase" "webhooksDatabase" -}}
{{- $secret := index $.Values.secrets $name -}}
{{- if $secret.existingSecret -}}
{{- $place := printf "%s/%s" $secret.existingSecret $secret.key -}}
{{- if hasKey $owners $place -}}
{{- fail (printf "secrets.%s and secrets.%s are the same key of the same Secret (%s): every service needs a database of its own" (index $owners $place) $name $place) -}}
{{- end -}}
{{- $_ := set $owners $place $name -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "holdfast.checkFunction" -}}
{{- $variable := printf "%s_WEBHOOK_SECRET" (upper .part) -}}
{{- $_ := required (printf "%s.existingSecret: subscribe it (deploy/README.md, The two subscribers) and name the Secret that holds what POST /webhooks answered under the key %s" .part $variable) .settings.existingSecret -}}
{{- $_ := required (printf "%s.clusterIP: give it a free address of the cluster's range for services; the publisher is told that it may call it" .part) .settings.clusterIP -}}
{{- if ne (toString .root.Values.webhooks.env.WEBHOOK_ALLOW_HTTP) "true" -}}
{{- fail (printf "webhooks.env.WEBHOOK_ALLOW_HTTP: %s.enabled needs it to be true, because the publisher calls it over http" .part) -}}
{{- end -}}
{{- end -}}
