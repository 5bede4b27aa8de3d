import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Config } from './config';
import { Health } from './health';
import { HealthController } from './health.controller';
import { Log } from './logger';

/** Injection token of the process's one configuration object. */
export const CONFIG = Symbol('Config');

/** What every room may use: configuration, log, health. Global, so feature modules need not name it. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(config: Config, log: Log): DynamicModule {
    return {
      module: PlatformModule,
      controllers: [HealthController],
      providers: [{ provide: CONFIG, useValue: config }, { provide: Log, useValue: log }, Health],
      exports: [CONFIG, Log, Health],
    };
  }
}
