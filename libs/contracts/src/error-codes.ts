/**
 * Every error code that leaves the system, in HTTP problem documents (`code`) and in replies over RabbitMQ, with the HTTP
 * status it maps to. `docs/errors.md` explains each; a test holds the two together.
 */
export const errorCodes = {
  VALIDATION_FAILED: { status: 400, title: 'The request is not valid' },
  MALFORMED_JSON: { status: 400, title: 'The body is not JSON' },
  MALFORMED_REQUEST: { status: 400, title: 'The request is not well-formed HTTP' },
  UNAUTHENTICATED: { status: 401, title: 'A valid API key is needed' },
  FORBIDDEN: { status: 403, title: 'This key may not do that' },
  NOT_FOUND: { status: 404, title: 'There is nothing here' },
  ORDER_NOT_FOUND: { status: 404, title: 'There is no such order' },
  PRODUCT_NOT_FOUND: { status: 404, title: 'There is no such product' },
  WEBHOOK_NOT_FOUND: { status: 404, title: 'There is no such webhook' },
  DELIVERY_NOT_FOUND: { status: 404, title: 'There is no such delivery' },
  DEAD_LETTER_NOT_FOUND: { status: 404, title: 'There is no such dead letter' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This resource does not take that method' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request took too long to arrive' },
  SKU_TAKEN: { status: 409, title: 'Another product has this sku' },
  ORDER_NOT_CANCELLABLE: { status: 409, title: 'An order in this state cannot be cancelled' },
  STOCK_NOT_ADJUSTABLE: { status: 409, title: 'The stock cannot be changed by that much' },
  DELIVERY_PENDING: { status: 409, title: 'This delivery is still on its way' },
  WEBHOOK_LIMIT_REACHED: { status: 409, title: 'This client has as many webhooks as it may have' },
  DEAD_LETTERS_BUSY: { status: 409, title: 'Dead letters of this queue are being worked off already' },
  IDEMPOTENCY_KEY_IN_USE: { status: 409, title: 'The first request with this idempotency key is still running' },
  VERSION_MISMATCH: { status: 412, title: 'It has been changed since you looked' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  URI_TOO_LONG: { status: 414, title: 'The path is too long' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The body is of a media type that is not taken here' },
  URL_NOT_ALLOWED: { status: 422, title: 'Callbacks may not be sent there' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'This idempotency key belongs to another request' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The request line and headers are too large' },
  INTERNAL: { status: 500, title: 'Something failed on our side' },
  BROKER_UNAVAILABLE: { status: 503, title: 'The system cannot take requests right now' },
  DATABASE_UNAVAILABLE: { status: 503, title: 'What was asked for cannot be read right now' },
  OVERLOADED: { status: 503, title: 'Too many requests are in flight' },
  ANSWER_TIMEOUT: { status: 504, title: 'The answer did not come in time' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorCodes;
