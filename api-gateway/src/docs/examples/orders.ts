import { type OrderView } from '@holdfast/contracts';

export const ORDER_REQUESTS = [
  { productId: 'mug', quantity: 2 },
  { items: [{ productId: 'mug', quantity: 2 }], reference: 'R-1' },
];

export const PENDING_ORDER: OrderView = {
  id: '019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10',
  clientId: 'shop',
  status: 'PENDING',
  items: [{ productId: 'mug', quantity: 2, sku: null, name: null, unitPrice: null }],
  total: null,
  reference: 'R-1',
  rejectionReason: null,
  rejectionDetail: null,
  createdAt: '2026-01-05T09:30:00.000Z',
  updatedAt: '2026-01-05T09:30:00.000Z',
  version: 1,
};

export const CONFIRMED_ORDER: OrderView = {
  ...PENDING_ORDER,
  status: 'CONFIRMED',
  items: [{ productId: 'mug', quantity: 2, sku: 'mug', name: 'Mug', unitPrice: { amount: 1_250, currency: 'EUR' } }],
  total: { amount: 2_500, currency: 'EUR' },
  updatedAt: '2026-01-05T09:30:00.040Z',
  version: 2,
};

export const REJECTED_ORDER: OrderView = {
  ...PENDING_ORDER,
  status: 'REJECTED',
  rejectionReason: 'OUT_OF_STOCK',
  rejectionDetail: '2 of mug were asked for, 1 is there',
  updatedAt: '2026-01-05T09:30:00.040Z',
  version: 2,
};
