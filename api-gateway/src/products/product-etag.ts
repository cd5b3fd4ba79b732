import { type ProductView } from '@holdfast/contracts';

/**
 * The validator of a product: what operators say of it, then everything that is shown. The second part moves with every
 * sale; only the first is held against `If-Match`, or no product that sells could ever be changed.
 */
export const productEtagOf = ({ catalogueVersion, version }: ProductView): string => `"${catalogueVersion}.${version}"`;

const TAG = /^([1-9][0-9]*)\.[1-9][0-9]*$/;

/** The catalogue version in a tag as {@link productEtagOf} writes it. */
export function catalogueVersionIn(tag: string): number | undefined {
  const [, version] = TAG.exec(tag) ?? [];
  return version === undefined ? undefined : Number(version);
}
