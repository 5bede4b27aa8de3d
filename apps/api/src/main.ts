import {
  addressOf,
  createHttpApp,
  drainOnSignal,
  listen,
  loadConfig,
  Log,
  runMain,
} from '@app/platform';
import { ApiModule } from './api.module';
import { LARGE_BODIES } from './large-bodies';
import { setupOpenApi } from './openapi';
import { setupPage } from './page';
import { setupStream } from './stream/setup-stream';

async function main(): Promise<void> {
  const config = loadConfig(process.env, 'api', process.stdout.isTTY);
  const log = Log.create(config);
  const app = await createHttpApp(config, log, ApiModule, LARGE_BODIES);
  setupOpenApi(app);
  setupPage(app);
  setupStream(app);
  drainOnSignal(app, log, config.shutdownTimeoutMs);
  await listen(app, config.http.port);
  log.info('api listens', { ...addressOf(app) });
}

runMain(main);
