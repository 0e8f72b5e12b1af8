import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import type { CardFile } from './card-files.ts';
import { directoryControlParameters, fileControlParameters, findFile, usimAid } from './card-files.ts';
import type { ChipProfile } from './chip-state.ts';
import type { Command } from './command.ts';
import type { LogicalChannel } from './logical-channels.ts';
import { StatusWordError, statusWords } from './status-word.ts';

/** SELECT of the USIM by its AID or a part of it (ETSI TS 102 221 §11.1.1). @throws StatusWordError 6A82 where the AID is not the USIM's */
export function selectUsim(aid: Uint8Array, profile: ChipProfile | null, channel: LogicalChannel): Uint8Array {
  if (profile === null || aid.length < 7 || !bytesToHex(usimAid).startsWith(bytesToHex(aid))) {
    throw new StatusWordError(statusWords.notFound);
  }
  enterDirectory(channel, 'usim');
  return directoryControlParameters('usim');
}

/** SELECT by file identifier (P1 00) or by path (P1 08 from the root, P1 09 from here). @throws StatusWordError 6A82, 6A86, 6700 */
export function selectFile(command: Command, profile: ChipProfile | null, channel: LogicalChannel): Uint8Array {
  const path = readPath(command.data);
  if (![0x00, 0x08, 0x09].includes(command.p1)) throw new StatusWordError(statusWords.wrongParameters);
  // The selection moves only when the whole path is there.
  const trial: LogicalChannel = { ...channel, application: 'files', file: null };
  if (command.p1 === 0x08) trial.directory = 'mf';
  for (const id of path) step(id, profile, trial);
  Object.assign(channel, trial);
  const file = currentFile(profile, channel);
  return file === null ? directoryControlParameters(channel.directory) : fileControlParameters(file);
}

function readPath(data: Uint8Array): readonly number[] {
  if (data.length === 0 || data.length % 2 !== 0) throw new StatusWordError(statusWords.wrongLength);
  const ids: number[] = [];
  for (let offset = 0; offset < data.length; offset += 2) ids.push(((data[offset] ?? 0) << 8) | (data[offset + 1] ?? 0));
  return ids;
}

function step(id: number, profile: ChipProfile | null, channel: LogicalChannel): void {
  if (id === 0x3f00) return enterDirectory(channel, 'mf');
  // 7FFF is the application that is active on this channel; a modem reads its files without naming it first.
  if (id === 0x7fff && profile !== null) return enterDirectory(channel, 'usim');
  if (findFile(profile, channel.directory, id) === null) throw new StatusWordError(statusWords.notFound);
  channel.file = id;
}

function enterDirectory(channel: LogicalChannel, directory: LogicalChannel['directory']): void {
  channel.application = 'files';
  channel.directory = directory;
  channel.file = null;
}

function currentFile(profile: ChipProfile | null, channel: LogicalChannel): CardFile | null {
  return channel.file === null ? null : findFile(profile, channel.directory, channel.file);
}

/** READ BINARY (ETSI TS 102 221 §11.1.3). @throws StatusWordError 6986, 6B00, 6Cxx */
export function readBinary({ p1, p2, le }: Command, profile: ChipProfile | null, channel: LogicalChannel): Uint8Array {
  const file = currentFile(profile, channel);
  if (file?.kind !== 'transparent') throw new StatusWordError(statusWords.noCurrentFile);
  if (p1 >= 0x80) throw new StatusWordError(statusWords.wrongParameters);
  const rest = file.content.subarray((p1 << 8) | p2);
  if (rest.length === 0) throw new StatusWordError(statusWords.wrongOffset);
  return takeExactly(rest, le);
}

/** READ RECORD, absolute mode (ETSI TS 102 221 §11.1.5). @throws StatusWordError 6986, 6A83, 6A86, 6Cxx */
export function readRecord({ p1, p2, le }: Command, profile: ChipProfile | null, channel: LogicalChannel): Uint8Array {
  const file = currentFile(profile, channel);
  if (file?.kind !== 'linear') throw new StatusWordError(statusWords.noCurrentFile);
  if (p2 !== 0x04) throw new StatusWordError(statusWords.wrongParameters);
  const record = file.records[p1 - 1];
  if (record === undefined) throw new StatusWordError(statusWords.recordNotFound);
  if (le !== null && le < record.length) throw new StatusWordError(0x6c00 | record.length);
  return takeExactly(record, le);
}

/** As many bytes as Le asks for; where it asks for more than there are, the card names the right number. */
function takeExactly(bytes: Uint8Array, le: number | null): Uint8Array {
  if (le === null || le > bytes.length) throw new StatusWordError(0x6c00 | (bytes.length & 0xff));
  return bytes.slice(0, le);
}
