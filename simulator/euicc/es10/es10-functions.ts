import { getConfiguredAddresses, setDefaultDpAddress } from './addresses.ts';
import { authenticateServer, getChallenge } from './authenticate-server.ts';
import type { Es10Function } from './es10-context.ts';
import { getEid, getEuiccInfo1, getEuiccInfo2, getRulesAuthorisationTable } from './info.ts';
import { listNotification, removeNotification, retrieveNotifications } from './notifications.ts';
import { getProfilesInfo } from './profiles-info.ts';
import { prepareDownload } from './prepare-download.ts';
import { activateLpae, cancelSession, loadCrl } from './session.ts';
import { deleteProfile, disableProfile, enableProfile, memoryReset, setNickname } from './switching.ts';

/** Every ES10 function by the tag of its request (SGP.22 v2.5 §5.7). */
export const es10Functions: ReadonlyMap<number, Es10Function> = new Map([
  [0xbf20, getEuiccInfo1],
  [0xbf21, prepareDownload],
  [0xbf22, getEuiccInfo2],
  [0xbf28, listNotification],
  [0xbf29, setNickname],
  [0xbf2b, retrieveNotifications],
  [0xbf2d, getProfilesInfo],
  [0xbf2e, getChallenge],
  [0xbf30, removeNotification],
  [0xbf31, enableProfile],
  [0xbf32, disableProfile],
  [0xbf33, deleteProfile],
  [0xbf34, memoryReset],
  [0xbf35, loadCrl],
  [0xbf38, authenticateServer],
  [0xbf3c, getConfiguredAddresses],
  [0xbf3e, getEid],
  [0xbf3f, setDefaultDpAddress],
  [0xbf41, cancelSession],
  [0xbf42, activateLpae],
  [0xbf43, getRulesAuthorisationTable],
]);
