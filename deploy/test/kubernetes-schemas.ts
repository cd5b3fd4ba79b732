import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Manifest } from './chart.js';

const KEDA = '@kubernetes-models/keda';
const PROMETHEUS = '@kubernetes-models/prometheus-operator';

/** Where the model of each kind is: made from Kubernetes' OpenAPI document, and from the CRDs of the two operators. */
const models: Record<string, string> = {
  'v1 Service': 'kubernetes-models/v1/Service',
  'v1 ServiceAccount': 'kubernetes-models/v1/ServiceAccount',
  'v1 PersistentVolumeClaim': 'kubernetes-models/v1/PersistentVolumeClaim',
  'apps/v1 Deployment': 'kubernetes-models/apps/v1/Deployment',
  'autoscaling/v2 HorizontalPodAutoscaler': 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler',
  'networking.k8s.io/v1 Ingress': 'kubernetes-models/networking.k8s.io/v1/Ingress',
  'networking.k8s.io/v1 NetworkPolicy': 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy',
  'policy/v1 PodDisruptionBudget': 'kubernetes-models/policy/v1/PodDisruptionBudget',
  'keda.sh/v1alpha1 ScaledObject': `${KEDA}/keda.sh/v1alpha1/ScaledObject`,
  'keda.sh/v1alpha1 TriggerAuthentication': `${KEDA}/keda.sh/v1alpha1/TriggerAuthentication`,
  'monitoring.coreos.com/v1 PrometheusRule': `${PROMETHEUS}/monitoring.coreos.com/v1/PrometheusRule`,
  'monitoring.coreos.com/v1 ServiceMonitor': `${PROMETHEUS}/monitoring.coreos.com/v1/ServiceMonitor`,
};

function modelOf({ apiVersion, kind }: Manifest): string {
  const path = models[`${apiVersion} ${kind}`];
  if (path === undefined) throw new Error(`there is no schema for ${apiVersion} ${kind}`);
  return path;
}

/** What the JSON schema of its kind has against a manifest: types, formats, what is missing. */
export function schemaFaults(manifest: Manifest): string[] {
  const model = require(modelOf(manifest)) as Record<string, new (data: Manifest) => { validate(): void }>;
  const Model = model[manifest.kind];
  if (!Model) throw new Error(`${modelOf(manifest)} has no ${manifest.kind}`);
  try {
    new Model(manifest).validate();
    return [];
  } catch (error) {
    return [`${manifest.kind} ${manifest.metadata.name}: ${(error as Error).message}`];
  }
}

/**
 * Fields that no schema knows, which Kubernetes would drop without a word. The schemas let them pass, the types of the same
 * models do not: the manifests are compiled as literals of those types.
 *
 * @returns what the compiler says; empty when there are none.
 */
export function unknownFields(manifests: readonly Manifest[]): string {
  // Beneath the packages, so that the compiler finds them.
  const cache = resolve(__dirname, '../node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'manifests-'));
  try {
    const files = manifests.map((manifest) => {
      const file = join(folder, `${manifest.kind}-${manifest.metadata.name}.mts`);
      const type = `import('${modelOf(manifest)}').I${manifest.kind}`;
      writeFileSync(file, `export const manifest = ${JSON.stringify(manifest, null, 2)} satisfies ${type};\n`);
      return file;
    });
    return compile(files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compile(files: string[]): string {
  const compiler = resolve(__dirname, '../../node_modules/typescript/bin/tsc');
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--types', '', '--ignoreConfig'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, ...options, ...files], {
    encoding: 'utf8',
  });
  return status === 0 ? '' : stdout + stderr;
}
