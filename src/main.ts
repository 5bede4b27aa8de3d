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
import { LARGE_BODIES } from '../apps/api/src/large-bodies';
import { setupOpenApi } from '../apps/api/src/openapi';
import { setupPage } from '../apps/api/src/page';
import { setupStream } from '../apps/api/src/stream/setup-stream';
import { AppModule } from './app.module';
import { banner } from './banner';

async function main(): Promise<void> {
  const config = loadConfig(process.env, 'hybrid', process.stdout.isTTY);
  const log = Log.create(config);
  const app = await createHttpApp(config, log, AppModule, LARGE_BODIES);
  setupOpenApi(app);
  setupPage(app);
  setupStream(app);
  app.connectMicroservice(eventServer(app), { inheritAppConfig: false });
  drainOnSignal(app, log, config.shutdownTimeoutMs);
  await app.init();
  await app.startAllMicroservices();
  await listen(app, config.http.port);
  const { port } = addressOf(app);
  log.info('tradeflow runs', { port, match_delay_ms: config.matcher.delayMs });
  process.stderr.write(banner(config, port));
}

runMain(main);
