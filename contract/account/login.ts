import { z } from 'zod';

/** What people type: an e-mail address or a phone number in international form. */
export const login = z.string().trim().min(3).max(254);
export const password = z.string().min(1).max(256);
