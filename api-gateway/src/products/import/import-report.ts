import { z } from 'zod';

/** So many lines are told apart; a report of all lines of the largest file would be as large as the file. */
const MAX_ERRORS = 1_000;

export const fieldFaultSchema = z.object({
  field: z.string().nullable().describe('the column; null where the line as a whole is meant'),
  detail: z.string(),
});
export type FieldFault = z.infer<typeof fieldFaultSchema>;

const lineErrorSchema = z.object({
  line: z.number().int().min(1).describe('line of the file that the record begins in; the header is line 1'),
  sku: z.string().nullable().describe('as the line has it; null where it has none'),
  code: z.enum(['VALIDATION_FAILED', 'SKU_TAKEN']),
  errors: z.array(fieldFaultSchema),
});
export type LineError = z.infer<typeof lineErrorSchema>;

/** What became of the lines of a file. */
export const importReportSchema = z.object({
  created: z.number().int().min(0).describe('products that are new'),
  existing: z
    .number()
    .int()
    .min(0)
    .describe('products that were made from the same line before; they stay as they are'),
  failed: z.number().int().min(0).describe('lines that nothing was done for'),
  errors: z.array(lineErrorSchema).describe(`the first ${MAX_ERRORS} lines that failed, by line`),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** Counts what becomes of lines, in whatever order they are done. */
export class ImportTally {
  private created = 0;
  private existing = 0;
  private failed = 0;
  private readonly errors: LineError[] = [];

  count(outcome: 'created' | 'existing'): void {
    this[outcome] += 1;
  }

  refuse(error: LineError): void {
    this.failed += 1;
    if (this.errors.length < MAX_ERRORS) this.errors.push(error);
  }

  report(): ImportReport {
    const { created, existing, failed, errors } = this;
    return { created, existing, failed, errors: [...errors].sort((a, b) => a.line - b.line) };
  }
}
