import { Controller, Get, Header, HttpException, Inject } from '@nestjs/common';
import { Registry } from 'prom-client';
import { HealthRegistry, type HealthReport } from './health-registry.js';

/** What every part serves: is the process alive, may it be sent work, and its metrics. */
@Controller()
export class HealthController {
  constructor(
    @Inject(HealthRegistry) private readonly health: HealthRegistry,
    @Inject(Registry) private readonly metrics: Registry,
  ) {}

  @Get('health/live')
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  @Get('health/ready')
  ready(): HealthReport {
    const report = this.health.report();
    if (report.status !== 'ready') throw new HttpException(report, 503);
    return report;
  }

  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  exposition(): Promise<string> {
    return this.metrics.metrics();
  }
}
