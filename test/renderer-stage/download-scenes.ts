/** The scenes of a download: each question, each way that it can end, and what a discovery has found. */
import type { ProfilePreview, StepName, Task } from '#contract/desk/tasks.ts';
import { lebAsia } from '#simulator/sample.ts';
import { drawIcon } from '#simulator/smdp/icon.ts';
import { allDevices, runningTask } from './stage-scenes.ts';

const deviceId = 'pcsc:ACS ACR39U';
const at = new Date().toISOString();
const preview: ProfilePreview = {
  iccid: lebAsia.iccid,
  serviceProviderName: lebAsia.serviceProviderName,
  profileName: lebAsia.profileName,
  profileClass: lebAsia.profileClass,
  ownerMccMnc: lebAsia.network.mccMnc,
  policyRules: [],
  icon: { type: 'image/png', base64: Buffer.from(drawIcon('1F6FEB')).toString('base64') },
  server: 'smdp.leb.example',
  packageSize: 47_104,
  freeMemory: 298_752,
  confirmationCodeRequired: false,
  needsConsent: [],
};
const order: readonly StepName[] = [
  'openCard',
  'readCard',
  'contactServer',
  'checkServer',
  'checkCard',
  'prepareCard',
  'fetchPackage',
  'preview',
  'installProfile',
  'tellServer',
  'readBack',
];
/** Everything before a step is done, it is going on, and nothing after it has begun. */
const stepsAt = (present: StepName | 'end', state: 'running' | 'failed' = 'running'): Task['steps'] => {
  const index = present === 'end' ? order.length : order.indexOf(present);
  return order.map((name, place) => ({
    name,
    state: place < index ? 'done' : place === index ? state : 'notReached',
    at: place <= index ? at : null,
  }));
};
const download: Task = {
  ...runningTask,
  taskId: 'download-1',
  kind: 'profile.download',
  iccid: preview.iccid,
  profileName: preview.profileName,
  steps: stepsAt('preview'),
  preview,
};

export const downloadPath = `/profiles/${encodeURIComponent(deviceId)}/add/download-1`;
export const addPath = `/profiles/${encodeURIComponent(deviceId)}/add`;

export const downloads = {
  lookUp: { ...download, iccid: null, profileName: null, preview: null, steps: stepsAt('checkServer') },
  approval: { ...download, need: { kind: 'approval' } },
  large: { ...download, need: { kind: 'approval' }, preview: { ...preview, packageSize: 320_000, icon: null } },
  rules: {
    ...download,
    need: { kind: 'approval' },
    testRoots: true,
    preview: { ...preview, icon: null, policyRules: ['ppr1', 'ppr2', 'pprUpdateControl'], needsConsent: ['ppr1', 'ppr2'] },
  },
  code: {
    ...download,
    need: { kind: 'confirmationCode', refused: false },
    preview: { ...preview, confirmationCodeRequired: true, packageSize: null },
  },
  refused: {
    ...download,
    need: { kind: 'confirmationCode', refused: true },
    preview: { ...preview, confirmationCodeRequired: true, packageSize: null },
  },
  installing: {
    ...download,
    steps: stepsAt('installProfile'),
    cancellable: false,
    progress: { bytesDone: 21_840, bytesTotal: 47_104 },
  },
  installed: {
    ...download,
    state: 'done',
    steps: stepsAt('end'),
    cancellable: false,
    finishedAt: at,
    deliveries: [{ seqNumber: 13, event: 'install', address: 'smdp.leb.example', iccid: preview.iccid, state: 'queued', problem: null }],
  },
  declined: { ...download, state: 'cancelled', steps: stepsAt('preview', 'failed'), cancellable: false, finishedAt: at },
  failed: {
    ...download,
    state: 'failed',
    preview: null,
    profileName: null,
    iccid: null,
    steps: stepsAt('checkCard', 'failed'),
    cancellable: false,
    finishedAt: at,
    error: {
      code: 'PROFILE_SERVER_REFUSED',
      details: { subjectCode: '8.2.6', reasonCode: '3.8', message: 'Matching ID refused', server: 'smdp.leb.example' },
    },
  },
} satisfies Record<string, Task>;

export const discovery: Task = {
  ...runningTask,
  taskId: 'discover-1',
  kind: 'profile.discover',
  iccid: null,
  profileName: null,
  state: 'done',
  steps: stepsAt('end').slice(0, 5),
  cancellable: false,
  finishedAt: at,
  events: [
    { server: 'smdp.leb.example', eventId: 'LEB-WAITING' },
    { server: 'smdp.meadow.example', eventId: '7F-20-441' },
  ],
};

/** The devices once the profile is on the chip. */
export const withInstalled: typeof allDevices = {
  ...allDevices,
  devices: allDevices.devices.map((device) =>
    device.deviceId !== deviceId || device.euicc === null
      ? device
      : {
          ...device,
          euicc: {
            ...device.euicc,
            profiles: [
              ...device.euicc.profiles,
              {
                iccid: preview.iccid,
                isdpAid: null,
                state: 'disabled',
                nickname: null,
                serviceProviderName: preview.serviceProviderName,
                profileName: preview.profileName,
                profileClass: preview.profileClass,
                ownerMccMnc: preview.ownerMccMnc,
                policyRules: [],
                port: null,
              },
            ],
          },
        },
  ),
};
