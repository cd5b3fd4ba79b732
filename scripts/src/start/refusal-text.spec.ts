import { refusalText } from './refusal-text.js';

it.each([
  [
    '{"code":"URL_NOT_ALLOWED","detail":"The URL must begin with https."}',
    'URL_NOT_ALLOWED: The URL must begin with https.',
  ],
  ['{"code":"INTERNAL"}', 'INTERNAL'],
  ['<html>Bad gateway</html>', '<html>Bad gateway</html>'],
  ['', ''],
])('reads of %j "%s"', (answer, text) => {
  expect(refusalText(answer)).toBe(text);
});
