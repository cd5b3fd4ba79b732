import { pathToFileURL } from 'node:url';
import {
  newDataDir,
  newRedisUrl,
  type ServiceName,
  ServiceProcess,
  type TestBroker,
  testBroker,
  testServers,
} from '@holdfast/testing';
import { BROKEN_BUILDS } from '../src/builds/all.js';
import { type BrokenBuild, brokenSources } from '../src/builds/broken-build.js';
import { INSIDE_VARIABLE } from '../src/inside/inside.js';
import { saidIn } from '../src/inside/said.js';
import { preload } from './inside-program.js';

const root = () => pathToFileURL(`${testServers().root}/`);

let broker: TestBroker;
let service: ServiceProcess | undefined;

beforeAll(async () => {
  broker = await testBroker();
});
afterEach(async () => {
  await service?.kill9();
});
afterAll(() => broker?.close());

/** A service that has the module in it; those of libraries are in every one. */
function serviceOf({ replacements: [first] }: BrokenBuild): ServiceName {
  const folder = first?.module.split('/')[0] ?? '';
  return folder === 'libs' ? 'products-service' : (folder as ServiceName);
}

describe.each(BROKEN_BUILDS)('the build $name', (build) => {
  const modules = [...new Set(build.replacements.map(({ module }) => module))];

  it('is broken as it says', () => {
    const sources = brokenSources(build, root());
    expect([...sources.keys()]).toEqual(modules.map((module) => new URL(module, root()).href));
  });

  it('is what a service runs', async () => {
    service = await ServiceProcess.launch(
      serviceOf(build),
      {
        AMQP_URL: broker.url,
        REDIS_URL: newRedisUrl(),
        DATA_DIR: newDataDir(),
        WEBHOOK_ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
        [INSIDE_VARIABLE]: JSON.stringify({ build: build.name }),
      },
      { imports: [preload()] },
    );
    await service.ready();
    const broken = modules.map((module) => ({
      said: 'broken',
      build: build.name,
      module: `${testServers().root}/${module}`,
    }));
    expect(saidIn(service.output())).toEqual(broken);
  });
});
