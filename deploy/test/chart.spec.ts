import { parse } from 'yaml';
import { CHART, type Installation, type Manifest, render, textOf, valuesFiles, withFunctions } from './chart.js';
import { HELM_VERSION, hasOwnHelm, helm } from './helm.js';
import { schemaFaults, unknownFields } from './kubernetes-schemas.js';

const installations = Object.keys(valuesFiles) as Installation[];

describe('the chart', () => {
  it('has the version of the package', () => {
    const { version } = JSON.parse(textOf('../package.json')) as { version: string };
    expect(parse(textOf('helm/holdfast/Chart.yaml'))).toMatchObject({ version, appVersion: version });
  });

  it.each(installations)('passes helm lint as a %s installation', (installation) => {
    const { ok, stdout, stderr } = helm('lint', '--strict', CHART, '--values', valuesFiles[installation]);
    expect({ ok, said: stdout + stderr }).toEqual({ ok: true, said: expect.stringContaining('0 chart(s) failed') });
  });

  it('is tested with a known Helm', () => {
    const { stdout } = helm('version', '--template', '{{.Version}}');
    expect(stdout).toMatch(hasOwnHelm ? HELM_VERSION : /^v/);
  });

  it.each([
    ['small', []],
    ['small', withFunctions],
    ['large', []],
    [
      'large',
      [
        ...withFunctions,
        'caCertificates.existingConfigMap=ca',
        'prometheusRule.runbookUrl=https://wiki.example/operations',
      ],
    ],
  ] as [Installation, string[]][])(
    'is what Kubernetes takes, as a %s installation with %j',
    (installation, settings) => {
      const { manifests } = render(installation, ...settings);
      expect(manifests.flatMap(schemaFaults)).toEqual([]);
      expect(unknownFields(manifests)).toBe('');
    },
  );
});

describe('the check of manifests', () => {
  const service: Manifest & { spec: object } = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'shop', labels: {} },
    spec: { ports: [{ port: 80 }] },
  };

  it('finds what has the wrong type', () => {
    const wrong = { ...service, spec: { ports: [{ port: 'eighty' }] } };
    expect(schemaFaults(wrong)).toEqual([expect.stringContaining('/spec/ports/0/port')]);
  });

  it('finds what no schema knows', () => {
    const misspelt = { ...service, spec: { ports: [{ port: 80, targetport: 3000 }] } };
    expect(unknownFields([service])).toBe('');
    expect(unknownFields([misspelt])).toContain('targetport');
  });
});
