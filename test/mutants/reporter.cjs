// Jest's reporter in the processes that suite.ts starts: tells how each test ended as soon as it has, so that the
// first failure is enough.
module.exports = class TellEachTest {
  onTestCaseResult(test, { fullName, status, failureMessages }) {
    process.send({ test: fullName, status, messages: failureMessages });
  }

  /** Also of a file that failed before its first test. */
  onTestFileResult({ path }, { testExecError, perfStats }) {
    process.send({ spec: path, ms: perfStats.runtime });
    if (!testExecError) return;
    const messages = [String(testExecError.stack ?? testExecError.message)];
    process.send({ test: `loading ${path}`, status: 'failed', messages });
  }
};
