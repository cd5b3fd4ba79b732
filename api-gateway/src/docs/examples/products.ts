import { type CreateProduct, type ProductView, type StockAdjustmentView } from '@holdfast/contracts';

export const PRODUCT_REQUEST: CreateProduct = {
  sku: 'mug',
  name: 'Mug',
  price: { amount: 1_250, currency: 'EUR' },
  stock: 100,
  supplierId: 'acme',
  lowStockThreshold: 10,
};

export const PRODUCT: ProductView = {
  id: '019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62',
  sku: 'mug',
  name: 'Mug',
  price: { amount: 1_250, currency: 'EUR' },
  stock: { onHand: 100, reserved: 2, available: 98 },
  supplierId: 'acme',
  lowStockThreshold: 10,
  createdAt: '2026-01-05T09:00:00.000Z',
  updatedAt: '2026-01-05T09:30:00.020Z',
  version: 2,
};

export const STOCK_ADJUSTMENT_REQUEST = { delta: -3, reason: 'broken in the warehouse' };

export const STOCK_ADJUSTMENT: StockAdjustmentView = {
  id: '019abf49-f3e0-7a15-bd28-60c7e94f1a35',
  productId: PRODUCT.id,
  sku: 'mug',
  name: 'Mug',
  delta: -3,
  reason: 'broken in the warehouse',
  adjustedBy: 'ops',
  stock: { onHand: 97, reserved: 2, available: 95 },
  adjustedAt: '2026-01-05T10:00:00.000Z',
};
