import { applyDecorators, Controller, UseFilters } from '@nestjs/common';
import { RethrowFilter } from './rethrow.filter.js';

/** A class whose methods handle messages; what they throw reaches the consumer pipeline as it is. */
export const MessageConsumer = (): ClassDecorator => applyDecorators(Controller(), UseFilters(RethrowFilter));
