import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStores } from '../../src-main/stores.ts';
import { mountSmallDisk } from '../fakes/small-disk.ts';
import { temporaryFolder } from './temporary-folder.ts';

const probe = fs.mkdtempSync(path.join(import.meta.dirname, '.disk-'));
const trial = mountSmallDisk(probe, 1);
trial?.unmount();
fs.rmdirSync(probe);

/** A new disk of 1 MB with the path of a database on it. */
function smallDisk() {
  const at = temporaryFolder();
  const disk = mountSmallDisk(at, 1)!;
  onTestFinished(() => disk.unmount());
  return { file: path.join(at, 'history.sqlite'), disk, filler: path.join(at, 'filler') };
}

const diskFull = expect.objectContaining({
  code: 'disk-full',
  message: expect.stringContaining('because the disk is full'),
}) as Error;

// Mounting takes root and Linux.
describe.skipIf(trial === undefined)('a start on a full disk', () => {
  const left = [0, 4, 8, 12, 16, 24, 32, 48, 64, 128];

  it.each(left)('with %i KiB left says so for a new database', (kibibytes) => {
    const { file, disk, filler } = smallDisk();
    disk.fill();
    fs.truncateSync(filler, fs.statSync(filler).size - kibibytes * 1024);
    expect(() => openStores(file)).toThrow(diskFull);
  });

  it.each(left)('with %i KiB left says so for an older one, or opens it', (kibibytes) => {
    const { file, disk, filler } = smallDisk();
    const first = openStores(file);
    const { id } = first.documents.create('', 'Dear Sir');
    first.close();
    disk.fill();
    fs.truncateSync(filler, fs.statSync(filler).size - kibibytes * 1024);
    try {
      openStores(file).close();
      expect(kibibytes).toBeGreaterThanOrEqual(24);
    } catch (error) {
      expect(error).toEqual(diskFull);
    }
    disk.free();
    const again = openStores(file);
    expect(again.documents.textOf(id)).toBe('Dear Sir');
    again.close();
  });
});

describe.skipIf(trial === undefined)('a disk that fills while it is written to', () => {
  it('is named, loses nothing that was saved, and takes up again once there is space', () => {
    const { file, disk } = smallDisk();
    const stores = openStores(file);
    onTestFinished(() => stores.close());
    const { id } = stores.documents.create('', 'Dear Sir');
    disk.fill();
    const long = 'and so on '.repeat(2000);
    expect(() => {
      for (let count = 1; count < 50; count += 1) stores.documents.write(id, long.repeat(count));
    }).toThrow(diskFull);
    expect(stores.database.failing).toBe(true);
    const kept = stores.documents.textOf(id);
    disk.free();
    stores.documents.write(id, `${kept} — the end`);
    expect(stores.database.failing).toBe(false);
    expect(stores.documents.textOf(id)).toBe(`${kept} — the end`);
  });
});
