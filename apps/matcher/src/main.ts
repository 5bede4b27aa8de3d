import { eventServer } from '@app/messaging';
import {
  addressOf,
  createHttpApp,
  drainOnSignal,
  listen,
  loadConfig,
  Log,
  runMain,
} from '@app/platform';
import { MatcherModule } from './matcher.module';

/** The HTTP server of this process serves health checks alone. */
async function main(): Promise<void> {
  const config = loadConfig(process.env, 'matcher', process.stdout.isTTY);
  const log = Log.create(config);
  const app = await createHttpApp(config, log, MatcherModule);
  app.connectMicroservice(eventServer(app), { inheritAppConfig: false });
  drainOnSignal(app, log, config.shutdownTimeoutMs);
  await app.init();
  await app.startAllMicroservices();
  await listen(app, config.http.port);
  log.info('matcher runs', {
    ...addressOf(app),
    match_delay_ms: config.matcher.delayMs,
  });
}

runMain(main);
