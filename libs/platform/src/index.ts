export {
  loadConfig,
  type Config,
  type KafkaConfig,
  type MySqlStoreConfig,
  type Role,
  type SqliteStoreConfig,
} from './config';
export { ConfigError } from './env-reader';
export { Health, type Dependency, type ReadinessReport } from './health';
export { addressOf, createHttpApp, listen } from './http-app';
export { describeError, Log, NestLog, type LogFields } from './logger';
export { CONFIG, PlatformModule } from './platform.module';
export { ProblemException, toProblem } from './problem';
export { ProblemDetailsFilter, toProblemException } from './problem-details.filter';
export { requestIdOf } from './request-id';
export { runMain } from './run-main';
export { drainOnSignal } from './shutdown';
