/** The import rules of docs/architecture.md. A violation fails the build. */
const services = '^(api-gateway|orders-service|products-service|webhook-publisher)/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no first file to understand.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'services-share-only-libs',
      comment: 'Services talk over RabbitMQ; what they share in code lives in libs.',
      severity: 'error',
      from: { path: services },
      to: { path: services, pathNot: '^$1/' },
    },
    {
      name: 'libs-know-no-service',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: services },
    },
    {
      name: 'contracts-do-no-io',
      comment: 'Contracts are read by everyone, so they stand on nothing but zod and uuid.',
      severity: 'error',
      from: { path: '^libs/contracts/src/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^libs/contracts/src/|node_modules/(zod|uuid)/|^(node:)?crypto$' },
    },
    {
      name: 'client-stands-alone',
      comment: 'It is for programs of others: they have nothing of ours beside it.',
      severity: 'error',
      from: { path: '^libs/client/src/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^libs/client/src/|node_modules/openapi-fetch/' },
    },
    {
      name: 'platform-knows-no-messaging',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: '^libs/(messaging|testing|local-servers)/' },
    },
    {
      name: 'domain-knows-only-itself',
      comment: 'Rules of the business need no Nest, no SQL and no broker.',
      severity: 'error',
      from: { path: '^(?:[^/]+-service|webhook-publisher)/src/domain/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^(?:[^/]+-service|webhook-publisher)/src/domain/|^libs/contracts/|^(node:)?crypto$' },
    },
    {
      name: 'app-knows-no-edges',
      comment: 'inbound -> app -> domain; outbound implements the ports of app.',
      severity: 'error',
      from: { path: '^(?:[^/]+-service|webhook-publisher)/src/app/' },
      to: {
        path: '^(?:[^/]+-service|webhook-publisher)/src/(inbound|outbound|migrations)/|node_modules/(@nestjs|typeorm|amqplib|ioredis)/',
      },
    },
    {
      name: 'inbound-goes-through-app',
      severity: 'error',
      from: { path: '^(?:[^/]+-service|webhook-publisher)/src/inbound/' },
      to: { path: '^(?:[^/]+-service|webhook-publisher)/src/(outbound|migrations)/|node_modules/typeorm/' },
    },
    {
      name: 'edge-functions-stand-alone',
      comment: 'They are deployed as folders of sources: nothing beside them is there.',
      severity: 'error',
      from: { path: '^edge-functions/(logger|notifier|shared)/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^edge-functions/(logger|notifier|shared)/' },
    },
    {
      name: 'testing-stays-in-tests',
      severity: 'error',
      from: { path: '/src/', pathNot: '^(libs/testing|e2e)/|spec\\.ts$' },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'only-declared-packages',
      comment: 'An import that only works because npm hoists it breaks at the next install.',
      severity: 'error',
      from: { pathNot: 'spec\\.ts$|/test/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules|(^|/)dist/' },
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
