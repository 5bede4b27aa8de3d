import { access } from 'node:fs/promises';
import path from 'node:path';
import { throwFindings } from './report.mjs';
import { runWell } from './run.mjs';

/** @returns the services of the file that runs the application, or null. */
export async function checkComposeFiles(report, settings, tools) {
  const application = await report.check(
    `compose ${settings.composeFile}`,
    async () => {
      const services = await loadCompose(settings, tools, settings.composeFile);
      throwFindings(applicationFindings(services, settings));
      return { services, summary: `valid, ${names(services)}` };
    },
    [tools],
  );
  if (await exists(path.join(settings.root, settings.stackComposeFile))) {
    await report.check(
      `compose ${settings.stackComposeFile}`,
      async () => ({
        summary: `valid, ${names(await loadCompose(settings, tools, settings.stackComposeFile))}`,
      }),
      [tools],
    );
  }
  return application && application.services;
}

/** With no variable of this machine set: the defaults alone have to make a working file. */
async function loadCompose(settings, tools, file) {
  const env = { PATH: process.env.PATH };
  return JSON.parse(
    await runWell(tools.deployCheck, ['compose', path.join(settings.root, file)], { env }),
  );
}

function applicationFindings(services, settings) {
  const findings = [];
  const built = Object.entries(services).filter(([, service]) => service.build);
  if (built.length === 0) findings.push('no service builds the image');
  for (const [name, service] of built) {
    const { context, dockerfile } = service.build;
    if (path.resolve(context, dockerfile) !== path.join(settings.root, settings.dockerfile)) {
      findings.push(`service ${name} builds ${dockerfile} in ${context}`);
    }
    if (service.restart !== 'no' && !service.healthcheck?.length)
      findings.push(`service ${name} has no health check`);
  }
  return findings;
}

function names(services) {
  return `services ${Object.keys(services).sort().join(', ')}`;
}

async function exists(file) {
  return access(file).then(
    () => true,
    () => false,
  );
}
