import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { render, textOf } from './chart.js';

const root = resolve(__dirname, '../..');

/** The names of all metrics that the parts register. */
function registeredMetrics(): Set<string> {
  const folders = [
    'api-gateway',
    'orders-service',
    'products-service',
    'webhook-publisher',
    'libs/messaging',
    'libs/platform',
  ];
  const files = folders.flatMap((folder) => {
    const src = join(root, folder, 'src');
    return readdirSync(src, { recursive: true, encoding: 'utf8' }).map((file) => join(src, file));
  });
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  return new Set(sources.flatMap((file) => readFileSync(file, 'utf8').match(/(?<=')holdfast_[a-z_]+(?=')/g) ?? []));
}

const rules = render('large', 'prometheusRule.runbookUrl=https://wiki.example/operations.md')
  .all('PrometheusRule')
  .flatMap(({ spec }) => spec?.groups ?? [])
  .flatMap((group) => group.rules ?? []);
const names = [...new Set(rules.map(({ alert = '' }) => alert))];

describe.each(rules.map((rule) => [`${rule.alert} ${rule.labels?.part ?? ''}`.trim(), rule] as const))(
  '%s',
  (_, rule) => {
    it('is written in PromQL', () => {
      const faults: number[] = [];
      parser.parse(String(rule.expr)).iterate({
        enter: (node) => {
          if (node.type.isError) faults.push(node.from);
        },
      });
      expect({ expr: rule.expr, faults }).toEqual({ expr: rule.expr, faults: [] });
    });

    it('asks for metrics that exist', () => {
      const registered = registeredMetrics();
      const asked = String(rule.expr).match(/holdfast_[a-z_]+/g) ?? [];
      const base = (name: string) => name.replace(/_seconds_(count|sum|bucket)$/, '_seconds');
      expect(asked.filter((name) => !registered.has(base(name)))).toEqual([]);
    });

    it('says how grave it is and what to read', () => {
      expect(rule.labels?.severity).toMatch(/^(critical|warning)$/);
      expect(rule.annotations?.runbook_url).toBe(`https://wiki.example/operations.md#${rule.alert?.toLowerCase()}`);
    });
  },
);

describe('deploy/README.md', () => {
  it('explains every alert, and no other', () => {
    const explained = [...textOf('README.md').matchAll(/^\| `(Holdfast[A-Za-z]+)`/gm)].map(([, name]) => name);
    expect(explained).toEqual(names);
  });
});
