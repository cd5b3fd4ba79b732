// Generated from the OpenAPI document by `npm run generate -w @holdfast/client`: do not edit.

export interface paths {
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List orders, newest first
         * @description A client's own, or everyone's for an operator; all filters that are given hold. Pages go on where the one before has ended, by the time at which orders were stored: orders that arrive meanwhile are not on them, and none that was there is missing or comes twice. A page may have fewer orders than `limit`, even none, where a filter fits few of many orders or orders have many lines: the list ends where `nextCursor` is null.
         */
        get: operations["listOrders"];
        put?: never;
        /**
         * Place an order
         * @description All lines get their stock or none does. The answer is PENDING; with `Prefer: wait` it comes when the order is CONFIRMED or REJECTED, or with what it is when the time is up.
         *
         *     The answer that is stored for an `Idempotency-Key`, in the transaction that stores the order, is the order as it was placed: PENDING. A repeat with the same key, lines and reference gets it byte for byte, with the `ETag` that belongs to it, whatever has become of the order.
         *
         *     `Prefer: wait` asks for something else than the stored answer, in the first request and in a repeat: for the order as it is at the end of the wait. Two such answers are byte for byte the same unless the order has changed between them: the first may have run out of time and say PENDING, or the order may be CANCELLED since. The `ETag` tells them apart. Either way the order is placed once; the preference is no part of what two requests are compared by.
         *
         *     Until the order is stored, which does not include the wait, a repeat is refused with IDEMPOTENCY_KEY_IN_USE and `Retry-After`; one that comes by another gateway waits for the stored answer instead. Keys are kept for three days unless configured otherwise, and never for less than one.
         */
        post: operations["placeOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an order
         * @description Another client's order is 404.
         */
        get: operations["showOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an order
         * @description Gives back the stock that the order holds, once, whatever the order is going through at that moment. An order that is CANCELLED already is answered as it is, so that a repeat needs no `Idempotency-Key`, and none is looked at; nor does it matter which version its `If-Match` names, as the first request has made it stale. One that is REJECTED cannot be cancelled.
         */
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow an order
         * @description Server-sent events: one per change, from `order.created` on, each with the version of the order as its `id` and an `OrderChange` as its `data`. The stream ends when the order is CONFIRMED, REJECTED or CANCELLED; with `until=closed` it goes on after CONFIRMED, until the order is CANCELLED. A comment comes every 15 s.
         *
         *     Whoever loses the stream connects again with `Last-Event-ID` and gets what came after it; no change is lost or comes twice. Where nothing is left to come the answer is 204, after which a browser does not connect again. A reader that takes nothing for two heartbeats is cut off.
         */
        get: operations["followOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show everything that happened to an order
         * @description Requests, events, messages between services, stock movements and webhook attempts, in the order of time, each after its cause. Of webhooks a client sees its own; that the order made the stock of a product low (`product.stockLow`) is for operators. What a service would have told that does not answer is missing, and `incomplete` names it. Finished deliveries are kept for some days only, and their attempts with them.
         */
        get: operations["showOrderTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List products by sku */
        get: operations["listProducts"];
        put?: never;
        /**
         * Add a product
         * @description For operators.
         */
        post: operations["createProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add products from a CSV file
         * @description For operators. RFC 4180 in UTF-8, lines may also end in LF; the first line names the columns, in any order: sku, name, price_amount (in minor units), price_currency and stock, and if wanted supplier_id and low_stock_threshold. The file is worked on while it arrives. Each line is done whole or not at all, and a line that fails stops no other. A sku whose product was made from the same line is counted as existing and left as it is, with its stock and what was changed since, so that a file can be sent again at any time: also after an answer that says that the import could not be finished, which has in `import` what was done by then. It needs no `Idempotency-Key` therefore, and is refused with 400 where it has one.
         */
        post: operations["importProducts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a product and its stock */
        get: operations["showProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change name, price or threshold of a product
         * @description For operators. Only what the body names is changed; a `lowStockThreshold` of null is none. Orders that have their stock keep the price that they have. A threshold that makes a product low that was not is told as `product.stockLow`, as a sale is.
         */
        patch: operations["changeProduct"];
        trace?: never;
    };
    "/products/{id}/movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the stock ledger of a product, newest first
         * @description For operators: it names orders of every client.
         */
        get: operations["listStockMovements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{id}/stock-adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restock a product or write units off
         * @description For operators. What orders hold stays. `If-Match` is not looked at: adjustments say how many units more or less there are, so that they come to the same in any order, and every sale changes the `ETag`. An adjustment that is refused leaves its `Idempotency-Key` free: the same request may be possible later.
         */
        post: operations["adjustStock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks, newest first
         * @description One's own; an operator gets everyone's.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Subscribe to events
         * @description Keep the `secret`: it verifies the signatures, and no later answer shows it. Only a repeat with the same `Idempotency-Key` does, which gets this answer again, byte for byte, also when the webhook was changed or deleted since: it says what was done then. It is kept encrypted, as long as the history of deliveries is and for a day at least; the same holds for what is done with a webhook under a key.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a webhook
         * @description Another client's webhook is 404.
         */
        get: operations["showWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description What was still to be sent to it is not sent.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description Changes the fields that are there; `maxPerSecond: null` takes the limit away.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook a new secret
         * @description The old secret signs too for `overlapSeconds`: a day if not given, 7 days at most, and with 0 not at all. Two rotations drop the oldest secret: send an `Idempotency-Key`, under which a repeat changes nothing and shows the secret that the first request made, also when it was rotated away since.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test to a webhook
         * @description Sends `webhook.test` now, once, and answers with what came of it; that takes up to 15 s. A repeat with the same `Idempotency-Key` sends nothing: while the first is under way it is refused with IDEMPOTENCY_KEY_IN_USE.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enable a webhook
         * @description What was held while it was disabled is sent, oldest first. One that is enabled stays as it is. With an `Idempotency-Key` a repeat changes nothing even if the webhook was disabled since.
         */
        post: operations["enableWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disable a webhook
         * @description Its events are held, not dropped. One that is disabled stays as it is. With an `Idempotency-Key` a repeat changes nothing even if the webhook was enabled since.
         */
        post: operations["disableWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the events of a span of time again
         * @description With `dryRun` they are counted only; `onlyMissing` leaves out what was delivered. A repeat sends them once more, unless it has the same `Idempotency-Key`.
         */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a webhook's deliveries, newest first
         * @description With a filter a page may be short, or empty, and still have a `nextCursor`: go on until it is null.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a delivery and its attempts
         * @description Finished deliveries are kept for some days.
         */
        get: operations["showDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery again
         * @description Also one that was delivered; no test, and none that has an attempt before it already. Once it is delivered again, a repeat without an `Idempotency-Key` sends it once more.
         */
        post: operations["retryDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count dead letters by queue and reason
         * @description For operators, like all of this. The oldest 1000 are looked at; the others come up as these go.
         */
        get: operations["countDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{queue}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a queue's dead letters, oldest first
         * @description Nothing changes by looking. The oldest 1000 are looked at; the others come up as these go. A page begins from the first again when the letter that ended the page before is gone.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{queue}/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send back all dead letters that match, at a capped rate
         * @description One such act at a time works on a queue. Without a rate it is 50 a second. The oldest 1000 are looked at; the others come up as these go. A repeat with the same `Idempotency-Key` does nothing and gets the first answer, for good.
         */
        post: operations["redriveDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{queue}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End all dead letters that match for good, at a capped rate
         * @description `where` has to be there; `{}` means all. One such act at a time works on a queue. Without a rate it is 50 a second. The oldest 1000 are looked at; the others come up as these go. A repeat with the same `Idempotency-Key` does nothing and gets the first answer, for good.
         */
        post: operations["discardDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{queue}/acts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was done with a queue's dead letters, newest first */
        get: operations["listDeadLetterActs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{queue}/acts/{actId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an act and the letters that it acted on
         * @description While it is under way, how far it has come.
         */
        get: operations["showDeadLetterAct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{queue}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a dead letter with what is in it */
        get: operations["showDeadLetter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{queue}/{id}/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a dead letter back to its queue
         * @description Under its own message id, so that it has its effect once. One that cannot be processed comes back, and is counted. A repeat with the same `Idempotency-Key` does nothing and gets the first answer, for good.
         */
        post: operations["redriveDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dead-letters/{queue}/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a dead letter for good
         * @description Of letters that are equal in everything it ends one. A repeat with the same `Idempotency-Key` does nothing and gets the first answer, for good.
         */
        post: operations["discardDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process is alive
         * @description Every service has this, on its own port.
         */
        get: operations["checkLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process may be sent requests, and why not
         * @description Every service has this, on its own port. It answers at once, from what is known already.
         */
        get: operations["checkReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics for Prometheus
         * @description Every service has this, on its own port.
         */
        get: operations["showMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This API as a page for people
         * @description What the page loads comes from paths below this one, which are its own affair and no part of the API.
         */
        get: operations["showDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document
         * @description The HTTP API as OpenAPI 3.1.
         */
        get: operations["showOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/asyncapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The messages and events behind this API
         * @description What goes over RabbitMQ, as AsyncAPI 3.
         */
        get: operations["showAsyncApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "order.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An order was placed
         * @description Signed as the Standard Webhooks specification has it. It may come more than once, with the same `webhook-id`; `sequence` and `previousEventId` tell of one that is missing. The answer is waited for up to 15 s.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the event's id: the same at every attempt, so that a repeat is known by it */
                    "webhook-id": string;
                    /** @description when this attempt was signed, in Unix seconds */
                    "webhook-timestamp": string;
                    /** @description base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, keyed with the bytes after `whsec_`; several, of which one has to match, while an old secret is still valid */
                    "webhook-signature": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrderCreatedCallback"];
                };
            };
            responses: {
                /** @description The subscription is disabled */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                429: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                503: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Delivered */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Tried again later, a redirect too; after the last attempt it waits until somebody retries it */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.confirmed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An order has its stock
         * @description Signed as the Standard Webhooks specification has it. It may come more than once, with the same `webhook-id`; `sequence` and `previousEventId` tell of one that is missing. The answer is waited for up to 15 s.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the event's id: the same at every attempt, so that a repeat is known by it */
                    "webhook-id": string;
                    /** @description when this attempt was signed, in Unix seconds */
                    "webhook-timestamp": string;
                    /** @description base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, keyed with the bytes after `whsec_`; several, of which one has to match, while an old secret is still valid */
                    "webhook-signature": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrderConfirmedCallback"];
                };
            };
            responses: {
                /** @description The subscription is disabled */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                429: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                503: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Delivered */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Tried again later, a redirect too; after the last attempt it waits until somebody retries it */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.rejected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An order was refused
         * @description Signed as the Standard Webhooks specification has it. It may come more than once, with the same `webhook-id`; `sequence` and `previousEventId` tell of one that is missing. The answer is waited for up to 15 s.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the event's id: the same at every attempt, so that a repeat is known by it */
                    "webhook-id": string;
                    /** @description when this attempt was signed, in Unix seconds */
                    "webhook-timestamp": string;
                    /** @description base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, keyed with the bytes after `whsec_`; several, of which one has to match, while an old secret is still valid */
                    "webhook-signature": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrderRejectedCallback"];
                };
            };
            responses: {
                /** @description The subscription is disabled */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                429: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                503: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Delivered */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Tried again later, a redirect too; after the last attempt it waits until somebody retries it */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "order.cancelled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An order was cancelled
         * @description Signed as the Standard Webhooks specification has it. It may come more than once, with the same `webhook-id`; `sequence` and `previousEventId` tell of one that is missing. The answer is waited for up to 15 s.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the event's id: the same at every attempt, so that a repeat is known by it */
                    "webhook-id": string;
                    /** @description when this attempt was signed, in Unix seconds */
                    "webhook-timestamp": string;
                    /** @description base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, keyed with the bytes after `whsec_`; several, of which one has to match, while an old secret is still valid */
                    "webhook-signature": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OrderCancelledCallback"];
                };
            };
            responses: {
                /** @description The subscription is disabled */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                429: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                503: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Delivered */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Tried again later, a redirect too; after the last attempt it waits until somebody retries it */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "product.stockReserved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An order's stock was reserved, or was not to be had
         * @description Signed as the Standard Webhooks specification has it. It may come more than once, with the same `webhook-id`; `sequence` and `previousEventId` tell of one that is missing. The answer is waited for up to 15 s.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the event's id: the same at every attempt, so that a repeat is known by it */
                    "webhook-id": string;
                    /** @description when this attempt was signed, in Unix seconds */
                    "webhook-timestamp": string;
                    /** @description base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, keyed with the bytes after `whsec_`; several, of which one has to match, while an old secret is still valid */
                    "webhook-signature": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProductStockReservedCallback"];
                };
            };
            responses: {
                /** @description The subscription is disabled */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                429: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                503: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Delivered */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Tried again later, a redirect too; after the last attempt it waits until somebody retries it */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "product.stockReleased": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An order's stock was given back
         * @description Signed as the Standard Webhooks specification has it. It may come more than once, with the same `webhook-id`; `sequence` and `previousEventId` tell of one that is missing. The answer is waited for up to 15 s.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the event's id: the same at every attempt, so that a repeat is known by it */
                    "webhook-id": string;
                    /** @description when this attempt was signed, in Unix seconds */
                    "webhook-timestamp": string;
                    /** @description base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, keyed with the bytes after `whsec_`; several, of which one has to match, while an old secret is still valid */
                    "webhook-signature": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProductStockReleasedCallback"];
                };
            };
            responses: {
                /** @description The subscription is disabled */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                429: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                503: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Delivered */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Tried again later, a redirect too; after the last attempt it waits until somebody retries it */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "product.stockAdjusted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stock was added or written off; for operators
         * @description Signed as the Standard Webhooks specification has it. It may come more than once, with the same `webhook-id`; `sequence` and `previousEventId` tell of one that is missing. The answer is waited for up to 15 s.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the event's id: the same at every attempt, so that a repeat is known by it */
                    "webhook-id": string;
                    /** @description when this attempt was signed, in Unix seconds */
                    "webhook-timestamp": string;
                    /** @description base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, keyed with the bytes after `whsec_`; several, of which one has to match, while an old secret is still valid */
                    "webhook-signature": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProductStockAdjustedCallback"];
                };
            };
            responses: {
                /** @description The subscription is disabled */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                429: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                503: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Delivered */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Tried again later, a redirect too; after the last attempt it waits until somebody retries it */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "product.stockLow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A product has as little left as its threshold says; for operators
         * @description Signed as the Standard Webhooks specification has it. It may come more than once, with the same `webhook-id`; `sequence` and `previousEventId` tell of one that is missing. The answer is waited for up to 15 s.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the event's id: the same at every attempt, so that a repeat is known by it */
                    "webhook-id": string;
                    /** @description when this attempt was signed, in Unix seconds */
                    "webhook-timestamp": string;
                    /** @description base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, keyed with the bytes after `whsec_`; several, of which one has to match, while an old secret is still valid */
                    "webhook-signature": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProductStockLowCallback"];
                };
            };
            responses: {
                /** @description The subscription is disabled */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                429: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                503: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Delivered */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Tried again later, a redirect too; after the last attempt it waits until somebody retries it */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.disabled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A subscription was disabled, and its events are held
         * @description Signed as the Standard Webhooks specification has it. It may come more than once, with the same `webhook-id`; `sequence` and `previousEventId` tell of one that is missing. The answer is waited for up to 15 s.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the event's id: the same at every attempt, so that a repeat is known by it */
                    "webhook-id": string;
                    /** @description when this attempt was signed, in Unix seconds */
                    "webhook-timestamp": string;
                    /** @description base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, keyed with the bytes after `whsec_`; several, of which one has to match, while an old secret is still valid */
                    "webhook-signature": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WebhookDisabledCallback"];
                };
            };
            responses: {
                /** @description The subscription is disabled */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                429: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                503: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Delivered */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Tried again later, a redirect too; after the last attempt it waits until somebody retries it */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Somebody tests a subscription
         * @description Signed as the Standard Webhooks specification has it. It may come more than once, with the same `webhook-id`; `sequence` and `previousEventId` tell of one that is missing. The answer is waited for up to 15 s.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description the event's id: the same at every attempt, so that a repeat is known by it */
                    "webhook-id": string;
                    /** @description when this attempt was signed, in Unix seconds */
                    "webhook-timestamp": string;
                    /** @description base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, keyed with the bytes after `whsec_`; several, of which one has to match, while an old secret is still valid */
                    "webhook-signature": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WebhookTestCallback"];
                };
            };
            responses: {
                /** @description The subscription is disabled */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                429: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The endpoint is held for as long as `Retry-After` says, and then tried again */
                503: {
                    headers: {
                        /** @description seconds, or a date */
                        "Retry-After"?: string;
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Delivered */
                "2XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Tried again later, a redirect too; after the last attempt it waits until somebody retries it */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /**
         * @example {
         *       "productId": "mug",
         *       "quantity": 2
         *     }
         * @example {
         *       "items": [
         *         {
         *           "productId": "mug",
         *           "quantity": 2
         *         }
         *       ],
         *       "reference": "R-1"
         *     }
         */
        OrderRequest: {
            productId: string;
            quantity: number;
            reference?: string;
        } | {
            items: {
                /** @description id or sku of the product, as the order names it */
                productId: string;
                /** @description units ordered */
                quantity: number;
            }[];
            reference?: string;
        };
        /**
         * @example {
         *       "id": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "clientId": "shop",
         *       "status": "CONFIRMED",
         *       "items": [
         *         {
         *           "productId": "mug",
         *           "quantity": 2,
         *           "sku": "mug",
         *           "name": "Mug",
         *           "unitPrice": {
         *             "amount": 1250,
         *             "currency": "EUR"
         *           }
         *         }
         *       ],
         *       "total": {
         *         "amount": 2500,
         *         "currency": "EUR"
         *       },
         *       "reference": "R-1",
         *       "rejectionReason": null,
         *       "rejectionDetail": null,
         *       "createdAt": "2026-01-05T09:30:00.000Z",
         *       "updatedAt": "2026-01-05T09:30:00.040Z",
         *       "version": 2
         *     }
         * @example {
         *       "id": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "clientId": "shop",
         *       "status": "PENDING",
         *       "items": [
         *         {
         *           "productId": "mug",
         *           "quantity": 2,
         *           "sku": null,
         *           "name": null,
         *           "unitPrice": null
         *         }
         *       ],
         *       "total": null,
         *       "reference": "R-1",
         *       "rejectionReason": null,
         *       "rejectionDetail": null,
         *       "createdAt": "2026-01-05T09:30:00.000Z",
         *       "updatedAt": "2026-01-05T09:30:00.000Z",
         *       "version": 1
         *     }
         * @example {
         *       "id": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "clientId": "shop",
         *       "status": "REJECTED",
         *       "items": [
         *         {
         *           "productId": "mug",
         *           "quantity": 2,
         *           "sku": null,
         *           "name": null,
         *           "unitPrice": null
         *         }
         *       ],
         *       "total": null,
         *       "reference": "R-1",
         *       "rejectionReason": "OUT_OF_STOCK",
         *       "rejectionDetail": "2 of mug were asked for, 1 is there",
         *       "createdAt": "2026-01-05T09:30:00.000Z",
         *       "updatedAt": "2026-01-05T09:30:00.040Z",
         *       "version": 2
         *     }
         */
        Order: {
            /** @description UUIDv7 */
            id: string;
            /** @description the client whose order it is */
            clientId: string;
            /** @enum {string} */
            status: "PENDING" | "CONFIRMED" | "REJECTED" | "CANCELLED";
            items: {
                /** @description id or sku of the product, as the order names it */
                productId: string;
                /** @description units ordered */
                quantity: number;
                /** @description the product's sku; null before the stock is reserved */
                sku: string | null;
                /** @description its name at the moment of reservation; null before */
                name: string | null;
                /** @description its price at the moment of reservation; null before */
                unitPrice: {
                    /** @description minor units, 1250 is 12.50 EUR */
                    amount: number;
                    /** @description ISO 4217 currency code */
                    currency: string;
                } | null;
            }[];
            total: {
                /** @description minor units, 1250 is 12.50 EUR */
                amount: number;
                /** @description ISO 4217 currency code */
                currency: string;
            } | null;
            reference: string | null;
            rejectionReason: ("OUT_OF_STOCK" | "UNKNOWN_PRODUCT" | "MIXED_CURRENCIES" | "TOTAL_TOO_LARGE" | "ORDER_CANCELLED") | null;
            rejectionDetail: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            version: number;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *           "clientId": "shop",
         *           "status": "CONFIRMED",
         *           "items": [
         *             {
         *               "productId": "mug",
         *               "quantity": 2,
         *               "sku": "mug",
         *               "name": "Mug",
         *               "unitPrice": {
         *                 "amount": 1250,
         *                 "currency": "EUR"
         *               }
         *             }
         *           ],
         *           "total": {
         *             "amount": 2500,
         *             "currency": "EUR"
         *           },
         *           "reference": "R-1",
         *           "rejectionReason": null,
         *           "rejectionDetail": null,
         *           "createdAt": "2026-01-05T09:30:00.000Z",
         *           "updatedAt": "2026-01-05T09:30:00.040Z",
         *           "version": 2
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        OrderPage: {
            data: components["schemas"]["Order"][];
            /** @description null on the last page */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "version": 2,
         *       "type": "order.confirmed",
         *       "status": "CONFIRMED",
         *       "at": "2026-01-05T09:30:00.040Z",
         *       "data": {
         *         "orderId": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *         "status": "CONFIRMED",
         *         "total": {
         *           "amount": 2500,
         *           "currency": "EUR"
         *         }
         *       }
         *     }
         */
        OrderChange: {
            /** @description version of the order from this change on; also the id of the event */
            version: number;
            /**
             * @description what happened; also the name of the event
             * @enum {string}
             */
            type: "order.created" | "order.confirmed" | "order.rejected" | "order.cancelled";
            /**
             * @description status of the order from this change on
             * @enum {string}
             */
            status: "PENDING" | "CONFIRMED" | "REJECTED" | "CANCELLED";
            /**
             * Format: date-time
             * @description when it happened
             */
            at: string;
            /** @description what there is to say of it, by type, as in callbacks */
            data: {
                [key: string]: unknown;
            };
        };
        /**
         * @description `text/event-stream` of the HTML standard; each `data` is an `OrderChange`
         * @example retry: 3000
         *
         *     id: 2
         *     event: order.confirmed
         *     data: {"version":2,"type":"order.confirmed","status":"CONFIRMED","at":"2026-01-05T09:30:00.040Z","data":{"orderId":"019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10","status":"CONFIRMED","total":{"amount":2500,"currency":"EUR"}}}
         */
        OrderEvents: string;
        /**
         * @example {
         *       "data": [
         *         {
         *           "at": "2026-01-05T09:30:00.040Z",
         *           "service": "orders",
         *           "kind": "event",
         *           "type": "order.confirmed",
         *           "id": "019abf2e-7db4-7d08-a7e5-91f4603b2cda",
         *           "causedBy": "019abf2e-7da1-7b6c-9f14-c3e80a5d7126",
         *           "data": {
         *             "status": "CONFIRMED",
         *             "total": {
         *               "amount": 2500,
         *               "currency": "EUR"
         *             }
         *           }
         *         },
         *         {
         *           "at": "2026-01-05T09:30:00.055Z",
         *           "service": "webhooks",
         *           "kind": "webhook-attempt",
         *           "type": "order.confirmed",
         *           "id": "019abf2e-7e10-7f02-8c3d-91a5b4e6d2f0/1",
         *           "causedBy": "019abf2e-7db4-7d08-a7e5-91f4603b2cda",
         *           "data": {
         *             "webhookId": "019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74",
         *             "deliveryId": "019abf2e-7e10-7f02-8c3d-91a5b4e6d2f0",
         *             "deliveryStatus": "delivered",
         *             "number": 1,
         *             "durationMs": 12,
         *             "status": 204,
         *             "error": null,
         *             "detail": null
         *           }
         *         }
         *       ],
         *       "incomplete": [],
         *       "truncated": false
         *     }
         */
        OrderTimeline: {
            data: {
                /**
                 * Format: date-time
                 * @description when, by the clock of the service
                 */
                at: string;
                /**
                 * @description whose account it is
                 * @enum {string}
                 */
                service: "gateway" | "orders" | "products" | "webhooks";
                /**
                 * @description what it is
                 * @enum {string}
                 */
                kind: "request" | "event" | "message" | "stock-movement" | "webhook-attempt";
                /** @description type of the event or message, name of the request, or what the movement does */
                type: string;
                /** @description id of the request, event, message, movement or attempt */
                id: string;
                /** @description id of the request, event or message that caused it; null for a request */
                causedBy: string | null;
                /** @description what there is to say of it, by type */
                data: {
                    [key: string]: unknown;
                };
            }[];
            /** @description services that did not answer: what they know is missing */
            incomplete: ("gateway" | "orders" | "products" | "webhooks")[];
            /** @description there is more than fits into 1000 entries */
            truncated: boolean;
        };
        /**
         * @example {
         *       "sku": "mug",
         *       "name": "Mug",
         *       "price": {
         *         "amount": 1250,
         *         "currency": "EUR"
         *       },
         *       "stock": 100,
         *       "supplierId": "acme",
         *       "lowStockThreshold": 10
         *     }
         */
        ProductRequest: {
            sku: string;
            name: string;
            price: {
                amount: number;
                /** @description ISO 4217 currency code */
                currency: string;
            };
            stock: number;
            supplierId?: string;
            lowStockThreshold?: number;
        };
        /**
         * @example {
         *       "price": {
         *         "amount": 1350,
         *         "currency": "EUR"
         *       },
         *       "lowStockThreshold": null
         *     }
         */
        ProductChanges: {
            name?: string;
            price?: {
                amount: number;
                /** @description ISO 4217 currency code */
                currency: string;
            };
            lowStockThreshold?: number | null;
        };
        /**
         * @example {
         *       "id": "019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62",
         *       "sku": "mug",
         *       "name": "Mug",
         *       "price": {
         *         "amount": 1250,
         *         "currency": "EUR"
         *       },
         *       "stock": {
         *         "onHand": 100,
         *         "reserved": 2,
         *         "available": 98
         *       },
         *       "supplierId": "acme",
         *       "lowStockThreshold": 10,
         *       "createdAt": "2026-01-05T09:00:00.000Z",
         *       "updatedAt": "2026-01-05T09:30:00.020Z",
         *       "version": 2,
         *       "catalogueVersion": 1
         *     }
         */
        Product: {
            /** @description UUIDv7 */
            id: string;
            sku: string;
            name: string;
            price: {
                /** @description minor units, 1250 is 12.50 EUR */
                amount: number;
                /** @description ISO 4217 currency code */
                currency: string;
            };
            stock: {
                onHand: number;
                reserved: number;
                available: number;
            };
            supplierId: string | null;
            lowStockThreshold: number | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description counts every change, those of the stock included */
            version: number;
            /** @description counts the changes of name, price and threshold */
            catalogueVersion: number;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62",
         *           "sku": "mug",
         *           "name": "Mug",
         *           "price": {
         *             "amount": 1250,
         *             "currency": "EUR"
         *           },
         *           "stock": {
         *             "onHand": 100,
         *             "reserved": 2,
         *             "available": 98
         *           },
         *           "supplierId": "acme",
         *           "lowStockThreshold": 10,
         *           "createdAt": "2026-01-05T09:00:00.000Z",
         *           "updatedAt": "2026-01-05T09:30:00.020Z",
         *           "version": 2,
         *           "catalogueVersion": 1
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        ProductPage: {
            data: components["schemas"]["Product"][];
            /** @description null on the last page */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "delta": -3,
         *       "reason": "broken in the warehouse"
         *     }
         */
        StockAdjustmentRequest: {
            delta: number;
            reason: string;
        };
        /**
         * @example {
         *       "id": "019abf49-f3e0-7a15-bd28-60c7e94f1a35",
         *       "productId": "019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62",
         *       "sku": "mug",
         *       "name": "Mug",
         *       "delta": -3,
         *       "reason": "broken in the warehouse",
         *       "adjustedBy": "ops",
         *       "stock": {
         *         "onHand": 97,
         *         "reserved": 2,
         *         "available": 95
         *       },
         *       "adjustedAt": "2026-01-05T10:00:00.000Z"
         *     }
         */
        StockAdjustment: {
            /** @description id of the product */
            productId: string;
            /** @description sku of the product */
            sku: string;
            /** @description name of the product */
            name: string;
            /** @description units more, or, negative, less */
            delta: number;
            /** @description what the operator gave as the reason */
            reason: string;
            /** @description the operator who did it */
            adjustedBy: string;
            /** @description what there is afterwards */
            stock: {
                /** @description units there are: `reserved` + `available` */
                onHand: number;
                /** @description units that orders hold */
                reserved: number;
                /** @description units that can be ordered */
                available: number;
            };
            /**
             * Format: date-time
             * @description when it was done
             */
            adjustedAt: string;
            /** @description UUIDv7 */
            id: string;
        };
        /**
         * @example {
         *       "position": 4711,
         *       "kind": "write-off",
         *       "delta": {
         *         "available": -3,
         *         "reserved": 0,
         *         "sold": 0
         *       },
         *       "orderId": null,
         *       "reason": "broken in the warehouse",
         *       "adjustedBy": "ops",
         *       "createdAt": "2026-01-05T10:00:00.000Z"
         *     }
         * @example {
         *       "position": 4702,
         *       "kind": "reserve",
         *       "delta": {
         *         "available": -2,
         *         "reserved": 2,
         *         "sold": 0
         *       },
         *       "orderId": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "reason": null,
         *       "adjustedBy": null,
         *       "createdAt": "2026-01-05T09:30:00.020Z"
         *     }
         */
        StockMovement: {
            /** @description place in the ledger of all products: grows, with gaps */
            position: number;
            /** @enum {string} */
            kind: "initial" | "restock" | "write-off" | "reserve" | "release" | "sell";
            /** @description units more, or, negative, less */
            delta: {
                /** @description units that can be ordered */
                available: number;
                /** @description units that orders hold */
                reserved: number;
                /** @description units that have left with orders */
                sold: number;
            };
            /** @description the order that reserved or released; null for what an operator did */
            orderId: string | null;
            /** @description what the operator gave as the reason of an adjustment */
            reason: string | null;
            /** @description the operator who adjusted */
            adjustedBy: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "position": 4711,
         *           "kind": "write-off",
         *           "delta": {
         *             "available": -3,
         *             "reserved": 0,
         *             "sold": 0
         *           },
         *           "orderId": null,
         *           "reason": "broken in the warehouse",
         *           "adjustedBy": "ops",
         *           "createdAt": "2026-01-05T10:00:00.000Z"
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        StockMovementPage: {
            data: components["schemas"]["StockMovement"][];
            /** @description null on the last page */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "created": 1,
         *       "existing": 1,
         *       "failed": 1,
         *       "errors": [
         *         {
         *           "line": 4,
         *           "sku": "lamp",
         *           "code": "VALIDATION_FAILED",
         *           "errors": [
         *             {
         *               "field": "price_amount",
         *               "detail": "must be a whole number; prices are in minor units"
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        ImportReport: {
            /** @description products that are new */
            created: number;
            /** @description products that were made from the same line before; they stay as they are */
            existing: number;
            /** @description lines that nothing was done for */
            failed: number;
            /** @description the first 1000 lines that failed, by line */
            errors: {
                /** @description line of the file that the record begins in; the header is line 1 */
                line: number;
                /** @description as the line has it; null where it has none */
                sku: string | null;
                /** @enum {string} */
                code: "VALIDATION_FAILED" | "SKU_TAKEN";
                errors: {
                    /** @description the column; null where the line as a whole is meant */
                    field: string | null;
                    detail: string;
                }[];
            }[];
        };
        /**
         * @example {
         *       "url": "https://shop.example/hooks",
         *       "eventTypes": [
         *         "order.*"
         *       ],
         *       "description": "the shop"
         *     }
         */
        WebhookRequest: {
            url: string;
            eventTypes: ("*" | "order.*" | "product.*" | "webhook.*" | "order.created" | "order.confirmed" | "order.rejected" | "order.cancelled" | "product.stockReserved" | "product.stockReleased" | "product.stockAdjusted" | "product.stockLow" | "webhook.disabled" | "webhook.test")[];
            description?: string;
            enabled?: boolean;
            /** @enum {string} */
            ordering?: "per-subject" | "none";
            maxPerSecond?: number | null;
        };
        /**
         * @example {
         *       "maxPerSecond": 50
         *     }
         */
        WebhookChanges: {
            url?: string;
            eventTypes?: ("*" | "order.*" | "product.*" | "webhook.*" | "order.created" | "order.confirmed" | "order.rejected" | "order.cancelled" | "product.stockReserved" | "product.stockReleased" | "product.stockAdjusted" | "product.stockLow" | "webhook.disabled" | "webhook.test")[];
            description?: string;
            enabled?: boolean;
            /** @enum {string} */
            ordering?: "per-subject" | "none";
            maxPerSecond?: number | null;
        };
        /**
         * @example {
         *       "id": "019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74",
         *       "clientId": "shop",
         *       "url": "https://shop.example.com/callbacks",
         *       "eventTypes": [
         *         "order.*",
         *         "webhook.disabled"
         *       ],
         *       "description": "Orders of the shop",
         *       "enabled": true,
         *       "disabledReason": null,
         *       "ordering": "per-subject",
         *       "maxPerSecond": 50,
         *       "failingSince": null,
         *       "heldUntil": null,
         *       "createdAt": "2026-01-05T09:25:20.000Z",
         *       "updatedAt": "2026-01-05T09:25:20.000Z",
         *       "version": 1
         *     }
         */
        Webhook: {
            /** @description UUIDv7 */
            id: string;
            clientId: string;
            url: string;
            eventTypes: ("*" | "order.*" | "product.*" | "webhook.*" | "order.created" | "order.confirmed" | "order.rejected" | "order.cancelled" | "product.stockReserved" | "product.stockReleased" | "product.stockAdjusted" | "product.stockLow" | "webhook.disabled" | "webhook.test")[];
            description: string;
            enabled: boolean;
            disabledReason: ("REQUESTED" | "GONE" | "FAILING") | null;
            /** @enum {string} */
            ordering: "per-subject" | "none";
            maxPerSecond: number | null;
            failingSince: string | null;
            heldUntil: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            version: number;
        };
        /**
         * @example {
         *       "id": "019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74",
         *       "clientId": "shop",
         *       "url": "https://shop.example.com/callbacks",
         *       "eventTypes": [
         *         "order.*",
         *         "webhook.disabled"
         *       ],
         *       "description": "Orders of the shop",
         *       "enabled": true,
         *       "disabledReason": null,
         *       "ordering": "per-subject",
         *       "maxPerSecond": 50,
         *       "failingSince": null,
         *       "heldUntil": null,
         *       "createdAt": "2026-01-05T09:25:20.000Z",
         *       "updatedAt": "2026-01-05T09:25:20.000Z",
         *       "version": 1,
         *       "secret": "whsec_dGhpcyBpcyBhbiBleGFtcGxlIGFuZCBubyBzZWNyZXQ="
         *     }
         */
        WebhookWithSecret: {
            /** @description UUIDv7 */
            id: string;
            clientId: string;
            url: string;
            eventTypes: ("*" | "order.*" | "product.*" | "webhook.*" | "order.created" | "order.confirmed" | "order.rejected" | "order.cancelled" | "product.stockReserved" | "product.stockReleased" | "product.stockAdjusted" | "product.stockLow" | "webhook.disabled" | "webhook.test")[];
            description: string;
            enabled: boolean;
            disabledReason: ("REQUESTED" | "GONE" | "FAILING") | null;
            /** @enum {string} */
            ordering: "per-subject" | "none";
            maxPerSecond: number | null;
            failingSince: string | null;
            heldUntil: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            version: number;
            secret: string;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74",
         *           "clientId": "shop",
         *           "url": "https://shop.example.com/callbacks",
         *           "eventTypes": [
         *             "order.*",
         *             "webhook.disabled"
         *           ],
         *           "description": "Orders of the shop",
         *           "enabled": true,
         *           "disabledReason": null,
         *           "ordering": "per-subject",
         *           "maxPerSecond": 50,
         *           "failingSince": null,
         *           "heldUntil": null,
         *           "createdAt": "2026-01-05T09:25:20.000Z",
         *           "updatedAt": "2026-01-05T09:25:20.000Z",
         *           "version": 1
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        WebhookPage: {
            data: components["schemas"]["Webhook"][];
            /** @description null on the last page */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "overlapSeconds": 3600
         *     }
         */
        SecretRotation: {
            overlapSeconds?: number;
        };
        /**
         * @example {
         *       "from": "2026-01-31T09:00:00Z",
         *       "to": "2026-01-31T10:00:00Z",
         *       "onlyMissing": true,
         *       "dryRun": true
         *     }
         */
        ReplayRequest: {
            idempotencyKey?: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            eventTypes?: ("*" | "order.*" | "product.*" | "webhook.*" | "order.created" | "order.confirmed" | "order.rejected" | "order.cancelled" | "product.stockReserved" | "product.stockReleased" | "product.stockAdjusted" | "product.stockLow" | "webhook.disabled" | "webhook.test")[];
            onlyMissing?: boolean;
            dryRun?: boolean;
        };
        /**
         * @example {
         *       "deliveries": 12,
         *       "dryRun": true
         *     }
         */
        ReplayResult: {
            deliveries: number;
            dryRun: boolean;
        };
        /**
         * @example {
         *       "delivery": {
         *         "id": "019abf2e-7e10-7f02-8c3d-91a5b4e6d2f0",
         *         "webhookId": "019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74",
         *         "eventId": "019abf2e-7db4-7d08-a7e5-91f4603b2cda",
         *         "eventType": "webhook.test",
         *         "subject": "webhook/019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74",
         *         "sequence": 1,
         *         "previousEventId": null,
         *         "status": "delivered",
         *         "attemptCount": 1,
         *         "nextAttemptAt": null,
         *         "createdAt": "2026-01-05T09:30:00.060Z",
         *         "finishedAt": "2026-01-05T09:30:00.180Z"
         *       },
         *       "attempt": {
         *         "number": 1,
         *         "at": "2026-01-05T09:30:00.070Z",
         *         "durationMs": 110,
         *         "status": 200,
         *         "error": null,
         *         "detail": null,
         *         "answer": "{\"received\":true}"
         *       }
         *     }
         */
        WebhookTestResult: {
            delivery: {
                /** @description UUIDv7 */
                id: string;
                /** @description UUIDv7 */
                webhookId: string;
                eventId: string;
                /** @enum {string} */
                eventType: "order.created" | "order.confirmed" | "order.rejected" | "order.cancelled" | "product.stockReserved" | "product.stockReleased" | "product.stockAdjusted" | "product.stockLow" | "webhook.disabled" | "webhook.test";
                subject: string;
                sequence: number;
                previousEventId: string | null;
                /** @enum {string} */
                status: "pending" | "delivered" | "dead" | "failed";
                attemptCount: number;
                nextAttemptAt: string | null;
                /** Format: date-time */
                createdAt: string;
                finishedAt: string | null;
            };
            attempt: {
                number: number;
                /** Format: date-time */
                at: string;
                durationMs: number;
                status: number | null;
                error: ("ADDRESS_NOT_ALLOWED" | "NAME_NOT_RESOLVED" | "CONNECTION_REFUSED" | "CONNECTION_RESET" | "CONNECT_FAILED" | "TLS_FAILED" | "DEADLINE_EXCEEDED" | "MALFORMED_ANSWER") | null;
                detail: string | null;
                answer: string | null;
            };
        };
        /**
         * @example {
         *       "id": "019abf2e-7e10-7f02-8c3d-91a5b4e6d2f0",
         *       "webhookId": "019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74",
         *       "eventId": "019abf2e-7db4-7d08-a7e5-91f4603b2cda",
         *       "eventType": "order.confirmed",
         *       "subject": "order/019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "sequence": 3,
         *       "previousEventId": "019abf2e-7da1-7b6c-9f14-c3e80a5d7126",
         *       "status": "delivered",
         *       "attemptCount": 1,
         *       "nextAttemptAt": null,
         *       "createdAt": "2026-01-05T09:30:00.060Z",
         *       "finishedAt": "2026-01-05T09:30:00.180Z"
         *     }
         */
        Delivery: {
            /** @description UUIDv7 */
            id: string;
            /** @description UUIDv7 */
            webhookId: string;
            eventId: string;
            /** @enum {string} */
            eventType: "order.created" | "order.confirmed" | "order.rejected" | "order.cancelled" | "product.stockReserved" | "product.stockReleased" | "product.stockAdjusted" | "product.stockLow" | "webhook.disabled" | "webhook.test";
            subject: string;
            sequence: number;
            previousEventId: string | null;
            /** @enum {string} */
            status: "pending" | "delivered" | "dead" | "failed";
            attemptCount: number;
            nextAttemptAt: string | null;
            /** Format: date-time */
            createdAt: string;
            finishedAt: string | null;
        };
        /**
         * @example {
         *       "id": "019abf2e-7e10-7f02-8c3d-91a5b4e6d2f0",
         *       "webhookId": "019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74",
         *       "eventId": "019abf2e-7db4-7d08-a7e5-91f4603b2cda",
         *       "eventType": "order.confirmed",
         *       "subject": "order/019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "sequence": 3,
         *       "previousEventId": "019abf2e-7da1-7b6c-9f14-c3e80a5d7126",
         *       "status": "delivered",
         *       "attemptCount": 1,
         *       "nextAttemptAt": null,
         *       "createdAt": "2026-01-05T09:30:00.060Z",
         *       "finishedAt": "2026-01-05T09:30:00.180Z",
         *       "attempts": [
         *         {
         *           "number": 1,
         *           "at": "2026-01-05T09:30:00.070Z",
         *           "durationMs": 110,
         *           "status": 200,
         *           "error": null,
         *           "detail": null,
         *           "answer": "{\"received\":true}"
         *         }
         *       ],
         *       "data": {
         *         "orderId": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *         "status": "CONFIRMED"
         *       }
         *     }
         */
        DeliveryDetail: {
            /** @description UUIDv7 */
            id: string;
            /** @description UUIDv7 */
            webhookId: string;
            eventId: string;
            /** @enum {string} */
            eventType: "order.created" | "order.confirmed" | "order.rejected" | "order.cancelled" | "product.stockReserved" | "product.stockReleased" | "product.stockAdjusted" | "product.stockLow" | "webhook.disabled" | "webhook.test";
            subject: string;
            sequence: number;
            previousEventId: string | null;
            /** @enum {string} */
            status: "pending" | "delivered" | "dead" | "failed";
            attemptCount: number;
            nextAttemptAt: string | null;
            /** Format: date-time */
            createdAt: string;
            finishedAt: string | null;
            attempts: {
                number: number;
                /** Format: date-time */
                at: string;
                durationMs: number;
                status: number | null;
                error: ("ADDRESS_NOT_ALLOWED" | "NAME_NOT_RESOLVED" | "CONNECTION_REFUSED" | "CONNECTION_RESET" | "CONNECT_FAILED" | "TLS_FAILED" | "DEADLINE_EXCEEDED" | "MALFORMED_ANSWER") | null;
                detail: string | null;
                answer: string | null;
            }[];
            data: {
                [key: string]: unknown;
            };
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "019abf2e-7e10-7f02-8c3d-91a5b4e6d2f0",
         *           "webhookId": "019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74",
         *           "eventId": "019abf2e-7db4-7d08-a7e5-91f4603b2cda",
         *           "eventType": "order.confirmed",
         *           "subject": "order/019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *           "sequence": 3,
         *           "previousEventId": "019abf2e-7da1-7b6c-9f14-c3e80a5d7126",
         *           "status": "delivered",
         *           "attemptCount": 1,
         *           "nextAttemptAt": null,
         *           "createdAt": "2026-01-05T09:30:00.060Z",
         *           "finishedAt": "2026-01-05T09:30:00.180Z"
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        DeliveryPage: {
            data: components["schemas"]["Delivery"][];
            /** @description null on the last page */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "queue": "orders_queue",
         *           "depth": 1,
         *           "examined": 1,
         *           "byReason": {
         *             "retries-exhausted": 1
         *           },
         *           "unavailable": null
         *         },
         *         {
         *           "queue": "webhooks_queue",
         *           "depth": null,
         *           "examined": null,
         *           "byReason": {},
         *           "unavailable": "ANSWER_TIMEOUT"
         *         }
         *       ]
         *     }
         */
        DeadLetterCounts: {
            data: {
                /** @enum {string} */
                queue: "orders_queue" | "products_queue" | "webhooks_queue";
                /** @description letters in the queue */
                depth: number | null;
                /** @description how many of them, from the oldest on, were looked at */
                examined: number | null;
                /** @description how many of those examined are dead for what reason */
                byReason: {
                    [key: string]: number;
                };
                /** @description why the service of this queue does not say */
                unavailable: ("BROKER_UNAVAILABLE" | "OVERLOADED" | "ANSWER_TIMEOUT") | null;
            }[];
        };
        /**
         * @example {
         *       "id": "6f1d0c5b9a7e48320b1c4d5e6f708192",
         *       "messageId": "019abf2e-7da1-7b6c-9f14-c3e80a5d7126",
         *       "pattern": "product.stockReserved",
         *       "reason": "retries-exhausted",
         *       "detail": "database is locked",
         *       "deadAt": "2026-01-05T09:43:10.000Z",
         *       "redriveCount": 0,
         *       "bytes": 412
         *     }
         */
        DeadLetter: {
            id: string;
            /** @description stays the same when the letter is sent back */
            messageId: string;
            /** @description null where the body cannot be read */
            pattern: string | null;
            reason: string;
            detail: string | null;
            deadAt: string | null;
            /** @description how many times it was sent back before */
            redriveCount: number;
            /** @description size of the body */
            bytes: number;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "6f1d0c5b9a7e48320b1c4d5e6f708192",
         *           "messageId": "019abf2e-7da1-7b6c-9f14-c3e80a5d7126",
         *           "pattern": "product.stockReserved",
         *           "reason": "retries-exhausted",
         *           "detail": "database is locked",
         *           "deadAt": "2026-01-05T09:43:10.000Z",
         *           "redriveCount": 0,
         *           "bytes": 412
         *         }
         *       ],
         *       "nextCursor": null,
         *       "depth": 1,
         *       "examined": 1,
         *       "byReason": {
         *         "retries-exhausted": 1
         *       }
         *     }
         */
        DeadLetterPage: {
            data: components["schemas"]["DeadLetter"][];
            nextCursor: string | null;
            /** @description letters in the queue */
            depth: number;
            /** @description how many of them, from the oldest on, were looked at */
            examined: number;
            /** @description how many of those examined are dead for what reason */
            byReason: {
                [key: string]: number;
            };
        };
        /**
         * @example {
         *       "id": "6f1d0c5b9a7e48320b1c4d5e6f708192",
         *       "messageId": "019abf2e-7da1-7b6c-9f14-c3e80a5d7126",
         *       "pattern": "product.stockReserved",
         *       "reason": "retries-exhausted",
         *       "detail": "database is locked",
         *       "deadAt": "2026-01-05T09:43:10.000Z",
         *       "redriveCount": 0,
         *       "bytes": 412,
         *       "correlationId": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "type": "product.stockReserved",
         *       "publishedAt": "2026-01-05T09:30:00.000Z",
         *       "headers": {
         *         "x-attempt": 5,
         *         "x-dead-letter-reason": "retries-exhausted"
         *       },
         *       "body": {
         *         "encoding": "utf8",
         *         "content": "{\"pattern\":\"product.stockReserved\",\"data\":{}}",
         *         "truncated": false
         *       }
         *     }
         */
        DeadLetterDetail: {
            id: string;
            /** @description stays the same when the letter is sent back */
            messageId: string;
            /** @description null where the body cannot be read */
            pattern: string | null;
            reason: string;
            detail: string | null;
            deadAt: string | null;
            /** @description how many times it was sent back before */
            redriveCount: number;
            /** @description size of the body */
            bytes: number;
            correlationId: string | null;
            type: string | null;
            publishedAt: string | null;
            /** @description null where they are too large to be shown */
            headers: {
                [key: string]: unknown;
            } | null;
            body: {
                /**
                 * @description base64 where the body is no text
                 * @enum {string}
                 */
                encoding: "utf8" | "base64";
                /** @description the first 64 kB */
                content: string;
                truncated: boolean;
                /** @description the body as JSON, where it is that and is shown whole */
                json?: unknown;
            };
        };
        /**
         * @example {
         *       "reason": "the fault behind it is mended"
         *     }
         */
        RedriveRequest: {
            reason?: string;
        };
        /**
         * @example {
         *       "reason": "a test message of ours"
         *     }
         */
        DiscardRequest: {
            reason: string;
        };
        /**
         * @example {
         *       "where": {
         *         "reason": "retries-exhausted"
         *       },
         *       "atMost": 500,
         *       "maxPerSecond": 50,
         *       "reason": "the disk is free again"
         *     }
         */
        RedriveAllRequest: {
            reason?: string;
            /** @default {} */
            where?: {
                /** @description those that are dead for this reason */
                reason?: string;
                /** @description those with this pattern */
                pattern?: string;
            };
            atMost?: number;
            maxPerSecond?: number;
        };
        /**
         * @example {
         *       "where": {
         *         "reason": "malformed"
         *       },
         *       "reason": "sent by a broken script"
         *     }
         */
        DiscardAllRequest: {
            reason: string;
            where: {
                /** @description those that are dead for this reason */
                reason?: string;
                /** @description those with this pattern */
                pattern?: string;
            };
            atMost?: number;
            maxPerSecond?: number;
        };
        /**
         * @example {
         *       "id": "019abf52-0c40-7d91-8b3e-71f5a2c6d804",
         *       "queue": "orders_queue",
         *       "action": "redrive",
         *       "scope": "all",
         *       "where": {
         *         "reason": "retries-exhausted"
         *       },
         *       "by": "ops",
         *       "reason": "the disk has room again",
         *       "planned": 1,
         *       "done": 1,
         *       "maxPerSecond": 50,
         *       "state": "done",
         *       "detail": null,
         *       "begunAt": "2026-01-05T10:08:50.000Z",
         *       "endedAt": "2026-01-05T10:08:50.120Z"
         *     }
         */
        DeadLetterAct: {
            id: string;
            /** @enum {string} */
            queue: "orders_queue" | "products_queue" | "webhooks_queue";
            /** @enum {string} */
            action: "redrive" | "discard";
            /** @enum {string} */
            scope: "one" | "all";
            where: {
                /** @description those that are dead for this reason */
                reason?: string;
                /** @description those with this pattern */
                pattern?: string;
            };
            /** @description the operator */
            by: string;
            /** @description why, as the operator says */
            reason: string | null;
            /** @description letters that it is about */
            planned: number;
            /** @description letters that were sent back or discarded */
            done: number;
            maxPerSecond: number | null;
            /** @enum {string} */
            state: "running" | "done" | "stopped" | "failed" | "interrupted";
            /** @description why it did not come to its end */
            detail: string | null;
            /** Format: date-time */
            begunAt: string;
            endedAt: string | null;
        };
        /**
         * @example {
         *       "data": [
         *         {
         *           "id": "019abf52-0c40-7d91-8b3e-71f5a2c6d804",
         *           "queue": "orders_queue",
         *           "action": "redrive",
         *           "scope": "all",
         *           "where": {
         *             "reason": "retries-exhausted"
         *           },
         *           "by": "ops",
         *           "reason": "the disk has room again",
         *           "planned": 1,
         *           "done": 1,
         *           "maxPerSecond": 50,
         *           "state": "done",
         *           "detail": null,
         *           "begunAt": "2026-01-05T10:08:50.000Z",
         *           "endedAt": "2026-01-05T10:08:50.120Z"
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        DeadLetterActPage: {
            data: components["schemas"]["DeadLetterAct"][];
            /** @description null on the last page */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "act": {
         *         "id": "019abf52-0c40-7d91-8b3e-71f5a2c6d804",
         *         "queue": "orders_queue",
         *         "action": "redrive",
         *         "scope": "all",
         *         "where": {
         *           "reason": "retries-exhausted"
         *         },
         *         "by": "ops",
         *         "reason": "the disk has room again",
         *         "planned": 1,
         *         "done": 1,
         *         "maxPerSecond": 50,
         *         "state": "done",
         *         "detail": null,
         *         "begunAt": "2026-01-05T10:08:50.000Z",
         *         "endedAt": "2026-01-05T10:08:50.120Z"
         *       },
         *       "data": [
         *         {
         *           "letterId": "6f1d0c5b9a7e48320b1c4d5e6f708192",
         *           "messageId": "019abf2e-7da1-7b6c-9f14-c3e80a5d7126",
         *           "pattern": "product.stockReserved",
         *           "reason": "retries-exhausted",
         *           "outcome": "done",
         *           "at": "2026-01-05T10:08:50.100Z"
         *         }
         *       ],
         *       "nextCursor": null
         *     }
         */
        DeadLetterActDetail: {
            act: components["schemas"]["DeadLetterAct"];
            /** @description the letters that it acted on */
            data: {
                letterId: string;
                messageId: string;
                pattern: string | null;
                /** @description why it was dead */
                reason: string;
                /** @enum {string} */
                outcome: "done" | "kept" | "unknown";
                /** Format: date-time */
                at: string;
            }[];
            /** @description null on the last page */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "id": "019abf2e-7d90-7e41-b0a3-58d2c6f19e07",
         *       "type": "order.created",
         *       "timestamp": "2026-01-05T09:30:00.000Z",
         *       "subject": "order/019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "data": {
         *         "orderId": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *         "clientId": "shop",
         *         "idempotencyKey": "shop:checkout-4711",
         *         "reference": "R-1",
         *         "status": "PENDING",
         *         "items": [
         *           {
         *             "productId": "mug",
         *             "quantity": 2
         *           }
         *         ],
         *         "createdAt": "2026-01-05T09:30:00.000Z"
         *       },
         *       "sequence": 1,
         *       "previousEventId": null
         *     }
         */
        OrderCreatedCallback: {
            /** @description id of the event, also in `webhook-id`: the same at every attempt and for every subscriber */
            id: string;
            /** @constant */
            type: "order.created";
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @description what it is about: `order/<id>`, `product/<id>` or `webhook/<id>` */
            subject: string;
            data: {
                /** @description id of the order */
                orderId: string;
                /** @description the client whose order it is */
                clientId: string;
                /** @description `<client>:<Idempotency-Key>` of the request, or an id if it had no key */
                idempotencyKey: string;
                /** @description what the client calls the order; null if nothing */
                reference: string | null;
                /**
                 * @description status of the order
                 * @constant
                 */
                status: "PENDING";
                /** @description what was ordered */
                items: {
                    /** @description id or sku of the product, as the order names it */
                    productId: string;
                    /** @description units ordered */
                    quantity: number;
                }[];
                /**
                 * Format: date-time
                 * @description when the order was placed
                 */
                createdAt: string;
            };
            /** @description its number among the events of this subject for this webhook */
            sequence: number;
            /** @description id of the event with the `sequence` before; null for the first */
            previousEventId: string | null;
        };
        /**
         * @example {
         *       "id": "019abf2e-7db4-7d08-a7e5-91f4603b2cda",
         *       "type": "order.confirmed",
         *       "timestamp": "2026-01-05T09:30:00.040Z",
         *       "subject": "order/019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "data": {
         *         "orderId": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *         "clientId": "shop",
         *         "idempotencyKey": "shop:checkout-4711",
         *         "reference": "R-1",
         *         "status": "CONFIRMED",
         *         "items": [
         *           {
         *             "productId": "019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62",
         *             "quantity": 2,
         *             "sku": "mug",
         *             "name": "Mug",
         *             "unitPrice": {
         *               "amount": 1250,
         *               "currency": "EUR"
         *             }
         *           }
         *         ],
         *         "total": {
         *           "amount": 2500,
         *           "currency": "EUR"
         *         },
         *         "confirmedAt": "2026-01-05T09:30:00.040Z"
         *       },
         *       "sequence": 3,
         *       "previousEventId": "019abf2e-7da1-7b6c-9f14-c3e80a5d7126"
         *     }
         */
        OrderConfirmedCallback: {
            /** @description id of the event, also in `webhook-id`: the same at every attempt and for every subscriber */
            id: string;
            /** @constant */
            type: "order.confirmed";
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @description what it is about: `order/<id>`, `product/<id>` or `webhook/<id>` */
            subject: string;
            data: {
                /** @description id of the order */
                orderId: string;
                /** @description the client whose order it is */
                clientId: string;
                /** @description `<client>:<Idempotency-Key>` of the request, or an id if it had no key */
                idempotencyKey: string;
                /** @description what the client calls the order; null if nothing */
                reference: string | null;
                /**
                 * @description status of the order
                 * @constant
                 */
                status: "CONFIRMED";
                /** @description what was sold, in the order of the lines */
                items: {
                    /** @description id of the product */
                    productId: string;
                    /** @description units ordered */
                    quantity: number;
                    /** @description sku of the product */
                    sku: string;
                    /** @description name of the product when the stock was reserved */
                    name: string;
                    /** @description price of one unit when the stock was reserved */
                    unitPrice: {
                        /** @description minor units, 1250 is 12.50 EUR */
                        amount: number;
                        /** @description ISO 4217 currency code */
                        currency: string;
                    };
                }[];
                /** @description sum of all lines */
                total: {
                    /** @description minor units, 1250 is 12.50 EUR */
                    amount: number;
                    /** @description ISO 4217 currency code */
                    currency: string;
                };
                /**
                 * Format: date-time
                 * @description when the order was confirmed
                 */
                confirmedAt: string;
            };
            /** @description its number among the events of this subject for this webhook */
            sequence: number;
            /** @description id of the event with the `sequence` before; null for the first */
            previousEventId: string | null;
        };
        /**
         * @example {
         *       "id": "019abf2e-7db4-7a35-bc72-0e6d8f41a95b",
         *       "type": "order.rejected",
         *       "timestamp": "2026-01-05T09:30:00.040Z",
         *       "subject": "order/019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "data": {
         *         "orderId": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *         "clientId": "shop",
         *         "idempotencyKey": "shop:checkout-4711",
         *         "reference": "R-1",
         *         "status": "REJECTED",
         *         "items": [
         *           {
         *             "productId": "mug",
         *             "quantity": 2
         *           }
         *         ],
         *         "reason": "OUT_OF_STOCK",
         *         "detail": "2 of mug were asked for, 1 is there",
         *         "rejectedAt": "2026-01-05T09:30:00.040Z"
         *       },
         *       "sequence": 3,
         *       "previousEventId": "019abf2e-7da1-74f9-8a60-2d9be1c05f83"
         *     }
         */
        OrderRejectedCallback: {
            /** @description id of the event, also in `webhook-id`: the same at every attempt and for every subscriber */
            id: string;
            /** @constant */
            type: "order.rejected";
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @description what it is about: `order/<id>`, `product/<id>` or `webhook/<id>` */
            subject: string;
            data: {
                /** @description id of the order */
                orderId: string;
                /** @description the client whose order it is */
                clientId: string;
                /** @description `<client>:<Idempotency-Key>` of the request, or an id if it had no key */
                idempotencyKey: string;
                /** @description what the client calls the order; null if nothing */
                reference: string | null;
                /**
                 * @description status of the order
                 * @constant
                 */
                status: "REJECTED";
                /** @description what was ordered */
                items: {
                    /** @description id or sku of the product, as the order names it */
                    productId: string;
                    /** @description units ordered */
                    quantity: number;
                }[];
                /**
                 * @description why, for programs
                 * @enum {string}
                 */
                reason: "OUT_OF_STOCK" | "UNKNOWN_PRODUCT" | "MIXED_CURRENCIES" | "TOTAL_TOO_LARGE" | "ORDER_CANCELLED";
                /** @description why, in a sentence for people */
                detail: string;
                /**
                 * Format: date-time
                 * @description when the order was rejected
                 */
                rejectedAt: string;
            };
            /** @description its number among the events of this subject for this webhook */
            sequence: number;
            /** @description id of the event with the `sequence` before; null for the first */
            previousEventId: string | null;
        };
        /**
         * @example {
         *       "id": "019abf3c-386a-7f27-8e19-b4c05d6a3f71",
         *       "type": "order.cancelled",
         *       "timestamp": "2026-01-05T09:45:00.000Z",
         *       "subject": "order/019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "data": {
         *         "orderId": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *         "clientId": "shop",
         *         "idempotencyKey": "shop:checkout-4711",
         *         "reference": "R-1",
         *         "status": "CANCELLED",
         *         "previousStatus": "CONFIRMED",
         *         "items": [
         *           {
         *             "productId": "019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62",
         *             "quantity": 2,
         *             "sku": "mug",
         *             "name": "Mug",
         *             "unitPrice": {
         *               "amount": 1250,
         *               "currency": "EUR"
         *             }
         *           }
         *         ],
         *         "total": {
         *           "amount": 2500,
         *           "currency": "EUR"
         *         },
         *         "cancelledAt": "2026-01-05T09:45:00.000Z"
         *       },
         *       "sequence": 4,
         *       "previousEventId": "019abf2e-7db4-7d08-a7e5-91f4603b2cda"
         *     }
         * @example {
         *       "id": "019abf2e-7dae-7c93-81f6-e5a07b2d49c8",
         *       "type": "order.cancelled",
         *       "timestamp": "2026-01-05T09:30:00.030Z",
         *       "subject": "order/019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "data": {
         *         "orderId": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *         "clientId": "shop",
         *         "idempotencyKey": "shop:checkout-4711",
         *         "reference": "R-1",
         *         "status": "CANCELLED",
         *         "previousStatus": "PENDING",
         *         "items": [
         *           {
         *             "productId": "mug",
         *             "quantity": 2,
         *             "sku": null,
         *             "name": null,
         *             "unitPrice": null
         *           }
         *         ],
         *         "total": null,
         *         "cancelledAt": "2026-01-05T09:30:00.030Z"
         *       },
         *       "sequence": 2,
         *       "previousEventId": "019abf2e-7d90-7e41-b0a3-58d2c6f19e07"
         *     }
         */
        OrderCancelledCallback: {
            /** @description id of the event, also in `webhook-id`: the same at every attempt and for every subscriber */
            id: string;
            /** @constant */
            type: "order.cancelled";
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @description what it is about: `order/<id>`, `product/<id>` or `webhook/<id>` */
            subject: string;
            data: {
                /** @description id of the order */
                orderId: string;
                /** @description the client whose order it is */
                clientId: string;
                /** @description `<client>:<Idempotency-Key>` of the request, or an id if it had no key */
                idempotencyKey: string;
                /** @description what the client calls the order; null if nothing */
                reference: string | null;
                /**
                 * @description status of the order
                 * @constant
                 */
                status: "CANCELLED";
                /**
                 * @description what the order was before
                 * @enum {string}
                 */
                previousStatus: "PENDING" | "CONFIRMED";
                /** @description what was ordered */
                items: {
                    /** @description id or sku of the product, as the order names it */
                    productId: string;
                    /** @description units ordered */
                    quantity: number;
                    /** @description the product's sku; null before the stock is reserved */
                    sku: string | null;
                    /** @description its name at the moment of reservation; null before */
                    name: string | null;
                    /** @description its price at the moment of reservation; null before */
                    unitPrice: {
                        /** @description minor units, 1250 is 12.50 EUR */
                        amount: number;
                        /** @description ISO 4217 currency code */
                        currency: string;
                    } | null;
                }[];
                /** @description sum of what had been confirmed; null if nothing had */
                total: {
                    /** @description minor units, 1250 is 12.50 EUR */
                    amount: number;
                    /** @description ISO 4217 currency code */
                    currency: string;
                } | null;
                /**
                 * Format: date-time
                 * @description when the order was cancelled
                 */
                cancelledAt: string;
            };
            /** @description its number among the events of this subject for this webhook */
            sequence: number;
            /** @description id of the event with the `sequence` before; null for the first */
            previousEventId: string | null;
        };
        /**
         * @example {
         *       "id": "019abf2e-7da1-7b6c-9f14-c3e80a5d7126",
         *       "type": "product.stockReserved",
         *       "timestamp": "2026-01-05T09:30:00.020Z",
         *       "subject": "order/019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "data": {
         *         "orderId": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *         "clientId": "shop",
         *         "idempotencyKey": "shop:checkout-4711",
         *         "reserved": true,
         *         "items": [
         *           {
         *             "productId": "019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62",
         *             "quantity": 2,
         *             "sku": "mug",
         *             "name": "Mug",
         *             "unitPrice": {
         *               "amount": 1250,
         *               "currency": "EUR"
         *             }
         *           }
         *         ],
         *         "total": {
         *           "amount": 2500,
         *           "currency": "EUR"
         *         }
         *       },
         *       "sequence": 2,
         *       "previousEventId": "019abf2e-7d90-7e41-b0a3-58d2c6f19e07"
         *     }
         * @example {
         *       "id": "019abf2e-7da1-74f9-8a60-2d9be1c05f83",
         *       "type": "product.stockReserved",
         *       "timestamp": "2026-01-05T09:30:00.020Z",
         *       "subject": "order/019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "data": {
         *         "orderId": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *         "clientId": "shop",
         *         "idempotencyKey": "shop:checkout-4711",
         *         "reserved": false,
         *         "reason": "OUT_OF_STOCK",
         *         "detail": "2 of mug were asked for, 1 is there"
         *       },
         *       "sequence": 2,
         *       "previousEventId": "019abf2e-7d90-7e41-b0a3-58d2c6f19e07"
         *     }
         */
        ProductStockReservedCallback: {
            /** @description id of the event, also in `webhook-id`: the same at every attempt and for every subscriber */
            id: string;
            /** @constant */
            type: "product.stockReserved";
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @description what it is about: `order/<id>`, `product/<id>` or `webhook/<id>` */
            subject: string;
            data: {
                /** @description id of the order */
                orderId: string;
                /** @description the client whose order it is */
                clientId: string;
                /** @description the key that all messages and events of the order carry */
                idempotencyKey: string;
                /**
                 * @description the order holds all of its stock
                 * @constant
                 */
                reserved: true;
                /** @description what it holds, in the order of its lines */
                items: {
                    /** @description id of the product */
                    productId: string;
                    /** @description units ordered */
                    quantity: number;
                    /** @description sku of the product */
                    sku: string;
                    /** @description name of the product when the stock was reserved */
                    name: string;
                    /** @description price of one unit when the stock was reserved */
                    unitPrice: {
                        /** @description minor units, 1250 is 12.50 EUR */
                        amount: number;
                        /** @description ISO 4217 currency code */
                        currency: string;
                    };
                }[];
                /** @description sum of all lines */
                total: {
                    /** @description minor units, 1250 is 12.50 EUR */
                    amount: number;
                    /** @description ISO 4217 currency code */
                    currency: string;
                };
            } | {
                /** @description id of the order */
                orderId: string;
                /** @description the client whose order it is */
                clientId: string;
                /** @description the key that all messages and events of the order carry */
                idempotencyKey: string;
                /**
                 * @description the order holds nothing
                 * @constant
                 */
                reserved: false;
                /**
                 * @description why, for programs
                 * @enum {string}
                 */
                reason: "OUT_OF_STOCK" | "UNKNOWN_PRODUCT" | "MIXED_CURRENCIES" | "TOTAL_TOO_LARGE" | "ORDER_CANCELLED";
                /** @description why, in a sentence for people */
                detail: string;
            };
            /** @description its number among the events of this subject for this webhook */
            sequence: number;
            /** @description id of the event with the `sequence` before; null for the first */
            previousEventId: string | null;
        };
        /**
         * @example {
         *       "id": "019abf3c-387e-7052-96db-7a1e3c84f0b9",
         *       "type": "product.stockReleased",
         *       "timestamp": "2026-01-05T09:45:00.020Z",
         *       "subject": "order/019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *       "data": {
         *         "orderId": "019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10",
         *         "clientId": "shop",
         *         "idempotencyKey": "shop:checkout-4711",
         *         "items": [
         *           {
         *             "productId": "019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62",
         *             "sku": "mug",
         *             "quantity": 2
         *           }
         *         ],
         *         "releasedAt": "2026-01-05T09:45:00.020Z"
         *       },
         *       "sequence": 5,
         *       "previousEventId": "019abf3c-386a-7f27-8e19-b4c05d6a3f71"
         *     }
         */
        ProductStockReleasedCallback: {
            /** @description id of the event, also in `webhook-id`: the same at every attempt and for every subscriber */
            id: string;
            /** @constant */
            type: "product.stockReleased";
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @description what it is about: `order/<id>`, `product/<id>` or `webhook/<id>` */
            subject: string;
            data: {
                /** @description id of the order */
                orderId: string;
                /** @description the client whose order it is */
                clientId: string;
                /** @description the key that all messages and events of the order carry */
                idempotencyKey: string;
                /** @description what was given back; empty if the order held nothing */
                items: {
                    /** @description id of the product */
                    productId: string;
                    /** @description sku of the product */
                    sku: string;
                    /** @description units given back */
                    quantity: number;
                }[];
                /**
                 * Format: date-time
                 * @description when the stock was given back
                 */
                releasedAt: string;
            };
            /** @description its number among the events of this subject for this webhook */
            sequence: number;
            /** @description id of the event with the `sequence` before; null for the first */
            previousEventId: string | null;
        };
        /**
         * @example {
         *       "id": "019abf49-f2c0-7e6b-a81d-40c7f5923bde",
         *       "type": "product.stockAdjusted",
         *       "timestamp": "2026-01-05T10:00:00.000Z",
         *       "subject": "product/019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62",
         *       "data": {
         *         "productId": "019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62",
         *         "sku": "mug",
         *         "name": "Mug",
         *         "delta": -3,
         *         "reason": "broken in the warehouse",
         *         "adjustedBy": "ops",
         *         "stock": {
         *           "onHand": 97,
         *           "reserved": 2,
         *           "available": 95
         *         },
         *         "adjustedAt": "2026-01-05T10:00:00.000Z"
         *       },
         *       "sequence": 1,
         *       "previousEventId": null
         *     }
         */
        ProductStockAdjustedCallback: {
            /** @description id of the event, also in `webhook-id`: the same at every attempt and for every subscriber */
            id: string;
            /** @constant */
            type: "product.stockAdjusted";
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @description what it is about: `order/<id>`, `product/<id>` or `webhook/<id>` */
            subject: string;
            data: {
                /** @description id of the product */
                productId: string;
                /** @description sku of the product */
                sku: string;
                /** @description name of the product */
                name: string;
                /** @description units more, or, negative, less */
                delta: number;
                /** @description what the operator gave as the reason */
                reason: string;
                /** @description the operator who did it */
                adjustedBy: string;
                /** @description what there is afterwards */
                stock: {
                    /** @description units there are: `reserved` + `available` */
                    onHand: number;
                    /** @description units that orders hold */
                    reserved: number;
                    /** @description units that can be ordered */
                    available: number;
                };
                /**
                 * Format: date-time
                 * @description when it was done
                 */
                adjustedAt: string;
            };
            /** @description its number among the events of this subject for this webhook */
            sequence: number;
            /** @description id of the event with the `sequence` before; null for the first */
            previousEventId: string | null;
        };
        /**
         * @example {
         *       "id": "019ac0a6-1b40-7d9f-8c35-e2710a6b48f4",
         *       "type": "product.stockLow",
         *       "timestamp": "2026-01-06T16:20:00.000Z",
         *       "subject": "product/019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62",
         *       "data": {
         *         "productId": "019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62",
         *         "sku": "mug",
         *         "name": "Mug",
         *         "available": 9,
         *         "threshold": 10,
         *         "crossedAt": "2026-01-06T16:20:00.000Z"
         *       },
         *       "sequence": 2,
         *       "previousEventId": "019abf49-f2c0-7e6b-a81d-40c7f5923bde"
         *     }
         */
        ProductStockLowCallback: {
            /** @description id of the event, also in `webhook-id`: the same at every attempt and for every subscriber */
            id: string;
            /** @constant */
            type: "product.stockLow";
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @description what it is about: `order/<id>`, `product/<id>` or `webhook/<id>` */
            subject: string;
            data: {
                /** @description id of the product */
                productId: string;
                /** @description sku of the product */
                sku: string;
                /** @description name of the product */
                name: string;
                /** @description units that can still be ordered */
                available: number;
                /** @description `lowStockThreshold` of the product */
                threshold: number;
                /**
                 * Format: date-time
                 * @description when the stock fell to the threshold
                 */
                crossedAt: string;
            };
            /** @description its number among the events of this subject for this webhook */
            sequence: number;
            /** @description id of the event with the `sequence` before; null for the first */
            previousEventId: string | null;
        };
        /**
         * @example {
         *       "id": "019ac4c9-0d00-7a12-b5e8-6f03d91c7e2a",
         *       "type": "webhook.disabled",
         *       "timestamp": "2026-01-07T12:00:00.000Z",
         *       "subject": "webhook/019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74",
         *       "data": {
         *         "webhookId": "019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74",
         *         "clientId": "shop",
         *         "host": "shop.example.com",
         *         "reason": "GONE",
         *         "detail": "The endpoint answered 410, which asks for no more callbacks.",
         *         "disabledAt": "2026-01-07T12:00:00.000Z"
         *       },
         *       "sequence": 1,
         *       "previousEventId": null
         *     }
         */
        WebhookDisabledCallback: {
            /** @description id of the event, also in `webhook-id`: the same at every attempt and for every subscriber */
            id: string;
            /** @constant */
            type: "webhook.disabled";
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @description what it is about: `order/<id>`, `product/<id>` or `webhook/<id>` */
            subject: string;
            data: {
                /** @description id of the webhook that was disabled */
                webhookId: string;
                /** @description the client whose webhook it is */
                clientId: string;
                /** @description host of its URL */
                host: string;
                /**
                 * @description why, for programs
                 * @enum {string}
                 */
                reason: "GONE" | "FAILING";
                /** @description why, in a sentence for people */
                detail: string;
                /**
                 * Format: date-time
                 * @description when it was disabled
                 */
                disabledAt: string;
            };
            /** @description its number among the events of this subject for this webhook */
            sequence: number;
            /** @description id of the event with the `sequence` before; null for the first */
            previousEventId: string | null;
        };
        /**
         * @example {
         *       "id": "019abf2b-1e84-7b90-9d47-a05c8e3f6b12",
         *       "type": "webhook.test",
         *       "timestamp": "2026-01-05T09:00:00.000Z",
         *       "subject": "webhook/019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74",
         *       "data": {
         *         "webhookId": "019abf2a-40d1-7a3e-b6c5-2f8d1e0c9b74",
         *         "clientId": "shop",
         *         "message": "This is a test. No order is behind it."
         *       },
         *       "sequence": 1,
         *       "previousEventId": null
         *     }
         */
        WebhookTestCallback: {
            /** @description id of the event, also in `webhook-id`: the same at every attempt and for every subscriber */
            id: string;
            /** @constant */
            type: "webhook.test";
            /**
             * Format: date-time
             * @description when it happened
             */
            timestamp: string;
            /** @description what it is about: `order/<id>`, `product/<id>` or `webhook/<id>` */
            subject: string;
            data: {
                /** @description id of the webhook that is tested */
                webhookId: string;
                /** @description the client whose webhook it is */
                clientId: string;
                /** @description a sentence for people */
                message: string;
            };
            /** @description its number among the events of this subject for this webhook */
            sequence: number;
            /** @description id of the event with the `sequence` before; null for the first */
            previousEventId: string | null;
        };
        /**
         * @example {
         *       "status": "alive"
         *     }
         */
        Liveness: {
            /** @constant */
            status: "alive";
        };
        /**
         * @example {
         *       "status": "ready",
         *       "checks": {
         *         "broker": {
         *           "status": "up"
         *         },
         *         "redis": {
         *           "status": "degraded",
         *           "detail": "Redis is away"
         *         }
         *       }
         *     }
         * @example {
         *       "status": "not_ready",
         *       "checks": {
         *         "broker": {
         *           "status": "down",
         *           "detail": "no connection"
         *         },
         *         "redis": {
         *           "status": "up"
         *         }
         *       }
         *     }
         */
        Readiness: {
            /** @enum {string} */
            status: "ready" | "not_ready";
            /** @description by what is checked, such as `broker` */
            checks: {
                [key: string]: {
                    /**
                     * @description only `down` makes the whole not ready
                     * @enum {string}
                     */
                    status: "up" | "degraded" | "down";
                    detail?: string;
                };
            };
        };
        /** @description RFC 9457 */
        Problem: {
            /** Format: uri-reference */
            type: string;
            title: string;
            status: number;
            /** @description for people; programs go by code */
            detail: string;
            /** @enum {string} */
            code: "VALIDATION_FAILED" | "MALFORMED_JSON" | "MALFORMED_REQUEST" | "UNAUTHENTICATED" | "FORBIDDEN" | "NOT_FOUND" | "ORDER_NOT_FOUND" | "PRODUCT_NOT_FOUND" | "WEBHOOK_NOT_FOUND" | "DELIVERY_NOT_FOUND" | "DEAD_LETTER_NOT_FOUND" | "METHOD_NOT_ALLOWED" | "REQUEST_TIMEOUT" | "SKU_TAKEN" | "ORDER_NOT_CANCELLABLE" | "STOCK_NOT_ADJUSTABLE" | "DELIVERY_PENDING" | "WEBHOOK_LIMIT_REACHED" | "DEAD_LETTERS_BUSY" | "IDEMPOTENCY_KEY_IN_USE" | "VERSION_MISMATCH" | "BODY_TOO_LARGE" | "URI_TOO_LONG" | "UNSUPPORTED_MEDIA_TYPE" | "URL_NOT_ALLOWED" | "IDEMPOTENCY_KEY_REUSED" | "TOO_MANY_REQUESTS" | "HEADERS_TOO_LARGE" | "INTERNAL" | "BROKER_UNAVAILABLE" | "DATABASE_UNAVAILABLE" | "OVERLOADED" | "ANSWER_TIMEOUT";
            /** Format: uuid */
            requestId?: string;
            /** @description everything that is wrong with the request, and where */
            errors?: {
                /**
                 * Format: json-pointer
                 * @description into the body
                 */
                pointer?: string;
                header?: string;
                query?: string;
                detail: string;
            }[];
            /** @description what an import had done by the time that it ended */
            import?: components["schemas"]["ImportReport"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description requests that a client may make in one window */
        "RateLimit-Limit": number;
        /** @description how many of them are left */
        "RateLimit-Remaining": number;
        /** @description seconds until the window ends */
        "RateLimit-Reset": number;
        /** @description seconds after which to repeat the request */
        "Retry-After": number;
        /** @description how to authenticate */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type OrderRequest = components['schemas']['OrderRequest'];
export type Order = components['schemas']['Order'];
export type OrderPage = components['schemas']['OrderPage'];
export type OrderChange = components['schemas']['OrderChange'];
export type OrderEvents = components['schemas']['OrderEvents'];
export type OrderTimeline = components['schemas']['OrderTimeline'];
export type ProductRequest = components['schemas']['ProductRequest'];
export type ProductChanges = components['schemas']['ProductChanges'];
export type Product = components['schemas']['Product'];
export type ProductPage = components['schemas']['ProductPage'];
export type StockAdjustmentRequest = components['schemas']['StockAdjustmentRequest'];
export type StockAdjustment = components['schemas']['StockAdjustment'];
export type StockMovement = components['schemas']['StockMovement'];
export type StockMovementPage = components['schemas']['StockMovementPage'];
export type ImportReport = components['schemas']['ImportReport'];
export type WebhookRequest = components['schemas']['WebhookRequest'];
export type WebhookChanges = components['schemas']['WebhookChanges'];
export type Webhook = components['schemas']['Webhook'];
export type WebhookWithSecret = components['schemas']['WebhookWithSecret'];
export type WebhookPage = components['schemas']['WebhookPage'];
export type SecretRotation = components['schemas']['SecretRotation'];
export type ReplayRequest = components['schemas']['ReplayRequest'];
export type ReplayResult = components['schemas']['ReplayResult'];
export type WebhookTestResult = components['schemas']['WebhookTestResult'];
export type Delivery = components['schemas']['Delivery'];
export type DeliveryDetail = components['schemas']['DeliveryDetail'];
export type DeliveryPage = components['schemas']['DeliveryPage'];
export type DeadLetterCounts = components['schemas']['DeadLetterCounts'];
export type DeadLetter = components['schemas']['DeadLetter'];
export type DeadLetterPage = components['schemas']['DeadLetterPage'];
export type DeadLetterDetail = components['schemas']['DeadLetterDetail'];
export type RedriveRequest = components['schemas']['RedriveRequest'];
export type DiscardRequest = components['schemas']['DiscardRequest'];
export type RedriveAllRequest = components['schemas']['RedriveAllRequest'];
export type DiscardAllRequest = components['schemas']['DiscardAllRequest'];
export type DeadLetterAct = components['schemas']['DeadLetterAct'];
export type DeadLetterActPage = components['schemas']['DeadLetterActPage'];
export type DeadLetterActDetail = components['schemas']['DeadLetterActDetail'];
export type OrderCreatedCallback = components['schemas']['OrderCreatedCallback'];
export type OrderConfirmedCallback = components['schemas']['OrderConfirmedCallback'];
export type OrderRejectedCallback = components['schemas']['OrderRejectedCallback'];
export type OrderCancelledCallback = components['schemas']['OrderCancelledCallback'];
export type ProductStockReservedCallback = components['schemas']['ProductStockReservedCallback'];
export type ProductStockReleasedCallback = components['schemas']['ProductStockReleasedCallback'];
export type ProductStockAdjustedCallback = components['schemas']['ProductStockAdjustedCallback'];
export type ProductStockLowCallback = components['schemas']['ProductStockLowCallback'];
export type WebhookDisabledCallback = components['schemas']['WebhookDisabledCallback'];
export type WebhookTestCallback = components['schemas']['WebhookTestCallback'];
export type Liveness = components['schemas']['Liveness'];
export type Readiness = components['schemas']['Readiness'];
export type Problem = components['schemas']['Problem'];
export type HeaderRateLimitLimit = components['headers']['RateLimit-Limit'];
export type HeaderRateLimitRemaining = components['headers']['RateLimit-Remaining'];
export type HeaderRateLimitReset = components['headers']['RateLimit-Reset'];
export type HeaderRetryAfter = components['headers']['Retry-After'];
export type HeaderWwwAuthenticate = components['headers']['WWW-Authenticate'];
export type $defs = Record<string, never>;
export interface operations {
    listOrders: {
        parameters: {
            query?: {
                /** @description those in this state */
                status?: "PENDING" | "CONFIRMED" | "REJECTED" | "CANCELLED";
                /** @description those with a line of this product, by its id or sku, whichever of them the order named */
                productId?: string;
                /** @description those with this reference */
                reference?: string;
                /** @description those of this client; for operators */
                clientId?: string;
                /** @description those placed from this time on, in UTC: it ends in Z */
                from?: string;
                /** @description those placed up to this time, in UTC: it ends in Z */
                to?: string;
                /** @description orders per page; 50 if not given */
                limit?: number;
                /** @description nextCursor of the page before; the filters have to be the same */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placeOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead letters of one queue. There another request under it is refused with 422; in another of them it is another key */
                "Idempotency-Key"?: string;
                /** @description `wait=10` waits up to 10 s for the final order; 30 s at most */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderRequest"];
            };
        };
        responses: {
            /** @description The order */
            201: {
                headers: {
                    /** @description path of the order */
                    Location: string;
                    /** @description validator of the order as it is answered */
                    ETag: string;
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    /** @description the `wait` that was applied */
                    "Preference-Applied"?: string;
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_IN_USE: The first request with this idempotency key is still running */
            409: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED: This idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description an ETag; 304 while it is current */
                "If-None-Match"?: string;
            };
            path: {
                /** @description id of the order */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order */
            200: {
                headers: {
                    /** @description validator */
                    ETag: string;
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description It is still current */
            304: {
                headers: {
                    /** @description validator */
                    ETag: string;
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_NOT_FOUND: There is no such order */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description an ETag of the order; 412 when it is not current any more, unless the order is CANCELLED by then */
                "If-Match"?: string;
            };
            path: {
                /** @description id of the order */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order */
            200: {
                headers: {
                    /** @description validator */
                    ETag: string;
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_NOT_FOUND: There is no such order */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_NOT_CANCELLABLE: An order in this state cannot be cancelled */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description VERSION_MISMATCH: It has been changed since you looked */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    followOrder: {
        parameters: {
            query?: {
                /** @description `decided` if not given */
                until?: "decided" | "closed";
            };
            header?: {
                /** @description id of the last event that was received */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description id of the order */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The changes, as they happen */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["OrderEvents"];
                };
            };
            /** @description Nothing is left to come */
            204: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_NOT_FOUND: There is no such order */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showOrderTimeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the order */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The timeline */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderTimeline"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ORDER_NOT_FOUND: There is no such order */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProducts: {
        parameters: {
            query?: {
                /** @description products per page; 50 if not given */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductPage"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead letters of one queue. There another request under it is refused with 422; in another of them it is another key */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductRequest"];
            };
        };
        responses: {
            /** @description The product */
            201: {
                headers: {
                    /** @description path of the product */
                    Location: string;
                    /** @description validator */
                    ETag: string;
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description SKU_TAKEN: Another product has this sku. IDEMPOTENCY_KEY_IN_USE: The first request with this idempotency key is still running */
            409: {
                headers: {
                    /** @description seconds after which to repeat the request; with IDEMPOTENCY_KEY_IN_USE */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED: This idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importProducts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example sku,name,price_amount,price_currency,stock,supplier_id,low_stock_threshold
                 *     mug,Mug,1250,EUR,100,acme,10
                 *     print,"Print, ""Autumn""",9900,EUR,25,,
                 *     lamp,Desk lamp,49.00,EUR,40,acme,5
                 */
                "text/csv": string;
            };
        };
        responses: {
            /** @description What became of the lines */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description an ETag; 304 while it is current */
                "If-None-Match"?: string;
            };
            path: {
                /** @description id or sku */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The product */
            200: {
                headers: {
                    /** @description validator */
                    ETag: string;
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description It is still current */
            304: {
                headers: {
                    /** @description validator */
                    ETag: string;
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PRODUCT_NOT_FOUND: There is no such product */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description an ETag of the product. Its first part, which is `catalogueVersion`, has to be current, or the answer is 412; the second one moves with every sale and is not looked at */
                "If-Match"?: string;
            };
            path: {
                /** @description id or sku */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProductChanges"];
            };
        };
        responses: {
            /** @description The product as it is now */
            200: {
                headers: {
                    /** @description validator */
                    ETag: string;
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PRODUCT_NOT_FOUND: There is no such product */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description VERSION_MISMATCH: It has been changed since you looked */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStockMovements: {
        parameters: {
            query?: {
                /** @description movements per page; 50 if not given */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description id or sku */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockMovementPage"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PRODUCT_NOT_FOUND: There is no such product */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    adjustStock: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead letters of one queue. There another request under it is refused with 422; in another of them it is another key */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description id or sku */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StockAdjustmentRequest"];
            };
        };
        responses: {
            /** @description The adjustment, and the stock after it */
            201: {
                headers: {
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockAdjustment"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PRODUCT_NOT_FOUND: There is no such product */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description STOCK_NOT_ADJUSTABLE: The stock cannot be changed by that much. IDEMPOTENCY_KEY_IN_USE: The first request with this idempotency key is still running */
            409: {
                headers: {
                    /** @description seconds after which to repeat the request; with IDEMPOTENCY_KEY_IN_USE */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED: This idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description webhooks per page; 50 if not given */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead letters of one queue. There another request under it is refused with 422; in another of them it is another key */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookRequest"];
            };
        };
        responses: {
            /** @description The webhook and its secret */
            201: {
                headers: {
                    /** @description path of the webhook */
                    Location: string;
                    /** @description validator */
                    ETag: string;
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WEBHOOK_NOT_FOUND: There is no such webhook */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_IN_USE: The first request with this idempotency key is still running. WEBHOOK_LIMIT_REACHED: This client has as many webhooks as it may have */
            409: {
                headers: {
                    /** @description seconds after which to repeat the request; with IDEMPOTENCY_KEY_IN_USE */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED: This idempotency key belongs to another request. URL_NOT_ALLOWED: Callbacks may not be sent there */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description an ETag; 304 while it is current */
                "If-None-Match"?: string;
            };
            path: {
                /** @description id of the webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook */
            200: {
                headers: {
                    /** @description validator */
                    ETag: string;
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description It is still current */
            304: {
                headers: {
                    /** @description validator */
                    ETag: string;
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WEBHOOK_NOT_FOUND: There is no such webhook */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description an ETag; 412 when it is not current any more */
                "If-Match"?: string;
            };
            path: {
                /** @description id of the webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WEBHOOK_NOT_FOUND: There is no such webhook */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description VERSION_MISMATCH: It has been changed since you looked */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description an ETag; 412 when it is not current any more */
                "If-Match"?: string;
            };
            path: {
                /** @description id of the webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookChanges"];
            };
        };
        responses: {
            /** @description The webhook */
            200: {
                headers: {
                    /** @description validator */
                    ETag: string;
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WEBHOOK_NOT_FOUND: There is no such webhook */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description VERSION_MISMATCH: It has been changed since you looked */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URL_NOT_ALLOWED: Callbacks may not be sent there */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description an ETag; 412 when it is not current any more */
                "If-Match"?: string;
                /** @description 1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead letters of one queue. There another request under it is refused with 422; in another of them it is another key */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description id of the webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SecretRotation"];
            };
        };
        responses: {
            /** @description The webhook and its new secret */
            200: {
                headers: {
                    /** @description validator */
                    ETag: string;
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WEBHOOK_NOT_FOUND: There is no such webhook */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_IN_USE: The first request with this idempotency key is still running */
            409: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description VERSION_MISMATCH: It has been changed since you looked */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED: This idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead letters of one queue. There another request under it is refused with 422; in another of them it is another key */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description id of the webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery and its attempt */
            200: {
                headers: {
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTestResult"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WEBHOOK_NOT_FOUND: There is no such webhook */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_IN_USE: The first request with this idempotency key is still running */
            409: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED: This idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description an ETag; 412 when it is not current any more */
                "If-Match"?: string;
                /** @description 1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead letters of one queue. There another request under it is refused with 422; in another of them it is another key */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description id of the webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook */
            200: {
                headers: {
                    /** @description validator */
                    ETag: string;
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WEBHOOK_NOT_FOUND: There is no such webhook */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_IN_USE: The first request with this idempotency key is still running */
            409: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description VERSION_MISMATCH: It has been changed since you looked */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED: This idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description an ETag; 412 when it is not current any more */
                "If-Match"?: string;
                /** @description 1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead letters of one queue. There another request under it is refused with 422; in another of them it is another key */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description id of the webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook */
            200: {
                headers: {
                    /** @description validator */
                    ETag: string;
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WEBHOOK_NOT_FOUND: There is no such webhook */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_IN_USE: The first request with this idempotency key is still running */
            409: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description VERSION_MISMATCH: It has been changed since you looked */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED: This idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead letters of one queue. There another request under it is refused with 422; in another of them it is another key */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description id of the webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayRequest"];
            };
        };
        responses: {
            /** @description How many it would be */
            200: {
                headers: {
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayResult"];
                };
            };
            /** @description How many are on their way */
            202: {
                headers: {
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayResult"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WEBHOOK_NOT_FOUND: There is no such webhook */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_IN_USE: The first request with this idempotency key is still running */
            409: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED: This idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description those in this state */
                status?: "pending" | "delivered" | "dead" | "failed";
                /** @description those of this event */
                eventType?: "order.created" | "order.confirmed" | "order.rejected" | "order.cancelled" | "product.stockReserved" | "product.stockReleased" | "product.stockAdjusted" | "product.stockLow" | "webhook.disabled" | "webhook.test";
                /** @description those from this time on, in UTC: it ends in Z */
                from?: string;
                /** @description those up to this time, in UTC: it ends in Z */
                to?: string;
                /** @description deliveries per page; 50 if not given */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description id of the webhook */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WEBHOOK_NOT_FOUND: There is no such webhook */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description id of the delivery */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetail"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DELIVERY_NOT_FOUND: There is no such delivery */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead letters of one queue. There another request under it is refused with 422; in another of them it is another key */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description id of the delivery */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, on its way */
            202: {
                headers: {
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description DELIVERY_NOT_FOUND: There is no such delivery */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_IN_USE: The first request with this idempotency key is still running. DELIVERY_PENDING: This delivery is still on its way */
            409: {
                headers: {
                    /** @description seconds after which to repeat the request; with IDEMPOTENCY_KEY_IN_USE */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED: This idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterCounts"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                /** @description those that are dead for this reason */
                reason?: string;
                /** @description those with this pattern */
                pattern?: string;
                /** @description letters per page; 50 if not given */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description the queue that they come from */
                queue: "orders_queue" | "products_queue" | "webhooks_queue";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterPage"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND: There is nothing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redriveDeadLetters: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead letters of one queue. There another request under it is refused with 422; in another of them it is another key */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description the queue that they come from */
                queue: "orders_queue" | "products_queue" | "webhooks_queue";
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RedriveAllRequest"];
            };
        };
        responses: {
            /** @description The act, which has begun */
            202: {
                headers: {
                    /** @description path of the act */
                    Location: string;
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterAct"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND: There is nothing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_IN_USE: The first request with this idempotency key is still running. DEAD_LETTERS_BUSY: Dead letters of this queue are being worked off already */
            409: {
                headers: {
                    /** @description seconds after which to repeat the request; with IDEMPOTENCY_KEY_IN_USE */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED: This idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discardDeadLetters: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead letters of one queue. There another request under it is refused with 422; in another of them it is another key */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description the queue that they come from */
                queue: "orders_queue" | "products_queue" | "webhooks_queue";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiscardAllRequest"];
            };
        };
        responses: {
            /** @description The act, which has begun */
            202: {
                headers: {
                    /** @description path of the act */
                    Location: string;
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterAct"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND: There is nothing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_IN_USE: The first request with this idempotency key is still running. DEAD_LETTERS_BUSY: Dead letters of this queue are being worked off already */
            409: {
                headers: {
                    /** @description seconds after which to repeat the request; with IDEMPOTENCY_KEY_IN_USE */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED: This idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeadLetterActs: {
        parameters: {
            query?: {
                /** @description acts per page; 50 if not given */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description the queue that they come from */
                queue: "orders_queue" | "products_queue" | "webhooks_queue";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterActPage"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND: There is nothing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showDeadLetterAct: {
        parameters: {
            query?: {
                /** @description letters per page; 50 if not given */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description the queue that they come from */
                queue: "orders_queue" | "products_queue" | "webhooks_queue";
                /** @description id of the act */
                actId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The act */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterActDetail"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND: There is nothing here */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the queue that they come from */
                queue: "orders_queue" | "products_queue" | "webhooks_queue";
                /** @description id of the dead letter */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The letter */
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterDetail"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND: There is nothing here. DEAD_LETTER_NOT_FOUND: There is no such dead letter */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redriveDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead letters of one queue. There another request under it is refused with 422; in another of them it is another key */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description the queue that they come from */
                queue: "orders_queue" | "products_queue" | "webhooks_queue";
                /** @description id of the dead letter */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RedriveRequest"];
            };
        };
        responses: {
            /** @description It is in its queue */
            200: {
                headers: {
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterAct"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND: There is nothing here. DEAD_LETTER_NOT_FOUND: There is no such dead letter */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_IN_USE: The first request with this idempotency key is still running */
            409: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED: This idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discardDeadLetter: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters; repeats with the same key get the first answer. A key is one of its client within one of these: `/orders`; `/products`, with adjustments of their stock; `/webhooks`, with `/deliveries`; the dead letters of one queue. There another request under it is refused with 422; in another of them it is another key */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description the queue that they come from */
                queue: "orders_queue" | "products_queue" | "webhooks_queue";
                /** @description id of the dead letter */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiscardRequest"];
            };
        };
        responses: {
            /** @description It is gone */
            200: {
                headers: {
                    /** @description `true` when nothing new was made: an earlier request with the same key did what this one asks for */
                    "Idempotency-Replayed"?: "true";
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterAct"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP. VALIDATION_FAILED: The request is not valid. MALFORMED_JSON: The body is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHENTICATED: A valid API key is needed */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN: This key may not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND: There is nothing here. DEAD_LETTER_NOT_FOUND: There is no such dead letter */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_IN_USE: The first request with this idempotency key is still running */
            409: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BODY_TOO_LARGE: The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI_TOO_LONG: The path is too long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNSUPPORTED_MEDIA_TYPE: The body is of a media type that is not taken here */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IDEMPOTENCY_KEY_REUSED: This idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY_REQUESTS: Too many requests */
            429: {
                headers: {
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BROKER_UNAVAILABLE: The system cannot take requests right now. DATABASE_UNAVAILABLE: What was asked for cannot be read right now. OVERLOADED: Too many requests are in flight */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ANSWER_TIMEOUT: The answer did not come in time */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Liveness"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It may */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It may not: at least one check is down */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    showMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text format of Prometheus, version 0.0.4 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example # HELP holdfast_requests_in_flight Requests to services that are not answered yet
                     *     # TYPE holdfast_requests_in_flight gauge
                     *     holdfast_requests_in_flight 3
                     */
                    "text/plain": string;
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This API as a page for people */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example <!DOCTYPE html>
                     *     <html lang="en">
                     *     <head><title>Holdfast API</title></head>
                     *     <body><div id="swagger-ui"></div></body>
                     *     </html>
                     */
                    "text/html": string;
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.1.0",
                     *       "info": {
                     *         "title": "Holdfast",
                     *         "version": "0.1.0"
                     *       },
                     *       "paths": {},
                     *       "webhooks": {},
                     *       "components": {}
                     *     }
                     */
                    "application/json": Record<string, never>;
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showAsyncApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The messages and events behind this API */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asyncapi": "3.0.0",
                     *       "info": {
                     *         "title": "Holdfast",
                     *         "version": "0.1.0"
                     *       },
                     *       "channels": {},
                     *       "operations": {},
                     *       "components": {}
                     *     }
                     */
                    "application/json": Record<string, never>;
                };
            };
            /** @description MALFORMED_REQUEST: The request is not well-formed HTTP */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description REQUEST_TIMEOUT: The request took too long to arrive */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description HEADERS_TOO_LARGE: The request line and headers are too large */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description INTERNAL: Something failed on our side */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
