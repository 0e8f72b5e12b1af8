import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';

/**
 * What keeps a user from a port: `group` (not a member), `signInAgain` (a member since this session began), `rule` (no group may open it,
 * only a device rule helps).
 */
export type PortPermission =
  | { readonly access: 'group' | 'signInAgain'; readonly group: string; readonly user: string }
  | { readonly access: 'rule' };

type Node = { readonly gid: number; readonly mode: number };
type User = { readonly name: string; readonly groups: readonly number[] };

/** Null where the system does not work this way (Windows). Never rejects. */
export async function explainPortPermission(path: string): Promise<PortPermission | null> {
  const groups = process.getgroups?.();
  if (groups === undefined) return null;
  try {
    const [node, groupFile] = await Promise.all([stat(path), readFile('/etc/group', 'utf8')]);
    return judgePermission(node, groupFile, { name: userInfo().username, groups });
  } catch {
    return null;
  }
}

/** @param groupFile the text of `/etc/group`: name, password, number and members, divided by colons */
export function judgePermission({ gid, mode }: Node, groupFile: string, user: User): PortPermission {
  const [group, , , members = ''] =
    groupFile
      .split('\n')
      .map((line) => line.split(':'))
      .find(([, , number]) => number === String(gid)) ?? [];
  const groupMayBoth = (mode & 0o060) === 0o060;
  // Being in the group of the administrator is not something to advise.
  if (group === undefined || !groupMayBoth || gid === 0 || user.groups.includes(gid)) return { access: 'rule' };
  return { access: members.split(',').includes(user.name) ? 'signInAgain' : 'group', group, user: user.name };
}
