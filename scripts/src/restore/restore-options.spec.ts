import { restoreOptions } from './restore-options.js';

describe('npm run restore', () => {
  it.each(['orders', 'products', 'compare'])('does %s', (task) => {
    expect(restoreOptions([task])).toEqual({ task });
  });

  it('publishes again what happened since a time', () => {
    const since = Date.UTC(2026, 0, 5, 3);
    expect(restoreOptions(['webhooks', '--since', '2026-01-05T03:00:00Z'])).toEqual({ task: 'webhooks', since });
  });

  it.each<[string, string[], RegExp]>([
    ['nothing', [], /one thing/],
    ['two things', ['orders', 'products'], /one thing/],
    ['a thing that there is not', ['redis'], /no redis/],
    ['webhooks since no time', ['webhooks'], /--since is missing/],
    ['webhooks since a word', ['webhooks', '--since', 'yesterday'], /is no time/],
    ['orders since a time', ['orders', '--since', '2026-01-05'], /is for webhooks/],
    ['an option that is not known', ['orders', '--untill', 'x'], /--untill/],
  ])('refuses %s', (_name, argv, message) => {
    expect(() => restoreOptions(argv)).toThrow(message);
  });
});
