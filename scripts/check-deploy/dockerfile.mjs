import path from 'node:path';
import { throwFindings } from './report.mjs';
import { runWell } from './run.mjs';

const LOWEST_USER_ID = 10_000;

/** @returns the image's configuration and the stages with their steps, or null. */
export async function checkDockerfile(report, settings, tools) {
  return report.check(
    `dockerfile ${settings.dockerfile}`,
    async () => {
      const file = path.join(settings.root, settings.dockerfile);
      const parsed = JSON.parse(await runWell(tools.deployCheck, ['dockerfile', file]));
      throwFindings(imageFindings(parsed.image));
      const stages = parsed.stages.map((stage) => stage.name).join(', ');
      return { ...parsed, summary: `parsed, no lint warning, stages ${stages}` };
    },
    [tools],
  );
}

function imageFindings(image) {
  const findings = [];
  const [userId, groupId] = image.user.split(':').map(Number);
  if (!(userId > LOWEST_USER_ID && groupId > LOWEST_USER_ID)) {
    findings.push(`USER is "${image.user}", not numbers above ${LOWEST_USER_ID} as in 10001:10001`);
  }
  if (!image.env.includes('NODE_ENV=production'))
    findings.push('the image does not set NODE_ENV=production');
  // A shell would be process 1 and keep the signals to itself.
  if (image.command?.[0] !== 'node')
    findings.push(`CMD is ${JSON.stringify(image.command)}, not node in exec form`);
  if (image.healthcheck?.[0] !== 'CMD') findings.push('HEALTHCHECK is missing or not in exec form');
  for (const label of ['title', 'description', 'version', 'revision']) {
    if (!image.labels?.[`org.opencontainers.image.${label}`])
      findings.push(`the label ${label} is missing`);
  }
  return findings;
}
