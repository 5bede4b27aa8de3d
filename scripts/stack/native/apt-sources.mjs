/**
 * Which Debian or Ubuntu this is, and which archive it installs from: read from
 * the machine's own apt sources, so that a mirror that is set there is used.
 */
import fs from 'node:fs';
import path from 'node:path';

const OS_RELEASE = '/etc/os-release';
const SOURCES_LIST = '/etc/apt/sources.list';
const SOURCES_DIRECTORY = '/etc/apt/sources.list.d';

/** Returns { id: 'debian' | 'ubuntu' | …, codename }. */
export function readDistribution() {
  const fields = {};
  const text = fs.existsSync(OS_RELEASE) ? fs.readFileSync(OS_RELEASE, 'utf8') : '';
  for (const line of text.split('\n')) {
    const [, key, value] = /^([A-Z_]+)="?([^"]*)"?$/.exec(line) ?? [];
    if (key) fields[key] = value;
  }
  return {
    id: fields.ID ?? 'unknown',
    codename: fields.VERSION_CODENAME ?? '',
  };
}

/** The entries of a one-line-style file: `deb [options] URI suite component…`. */
function parseListFile(text) {
  const entries = [];
  for (const line of text.split('\n')) {
    const [, uri, rest] = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(.+?)\s*(?:#.*)?$/.exec(line) ?? [];
    if (!uri) continue;
    const [suite] = rest.split(/\s+/);
    entries.push({ uri, suites: [suite] });
  }
  return entries;
}

/** The entries of a deb822-style file: stanzas of `Field: value` lines. */
function parseSourcesFile(text) {
  const entries = [];
  const withoutComments = text.replace(/^#.*\n?/gm, '');
  for (const stanza of withoutComments.split(/\n\s*\n/)) {
    const field = (name) => {
      const match = new RegExp(`^${name}:[ \\t]*(.*(?:\\n[ \\t].*)*)`, 'im').exec(stanza);
      return match ? match[1].split(/\s+/).filter(Boolean) : [];
    };
    if (!field('Types').includes('deb')) continue;
    if (field('Enabled')[0]?.toLowerCase() === 'no') continue;
    for (const uri of field('URIs')) entries.push({ uri, suites: field('Suites') });
  }
  return entries;
}

function readAptEntries() {
  const files = [SOURCES_LIST];
  if (fs.existsSync(SOURCES_DIRECTORY)) {
    const names = fs.readdirSync(SOURCES_DIRECTORY).sort();
    files.push(...names.map((name) => path.join(SOURCES_DIRECTORY, name)));
  }
  return files
    .filter((file) => fs.existsSync(file))
    .flatMap((file) => {
      const text = fs.readFileSync(file, 'utf8');
      if (file.endsWith('.list')) return parseListFile(text);
      if (file.endsWith('.sources')) return parseSourcesFile(text);
      return [];
    });
}

/** The URI of the archive that holds the distribution's main suite. */
export function findArchiveMirror(codename) {
  const entry = readAptEntries().find(({ suites }) => suites.includes(codename));
  if (entry) return entry.uri;
  throw new Error(`no apt source of this machine has the suite "${codename}" (looked in /etc/apt)`);
}
