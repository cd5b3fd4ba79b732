export * from './error-codes.js';
export * from './ids.js';
export * from './messages.js';
export * from './money.js';
export * from './orders.js';
export * from './products.js';
export * from './reply.js';
