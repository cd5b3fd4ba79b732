/** What the demo shop sells. Prices are integer minor units (cents). */
export interface DemoProduct {
  sku: string;
  name: string;
  price: { amount: number; currency: 'EUR' };
  stock: number;
  lowStockThreshold: number;
}

export const demoCatalogue: readonly DemoProduct[] = [
  product('LAMP-BRASS', 'Brass desk lamp', 8_900, 120, 20),
  product('MUG-STONE', 'Stoneware mug, 350 ml', 1_450, 600, 50),
  product('CHAIR-OAK', 'Oak dining chair', 18_900, 48, 8),
  product('THROW-WOOL', 'Woollen throw, charcoal', 7_200, 80, 10),
  product('KETTLE-GOOSE', 'Gooseneck kettle, 1 l', 6_400, 150, 25),
  product('CLOCK-WALL', 'Wall clock, the last three', 11_500, 3, 5),
];

/** What the printed curl orders: plenty in stock. */
export const exampleSku = 'MUG-STONE';

function product(sku: string, name: string, amount: number, stock: number, lowStockThreshold: number): DemoProduct {
  return { sku, name, price: { amount, currency: 'EUR' }, stock, lowStockThreshold };
}
