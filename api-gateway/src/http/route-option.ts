import { RouteConfig } from '@nestjs/platform-fastify';

/**
 * Adds to what the server knows of a route. Nest's own decorator replaces what another one has said of the same route,
 * and a route would be open to everyone because it may also be called without a body.
 */
export const RouteOption =
  (option: object): MethodDecorator =>
  (target, name, descriptor) => {
    const handler = descriptor.value as object;
    const said: unknown = Reflect.getMetadata(RouteConfig({}).KEY, handler);
    RouteConfig({ ...(said as object | undefined), ...option })(target, name, descriptor);
  };
