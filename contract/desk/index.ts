/** The contract between a shell (window, browser, terminal) and the application. */
import { z } from 'zod';
import { language, procedure } from '../common.ts';
import { accountDeskContract, renewalContract, settingsContract } from './account.ts';
import { apduContract, devicesContract, euiccContract, notificationsContract, profilesContract } from './devices.ts';
import { modemContract } from './modem.ts';
import { messagesContract, ussdContract } from './messages.ts';
import { tasksContract } from './tasks.ts';

export const deskContract = {
  system: {
    describe: procedure.output(
      z.object({
        version: z.string(),
        shell: z.enum(['electron', 'web', 'cli']),
        platform: z.string(),
        /** The system's language, where it is one that we speak. */
        systemLanguage: language,
        virtualBench: z.boolean(),
      }),
    ),
    /** Opens one of our own addresses in the system's browser; by name, from a constant table. */
    openLink: procedure
      .input(z.object({ link: z.enum(['hardwareGuide', 'pcscGuide', 'supportMail']) }))
      .output(z.object({ opened: z.boolean(), url: z.string() })),
  },
  devices: devicesContract,
  profiles: profilesContract,
  euicc: euiccContract,
  notifications: notificationsContract,
  apdu: apduContract,
  modem: modemContract,
  messages: messagesContract,
  ussd: ussdContract,
  tasks: tasksContract,
  account: accountDeskContract,
  renewal: renewalContract,
  settings: settingsContract,
};

export type DeskContract = typeof deskContract;
