export const DOCS_PATH = '/docs';
export const OPENAPI_PATH = '/openapi.json';
export const ASYNCAPI_PATH = '/asyncapi.json';

const DOCS_URL = new RegExp(`^${DOCS_PATH}(?:[/?]|$)`);

/** Whether a URL is the docs page or one of its files. */
export const isDocsPath = (url: string | undefined): boolean => url !== undefined && DOCS_URL.test(url);
