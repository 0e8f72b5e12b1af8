import { expect, test } from 'vitest';
import type { Device, Profile } from '#contract/desk/devices.ts';
import type { Task, TaskKind } from '#contract/desk/tasks.ts';
import { undoOf } from './undo.ts';

const at = '2026-05-14T10:00:00.000Z';
const deviceId = 'pcsc:reader';
const [one, two] = ['8944990000004821602', '8944990000004821784'];
const profile = (iccid: string, state: Profile['state']): Profile => ({
  iccid,
  state,
  isdpAid: null,
  nickname: null,
  serviceProviderName: null,
  profileName: null,
  profileClass: 'operational',
  ownerMccMnc: null,
  policyRules: [],
  port: null,
});
const device = (profiles: Profile[] | null): Device => ({
  deviceId,
  kind: 'reader',
  name: 'reader',
  virtual: false,
  state: 'ready',
  busyTaskId: 'task',
  ladder: [],
  modem: null,
  otherEuiccs: [],
  seenAt: at,
  euicc:
    profiles === null
      ? null
      : {
          eid: '89049032004008826000318000017225',
          isdrAid: '',
          svn: '2.5.0',
          firmwareVersion: '',
          freeMemory: null,
          defaultSmdpAddress: null,
          rootSmdsAddress: '',
          ciRoots: [],
          manufacturer: null,
          product: null,
          mep: null,
          sasAccreditationNumber: null,
          uiccCapabilities: [],
          rspCapabilities: [],
          profiles,
          notifications: [],
          readAt: at,
        },
});
const task = (kind: TaskKind, iccid: string | null = two): Task => ({
  taskId: 'task',
  kind,
  deviceId,
  iccid,
  profileName: null,
  state: 'running',
  steps: [],
  cancellable: true,
  startedAt: at,
  finishedAt: null,
  error: null,
  modem: null,
  need: null,
  preview: null,
  progress: null,
  events: null,
  networks: null,
  refreshedBy: null,
  deliveries: [],
  testRoots: false,
});

const before = [device([profile(one, 'enabled'), profile(two, 'disabled')])];

test('a switch goes back to the profile that was in use', () => {
  expect(undoOf(task('profile.enable'), before)).toEqual({ act: 'enable', deviceId, iccid: one });
});

test('where none was in use, the new one is disabled again', () => {
  expect(undoOf(task('profile.enable'), [device([profile(two, 'disabled')])])).toEqual({ act: 'disable', deviceId, iccid: two });
});

test('a disabled profile is enabled again', () => {
  expect(undoOf(task('profile.disable', one), before)).toEqual({ act: 'enable', deviceId, iccid: one });
});

test('on a card with several chips the one with the profile is meant, where only one has it', () => {
  const [card] = before;
  const chip = card?.euicc;
  if (card === undefined || chip === undefined || chip === null) throw new Error('There is no chip.');
  const second = (profiles: Profile[]): Device => ({ ...card, otherEuiccs: [{ ...chip, isdrAid: 'A1', profiles }] });
  const three = '8944990000004821917';
  expect(undoOf(task('profile.enable', three), [second([profile(three, 'disabled')])])).toEqual({
    act: 'disable',
    deviceId,
    isdrAid: 'A1',
    iccid: three,
  });
  expect(undoOf(task('profile.enable'), [second([profile(two, 'disabled')])])).toBeNull();
});

test('whose place was taken among several that are enabled at once is not known', () => {
  const several = before.map((card) => ({ ...card, euicc: card.euicc === null ? null : { ...card.euicc, mep: { mode: null } } }));
  expect(undoOf(task('profile.enable'), several)).toBeNull();
  expect(undoOf(task('profile.disable', one), several)).toEqual({ act: 'enable', deviceId, iccid: one });
});

test.each([
  ['a deleted profile', task('profile.delete'), before],
  ['a new name', task('profile.rename'), before],
  ['a profile that was in use already', task('profile.enable', one), before],
  ['a chip that was not read', task('profile.enable'), [device(null)]],
  ['a device that is gone', task('profile.enable'), []],
  ['a task without a profile', task('profile.disable', null), before],
] as const)('%s has no way back', (_, of, devices) => {
  expect(undoOf(of, devices)).toBeNull();
});
