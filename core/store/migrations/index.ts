import { initial } from './0001-initial.ts';
import { notificationOutbox } from './0002-notification-outbox.ts';
import { textMessages } from './0003-messages.ts';
import { modemHabits } from './0004-modem-habits.ts';

/** In order; the position + 1 is the database's `user_version` after it. A migration that has shipped is never changed. */
export const migrations: readonly string[] = [initial, notificationOutbox, textMessages, modemHabits];
