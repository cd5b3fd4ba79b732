import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type IScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import { type IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { type IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import { type IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { type INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { type IPersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { type IService } from 'kubernetes-models/v1/Service';
import { parseAllDocuments } from 'yaml';
import { type HelmRun, helm } from './helm.js';

const inDeploy = (path: string): string => resolve(__dirname, '..', path);

export const CHART = inDeploy('helm/holdfast');
export const RELEASE = 'shop';

/** The two installations that deploy/README.md describes. */
export const valuesFiles = { small: inDeploy('values/small.yaml'), large: inDeploy('values/large.yaml') };
export type Installation = keyof typeof valuesFiles;

export const textOf = (path: string): string => readFileSync(inDeploy(path), 'utf8');

interface Kinds {
  Deployment: IDeployment;
  Ingress: IIngress;
  NetworkPolicy: INetworkPolicy;
  PersistentVolumeClaim: IPersistentVolumeClaim;
  PrometheusRule: IPrometheusRule;
  ScaledObject: IScaledObject;
  Service: IService;
}

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels: Record<string, string> };
}

/** What Helm makes of the chart. */
export class Rendered {
  constructor(readonly manifests: readonly Manifest[]) {}

  all<K extends keyof Kinds>(kind: K): Kinds[K][] {
    return this.manifests.filter((manifest) => manifest.kind === kind) as unknown as Kinds[K][];
  }

  /** The one of a part; `metadata.name` is the release's and the part's. */
  one<K extends keyof Kinds>(kind: K, part: string): Kinds[K] {
    const found = this.all(kind).find(({ metadata }) => metadata?.name === `${RELEASE}-holdfast-${part}`);
    if (!found) throw new Error(`there is no ${kind} of ${part}`);
    return found;
  }
}

/** `helm template`, with `path=value` settings on top of an installation's values; commas in a value as `\,`. */
export function template(installation: Installation, ...settings: string[]): HelmRun {
  const set = settings.flatMap((setting) => ['--set', setting]);
  return helm('template', RELEASE, CHART, '--namespace', 'shop', '--values', valuesFiles[installation], ...set);
}

/** @throws Error with what Helm says when the chart does not render. */
export function render(installation: Installation, ...settings: string[]): Rendered {
  const { ok, stdout, stderr } = template(installation, ...settings);
  if (!ok) throw new Error(stderr);
  const documents = parseAllDocuments(stdout, { uniqueKeys: true });
  for (const document of documents) if ('errors' in document && document.errors[0]) throw document.errors[0];
  return new Rendered([...documents].map((document) => document.toJSON() as Manifest).filter((each) => each !== null));
}

/** Everything that can be switched on beside what an installation has. */
export const withFunctions = [
  'logger.enabled=true',
  'logger.existingSecret=logger',
  'logger.clusterIP=10.96.7.1',
  'notifier.enabled=true',
  'notifier.existingSecret=notifier',
  'notifier.clusterIP=10.96.7.2',
  'webhooks.env.WEBHOOK_ALLOW_HTTP=true',
];
