import {
  type ProductDescription,
  type ProductView,
  type StockAdjustmentView,
  type StockMovementView,
} from '@holdfast/contracts';
import { type ImportReport } from '../../products/import/import-report.js';

export const PRODUCT_REQUEST: ProductDescription = {
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
  catalogueVersion: 1,
};

export const PRODUCT_CHANGES = { price: { amount: 1_350, currency: 'EUR' }, lowStockThreshold: null };

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

export const STOCK_MOVEMENT: StockMovementView = {
  position: 4_711,
  kind: 'write-off',
  delta: { available: -3, reserved: 0, sold: 0 },
  orderId: null,
  reason: 'broken in the warehouse',
  adjustedBy: 'ops',
  createdAt: '2026-01-05T10:00:00.000Z',
};

export const RESERVE_MOVEMENT: StockMovementView = {
  position: 4_702,
  kind: 'reserve',
  delta: { available: -2, reserved: 2, sold: 0 },
  orderId: '019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10',
  reason: null,
  adjustedBy: null,
  createdAt: '2026-01-05T09:30:00.020Z',
};

export const IMPORT_FILE = `sku,name,price_amount,price_currency,stock,supplier_id,low_stock_threshold
mug,Mug,1250,EUR,100,acme,10
print,"Print, ""Autumn""",9900,EUR,25,,
lamp,Desk lamp,49.00,EUR,40,acme,5
`;

export const IMPORT_REPORT: ImportReport = {
  created: 1,
  existing: 1,
  failed: 1,
  errors: [
    {
      line: 4,
      sku: 'lamp',
      code: 'VALIDATION_FAILED',
      errors: [{ field: 'price_amount', detail: 'must be a whole number; prices are in minor units' }],
    },
  ],
};
