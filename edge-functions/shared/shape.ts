/**
 * A small check of JSON values, so that the functions deploy without a dependency. Fields that a shape does not name are let
 * through: contracts grow by addition.
 */
export interface Shape<T> {
  /** What is wrong with the value, as "data.total.amount must be a whole number"; nothing where it fits. */
  problems(value: unknown, at: string): string[];
  /** Carries the type; never there at run time. */
  readonly type?: T;
}

export type TypeOf<S> = S extends Shape<infer T> ? T : never;

const shape = <T>(requirement: string, fits: (value: unknown) => boolean): Shape<T> => ({
  problems: (value, at) => (fits(value) ? [] : [`${at} must be ${requirement}`]),
});

const MAX_TEXT = 10_000;

export const text = shape<string>('a text', (value) => typeof value === 'string' && value.length <= MAX_TEXT);

export const textLike = (form: RegExp, requirement: string): Shape<string> =>
  shape(requirement, (value) => typeof value === 'string' && form.test(value));

export const wholeNumber = shape<number>('a whole number', Number.isSafeInteger);

export const countFrom = (min: number): Shape<number> =>
  shape(`a whole number from ${min}`, (value) => Number.isSafeInteger(value) && Number(value) >= min);

export const yesOrNo = shape<boolean>('true or false', (value) => typeof value === 'boolean');

export const isoTime = shape<string>(
  'a time in UTC as ISO 8601 has it',
  (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
);

export const anyObject = shape<Record<string, unknown>>('an object', isObject);

export const nullable = <T>(inner: Shape<T>): Shape<T | null> => ({
  problems: (value, at) => (value === null ? [] : inner.problems(value, at)),
});

export const optional = <T>(inner: Shape<T>): Shape<T | undefined> => ({
  problems: (value, at) => (value === undefined ? [] : inner.problems(value, at)),
});

export const listOf = <T>(inner: Shape<T>): Shape<T[]> => ({
  problems: (value, at) =>
    Array.isArray(value)
      ? value.flatMap((element, index) => inner.problems(element, `${at}[${index}]`))
      : [`${at} must be a list`],
});

type Fields = Record<string, Shape<unknown>>;

export const record = <F extends Fields>(fields: F): Shape<{ [K in keyof F]: TypeOf<F[K]> }> => ({
  problems: (value, at) =>
    isObject(value)
      ? Object.entries(fields).flatMap(([name, field]) =>
          field.problems(value[name], at === '' ? name : `${at}.${name}`),
        )
      : [`${at || 'the body'} must be an object`],
});

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
