/**
 * Apache Kafka without Docker: the broker's jars from Maven Central, one node
 * that is both broker and controller (KRaft).
 */
import fs from 'node:fs';
import path from 'node:path';

import { progress } from '../progress.mjs';
import { runLogged, withRetries } from '../run-command.mjs';
import { KAFKA_VERSION } from '../settings.mjs';
import { findJava } from './host-tools.mjs';
import { log4jProperties, mavenProject, serverProperties } from './kafka-files.mjs';

const CLUSTER_ID = 'dHJhZGVmbG93LXN0YWNrMQ';
const libraryOf = (settings) => path.join(settings.softwareDirectory, `kafka-${KAFKA_VERSION}`);
const dataOf = (settings) => path.join(settings.dataDirectory, 'kafka');

async function javaCommand(settings, options, mainClass, args) {
  const java = await findJava();
  if (!java) throw new Error('no Java 17 or newer was found');
  const log4j = path.join(dataOf(settings), 'log4j2.properties');
  return {
    command: java,
    args: [
      ...options,
      '-Djava.awt.headless=true',
      `-Dlog4j2.configurationFile=${log4j}`,
      '-cp',
      path.join(libraryOf(settings), '*'),
      mainClass,
      ...args,
    ],
  };
}

export const kafka = {
  toolsToInstall: ['java', 'maven'],
  toolsToRun: ['java'],

  isInstalled: (settings) => fs.existsSync(libraryOf(settings)),

  async install({ settings, signal, logFile }) {
    const target = libraryOf(settings);
    const project = `${target}.project`;
    const partial = `${target}.partial`;
    const what = `downloading Apache Kafka ${KAFKA_VERSION}`;
    await withRetries(what, 3, { signal }, async () => {
      progress(what);
      for (const directory of [project, partial]) {
        fs.rmSync(directory, { recursive: true, force: true });
      }
      fs.mkdirSync(project, { recursive: true });
      fs.writeFileSync(path.join(project, 'pom.xml'), mavenProject(KAFKA_VERSION));
      const args = [
        '--batch-mode',
        '--quiet',
        `--file=${path.join(project, 'pom.xml')}`,
        'dependency:copy-dependencies',
        '-DincludeScope=runtime',
        `-DoutputDirectory=${partial}`,
      ];
      await runLogged('mvn', args, { logFile, signal });
    });
    fs.rmSync(project, { recursive: true, force: true });
    fs.renameSync(partial, target);
  },

  async prepareData({ settings, signal, logFile }) {
    const data = dataOf(settings);
    const logDirectory = path.join(data, 'logs');
    const formatted = path.join(data, 'formatted');
    const properties = path.join(data, 'server.properties');
    fs.mkdirSync(data, { recursive: true });
    fs.writeFileSync(properties, serverProperties(settings.ports, logDirectory));
    fs.writeFileSync(path.join(data, 'log4j2.properties'), log4jProperties());
    if (fs.existsSync(formatted)) return;

    progress('kafka: formatting an empty log directory');
    fs.rmSync(logDirectory, { recursive: true, force: true });
    const { command, args } = await javaCommand(
      settings,
      // It lives for a second: the full compiler would only cost time.
      ['-Xmx256m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
      'kafka.tools.StorageTool',
      ['format', '--standalone', '-t', CLUSTER_ID, '-c', properties],
    );
    await runLogged(command, args, { logFile, signal });
    fs.writeFileSync(formatted, '');
  },

  commandLine(settings) {
    return javaCommand(
      settings,
      ['-Xms256m', '-Xmx768m', '-XX:+ExitOnOutOfMemoryError'],
      'kafka.Kafka',
      [path.join(dataOf(settings), 'server.properties')],
    );
  },
};
