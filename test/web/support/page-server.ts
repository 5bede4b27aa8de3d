import { type Deployment, type DeploymentOptions, createDeployment } from '../../support/processes';
import { closeBrowser, closePages, type OpenPage, openPage, type PageOptions } from './browser';

const START_TIMEOUT_MS = 90_000;
const TEST_TIMEOUT_MS = 60_000;

export interface PageServer {
  deployment(): Deployment;
  /** Opens a view: `''`, `#/trade/AAPL`, `#/operations`. */
  open(view?: string, options?: PageOptions): Promise<OpenPage>;
}

/**
 * Apps of the wiring and a browser for all tests of a file. After each test every page is closed, and the test fails when
 * anything went wrong in one.
 */
export function usePageServer(options: DeploymentOptions = {}): PageServer {
  let deployment: Deployment | null = null;
  jest.setTimeout(TEST_TIMEOUT_MS);
  const given = (): Deployment => {
    if (deployment === null) throw new Error('nothing is started yet');
    return deployment;
  };

  beforeAll(async () => {
    deployment = await createDeployment(options);
  }, START_TIMEOUT_MS);

  afterEach(() => closePages());

  afterAll(async () => {
    await closeBrowser();
    await deployment?.dispose();
  }, START_TIMEOUT_MS);

  return {
    deployment: given,
    open: (view = '', pageOptions = {}) => openPage(`${given().baseUrl}/${view}`, pageOptions),
  };
}
