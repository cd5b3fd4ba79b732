import 'reflect-metadata';
import { RouteConfig } from '@nestjs/platform-fastify';
import { OperatorOnly } from './authentication.js';
import { BodyOptional } from './optional-body.js';

class Routes {
  @OperatorOnly()
  @BodyOptional()
  operatorFirst(): void {}

  @BodyOptional()
  @OperatorOnly()
  bodyFirst(): void {}

  @OperatorOnly()
  operatorAlone(): void {}
}

const saidOf = (handler: object): unknown => Reflect.getMetadata(RouteConfig({}).KEY, handler);

describe('what decorators say of a route', () => {
  it.each([Routes.prototype.operatorFirst, Routes.prototype.bodyFirst])('adds up, in either order', (handler) => {
    expect(saidOf(handler)).toEqual({ access: 'operator', body: 'optional' });
  });

  it('is said of that route and no other', () => {
    expect(saidOf(Routes.prototype.operatorAlone)).toEqual({ access: 'operator' });
  });
});
