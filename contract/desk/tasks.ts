/** Long work: one list of running and just finished tasks, the same for the window's tray, the terminal and the batch runner. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { iccid, instant, problem, procedure } from '../common.ts';
import { deviceId, modemStatus, picture, policyRule, registration } from './devices.ts';

export const taskKind = z.enum([
  'profile.enable',
  'profile.disable',
  'profile.delete',
  'profile.rename',
  'profile.download',
  'profile.discover',
  'notification.send',
  'notification.remove',
  'euicc.setDefaultSmdp',
  'euicc.resetMemory',
  'modem.scan',
  'modem.selectNetwork',
  'modem.restart',
  'modem.freeChannels',
  'modem.factoryReset',
]);
/** In the order in which they come; a kind uses the ones that it needs. */
export const stepName = z.enum([
  'openCard',
  // a download
  'readCard',
  'contactServer',
  'checkServer',
  'checkCard',
  'prepareCard',
  'fetchPackage',
  'preview',
  'installProfile',
  'tellServer',
  // a change
  'disableProfile',
  'enableProfile',
  'deleteProfile',
  'renameProfile',
  'setDefaultSmdp',
  'resetMemory',
  'refreshCard',
  'readBack',
  'sendNotifications',
  'removeNotifications',
  'waitForNetwork',
  // a modem
  'scanNetworks',
  'selectNetwork',
  'restartModem',
  'freeChannels',
  'resetSettings',
  'waitForModem',
]);

/** What a download would install. */
export const profilePreview = z.object({
  iccid,
  serviceProviderName: z.string().nullable(),
  profileName: z.string().nullable(),
  profileClass: z.enum(['test', 'provisioning', 'operational']),
  ownerMccMnc: z.string().nullable(),
  policyRules: z.array(policyRule),
  icon: picture.nullable(),
  server: z.string(),
  packageSize: z.int().nullable(), // bytes; null until the package is here
  freeMemory: z.int().nullable(), // bytes
  confirmationCodeRequired: z.boolean(),
  needsConsent: z.array(policyRule),
});

/** What a task waits for; answered by `tasks.answer`. */
export const taskNeed = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('approval') }),
  z.object({ kind: z.literal('consentToPpr'), rules: z.array(policyRule) }),
  /** `refused`: the one that was given before was wrong. */
  z.object({ kind: z.literal('confirmationCode'), refused: z.boolean() }),
]);

export const taskAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('yes') }),
  z.object({ kind: z.literal('confirmationCode'), code: z.string().min(1).max(64) }),
  /** `postponed` keeps the order open at the server, `endUserRejection` may close it. */
  z.object({ kind: z.literal('no'), reason: z.enum(['endUserRejection', 'postponed']) }),
]);

/**
 * What made a terminal notice a switch: a reader the power cycle; a modem the card’s own word, its radio or its card off and on, a command for the
 * card’s power, or a restart.
 */
export const refreshStep = z.enum(['powerCycle', 'byItself', 'radioOffOn', 'cardOffOn', 'cardPower', 'restart']);

/** What became of a notification in this task. */
export const delivery = z.object({
  seqNumber: z.int(),
  event: z.enum(['install', 'enable', 'disable', 'delete']),
  address: z.string(),
  iccid: iccid.nullable(),
  /** queued: it stays in the outbox and is tried again by itself */
  state: z.enum(['delivered', 'queued', 'removed']),
  problem: problem.nullable(),
});

/** A network that a scan has found; one entry for each technology. */
export const scannedNetwork = z.object({
  state: z.enum(['unknown', 'available', 'current', 'forbidden']),
  name: z.string().nullable(),
  mccMnc: z.string(),
  technology: registration.shape.technology,
});

export const task = z.object({
  taskId: z.string(),
  kind: taskKind,
  deviceId,
  iccid: iccid.nullable(),
  profileName: z.string().nullable(), // as shown when the task began
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  steps: z.array(
    z.object({ name: stepName, state: z.enum(['notReached', 'running', 'done', 'failed', 'skipped']), at: instant.nullable() }),
  ),
  cancellable: z.boolean(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  error: problem.nullable(),
  /** After a switch through a modem: what the modem now says. */
  modem: modemStatus.nullable(),
  need: taskNeed.nullable(),
  /** Of a download, from the moment at which it is known. */
  preview: profilePreview.nullable(),
  /** Of the installation. */
  progress: z.object({ bytesDone: z.int(), bytesTotal: z.int() }).nullable(),
  /** Of a discovery that has ended. */
  events: z.array(z.object({ server: z.string(), eventId: z.string() })).nullable(),
  /** Of a scan that has ended. */
  networks: z.array(scannedNetwork).nullable(),
  /** After a switch that the terminal has noticed. */
  refreshedBy: refreshStep.nullable(),
  deliveries: z.array(delivery),
  /** A server was trusted because of a root that is not the GSMA's: by the setting, `--ca`, or the bench's own. */
  testRoots: z.boolean(),
});

export const tasksContract = {
  /** All running tasks and those that ended in the last ten minutes, now and after each change. */
  watch: procedure.output(eventIterator(z.array(task))),
  cancel: procedure.input(z.object({ taskId: z.string() })).output(z.void()),
  /** Answers what a task asks for. @throws TASK_UNKNOWN, INPUT_INVALID where it does not ask, or asks something else */
  answer: procedure.input(z.object({ taskId: z.string(), answer: taskAnswer })).output(z.void()),
};

export type Task = z.infer<typeof task>;
export type TaskKind = z.infer<typeof taskKind>;
export type ProfilePreview = z.infer<typeof profilePreview>;
export type TaskNeed = z.infer<typeof taskNeed>;
export type TaskAnswer = z.infer<typeof taskAnswer>;
export type ScannedNetwork = z.infer<typeof scannedNetwork>;
export type Delivery = z.infer<typeof delivery>;
export type RefreshStep = z.infer<typeof refreshStep>;
export type StepName = z.infer<typeof stepName>;
