import { isUuid, newId } from '@holdfast/contracts';
import { idOfRequest } from './request-id.js';

describe('the id that a request gives', () => {
  it('is its own where that is a UUID, in lower case', () => {
    const id = newId();
    expect(idOfRequest(id)).toBe(id);
    expect(idOfRequest(id.toUpperCase())).toBe(id);
  });

  it('is one and the same UUID for any other text', () => {
    expect(isUuid(idOfRequest('by hand'))).toBe(true);
    expect(idOfRequest('by hand')).toBe(idOfRequest('by hand'));
    expect(idOfRequest('by hand')).not.toBe(idOfRequest('by hand too'));
  });
});
