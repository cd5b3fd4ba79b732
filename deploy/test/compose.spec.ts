import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

interface Service {
  image?: string;
  container_name?: string;
  hostname?: string;
  environment?: Record<string, string>;
  networks?: readonly string[] | Record<string, { ipv4_address?: string } | null>;
  ports?: readonly string[];
  volumes?: readonly string[];
}

const text = readFileSync(resolve(__dirname, '../../docker-compose.yml'), 'utf8');
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };

/** Of each of these there may be several: `--scale <part>=2`. */
const SCALED = ['api-gateway', 'orders-service', 'products-service', 'webhook-publisher'];

const DATABASES: Record<string, string> = {
  'orders-service': 'ORDERS_DATABASE_URL',
  'products-service': 'PRODUCTS_DATABASE_URL',
  'webhook-publisher': 'WEBHOOKS_DATABASE_URL',
};

function serviceOf(part: string): Service {
  const service = services[part];
  if (service === undefined) throw new Error(`docker-compose.yml has no ${part}`);
  return service;
}

/** What stands in the file with these variables, `${NAME:-default}` and `${NAME:?message}`. */
const interpolated = (value: string, env: Record<string, string>): string =>
  value.replace(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g, (_, name: string, otherwise = '') => env[name] || otherwise);

describe.each(SCALED)('several containers of %s', (part) => {
  const { container_name, hostname, networks, volumes = [] } = serviceOf(part);

  it('have names and addresses of their own', () => {
    expect([container_name, hostname]).toEqual([undefined, undefined]);
    const attached = Array.isArray(networks) ? [] : Object.values(networks ?? {});
    expect(attached.filter((network) => network?.ipv4_address !== undefined)).toEqual([]);
  });

  it('share no files', () => {
    expect(volumes).toEqual([]);
  });
});

describe.each(Object.entries(DATABASES))('several containers of %s', (part, variable) => {
  const { environment = {}, ports = [] } = serviceOf(part);

  it('share a database that takes more than one process', () => {
    expect(environment[variable]).toMatch(/^postgres:\/\//);
    expect(environment.DATA_DIR).toBeUndefined();
  });

  it('take no port of this machine', () => {
    expect(ports).toEqual([]);
  });
});

describe('several gateways', () => {
  const portsWith = (env: Record<string, string>): string[] =>
    (serviceOf('api-gateway').ports ?? []).map((port) => interpolated(port, env));

  it('take a range of ports, as many as there are of them', () => {
    expect(portsWith({})).toEqual(['3000:3000']);
    expect(portsWith({ GATEWAY_PORT: '3000-3001' })).toEqual(['3000-3001:3000']);
  });
});

describe('the databases of services', () => {
  it('are three, each made when the server starts for the first time', () => {
    const names = Object.entries(DATABASES).map(([part, variable]) => {
      const url = interpolated(serviceOf(part).environment?.[variable] ?? '', {});
      return new URL(url).pathname.slice(1);
    });
    const script = readFileSync(resolve(__dirname, '../compose/create-databases.sql'), 'utf8');
    const made = [...script.matchAll(/^CREATE DATABASE (\w+)/gm)].map(([, name]) => name);
    expect(new Set(names).size).toBe(3);
    expect(made.sort()).toEqual(names.sort());
  });
});

describe('images that are pulled', () => {
  const images = Object.values(services).flatMap(({ image }) => (image === undefined ? [] : [image]));

  it.each(images)('%s stays the same release until somebody changes it', (image) => {
    // A release of PostgreSQL is a major, of the others a minor: what comes behind is fixes.
    const release = image.startsWith('postgres:') ? /^postgres:\d+$/ : /^\w+:\d+\.\d+(-management)?$/;
    expect(image).toMatch(release);
  });
});
