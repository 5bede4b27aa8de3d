import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderError, leaveDataFolder, takeDataFolder } from './data-folder';

describe('the data folder of the demo', () => {
  let directory: string;

  beforeEach(() => {
    directory = join(mkdtempSync(join(tmpdir(), 'demo-data-')), 'demo');
  });

  afterEach(() => rmSync(join(directory, '..'), { recursive: true, force: true }));

  const write = (name: string) => writeFileSync(join(directory, name), 'x');

  it('is made where there is none', () => {
    takeDataFolder(directory, false);
    expect(existsSync(directory)).toBe(true);
  });

  it('begins anew, or goes on', () => {
    takeDataFolder(directory, false);
    write('tradeflow.sqlite');
    leaveDataFolder(directory);
    takeDataFolder(directory, true);
    expect(readdirSync(directory)).toContain('tradeflow.sqlite');
    leaveDataFolder(directory);
    takeDataFolder(directory, false);
    expect(readdirSync(directory)).not.toContain('tradeflow.sqlite');
  });

  it.each([true, false])('never touches other data (keep: %s)', (keep) => {
    takeDataFolder(directory, false);
    rmSync(join(directory, 'demo.pid'));
    write('tradeflow.sqlite');
    expect(() => takeDataFolder(directory, keep)).toThrow(DataFolderError);
    expect(readdirSync(directory)).toEqual(['tradeflow.sqlite']);
  });

  it('is used by one demo at a time; one that was killed is in nobody’s way', () => {
    takeDataFolder(directory, false);
    writeFileSync(join(directory, 'demo.pid'), String(process.ppid));
    expect(() => takeDataFolder(directory, false)).toThrow('uses');
    // No process has this number: it is the largest that there is, and odd.
    writeFileSync(join(directory, 'demo.pid'), String(2 ** 31 - 1));
    takeDataFolder(directory, false);
  });
});
