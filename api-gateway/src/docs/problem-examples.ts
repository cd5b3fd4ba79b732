import { type ErrorCode, errorCodes } from '@holdfast/contracts';
import { type Fault, ProblemError, problemDocument } from '../http/problem.js';

const REQUEST_ID = '019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10';

const FAULTS: Partial<Record<ErrorCode, readonly Fault[]>> = {
  VALIDATION_FAILED: [{ pointer: '/quantity', detail: 'Too small: expected number to be >=1' }],
};

/** A problem document of every code, by code: the `examples` that operations refer to. */
export const problemExamples = () =>
  Object.fromEntries(
    (Object.keys(errorCodes) as ErrorCode[]).map((code) => {
      const { title } = errorCodes[code];
      const faults = FAULTS[code];
      const problem = new ProblemError(code, `${title}.`, faults ? { faults } : {});
      return [code, { summary: title, value: problemDocument(problem, REQUEST_ID) }];
    }),
  );

/** References to the examples of these codes. */
export const examplesOf = (codes: readonly ErrorCode[]) =>
  Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
